"""What the window does with many messages: shows their table, opens a line, comes back, takes the table away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from headerlens.batch.crash import Failure
from headerlens.gui.announce import announce
from headerlens.gui.batch_run import Batch, Line
from headerlens.gui.following import outcome_of
from headerlens.gui.many import Cancelled, Opened
from headerlens.gui.session import Entry
from headerlens.gui.sources import of_locator
from headerlens.gui.workers import Task

if TYPE_CHECKING:
    from headerlens.gui.engine import Engine
    from headerlens.gui.main_window import MainWindow

REST_MS = 120
"""How long the choice must rest on a line before it is opened beside the table: held arrow keys pass over hundreds."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """The line that was opened last, and what came of it: an Opened, a Refusal, or a Failure."""

    batch: Batch
    place: int
    outcome: object


class Batching(QObject):
    """Ties the page of many messages to window and session."""

    told = Signal(str)

    def __init__(self, engine: Engine, window: MainWindow) -> None:
        super().__init__(window)
        self._engine, self._window, self._page = engine, window, window.body.batch
        self._entry: Entry | None = None
        self._shown: _Shown | None = None
        self._task: Task | None = None
        self._loading = -1
        self._full_wanted = -1
        """The line that is to fill the whole page once it is loaded, -1 for none."""
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._open_beside)
        self._page.moved.connect(self._on_moved)
        self._page.open_asked.connect(self.open)
        self._page.export_asked.connect(self.choose_file)
        window.body.trail.clicked.connect(self.back)

    # -- the table -----------------------------------------------------------------------------------------------

    def show(self, entry: Entry) -> None:
        """Show the table of `entry`."""
        assert entry.batch is not None
        if self._entry is not entry:
            self._leave()
            self._entry, self._shown, self._full_wanted, self._loading = entry, None, -1, -1
            self._page.detail.show_note(self.tr("Choose a message to see its result here."))
            entry.batch.ended.connect(self._on_ended)
            entry.batch.filled.connect(self._on_filled)
        self._page.show_batch(entry.batch, self._window.language)
        self._window.body.show_page(self._page)
        self._show_beside()
        if self._shown is None:  # its line may have changed while another page was shown
            self._rest.start()

    def again(self, entry: Entry) -> None:
        """Check the rest of a stopped batch, or all of a finished one anew."""
        if entry.batch is not None and not entry.batch.running:
            if not entry.batch.unfinished:
                self._page.begin_again()
                self._shown = None
            self._window.session.start_batch(entry)

    @Slot()
    def _on_ended(self) -> None:
        batch = self.sender()
        if self._entry is not None and batch is self._entry.batch:
            announce(self._page, self._page.outcome_text(), assertive=True)

    def _leave(self) -> None:
        """Another table comes: what happens in this one is no longer told."""
        if self._entry is not None and self._entry.batch is not None:
            self._entry.batch.ended.disconnect(self._on_ended)
            self._entry.batch.filled.disconnect(self._on_filled)

    @Slot(list)
    def _on_filled(self, places: list[int]) -> None:
        """Another result of the line beside the table: show it once the choice rests."""
        shown = self._shown
        if shown is not None and shown.batch is self.sender() and shown.place in places:
            self._shown = None
            if shown.place == self._page.current() and self._window.entry is self._entry:
                self._rest.start()
        if self._loading in places and self._page.batch is self.sender():
            place, self._loading = self._loading, -1
            self._load(place)

    # -- one line ------------------------------------------------------------------------------------------------

    @Slot(int)
    def open(self, place: int) -> None:
        """Show everything about a line on the whole page."""
        self._full_wanted = place
        self._rest.stop()
        self._load(place)

    @Slot()
    def back(self) -> None:
        """From a message to the table it was opened from, on its line."""
        entry = self._window.entry
        if entry is not None and entry.within is not None:
            self._window.body.clear_notice()
            self._window.show_entry(entry.within)
            self._page.table.choose(entry.place)
            self._page.focus_table()

    @Slot(int)
    def _on_moved(self, place: int) -> None:
        if place >= 0 and self._window.entry is self._entry:
            self._rest.start()

    @Slot()
    def _open_beside(self) -> None:
        if self._full_wanted < 0 and self._page.detail.isVisible() and self._page.current() >= 0:
            self._load(self._page.current())

    def _load(self, place: int) -> None:
        """Open a line in a worker, unless it is at hand."""
        batch = self._page.batch
        if batch is None or place >= len(batch.lines):
            self._full_wanted = -1
            return
        line = batch.lines[place]
        if self._shown is not None and (self._shown.batch, self._shown.place) == (batch, place):
            self._arrived()
        elif line.checked is None:
            self._shown = _Shown(batch, place, line.outcome) if line.outcome is not None else None
            self._arrived()
        elif self._loading != place:
            self._start(batch, place, line)

    def _start(self, batch: Batch, place: int, line: Line) -> None:
        engine, before, asking = self._engine.many, line.checked, batch.asking
        assert before is not None
        if self._task is not None:
            self._task.cancel()

        def work(cancelled: Cancelled) -> object:
            outcome = engine.open_again(line.locator, before, asking, cancelled)
            return None if outcome is None else _Shown(batch, place, outcome)

        self._loading = place
        self._task = Task(work)
        self._task.done.connect(self._on_loaded)
        self._task.failed.connect(lambda failure: self._on_loaded(_Shown(batch, place, failure)))
        self._window.crew.start(self._task)

    @Slot(object)
    def _on_loaded(self, shown: _Shown | None) -> None:
        if shown is None or shown.place != self._loading:
            return  # another line was asked for meanwhile
        self._loading = -1
        if shown.batch is self._page.batch:
            self._shown = shown
            self._arrived()

    def _arrived(self) -> None:
        self._show_beside()
        if self._full_wanted >= 0 and (self._shown is None or self._shown.place == self._full_wanted):
            self._full_wanted = -1
            if self._window.entry is self._entry:
                self._show_full()

    def _show_full(self) -> None:
        shown, within = self._shown, self._entry
        if shown is None or within is None:
            self.told.emit(self.tr("This message has not been checked yet."))
            return
        entry = Entry(of_locator(shown.batch.lines[shown.place].locator))
        entry.within, entry.place = within, shown.place
        if isinstance(shown.outcome, Opened):
            entry.take(shown.outcome.case, shown.outcome.opinions)
        else:
            entry.settle(shown.outcome)
        self._window.session.receive(entry)
        self._window.show_entry(entry)
        announce(self._window.body.page, outcome_of(entry), assertive=True)

    def _show_beside(self) -> None:
        """The chosen line beside the table, in the words in force."""
        detail, shown = self._page.detail, self._shown
        if shown is None or shown.place != self._page.current():
            return
        outcome = shown.outcome
        if isinstance(outcome, Opened):
            view = self._engine.result(outcome.case, self._window.language, sample=False, second=outcome.opinions)
            detail.show_result(view)
        elif isinstance(outcome, Failure):
            detail.show_note(self.tr("A mistake of the program: {kind}").replace("{kind}", outcome.kind))
        else:
            detail.show_refusal(self._engine.refusal(outcome, self._window.language))  # type: ignore[arg-type]

    # -- taking it away ------------------------------------------------------------------------------------------

    @Slot(str)
    def choose_file(self, kind: str) -> None:
        """Ask for a file and write the listed lines to it."""
        batch = self._page.batch
        if batch is None:
            return
        kinds = {"csv": self.tr("CSV (*.csv)"), "json": self.tr("JSON (*.json)")}
        proposed = f"{Path(batch.paths[0]).stem or 'table'}.{kind}"
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Export table"), proposed, kinds[kind])
        if name:
            self.write(Path(name), kind)

    def write(self, path: Path, kind: str) -> None:
        """Write the lines that are listed, in their order; how it went is told."""
        batch, engine, language = self._page.batch, self._engine.many, self._window.language
        if batch is None:
            return
        listed = batch.listed(self._page.model.places())

        def work(_cancelled: Cancelled) -> object:
            text = engine.table(listed, language, as_json=kind == "json")
            try:
                path.write_text(text, encoding="utf-8", newline="")
            except OSError as error:
                return path.name, error.strerror or type(error).__name__
            return path.name, ""

        task = Task(work)
        task.done.connect(self._on_written)
        self._window.crew.start(task)

    @Slot(object)
    def _on_written(self, outcome: tuple[str, str]) -> None:
        name, reason = outcome
        if reason:
            self.told.emit(self.tr("The table could not be saved: {reason}").replace("{reason}", reason))
        else:
            self.told.emit(self.tr("Table saved as {name}").replace("{name}", name))
