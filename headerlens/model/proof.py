"""A part of the self-test: a name, and what proves that it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Broken(Exception):  # noqa: N818  the word that the last line says
    """A part does not do what it is for; the text says how that was noticed."""


@dataclass(frozen=True, slots=True)
class Part:
    """`prove` uses the part and says in a few words what it found; it raises `Broken`, or anything, where it can't."""

    name: str
    prove: Callable[[], str]
