"""Many messages of the session: their lines, and the run that fills them, told to the window a few times a second."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from headerlens.batch.crash import Failure
from headerlens.gui.engine import Asking
from headerlens.gui.many import Cancelled, Found, ManyEngine
from headerlens.gui.workers import Crew, Task, Work

if TYPE_CHECKING:
    from headerlens.batch.outcome import Checked, Outcome
    from headerlens.model.locator import Locator
    from headerlens.present.batch import BatchRow, Listed

DRAIN_MS = 120
"""Between two looks at what the workers have found: a signal for each of ten thousand would be the window's work."""

GROUPS = ("fail", "warn", "unknown", "pass", "trouble")
"""The filter chips after All, in the order of severity: "trouble" is what could not be read."""


class Phase(Enum):
    """How far a batch is."""

    WAITING = auto()
    RUNNING = auto()
    JUDGING = auto()
    """All over again, by the answers at hand: the person trusts other receivers."""
    DONE = auto()
    STOPPED = auto()
    BROKEN = auto()


@dataclass(slots=True)
class Line:
    """One message; `outcome` is None until it is checked."""

    locator: Locator
    outcome: Outcome[BatchRow] | None = None
    doubted: bool = False
    """Whether it was judged by receivers that are not the trusted ones any more."""

    @property
    def row(self) -> BatchRow | None:
        """What is known of it, None when nothing is."""
        return getattr(self.outcome, "kept", None)

    @property
    def checked(self) -> Checked[BatchRow] | None:
        """The outcome when it is a check."""
        return self.outcome if hasattr(self.outcome, "kept") else None  # type: ignore[return-value]  # just asked

    @property
    def group(self) -> str:
        """One of GROUPS, "" while it is not checked. What was only half checked can't be told."""
        if self.outcome is None:
            return ""
        row = self.row
        if row is None:
            return "trouble"
        return "unknown" if row.level == "partial" else row.level


