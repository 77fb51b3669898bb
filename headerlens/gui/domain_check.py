"""The domain check: what the page asks for is looked up in a worker, and nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from headerlens.gui.domains import DomainRequest
from headerlens.gui.entry import State
from headerlens.gui.judging import asking_by
from headerlens.gui.workers import Failure, Task

if TYPE_CHECKING:
    from headerlens.gui.domains import DomainEngine
    from headerlens.gui.main_window import MainWindow
    from headerlens.gui.pages.domain import DomainPage
    from headerlens.model.domain import DomainCase
    from headerlens.model.progress import Cancelled, Progress
    from headerlens.present.domain_views import DomainView


class DomainChecking(QObject):
    """One look at a domain at a time. `Stop` ends the look-ups; what is known by then is told."""

    _told = Signal(int, int)

    def __init__(self, engine: DomainEngine, window: MainWindow) -> None:
        super().__init__(window)
        self._engine, self._window = engine, window
        self._task: Task | None = None
        self._stopped = False
        self._case: DomainCase | None = None
        self._request: DomainRequest | None = None
        self._language = ""
        self._connected = False
        self._told.connect(self._show_progress)

    @property
    def running(self) -> bool:
        """Whether look-ups are under way."""
        return self._task is not None

    @property
    def case(self) -> DomainCase | None:
        """What the page shows."""
        return self._case

    # -- the page ------------------------------------------------------------------------------------------------

    @Slot()
    def open(self) -> None:
        """Show the page; with a mail on the window's page its sender's domain is there already."""
        window = self._window
        shown = window.body.shows("result")
        entry = window.entry if shown else None
        page = self._page()
        if entry is not None and entry.case is not None:
            self._prefill(page, entry.case.dmarc.author_domain)
        window.body.clear_notice()
        window.body.show_page(page)
        self.present()
        page.focus_first()
        window.settle()

    @Slot()
    def leave(self) -> None:
        """Back to the mail the window is about, else to the start page."""
        entry = self._window.entry
        if entry is not None and entry.state not in {State.WAITING, State.RUNNING}:
            self._window.show_entry(entry)
        else:
            self._window.show_start()

    def escape(self) -> None:
        """Stop the look-ups, else go back."""
        if self.running:
            self.stop()
        else:
            self.leave()

    def present(self) -> None:
        """Put the answer into the language in force, where it is in another."""
        page, language = self._page(), self._window.language
        if language != self._language:
            self._language = language
            self._load_services(language)
            if self._case is not None:
                page.show_view(self._view(self._case), again=True)

    def _load_services(self, language: str) -> None:
        """Their names stand in fifty files: read in a worker, while the domain is being typed."""
        engine = self._engine

        def load(_cancelled: Cancelled) -> object:
            return language, engine.services(language)

        task = Task(load)
        task.done.connect(self._show_services)
        self._window.crew.start(task)

    @Slot(object)
    def _show_services(self, loaded: tuple[str, tuple[tuple[str, str], ...]]) -> None:
        language, services = loaded
        if language == self._window.language:
            self._page().form.show_services(services)

    def _prefill(self, page: DomainPage, domain: str) -> None:
        """Another domain than the one looked at last: its answer would mislead."""
        if domain and (self._request is None or self._request.domain != domain):
            page.form.domain.setText(self._engine.readable(domain))
            page.form.selectors.clear()
            page.form.choose("")
            self._case = self._request = None
            page.show_nothing()

    def _page(self) -> DomainPage:
        page = self._window.body.domain
        if not self._connected:
            self._connected = True
            page.form.check_asked.connect(self.check)
            page.form.stop_asked.connect(self.stop)
            page.back_asked.connect(self.leave)
            page.copy_asked.connect(self.copy)
        return page

    @Slot()
    def copy(self) -> None:
        """Put the whole answer on the clipboard as text."""
        if self._case is not None:
            QGuiApplication.clipboard().setText(self._engine.text(self._view(self._case)))
            self._window.mention(self.tr("Report on the domain copied"))

    # -- the look-ups --------------------------------------------------------------------------------------------

    @Slot()
    def check(self) -> None:
        """Look at what the form says, or say what in it cannot be understood."""
        page = self._page()
        typed, provider = self._engine.typed(page.form.domain.text(), page.form.selectors.text()), page.form.provider()
        if typed.domain is None:
            page.form.complain(self.tr("This is no domain name. Write it as it stands behind the @ of an address."))
            page.form.domain.setFocus()
        elif typed.selectors is None:
            page.form.complain(self.tr("A selector has only letters, digits, hyphens and dots, such as s1."))
            page.form.selectors.setFocus()
        elif provider is None:
            page.form.complain(self.tr("This service isn't in the list. Choose one, or leave the field empty."))
            page.form.service.setFocus()
        else:
            page.form.domain.setText(self._engine.readable(typed.domain))
            page.form.selectors.setText(" ".join(typed.selectors))
            self._start(DomainRequest(typed.domain, typed.selectors, provider))

    @Slot()
    def again(self) -> None:
        """Look once more."""
        if self._request is not None and not self.running:
            self._start(self._request)

    @Slot()
    def stop(self) -> None:
        """Ask nothing more."""
        self._stopped = True

    def _start(self, request: DomainRequest) -> None:
        if self.running:
            return
        engine, asking = self._engine, asking_by(self._window.settings)
        self._request, self._stopped = request, False

        def watch(progress: Progress) -> None:
            self._told.emit(progress.answered, progress.asked)

        def look(cancelled: Cancelled) -> object:
            def stopped() -> bool:
                return self._stopped or cancelled()

            return engine.inspect(request, asking, watch, stop_asking=stopped, cancelled=cancelled)

        self._task = Task(look)
        self._task.done.connect(self._show_case)
        self._task.failed.connect(self._show_failure)
        self._window.body.clear_notice()
        self._page().begin()
        self._window.crew.start(self._task)
        self._window.settle()

    @Slot(int, int)
    def _show_progress(self, answered: int, asked: int) -> None:
        if self.running:
            self._page().show_progress(answered, asked)

    @Slot(object)
    def _show_case(self, case: object) -> None:
        self._task = None
        self._page().end()
        if case is not None:
            self._case = cast("DomainCase", case)
            self._page().show_view(self._view(self._case))
        self._window.settle()

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._task = None
        self._page().end()
        self._window.show_bug(failure)

    def _view(self, case: DomainCase) -> DomainView:
        return self._engine.present(case, self._window.language, offline=self._window.settings.offline)
