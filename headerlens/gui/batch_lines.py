"""Keeps a table true: what a message opened from it comes to when it is checked again stands in its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from headerlens.gui.engine import NOT_CHOSEN
from headerlens.gui.session import Entry, State
from headerlens.gui.workers import Cancelled, Task

if TYPE_CHECKING:
    from headerlens.batch.outcome import Outcome
    from headerlens.gui.engine import Engine
    from headerlens.gui.main_window import MainWindow
    from headerlens.present.batch import BatchRow


class BatchLines(QObject):
    """Hears the session of `window`."""

    def __init__(self, engine: Engine, window: MainWindow) -> None:
        super().__init__(window)
        self._engine, self._window = engine, window
        window.session.finished.connect(self._on_checked)
        window.session.reviewed.connect(self._on_checked)

    @Slot(object)
    def _on_checked(self, entry: Entry) -> None:
        """Put what became of `entry` into words for its line, in a worker."""
        if not _has_line(entry):
            return
        case, opinions, many = entry.case, entry.opinions, self._engine.many
        if entry.state is State.REFUSED and entry.refusal is not None:
            self._put(entry, entry.refusal)
        elif entry.state is State.DONE and case is not None and entry.spf == NOT_CHOSEN:
            version = entry.version

            def work(_cancelled: Cancelled) -> object:
                return entry, version, many.line_of(case, opinions)

            task = Task(work)
            task.done.connect(self._on_worded)
            self._window.crew.start(task)

    @Slot(object)
    def _on_worded(self, told: tuple[Entry, int, Outcome[BatchRow]]) -> None:
        entry, version, outcome = told
        # a later check of it has its own line under way
        if entry.version == version and _has_line(entry):
            self._put(entry, outcome)

    @staticmethod
    def _put(entry: Entry, outcome: Outcome[BatchRow]) -> None:
        if entry.within is not None and entry.within.batch is not None:
            entry.within.batch.put(entry.place, outcome)


def _has_line(entry: Entry) -> bool:
    """Whether it stands for a line of a table, the very message: SPF values and inner mails are chosen for one look."""
    batch = entry.within.batch if entry.within is not None else None
    if batch is None or not 0 <= entry.place < len(batch.lines) or entry.source.attached is not None:
        return False
    return batch.lines[entry.place].locator == entry.source.locator
