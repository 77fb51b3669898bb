"""The window: which page is shown and what follows what. The work itself is done by `Session`.

Commands stand in `Handles`, what only a check needs in `Rooms`; both are loaded after the first paint (`MovingIn`) and
imported inside functions here.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from headerlens.gui.body import Body
from headerlens.gui.furnished import FurnishedWindow
from headerlens.gui.moving_in import MovingIn
from headerlens.gui.settings import TEXT_SIZES, Settings
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.drop_zone import Hover
from headerlens.gui.widgets.toolbar import Toolbar

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QDialog

    from headerlens.gui.engine import Engine
    from headerlens.gui.entry import Entry
    from headerlens.gui.sources import Source
    from headerlens.gui.workers import Failure
    from headerlens.present.views import ResultView
    from headerlens.samples import Sample

WIDE = 1180
SMALLEST = QSize(640, 440)
USUAL = QSize(1080, 760)


class MainWindow(FurnishedWindow):
    """One window, one message on the page. `settings_changed` asks the program to apply and keep new settings."""

    settings_changed = Signal(object)
    moved_in = Signal()
    """Every room is built; nothing is left for idle moments."""

    def __init__(
        self, engine: Engine | None, settings: Settings, theme: Theme, language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._settings, self._theme, self._language = settings, theme, language
        self._entry: Entry | None = None
        self._painted, self._knows_samples = False, False
        self._build()
        self._connect_start()
        if settings.menu_bar:
            self.take_hold()  # later, the bar would push the page down
        self.apply_settings(settings, language)
        self.show_start()

    # -- what is outside -----------------------------------------------------------------------------------------

    def open_sources(self, sources: list[Source]) -> None:
        """Check all of them in turn and show the first."""
        from headerlens.gui.entry import State

        if not sources:
            return
        self._leave_domain()
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
        from headerlens.gui.sources import of_path

        self.open_sources([of_path(path) for path in paths])

    def apply_settings(self, settings: Settings, language: str) -> None:
        """Follow `settings`; the case on the page is put into words anew, not checked anew."""
        before = self._settings
        self._settings, self._language = settings, language
        if self._handles is not None:
            self._handles.follow(settings)
        self.body.set_pane(wanted=settings.evidence_pane)
        self._arrange()
        self.present()
        if self._rooms is not None:
            self._rooms.follow(settings, before)

    def mention(self, text: str) -> None:
        """Show a line of the window's own above the page."""
        from headerlens.gui.announce import announce

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
        entry.touch()

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
        theme = self._theme
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.setAcceptDrops(True)
        self.toolbar = Toolbar(theme)
        self.body = Body(theme, lambda: self.engine.many)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.body, 1)
        self.setCentralWidget(centre)
        self.body.set_pane_width(self._settings.pane_width)
        if self._settings.geometry:
            from PySide6.QtCore import QByteArray

            self.restoreGeometry(QByteArray.fromBase64(self._settings.geometry.encode()))

    def _connect_start(self) -> None:
        start = self.body.start
        start.open_asked.connect(partial(self.trigger, "open"))
        start.paste_asked.connect(partial(self.trigger, "paste"))
        start.help_asked.connect(partial(self.trigger, "source_help"))
        start.domain_asked.connect(partial(self.trigger, "check_domain"))
        start.clipboard_accepted.connect(self.check_clipboard)
        start.sample_chosen.connect(self._open_sample)
        self._theme.changed.connect(self._arrange)

    def trigger(self, command: str) -> None:
        """Do what the action of that name does."""
        self.actions_of_window[command].trigger()

    @Slot(object)
    def _open_sample(self, sample: Sample) -> None:
        from headerlens.gui.sources import of_sample

        self.open_sources([of_sample(sample)])

    def ask_desktop(self) -> None:
        """Look how the desktop wants to be painted, as far as the first paint did not wait for that."""
        self._theme.ask_desktop()

    def show_samples(self) -> None:
        """Read the shipped samples, and offer them on the start page."""
        from headerlens.samples import samples

        if not self._knows_samples:
            self._knows_samples = True
            self.body.start.show_samples(samples(), self._language)

    @property
    def engine(self) -> Engine:
        """The door to everything that checks."""
        if self._engine is None:
            from headerlens.gui.engine import LiveEngine

            self._engine = LiveEngine()
        return self._engine

    # -- pages ---------------------------------------------------------------------------------------------------

    def show_start(self) -> None:
        """The empty page."""
        self._entry = None
        if self._rooms is not None:
            self._rooms.following.rest()
        self.body.show_page(self.body.start)
        self.body.start.focus_first()
        self.settle()

    def show_entry(self, entry: Entry) -> None:
        """The page of `entry`, whatever has become of it."""
        self._leave_domain()
        self.take_up(entry)
        self.present()

    def _leave_domain(self) -> None:
        """The page on a domain stays until the person goes elsewhere; what happens to mails meanwhile waits."""
        if self.body.shows("domain"):
            self.body.show_page(self.body.start)

    def present(self) -> None:
        """Put what the page shows into the words in force."""
        self.body.start.word_samples(self._language)
        if self._rooms is None:
            self.settle()
        else:
            self._rooms.presenting.present()

    def settle(self) -> None:
        """Toolbar, list, title and commands follow the page."""
        if self._rooms is None:
            self.toolbar.show_state(result=False, running=False, listed=False, started=False)
            if self._handles is not None:
                self._handles.rest()
            self.setWindowTitle("HeaderLens")
        else:
            self._rooms.presenting.settle()

    # -- a check -------------------------------------------------------------------------------------------------

    def recheck(self) -> None:
        """Check the mail on the page once more, or go on with its table."""
        if self.body.shows("domain"):
            self.domains.again()
            return
        if self._entry is not None:
            self.body.clear_notice()
            if self._entry.batch is not None:
                self.batching.again(self._entry)
            else:
                self._entry.ask_anew()
                self.session.check_again(self._entry)

    def escape(self) -> None:
        """Stop a check, else close what lies above the answer."""
        if self.body.shows("domain"):
            self.domains.escape()
            return
        batch = self._entry.batch if self._entry is not None else None
        if batch is not None and batch.running:
            batch.stop()
        elif batch is None and self.session.running is not None:
            self.session.stop()
        elif not self.body.close_overlay():
            self.go_back()

    def go_back(self) -> None:
        """From the evidence to the answer, from there to the table it was opened from."""
        if self.body.shows("domain"):
            self.domains.leave()
            return
        from headerlens.gui.pages.result import ANSWER

        result = self.body.result
        if self.body.page is result and result.part != ANSWER:
            result.show_part(ANSWER)
        else:
            self.batching.back()

    # -- settings ---------------------------------------------------------------------------------------

    def change(self, **values: object) -> None:
        """Ask for the settings with `values` in them."""
        self.settings_changed.emit(self._settings._replace(**values))  # type: ignore[arg-type]  # checked by callers

    def step_text(self, step: int) -> None:
        """One text size larger (1) or smaller (-1)."""
        place = TEXT_SIZES.index(self._settings.text_size) + step
        self.change(text_size=TEXT_SIZES[max(0, min(place, len(TEXT_SIZES) - 1))])

    def view_of(self, entry: Entry) -> ResultView | None:
        """The entry in words, made once for each case and language."""
        return self.furnish().presenting.view_of(entry)

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
        from headerlens.gui.dialogs import DialogContext, open_dialog

        context = DialogContext(self._theme, self.engine, self.crew, self._settings, self._language, client)
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
            if self._handles is not None:
                self._handles.actions.retranslate()
            self.present()
        elif event.type() == QEvent.Type.ApplicationFontChange:
            self._theme.refresh()
        elif event.type() == QEvent.Type.ActivationChange and self._rooms is not None:
            self.look_at_clipboard()

    def look_at_clipboard(self) -> None:
        """Offer the mail on the clipboard when the person comes back to the window."""
        if self._rooms is not None and self.isActiveWindow():
            self._rooms.clipboard.look(wanted=self._settings.look_at_clipboard)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Move in once there is something to see."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            MovingIn(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the size, end the threads."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.change(geometry=geometry, pane_width=self.body.pane)
        if self._rooms is not None:
            self._rooms.crew.join()
        super().closeEvent(event)