class _Inbox:
    """Where the worker leaves what it has, until the window looks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: list[Found] = []
        self._outcomes: list[tuple[int, Outcome[BatchRow]]] = []

    def list_one(self, found: Found) -> None:
        with self._lock:
            self._found.append(found)

    def fill(self, place: int, outcome: Outcome[BatchRow]) -> None:
        with self._lock:
            self._outcomes.append((place, outcome))

    def take(self) -> tuple[list[Found], list[tuple[int, Outcome[BatchRow]]]]:
        with self._lock:
            taken = self._found, self._outcomes
            self._found, self._outcomes = [], []
        return taken


class Batch(QObject):
    """The table of one or more files or folders. `grew` follows new lines, `filled` gives the places that changed.

    `begun` tells that a run begins, perhaps without the lines of the last; `changed` follows every look that found
    anything, and each new phase.
    """

    begun = Signal()
    grew = Signal()
    filled = Signal(list)
    changed = Signal()
    ended = Signal()

    def __init__(self, engine: ManyEngine, crew: Crew, paths: Sequence[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._crew = engine, crew
        self.paths = tuple(paths)
        self.lines: list[Line] = []
        self.phase = Phase.WAITING
        self.failure: Failure | None = None
        self.asking = Asking()
        self.done = 0
        self.doubted = 0
        """Lines that were judged by receivers trusted before."""
        self.wants_judging = False
        self.judged = False
        """Whether the last run only judged anew."""
        self._after = Phase.DONE
        self.listing = True
        self.counts: Counter[str] = Counter()
        self._inbox = _Inbox()
        self._task: Task | None = None
        self._stopped = threading.Event()
        self._listed = threading.Event()
        self._timer = QTimer(self, interval=DRAIN_MS)
        self._timer.timeout.connect(self._drain)

    @property
    def running(self) -> bool:
        """Whether messages are still looked for, checked or judged anew."""
        return self.phase in {Phase.RUNNING, Phase.JUDGING}

    @property
    def unfinished(self) -> bool:
        """Whether a run ended before everything was found and checked."""
        return self.phase in {Phase.STOPPED, Phase.BROKEN}

    @property
    def name(self) -> str:
        """What was handed over: the name of the one file or folder, else how many there were."""
        if len(self.paths) == 1:
            return self.paths[0].name or str(self.paths[0])
        return self.tr("%n file(s)", "", len(self.paths))

    def start(self, asking: Asking) -> None:
        """Look for the messages and check them: what an unfinished run left, else everything anew."""
        if not self.unfinished:
            self.lines, self.done, self.counts, self.doubted = [], 0, Counter(), 0
            self.asking = asking
        self.asking = replace(self.asking, trusted=asking.trusted)
        self.wants_judging, self.listing = False, True
        self._begin(Phase.RUNNING, self._work)

    def doubt(self) -> None:
        """The person trusts other receivers: what is checked by now, or by the run under way, has to be judged anew."""
        self.wants_judging = True
        if not self.running:
            self._doubt_all()

    def judge(self, asking: Asking) -> None:
        """Judge the doubted lines by the receivers trusted now, from the answers they have; nothing is asked."""
        self.wants_judging = False
        if self.doubted:
            self.asking = replace(self.asking, trusted=asking.trusted)
            self._after = self.phase
            self._begin(Phase.JUDGING, self._judge)

    def put(self, place: int, outcome: Outcome[BatchRow]) -> None:
        """The message of a line was checked by itself."""
        self._take([(place, outcome)])
        self.changed.emit()

    def _begin(self, phase: Phase, work: Work) -> None:
        self.failure = None
        self._inbox, self._stopped, self._listed = _Inbox(), threading.Event(), threading.Event()
        self.phase = phase
        self._task = Task(work)
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self._on_failed)
        self._timer.start()
        if phase is Phase.JUDGING:
            self._listed.set()  # nothing is looked for, and every line keeps its place
        else:
            self.begun.emit()
        self.changed.emit()
        self._crew.start(self._task)

    def stop(self) -> None:
        """End the checks at once; what is known stays."""
        if self.running:
            self._stopped.set()

    def _judge(self, cancelled: Cancelled) -> object:
        inbox, stop = self._inbox, self._stopped
        doubted = [(place, line.locator, line.checked) for place, line in enumerate(self.lines) if line.doubted]
        known = [(place, (locator, checked)) for place, locator, checked in doubted if checked is not None]

        def over() -> bool:
            return stop.is_set() or cancelled()

        for number, outcome in self._engine.judge_all([line for _, line in known], self.asking, over):
            inbox.fill(known[number][0], outcome)
        return None

    def _doubt_all(self) -> None:
        for line in self.lines:
            line.doubted = line.checked is not None
        self.doubted = sum(line.doubted for line in self.lines)

    def _work(self, cancelled: Cancelled) -> object:
        inbox, stop, listed = self._inbox, self._stopped, self._listed
        engine, asking, paths = self._engine, self.asking, self.paths
        known = [line.outcome is not None and not line.doubted for line in self.lines]
        places: list[int] = []

        def over() -> bool:
            return stop.is_set() or cancelled()

        def locators() -> Iterator[Locator]:
            for place, found in enumerate(engine.find(paths, over)):
                if place >= len(known):
                    inbox.list_one(found)
                elif known[place]:
                    continue
                if found.refusal is None:
                    places.append(place)
                    yield found.locator
            listed.set()

        for number, outcome in engine.check_all(locators(), asking, over):
            inbox.fill(places[number], outcome)
        return None

    @Slot()
    def _drain(self) -> None:
        found, outcomes = self._inbox.take()
        self.lines.extend(Line(one.locator, one.refusal) for one in found)
        refused = sum(one.refusal is not None for one in found)
        self.counts["trouble"] += refused
        self.done += refused
        if found:
            self.grew.emit()
        self._take(outcomes)
        listing, self.listing = self.listing, not self._listed.is_set()
        if found or outcomes or listing != self.listing:
            self.changed.emit()

    def _take(self, outcomes: Sequence[tuple[int, Outcome[BatchRow]]]) -> None:
        """Fill lines, those that had an outcome already too."""
        for place, outcome in outcomes:
            line = self.lines[place]
            if line.outcome is None:
                self.done += 1
            else:
                self.counts[line.group] -= 1
            self.doubted -= line.doubted
            line.outcome, line.doubted = outcome, False
            self.counts[line.group] += 1
        if outcomes:
            self.filled.emit([place for place, _ in outcomes])

    @Slot(object)
    def _on_done(self, _result: object) -> None:
        if self.sender() is self._task:
            self._settle(Phase.STOPPED if self._stopped.is_set() else Phase.DONE)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if self.sender() is self._task:
            self.failure = failure
            self._settle(Phase.BROKEN)

    def _settle(self, phase: Phase) -> None:
        self._timer.stop()
        self.judged, self.phase = (True, self._after) if self.phase is Phase.JUDGING else (False, phase)
        self._drain()
        self.listing = False
        if self.wants_judging:
            self._doubt_all()
        self.changed.emit()
        self.ended.emit()

    def listed(self, places: Sequence[int]) -> list[Listed]:
        """The lines at `places` for a file."""
        from headerlens.model.message import Refusal
        from headerlens.present.batch import Listed

        out = []
        for line in (self.lines[place] for place in places):
            checked, outcome = line.checked, line.outcome
            out.append(
                Listed(
                    line.locator.name,
                    line.row,
                    checked.checked_at if checked is not None else None,
                    outcome if isinstance(outcome, Refusal) else None,
                    outcome.kind if isinstance(outcome, Failure) else "",
                )
            )
        return out
