"""Puts what the window is about on its page, and toolbar, list, title and commands after it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from headerlens.gui.entry import Entry, State
from headerlens.gui.shown import title_of
from headerlens.gui.source_text import visible
from headerlens.present.views import ResultView

if TYPE_CHECKING:
    from headerlens.gui.engine import Engine
    from headerlens.gui.main_window import MainWindow


class Presenting(QObject):
    """Shows `window` its entry in the language in force."""

    def __init__(self, engine: Engine, window: MainWindow) -> None:
        super().__init__(window)
        self._engine, self._window = engine, window

    def present(self) -> None:
        """The page of the window's entry, whatever has become of it; nothing while it is being checked."""
        window, entry = self._window, self._window.entry
        body = window.body
        if body.shows("domain"):
            window.domains.present()
            self.settle()
            return
        if entry is None or entry.state in {State.WAITING, State.RUNNING}:
            self.settle()
            return
        if entry.batch is not None:
            window.batching.show(entry)
        elif entry.refusal is not None:
            view = self._engine.refusal(entry.refusal, window.language)
            client = window.helping.client_of(entry.refusal)
            body.refusal.show_refusal(visible(entry.source.name), view, client)
            body.show_page(body.refusal)
        elif entry.failure is not None:
            body.failure.show_failure(entry.failure)
            body.show_page(body.failure)
        elif entry.case is not None:
            window.session.tidy()  # it may have been put away, and others take its place
            self._present_case(entry)
        self.settle()

    def _present_case(self, entry: Entry) -> None:
        assert entry.case is not None
        window = self._window
        view = self.view_of(entry)
        assert view is not None
        evidence = partial(
            self._engine.evidence, entry.case, window.language, sample=entry.sample, second=entry.opinions
        )
        window.body.result.show_result(view, entry.case, evidence)
        window.judging.show(entry)
        window.insides.show(entry)
        window.body.show_page(window.body.result)

    def settle(self) -> None:
        """Toolbar, list, title and commands follow the page."""
        window = self._window
        body, page, entry = window.body, window.body.page, window.entry
        shown, table, started = page is body.result, page is body.batch, page is not body.start
        domain = body.shows("domain")
        batch = entry.batch if entry is not None else None
        running = batch.running if table and batch is not None else window.session.running is not None
        running = running and not domain
        window.toolbar.show_state(
            result=shown, running=running, listed=window.listing.worth_showing, started=started, batch=table
        )
        listed = entry is not None and entry.within is not None and started and not domain
        within = entry.within.batch if listed and entry is not None and entry.within is not None else None
        body.show_trail(visible(within.name) if within is not None else "")
        actions = window.actions_of_window
        actions.set_result(shown=shown)
        actions["evidence_pane"].setEnabled(shown or table)
        again = window.domains.case if domain else entry
        actions["recheck"].setEnabled(again is not None and not running and started)
        window.listing.refresh()
        window.setWindowTitle(title_of(entry if started and not domain else None))

    def view_of(self, entry: Entry) -> ResultView | None:
        """The entry in words, made once for each case and language; None without a case."""
        if entry.case is None:
            return None
        language = self._window.language
        key = (entry.version, id(entry.opinions), language)
        if entry.view is None or entry.view_of != key:
            view = self._engine.result(entry.case, language, sample=entry.sample, second=entry.opinions)
            entry.view, entry.view_of = view, key
        return entry.view
