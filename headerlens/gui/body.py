"""Everything below the toolbar: the session list, a notice, the page, and what lies over them while a file hovers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from headerlens.gui.many import ManyEngine
from headerlens.gui.pages.batch import BatchPage
from headerlens.gui.pages.progress import ProgressPage
from headerlens.gui.pages.result import ResultPage
from headerlens.gui.pages.start import StartPage
from headerlens.gui.pages.trouble import FailurePage, RefusalPage
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.drop_zone import DropOverlay, Hover
from headerlens.gui.widgets.notice import Notice
from headerlens.gui.widgets.session_list import SessionList


class Body(QWidget):
    """Lays the list beside the page in a wide window and over it in a narrow one."""

    def __init__(self, theme: Theme, many: ManyEngine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wide, self._list_wanted, self._list_over = True, False, False
        self._pane_wanted = True
        self.list = SessionList(theme, self)
        self.start, self.progress, self.result = StartPage(theme), ProgressPage(theme), ResultPage(theme)
        self.refusal, self.failure = RefusalPage(theme), FailurePage(theme)
        self._pages = QStackedWidget()
        self.batch = BatchPage(theme, many)
        for page in (self.start, self.progress, self.result, self.refusal, self.failure, self.batch):
            self._pages.addWidget(page)
        self._notice = Notice(theme)
        self._notice.hide()
        self._notice.activated.connect(self._run_notice)
        self._on_notice: Callable[[], object] | None = None
        self._main = QWidget(self)
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._notice_box = QVBoxLayout()
        self._notice_box.setContentsMargins(20, 0, 20, 0)
        self._notice_box.addWidget(self._notice)
        self.trail = PushButton(theme, "left", "", "link")
        self.trail.hide()
        self._trail_box = QVBoxLayout()
        self._trail_box.addWidget(self.trail)
        column.addLayout(self._trail_box)
        column.addLayout(self._notice_box)
        column.addWidget(self._pages, 1)
        self._overlay = DropOverlay(theme, self)
        self.list.hide()
        theme.changed.connect(self._place)

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages.currentWidget() or self.start

    def show_trail(self, text: str) -> None:
        """The way back above the page, "" for none."""
        self.trail.set_value_text(text)
        self.trail.setVisible(bool(text))
        self._trail_box.setContentsMargins(20, 8 if text else 0, 20, 0)

    def show_page(self, page: QWidget) -> None:
        """Show one of the pages."""
        focus = QApplication.focusWidget()
        self.progress.leave_room(self.result.pane_width())
        moves = focus is not None and self._pages.isAncestorOf(focus) and page is not self.page
        self._pages.setCurrentWidget(page)
        if moves:
            # to the page itself: it scrolls by keys, Tab goes on into it, and nothing on it looks chosen
            (self.result.answer if page is self.result else page).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_notice(self, text: str, button: str = "", run: Callable[[], object] | None = None) -> None:
        """A line above the page until the next check; its button, "" for none, calls `run`."""
        self._notice.show_notice(text, button=button)
        self._notice.button.setAccessibleDescription(text)
        self._on_notice = run
        self._notice_box.setContentsMargins(20, 12, 20, 0)
        self._notice.show()

    def clear_notice(self) -> None:
        """Take the line away."""
        self._notice.hide()
        self._notice_box.setContentsMargins(20, 0, 20, 0)

    def _run_notice(self) -> None:
        if self._on_notice is not None:
            self._on_notice()

    @property
    def notice_button(self) -> QWidget:
        """The button of the line above the page; hidden when it has none."""
        return self._notice.button

    @property
    def notice_text(self) -> str:
        """The line above the page, "" without one."""
        return self._notice.accessibleName() if self._notice.isVisibleTo(self) else ""

    def show_hover(self, hover: Hover) -> None:
        """The empty page shows it in its own field, every other one under a field."""
        if self.page is self.start:
            self.start.show_hover(hover)
        else:
            self._overlay.show_hover(hover)

    def set_list(self, *, shown: bool) -> None:
        """Whether a wide window shows the session list."""
        if shown != self._list_wanted:
            self._list_wanted = shown
            self._place()

    def open_overlay(self, *, shown: bool) -> None:
        """Lay the session list over the page of a narrow window, or take it away."""
        if shown != self._list_over:
            self._list_over = shown
            self._place()

    def set_wide(self, *, wide: bool) -> None:
        """Whether there is room beside the page."""
        if wide != self._wide:
            self._wide = wide
            self._place()
            self.progress.set_roomy(roomy=wide)
        self.result.set_wide(wide=wide)
        self.batch.set_wide(wide=wide and self._pane_wanted)

    def set_pane(self, *, wanted: bool) -> None:
        """Whether a wide window shows evidence, or the chosen message, beside the page."""
        self._pane_wanted = wanted
        self.result.set_pane(wanted=wanted)
        self.batch.set_wide(wide=self._wide and wanted)

    @property
    def wide(self) -> bool:
        """Whether the list stands beside the page."""
        return self._wide

    def close_overlay(self) -> bool:
        """Take the list off the page of a narrow window; whether there was one."""
        if self._wide or not self.list.isVisible():
            return False
        self.open_overlay(shown=False)
        return True

    def panes(self) -> list[QWidget]:
        """Where F6 goes after the toolbar."""
        listed: list[QWidget] = [self.list] if self.list.isVisible() else []
        page = self.page
        parts = page.panes() if isinstance(page, (ResultPage, BatchPage)) else [page]
        return [*listed, *parts]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("window"))
        painter.end()

    def _place(self) -> None:
        shown = self._list_wanted if self._wide else self._list_over
        width = self.list.minimumWidth() if shown else 0
        beside = width if self._wide else 0
        self.list.setGeometry(QRect(0, 0, max(width, 1), self.height()))
        self.list.setVisible(shown)
        self._main.setGeometry(QRect(beside, 0, self.width() - beside, self.height()))
        self.progress.leave_room(self.result.pane_width())
        if shown:
            self.list.raise_()
