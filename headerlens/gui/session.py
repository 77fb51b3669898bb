"""The mails of this session and the one check that runs: kept until the program ends, never written to disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from headerlens.gui.batch_run import Batch
from headerlens.gui.engine import Asking, Cancelled, Engine, SpfValues
from headerlens.gui.entry import Entry, Mode, State, same_signatures, spf_of
from headerlens.gui.keeping import Keeping
from headerlens.gui.many import Many
from headerlens.gui.sources import Source
from headerlens.gui.workers import Crew, Task, Work

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.progress import Progress
    from headerlens.model.verdicts import SecondOpinion

__all__ = ["Entry", "Mode", "Relay", "Session", "State", "spf_of"]

SHORTEST_PAUSE = 0.05
"""Seconds between two reports of progress: more often nobody can read, and each one lays the card out anew."""

GRACE_MS = 1500
"""How long a stopped check may take to judge what it knows, before it is given up."""


class Relay(QObject):
    """Carries progress from the worker to the window, a few times a second at most and the latest report always."""

    told = Signal(object)
    opened = Signal(object)
    _news = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._latest: Progress | None = None
        self._pause = QTimer(self, singleShot=True, interval=round(SHORTEST_PAUSE * 1000))
        self._pause.timeout.connect(self._deliver)
        self._news.connect(self._on_news, Qt.ConnectionType.QueuedConnection)

    def tell(self, progress: Progress) -> None:
        """Called in the worker; what the window has not taken yet is replaced."""
        with self._lock:
            taken, self._latest = self._latest is None, progress
        if taken:
            self._news.emit()

    @Slot()
    def _on_news(self) -> None:
        if not self._pause.isActive():
            self._deliver()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            progress, self._latest = self._latest, None
        if progress is not None:
            self._pause.start()
            self.told.emit(progress)


class Session(QObject):
    """A queue of checks, one at a time, so that one message's answers serve the next."""

    listed = Signal()
    began = Signal(object)
    opened = Signal(object)
    progressed = Signal(object, object)
    finished = Signal(object)
    stopped = Signal(object)
    reviewed = Signal(object)
    batch_changed = Signal()

    def __init__(self, engine: Engine, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._crew = engine, crew
        self._entries: list[Entry] = []
        self._queue: deque[Entry] = deque()
        self._running: Entry | None = None
        self._task: Task | None = None
        self._relay: Relay | None = None
        self._stop_asking = False
        self._outdated: Mode | None = None
        """How the running one has to be judged once more, because a choice came too late for it."""
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._grace.timeout.connect(self._give_up)
        self._batches: deque[Entry] = deque()
        self._guests: WeakSet[Entry] = WeakSet()
        """Messages opened from a table: they are in no list, and live as long as they are shown."""
        self._keeping = Keeping(crew, self)
        self.asking = Asking()

    @property
    def entries(self) -> Sequence[Entry]:
        """All of them, in the order they were handed over."""
        return tuple(self._entries)

    @property
    def running(self) -> Entry | None:
        """The one that is being checked."""
        return self._running

    @property
    def waiting(self) -> int:
        """How many come after it."""
        return len(self._queue)

    def add(self, sources: Iterable[Source]) -> list[Entry]:
        """List `sources` and check them in turn. The same file or sample keeps its one line in the list.

        Several files become one entry with a table, case files among them too.
        """
        given = list(sources)
        paths = [source.path for source in given if source.path is not None]
        if len(paths) > 1 and len(paths) == len(given):
            return [self._add_batch(Entry(Source(given[0].name)), paths)]
        added = [self._entry_for(source) for source in given]
        self._queue.extend(
            one for one in added if one not in self._queue and one is not self._running and one.batch is None
        )
        self.listed.emit()
        self._next()
        return added

    def start_batch(self, entry: Entry) -> None:
        """Check the messages of a table, after those of the tables before it."""
        if entry not in self._batches:
            self._batches.append(entry)
        self._next_batch()

    def tidy(self) -> None:
        """Put away older mails when all of them take too much memory."""
        waiting = [*self._queue, *([self._running] if self._running is not None else [])]
        self._keeping.tidy((one for one in self._entries if one.batch is None), waiting)

    def receive(self, entry: Entry) -> None:
        """Take in a message opened from a table: it can be checked again and judged anew like any other."""
        self._guests.add(entry)

    def check_again(self, entry: Entry) -> None:
        """Check it once more; its last result stays until the new one is there."""
        if entry.batch is not None:
            self.start_batch(entry)
        elif entry is not self._running:
            entry.mode = Mode.NEW
            self._line_up(entry)

    def judge_by(self, entry: Entry, spf: SpfValues) -> None:
        """Judge SPF of a checked mail by `spf`; only what its answers leave open is asked."""
        if entry.case is None:
            return
        entry.spf = spf
        if entry is self._running:
            self._outdated = Mode.KNOWN
        else:
            entry.mode = Mode.KNOWN
            self._line_up(entry)

    def believe_anew(self) -> None:
        """Judge every checked mail, those in tables too, by the receivers trusted now, from its own evidence.

        Samples have receivers of their own.
        """
        for entry in (*self._entries, *self._guests):
            if entry is self._running:
                self._outdated = self._outdated or (None if entry.sample else Mode.REPLAY)
            elif entry.has_case and not entry.sample and entry not in self._queue:
                entry.mode = Mode.REPLAY
                self._queue.append(entry)
            if entry.batch is not None:
                entry.batch.doubt()
        self._next()
        self._next_batch()

    def _add_batch(self, entry: Entry, paths: Sequence[Path]) -> Entry:
        """Give `entry` a table and begin to fill it."""
        entry.batch = batch = Batch(self._engine.many, self._crew, paths, self)
        entry.state = State.DONE
        batch.changed.connect(self.batch_changed)
        batch.ended.connect(self._on_batch_ended)
        if entry not in self._entries:
            self._entries.append(entry)
        self.start_batch(entry)
        self.listed.emit()
        return entry

    def _next_batch(self) -> None:
        tables = [one.batch for one in self._entries if one.batch is not None]
        if any(one.running for one in tables):
            return
        if self._batches:
            entry = self._batches.popleft()
            if entry.batch is not None:
                entry.batch.start(self.asking)
            return
        for one in tables:
            if one.wants_judging and not one.running:
                one.judge(self.asking)

    @Slot()
    def _on_batch_ended(self) -> None:
        for entry in self._entries:
            if entry.batch is not None and entry.batch is self.sender() and not entry.batch.judged:
                entry.finished = datetime.now().astimezone()
        self.listed.emit()
        self._next_batch()

    def _line_up(self, entry: Entry) -> None:
        if entry not in self._queue:
            self._queue.append(entry)
        self._next()

    def stop(self) -> None:
        """End the look-ups: a first check is judged by what is known, a repeated one is dropped."""
        self._drop_queue()
        if self._running is None or self._stop_asking:
            return
        self._stop_asking = True
        if self._running.case is not None:
            self._give_up()
        else:
            self._grace.start()

    def _entry_for(self, source: Source) -> Entry:
        for entry in self._entries:
            if source.has_one_line and entry.source == source:
                return entry
        entry = Entry(source)
        self._entries.append(entry)
        return entry

    def _drop_queue(self) -> None:
        for entry in self._queue:
            entry.settle(None)
        self._queue.clear()
        self._entries = [one for one in self._entries if one.state is not State.STOPPED]
        self.listed.emit()

    def _next(self) -> None:
        if self._running is not None or not self._queue:
            return
        entry = self._queue.popleft()
        self._running, self._stop_asking, self._outdated = entry, False, None
        entry.state = State.RUNNING
        self._relay = relay = Relay()
        self._relay.told.connect(self._on_progress)
        self._relay.opened.connect(self._on_opened)
        self._task = Task(self._work(entry, relay))
        relay.setParent(self._task)
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self._on_done)
        self.began.emit(entry)
        self._crew.start(self._task)

    def _work(self, entry: Entry, relay: Relay) -> Work:
        engine, asking = self._engine, replace(self.asking, spf=entry.spf)
        source, case, mode, opinions = entry.source, entry.case, entry.mode, entry.opinions

        def check(cancelled: Cancelled) -> object:
            def stop_asking() -> bool:
                return self._stop_asking or cancelled()

            limits = {"stop_asking": stop_asking, "cancelled": cancelled}
            if case is None and source.path is not None and engine.many.holds_many(source.path, cancelled):
                return Many()
            if case is None or mode is Mode.NEW:
                return engine.check(source, asking, relay.tell, relay.opened.emit, **limits)
            again = engine.judge_again(case, source, asking, relay.tell, may_ask=mode is Mode.KNOWN, **limits)
            # the second verifier need not be waited for twice
            return engine.reviewed(again, opinions) if again is not None and same_signatures(case, again) else again

        return check

    @Slot(object)
    def _on_opened(self, message: object) -> None:
        if self._running is not None and self.sender() is self._relay:
            self._running.message = message  # type: ignore[assignment]  # the engine's
            self.opened.emit(self._running)

    @Slot(object)
    def _on_progress(self, progress: object) -> None:
        if self._running is not None and self.sender() is self._relay:
            self.progressed.emit(self._running, progress)

    @Slot(object)
    def _on_done(self, outcome: object) -> None:
        entry, was_stopped = self._running, self._stop_asking
        if entry is None or self.sender() is not self._task:
            return
        self._clear()
        if isinstance(outcome, Many) and entry.source.path is not None:
            self._add_batch(entry, [entry.source.path])
        else:
            entry.settle(outcome)
        if was_stopped:
            self.stopped.emit(entry)
        self._announce(entry)

    @Slot()
    def _give_up(self) -> None:
        entry, task = self._running, self._task
        if entry is None or task is None:
            return
        task.cancel()
        self._clear()
        entry.settle(None)
        self.stopped.emit(entry)
        self._announce(entry)

    def _announce(self, entry: Entry) -> None:
        if entry.state is State.STOPPED:
            self._entries = [one for one in self._entries if one is not entry]
        self.listed.emit()
        if self._outdated is not None and entry.has_case and entry not in self._queue:
            entry.mode = self._outdated
            self._queue.append(entry)
        self.finished.emit(entry)
        self.tidy()
        self._next()
        self._ask_for_second_opinion(entry)

    def _clear(self) -> None:
        self._grace.stop()
        self._running, self._task, self._relay = None, None, None

    def _ask_for_second_opinion(self, entry: Entry) -> None:
        """After the answer, beside it: never a reason to wait."""
        case, engine = entry.case, self._engine
        if case is None or not case.dkim:
            return
        if entry.opinions:
            self._ask_for_causes(entry)
            return

        def ask(_cancelled: Cancelled) -> object:
            opinions = engine.second_opinion(case)
            return case, opinions, engine.reviewed(case, opinions)

        task = Task(ask)
        task.done.connect(self._keep_opinion)
        self._crew.start(task)

    @Slot(object)
    def _keep_opinion(self, outcome: tuple[Case, tuple[SecondOpinion, ...], Case]) -> None:
        case, opinions, reviewed = outcome
        for entry in (*self._entries, *self._guests):
            if entry.case_at_hand is case:
                entry.opinions, entry.case = opinions, reviewed
                self.reviewed.emit(entry)
                self._ask_for_causes(entry)

    def _ask_for_causes(self, entry: Entry) -> None:
        """After the second opinion, beside the answer: what was changed since signing, where that can be proved."""
        case, engine = entry.case, self._engine
        if case is None or case.causes:
            return

        def search(cancelled: Cancelled) -> object:
            return case, engine.prove(case, cancelled)

        task = Task(search)
        task.done.connect(self._keep_causes)
        self._crew.start(task)

    @Slot(object)
    def _keep_causes(self, outcome: tuple[Case, Case]) -> None:
        case, proved = outcome
        for entry in (*self._entries, *self._guests):
            if proved is not case and entry.case_at_hand is case:
                entry.case = proved
                self.reviewed.emit(entry)
