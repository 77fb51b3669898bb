"""The window: which page is shown and what follows what. The work itself is done by `Session`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSize, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QMainWindow, QVBoxLayout, QWidget

from headerlens.gui.actions import Actions
from headerlens.gui.announce import announce
from headerlens.gui.batching import Batching
from headerlens.gui.body import Body
from headerlens.gui.clipboard import ClipboardWatch
from headerlens.gui.commands import connect_commands
from headerlens.gui.dialogs import DialogContext, open_dialog
from headerlens.gui.engine import Engine
from headerlens.gui.following import Following
from headerlens.gui.helping import Helping
from headerlens.gui.hidden_menu import HiddenMenu
from headerlens.gui.insides import Insides
from headerlens.gui.judging import Judging, asking_by
from headerlens.gui.listing import Listing
from headerlens.gui.pages.result import ANSWER
from headerlens.gui.session import Entry, Session, State
from headerlens.gui.settings import TEXT_SIZES, Settings
from headerlens.gui.shown import title_of
from headerlens.gui.source_text import visible
from headerlens.gui.sources import Source, of_path, of_sample
from headerlens.gui.take_away import TakeAway
from headerlens.gui.theme import Theme
from headerlens.gui.ways_in import WaysIn
from headerlens.gui.widgets.drop_zone import Hover
from headerlens.gui.widgets.toolbar import Toolbar
from headerlens.gui.workers import Crew, Failure
from headerlens.present.views import ResultView
from headerlens.samples import Sample, samples

WIDE = 1180
SMALLEST = QSize(640, 440)
USUAL = QSize(1080, 760)
WARM_UP_MS = 80
"""After the window is shown: by then it is painted, and nobody has chosen a file yet."""


class MainWindow(QMainWindow):
    """One window, one message on the page. `settings_changed` asks the program to apply and keep new settings."""

    settings_changed = Signal(object)

    def __init__(
        self, engine: Engine, settings: Settings, theme: Theme, language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine, self._settings, self._theme, self._language = engine, settings, theme, language
        self.crew = Crew(self)
        self.session = Session(engine, self.crew, self)
        self.actions_of_window = Actions(self)
        self._entry: Entry | None = None
        self._samples: tuple[Sample, ...] = ()
        self._painted = False
        self._build()
        self._connect_session()
        connect_commands(self)
        self._connect_pages()
        self.apply_settings(settings, language)
        self.show_start()

    # -- what is outside -----------------------------------------------------------------------------------------

    def open_sources(self, sources: list[Source]) -> None:
        """Check all of them in turn and show the first."""
        if not sources:
            return
        self.body.clear_notice()
        self.body.open_overlay(shown=len(sources) > 1)
        self._entry = self.session.add(sources)[0]
        if self._entry.batch is not None:
            self.present()
        elif self._entry.state in {State.DONE, State.REFUSED, State.BROKEN}:
            self.session.check_again(self._entry)
        self.listing.refresh()

    def open_paths(self, paths: list[Path]) -> None:
        """Check files."""
        self.open_sources([of_path(path) for path in paths])

    def apply_settings(self, settings: Settings, language: str) -> None:
        """Follow `settings`; the case on the page is put into words anew, not checked anew."""
        trusted_before = self._settings.trusted
        self._settings, self._language = settings, language
        self.session.asking = asking_by(settings)
        self._tick_actions()
        self.body.set_pane(wanted=settings.evidence_pane)
        self._arrange()
        self.present()
        if settings.trusted != trusted_before:
            self.session.believe_anew()
            self.batching.warn_of_old_trust()

    def mention(self, text: str) -> None:
        """Show a line of the window's own above the page."""
        self.body.show_notice(text)
        announce(self, text)

    def show_bug(self, failure: Failure) -> None:
        """A mistake outside a worker: the same page."""
        self.body.failure.show_failure(failure)
        self.body.show_page(self.body.failure)
        self.settle()

    def take_up(self, entry: Entry) -> None:
        """Let the page be about `entry`, without showing anything yet."""
        self._entry = entry

    @property
    def entry(self) -> Entry | None:
        """The mail the page is about, None on the start page."""
        return self._entry

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    @property
    def language(self) -> str:
        """The language in force, "en" or "ja"."""
        return self._language

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme, actions = self._theme, self.actions_of_window
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.setAcceptDrops(True)
        actions.fill_bar(self.menuBar())
        self.addActions(list(actions.all()))
        self.menu = HiddenMenu(self)
        self.toolbar = Toolbar(theme, actions)
        self.body = Body(theme, self._engine.many)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.body, 1)
        self.setCentralWidget(centre)
        self.clipboard = ClipboardWatch(self._engine, self.crew, self)
        self.take_away = TakeAway(self._engine, self)
        self.ways_in = WaysIn(self)
        self.judging = Judging(self._engine, self)
        self.batching = Batching(self._engine, self)
        self.listing = Listing(self)
        self.following = Following(self._engine, self)
        self.helping = Helping(self)
        self.insides = Insides(self._engine, self)
        if self._settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(self._settings.geometry.encode()))

    def _connect_session(self) -> None:
        session = self.session
        session.listed.connect(self.listing.refresh)
        self.clipboard.found.connect(self.body.start.offer_clipboard)
        self.take_away.told.connect(self.mention)
        self.batching.told.connect(self.mention)
        self.ways_in.given.connect(self.open_sources)
        self.ways_in.told.connect(self.mention)
        self.ways_in.advised.connect(self.helping.advise)
        self.ways_in.hovered.connect(self.body.show_hover)

    def _connect_pages(self) -> None:
        start, body, actions = self.body.start, self.body, self.actions_of_window
        start.open_asked.connect(actions["open"].trigger)
        start.paste_asked.connect(actions["paste"].trigger)
        start.help_asked.connect(actions["source_help"].trigger)
        start.clipboard_accepted.connect(self.check_clipboard)
        start.sample_chosen.connect(lambda sample: self.open_sources([of_sample(sample)]))
        body.refusal.help_asked.connect(self.helping.show)
        body.result.original_asked.connect(actions["save_original"].trigger)
        body.result.part_changed.connect(self.toolbar.set_part)
        self.toolbar.part_chosen.connect(body.result.show_part)
        self._theme.changed.connect(self._arrange)

    # -- pages ---------------------------------------------------------------------------------------------------

    def show_start(self) -> None:
        """The empty page."""
        self._entry = None
        self.following.rest()
        self.body.show_page(self.body.start)
        self.body.start.focus_first()
        self.settle()

    def show_entry(self, entry: Entry) -> None:
        """The page of `entry`, whatever has become of it."""
        self._entry = entry
        self.present()

    def present(self) -> None:
        """Put what the page shows into the words in force."""
        self.body.start.show_samples(self._samples, self._language)
        entry = self._entry
        if entry is None or entry.state in {State.WAITING, State.RUNNING}:
            self.settle()
            return
        if entry.batch is not None:
            self.batching.show(entry)
        elif entry.refusal is not None:
            view = self._engine.refusal(entry.refusal, self._language)
            self.body.refusal.show_refusal(visible(entry.source.name), view, self.helping.client_of(entry.refusal))
            self.body.show_page(self.body.refusal)
        elif entry.failure is not None:
            self.body.failure.show_failure(entry.failure)
            self.body.show_page(self.body.failure)
        elif entry.case is not None:
            self._present_case(entry)
        self.settle()

    def _present_case(self, entry: Entry) -> None:
        assert entry.case is not None
        view = self.view_of(entry)
        assert view is not None
        self.body.result.show_result(view, entry.case)
        self.judging.show(entry)
        self.insides.show(entry)
        self.body.show_page(self.body.result)

    def settle(self) -> None:
        """Toolbar, list, title and commands follow the page."""
        page, entry = self.body.page, self._entry
        shown, table = page is self.body.result, page is self.body.batch
        batch = entry.batch if entry is not None else None
        running = batch.running if table and batch is not None else self.session.running is not None
        started = page is not self.body.start
        listed = self.listing.worth_showing
        self.toolbar.show_state(result=shown, running=running, listed=listed, started=started, batch=table)
        within = entry.within.batch if entry is not None and entry.within is not None and started else None
        self.body.show_trail(visible(within.name) if within is not None else "")
        self.actions_of_window.set_result(shown=shown)
        self.actions_of_window["evidence_pane"].setEnabled(shown or table)
        retry = self._entry is not None and not running and page is not self.body.start
        self.actions_of_window["recheck"].setEnabled(retry)
        self.listing.refresh()
        self.setWindowTitle(title_of(self._entry if page is not self.body.start else None))

    # -- a check -------------------------------------------------------------------------------------------------

    def recheck(self) -> None:
        """Check the mail on the page once more, or go on with its table."""
        if self._entry is not None:
            self.body.clear_notice()
            if self._entry.batch is not None:
                self.batching.again(self._entry)
            else:
                self.session.check_again(self._entry)

    def escape(self) -> None:
        """Stop a check, else close what lies above the answer."""
        batch = self._entry.batch if self._entry is not None else None
        if batch is not None and batch.running:
            batch.stop()
        elif batch is None and self.session.running is not None:
            self.session.stop()
        elif not self.body.close_overlay():
            self.go_back()

    def go_back(self) -> None:
        """From the evidence to the answer, from there to the table it was opened from."""
        result = self.body.result
        if self.body.page is result and result.part != ANSWER:
            result.show_part(ANSWER)
        else:
            self.batching.back()

    # -- settings ---------------------------------------------------------------------------------------

    def change(self, **values: object) -> None:
        """Ask for the settings with `values` in them."""
        self.settings_changed.emit(replace(self._settings, **values))  # type: ignore[arg-type]  # checked by callers

    def step_text(self, step: int) -> None:
        """One text size larger (1) or smaller (-1)."""
        place = TEXT_SIZES.index(self._settings.text_size) + step
        self.change(text_size=TEXT_SIZES[max(0, min(place, len(TEXT_SIZES) - 1))])

    def _tick_actions(self) -> None:
        actions, settings = self.actions_of_window, self._settings
        actions.choose(actions.languages, settings.language)
        actions.choose(actions.themes, settings.theme)
        actions.choose(actions.text_sizes, settings.text_size)
        for name in ("session_list", "evidence_pane", "menu_bar", "offline"):
            actions[name].setChecked(getattr(settings, name))
        self.menu.pin(pinned=settings.menu_bar)

    def view_of(self, entry: Entry) -> ResultView | None:
        """The entry in words, made once for each case and language."""
        if entry.case is None:
            return None
        key = (id(entry.case), id(entry.opinions), self._language)
        if entry.view is None or entry.view_of != key:
            view = self._engine.result(entry.case, self._language, sample=entry.sample, second=entry.opinions)
            entry.view, entry.view_of = view, key
        return entry.view

    @Slot()
    def _arrange(self) -> None:
        wide = self.width() >= self._theme.px(WIDE)
        self.toolbar.set_wide(wide)
        self.body.set_wide(wide=wide)

    # -- ways in -------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say at once whether this could be checked."""
        self.ways_in.enter(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """As before."""
        self.body.show_hover(Hover.NOTHING)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check what fell on the window."""
        self.body.show_hover(Hover.NOTHING)
        self.ways_in.drop(event)

    def check_clipboard(self) -> None:
        """Check what the clipboard holds."""
        self.ways_in.check_clipboard()

    def trust(self, receiver: str) -> None:
        """Believe what `receiver` recorded, in every mail."""
        self.change(trusted=tuple(dict.fromkeys((*self._settings.trusted, receiver))))

    def open_dialog(self, name: str, client: str = "") -> QDialog:
        """Open one of the dialogs over the window; the help at `client`."""
        context = DialogContext(self._theme, self._engine, self.crew, self._settings, self._language, client)
        return open_dialog(name, context, self)

    # -- events --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the breakpoints."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, palette and activation."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_of_window.retranslate()
            self.present()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.clipboard.look(wanted=self._settings.look_at_clipboard)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the samples, and once the window is painted load what a check needs."""
        super().showEvent(event)
        if not self._painted:
            self._painted = True
            self._samples = samples()
            self.body.start.show_samples(self._samples, self._language)
            QTimer.singleShot(WARM_UP_MS, self, self._warm_up)

    @Slot()
    def _warm_up(self) -> None:
        self.crew.warm(self._engine.warm)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the size, end the threads."""
        self.change(geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self.crew.join()
        super().closeEvent(event)
