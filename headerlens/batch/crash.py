"""A mistake of the program as a value that can be shown and copied, whichever thread or process it happened in."""

from __future__ import annotations

import traceback
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A bug, told by types and places only: an exception's own text may quote the message and stays out."""

    kind: str
    places: str


def failure_of(error: BaseException) -> Failure:
    """What went wrong and where, without any value out of the message."""
    frames = traceback.extract_tb(error.__traceback__)
    places = "\n".join(f'  File "{_short(one.filename)}", line {one.lineno}, in {one.name}' for one in frames)
    cause = error.__cause__ or error.__context__
    if cause is None:
        return Failure(type(error).__qualname__, places)
    before = failure_of(cause)
    return Failure(type(error).__qualname__, f"{before.places}\n  {before.kind}\n\n{places}")


def _short(filename: str) -> str:
    """The path from the package on: a home folder's name is nobody's business in a bug report."""
    parts = filename.replace("\\", "/").split("/")
    for root in ("headerlens", "site-packages"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1]
