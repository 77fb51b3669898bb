"""How far an analysis has come. The work does not know who watches; words for it are in `present`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The steps of an analysis, in order."""

    READ = "read"
    SPF = "spf"
    DKIM = "dkim"
    ARC = "arc"
    DMARC = "dmarc"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Progress:
    """A step that has begun, with the questions asked and answered so far."""

    step: Step
    asked: int = 0
    answered: int = 0
    detail: str = ""


Watcher = Callable[[Progress], None]
Cancelled = Callable[[], bool]


class Stopped(Exception):  # noqa: N818  it is a decision of the user, not an error
    """Raised by the pipeline when `cancelled()` turned true; whoever cancelled catches it."""
