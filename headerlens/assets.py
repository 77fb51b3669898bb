"""Finds files under resources/, from a wheel, a frozen program or a checkout. Nobody else builds such a path."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def asset(*parts: str) -> Traversable:
    """The file or folder `parts` below resources/."""
    return _root().joinpath(*parts)


@cache
def _root() -> Traversable:
    """The folder itself. A wheel and a frozen program have it inside the package, a checkout beside it."""
    package = Path(__file__).resolve().parent
    for folder in (package, package.parent):
        if (folder / "resources").is_dir():
            return folder / "resources"
    # in an archive there are no folders to look at; its reader is slow to load, so only then
    from importlib.resources import files

    return files("headerlens") / "resources"
