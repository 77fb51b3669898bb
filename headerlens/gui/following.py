"""Lets the window follow its session: which page comes when a check begins, goes on, and ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from headerlens.gui.announce import announce
from headerlens.gui.session import Entry, Mode, State
from headerlens.gui.shown import state_word
from headerlens.gui.source_text import visible
from headerlens.present.views import plain

if TYPE_CHECKING:
    from headerlens.gui.engine import Engine
    from headerlens.gui.main_window import MainWindow
    from headerlens.model.progress import Progress

QUIET_MS = 300
"""A check that is faster never shows the progress page."""

QUIET_AGAIN_MS = 1000
"""The same for a new choice about a mail whose answers are known: the last result is a better page than a flash."""


class Following(QObject):
    """Hears the session of `window`."""

    def __init__(self, engine: Engine, window: MainWindow) -> None:
        super().__init__(window)
        self._engine, self._window = engine, window
        self._told: object = None
        self._progress: Progress | None = None
        """The last report about the mail on the page; put into words only where it is seen."""
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self._show_progress_page)
        session = window.session
        session.batch_changed.connect(self._on_batch_changed)
        session.began.connect(self._on_began)
        session.opened.connect(self._on_opened)
        session.progressed.connect(self._on_progress)
        session.reviewed.connect(self._on_reviewed)
        session.finished.connect(self._on_finished)
        session.stopped.connect(self._on_stopped)

    def rest(self) -> None:
        """Show no progress for a check that is over or no longer wanted."""
        self._quiet.stop()

    @Slot(object)
    def _on_began(self, entry: Entry) -> None:
        window, again = self._window, entry.mode is not Mode.NEW
        if entry is window.entry or (window.entry is None and not again):
            window.take_up(entry)
            self._progress = None
            self._quiet.start(QUIET_AGAIN_MS if again else QUIET_MS)
            if window.body.shows("progress"):
                self._begin(entry)
            if again:
                return  # over in a moment: a toolbar that changes twice would be all one sees of it
            announce(window, self.tr("Checking…"))
        window.settle()

    @Slot()
    def _show_progress_page(self) -> None:
        window = self._window
        if window.entry is not None and window.entry is window.session.running:
            self._begin(window.entry)
            window.body.show_page(window.body.progress)
            window.settle()

    def _begin(self, entry: Entry) -> None:
        """Make the page of this check; one that is over sooner has none."""
        self._window.body.progress.begin(visible(entry.source.name))
        self._show_line(entry)
        self._show_progress()

    @Slot(object)
    def _on_opened(self, entry: Entry) -> None:
        if self._window.body.shows("progress"):
            self._show_line(entry)

    def _show_line(self, entry: Entry) -> None:
        if entry is self._window.entry and entry.message is not None:
            line = self._engine.line(entry.message, self._window.language)
            self._window.body.progress.show_line(line)

    @Slot(object)
    def _on_reviewed(self, entry: Entry) -> None:
        """The second verifier has spoken: put it on the page where it says anything new."""
        if entry is not self._window.entry or entry.state is not State.DONE:
            return
        if self._window.body.result.is_coming:  # else the rest of the page would have to come all at once
            QTimer.singleShot(1, self, partial(self._on_reviewed, entry))
        else:
            self._window.present()

    @Slot(object, object)
    def _on_progress(self, entry: Entry, progress: Progress) -> None:
        if entry is self._window.entry:
            self._progress = progress
            if self._window.body.shows("progress"):
                self._show_progress()

    def _show_progress(self) -> None:
        if self._progress is not None:
            view = self._engine.progress(self._progress, self._window.language)
            self._window.body.progress.show_progress(view)

    def speak(self) -> None:
        """Another language: the running check tells in it at once, message and progress."""
        entry = self._window.entry
        if entry is not None and self._window.body.shows("progress"):
            self._show_line(entry)
            self._show_progress()

    @Slot(object)
    def _on_finished(self, entry: Entry) -> None:
        window = self._window
        if entry is not window.entry:
            window.settle()
            return
        self.rest()
        if entry.state is State.STOPPED:
            self._after_nothing(entry)
            return
        ladder = window.body.progress.ladder if window.body.shows("progress") else None
        window.present()
        if ladder is not None and window.body.shows("result"):
            window.body.result.ladder.arrive_from(ladder)
        announce(window.body.page, outcome_of(entry), assertive=True)

    @Slot()
    def _on_batch_changed(self) -> None:
        """A table has begun, been found, or ended: the toolbar and the list tell."""
        entry = self._window.entry
        batch = entry.batch if entry is not None else None
        state = None if batch is None else (id(batch), batch.phase, batch.listing)
        if state != self._told:
            self._told = state
            self._window.settle()

    @Slot(object)
    def _on_stopped(self, _entry: Entry) -> None:
        self._window.mention(self.tr("Stopped"))

    def _after_nothing(self, entry: Entry) -> None:
        """A check that was given up leaves no page: show its table, the last mail, or the start."""
        window, entries = self._window, self._window.session.entries
        if entry.within is not None:
            window.batching.back()
        elif entries:
            window.show_entry(entries[-1])
        else:
            window.show_start()


def outcome_of(entry: Entry) -> str:
    """What a screen reader is told: the headline."""
    if entry.view is not None and entry.case is not None:
        return plain(entry.view.verdict.headline)
    return state_word(entry.state)
