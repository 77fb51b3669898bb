"""One entry of the session: a mail with what became of it, or a table of many."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from headerlens.batch.crash import Failure
from headerlens.gui.batch_run import Batch
from headerlens.gui.engine import NOT_CHOSEN, SpfValues
from headerlens.gui.sources import Source

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.message import Message, Refusal
    from headerlens.model.verdicts import SecondOpinion
    from headerlens.present.views import ResultView


class State(Enum):
    """What has become of an entry."""

    WAITING = auto()
    RUNNING = auto()
    DONE = auto()
    REFUSED = auto()
    BROKEN = auto()
    STOPPED = auto()


class Mode(Enum):
    """Where the answers of a check come from."""

    NEW = auto()
    """All of them are asked."""

    KNOWN = auto()
    """Those of the last check, and the rest is asked: the person changed what SPF is judged by."""

    REPLAY = auto()
    """Those of the last check alone: the person changed who is believed."""


class Entry:
    """One mail of the session. `case` stays while a new check of it runs."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.state = State.WAITING
        self.mode = Mode.NEW
        self.spf = NOT_CHOSEN
        self.message: Message | None = None
        self.case: Case | None = None
        self.refusal: Refusal | None = None
        self.failure: Failure | None = None
        self.opinions: tuple[SecondOpinion, ...] = ()
        self.finished: datetime | None = None
        self.view: ResultView | None = None
        self.view_of: tuple[int, int, str] = (0, 0, "")
        self.batch: Batch | None = None
        """The table, where what was handed over holds many messages; then there is no case."""
        self.within: Entry | None = None
        """The entry whose table this message was opened from, in line `place`."""
        self.place = -1

    @property
    def sample(self) -> bool:
        """Whether its DNS answers are recorded ones."""
        return self.source.sample is not None

    def take(self, case: Case, opinions: tuple[SecondOpinion, ...]) -> None:
        """Take a case that was made before, with what the second verifier said of it."""
        self.state, self.case, self.opinions = State.DONE, case, opinions
        self.finished, self.spf = case.checked_at.astimezone(), spf_of(case)

    def settle(self, outcome: object) -> None:
        """Take the outcome of a check: a Refusal, a Failure, a Case, or None for one that was given up."""
        from headerlens.model.message import Refusal

        if outcome is None:
            self.state = State.DONE if self.case is not None else State.STOPPED
            self.spf = self.spf if self.case is None else spf_of(self.case)
            return
        if self.mode is Mode.NEW or self.finished is None:
            self.finished = datetime.now().astimezone()
        before, opinions = self.case, self.opinions
        self.case, self.refusal, self.failure, self.opinions, self.view = None, None, None, (), None
        if isinstance(outcome, Failure):
            self.state, self.failure = State.BROKEN, outcome
        elif isinstance(outcome, Refusal):
            self.state, self.refusal = State.REFUSED, outcome
        else:
            self.state, self.case = State.DONE, outcome  # type: ignore[assignment]  # the engine's third outcome
            if self.mode is not Mode.NEW and same_signatures(before, self.case):
                self.opinions = opinions


def spf_of(case: Case) -> SpfValues:
    """What the person chose for SPF when `case` was made."""
    choices = case.choices
    return SpfValues(choices.border, choices.client_ip, choices.helo, choices.mail_from)


def same_signatures(before: Case | None, after: Case | None) -> bool:
    """Whether what a second verifier said of one case holds for the other."""
    return before is not None and after is not None and before.dkim == after.dkim
