"""One entry of the session: a mail with what became of it, or a table of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import Enum, auto
from itertools import count
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


_TURNS = count(1)


class Entry:
    """One mail of the session. `case` stays while a new check of it runs."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.state = State.WAITING
        self.mode = Mode.NEW
        self.spf = NOT_CHOSEN
        self.message: Message | None = None
        self._case: Case | None = None
        self._packed = b""
        self._facts = ("", "")
        self.version = 0
        """Another number for each case: what was made from one is known by it."""
        self.thaws = 0
        """How often the case was put away and taken up again."""
        self.used = next(_TURNS)
        """The larger, the later the page was about it."""
        self.refusal: Refusal | None = None
        self.failure: Failure | None = None
        self.opinions: tuple[SecondOpinion, ...] = ()
        self.finished: datetime | None = None
        self.view: ResultView | None = None
        self.view_of: tuple[int, int, str] = (-1, 0, "")
        self.batch: Batch | None = None
        """The table, where what was handed over holds many messages; then there is no case."""
        self.within: Entry | None = None
        """The entry whose table this message was opened from, in line `place`."""
        self.place = -1

    @property
    def case(self) -> Case | None:
        """What came out. One that was put away is unpacked, which takes its time: ask `has_case` where that will do."""
        if self._case is None and self._packed:
            from headerlens.gui.keeping import unpacked

            self._case, self._packed = unpacked(self._packed), b""
            self.version += 1
            self.thaws += 1
        return self._case

    @case.setter
    def case(self, case: Case | None) -> None:
        self._case, self._packed = case, b""
        self.version += 1
        if case is not None:
            author = next((one.domain for one in case.message.author if one.domain), "")
            self._facts = author, case.judgement.level.value

    @property
    def has_case(self) -> bool:
        """Whether it was checked and came to an answer."""
        return self._case is not None or bool(self._packed)

    @property
    def case_at_hand(self) -> Case | None:
        """The case where it is not put away."""
        return self._case

    @property
    def domain(self) -> str:
        """The domain of the shown sender in A-labels, "" when there is none or no case."""
        return self._facts[0] if self.has_case else ""

    @property
    def level(self) -> str:
        """The value of the verdict's level, "" without a case."""
        return self._facts[1] if self.has_case else ""

    @property
    def weight(self) -> int:
        """About how many octets of messages it keeps."""
        raw = self._case.raw if self._case is not None else None
        kept = len(self._packed) if raw is None else len(raw.octets) + len(raw.original or b"")
        return kept + (self.source.pasted.weight if self.source.pasted is not None else 0)

    def put_away(self, case: Case, packed: bytes) -> None:
        """Keep `packed` instead of `case`, unless it has another one by now."""
        if self._case is case:
            self._case, self._packed, self.message = None, packed, None

    def touch(self) -> None:
        """The page is about it now."""
        self.used = next(_TURNS)

    @property
    def sample(self) -> bool:
        """Whether its DNS answers are recorded ones."""
        return self.source.sample is not None

    def ask_anew(self) -> None:
        """From now on DNS is asked about it, where its answers came from a case file so far."""
        if self.case is not None and self.case.reopened:
            self.source = replace(self.source, live=True)

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
