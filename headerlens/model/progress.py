"""How far an analysis has come. The work does not know who watches; words for it are in `present`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from headerlens.model.case import Choices
from headerlens.model.message import Message
from headerlens.model.verdicts import ArcCheck, DkimCheck, DmarcCheck, SenderInputs, SpfCheck, TrustedField


class Step(StrEnum):
    """The steps of an analysis, in order."""

    READ = "read"
    SPF = "spf"
    DKIM = "dkim"
    ARC = "arc"
    DMARC = "dmarc"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class SoFar:
    """What a running analysis has found: None for checks that have not ended, `dkim` the signatures that have.

    `now` is the clock of the case (aware). Nothing in it will change any more, only be added to.
    """

    message: Message
    choices: Choices
    sender: SenderInputs
    trust: tuple[TrustedField, ...]
    now: datetime
    spf: SpfCheck | None = None
    dkim: tuple[DkimCheck, ...] = ()
    arc: ArcCheck | None = None
    dmarc: DmarcCheck | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A step that has begun, with the questions asked and answered so far.

    `detail` is the name the step asks DNS for, "" before its first question; `so_far` is None before the message is
    read. `began` and the moments in `ends` are seconds of the monotonic clock: which steps, and as "dkim:0" which
    signatures, have ended when, in that order.
    """

    step: Step
    asked: int = 0
    answered: int = 0
    detail: str = ""
    so_far: SoFar | None = None
    began: float = 0.0
    ends: tuple[tuple[str, float], ...] = ()


Watcher = Callable[[Progress], None]
Cancelled = Callable[[], bool]


class Stopped(Exception):  # noqa: N818  it is a decision of the user, not an error
    """Raised by the pipeline when `cancelled()` turned true; whoever cancelled catches it."""
