"""Everything below the toolbar: the session list, a notice, the page, and what lies over them while a file hovers."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from headerlens.gui.pages.progress import ProgressPage
from headerlens.gui.pages.result import ResultPage
from headerlens.gui.pages.start import StartPage
from headerlens.gui.pages.trouble import FailurePage, RefusalPage
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.drop_zone import DropOverlay, Hover
from headerlens.gui.widgets.notice import Notice
from headerlens.gui.widgets.session_list import SessionList


class Body(QWidget):
    """Lays the list beside the page in a wide window and over it in a narrow one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wide, self._list_wanted, self._list_over = True, False, False
        self.list = SessionList(theme, self)
        self.start, self.progress, self.result = StartPage(theme), ProgressPage(theme), ResultPage(theme)
        self.refusal, self.failure = RefusalPage(theme), FailurePage(theme)
        self._pages = QStackedWidget()
        for page in (self.start, self.progress, self.result, self.refusal, self.failure):
            self._pages.addWidget(page)
        self._notice = Notice(theme)
        self._notice.hide()
        self._main = QWidget(self)
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._notice_box = QVBoxLayout()
        self._notice_box.setContentsMargins(20, 0, 20, 0)
        self._notice_box.addWidget(self._notice)
        column.addLayout(self._notice_box)
        column.addWidget(self._pages, 1)
        self._overlay = DropOverlay(theme, self)
        self.list.hide()
        theme.changed.connect(self._place)

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages.currentWidget() or self.start

    def show_page(self, page: QWidget) -> None:
        """Show one of the five pages."""
        focus = QApplication.focusWidget()
        self.progress.leave_room(self.result.pane_width())
        moves = focus is not None and self._pages.isAncestorOf(focus) and page is not self.page
        self._pages.setCurrentWidget(page)
        if moves:
            # to the page itself: it scrolls by keys, Tab goes on into it, and nothing on it looks chosen
            (self.result.answer if page is self.result else page).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_notice(self, text: str) -> None:
        """A line above the page until the next check."""
        self._notice.show_notice(text)
        self._notice_box.setContentsMargins(20, 12, 20, 0)
        self._notice.show()

    def clear_notice(self) -> None:
        """Take the line away."""
        self._notice.hide()
        self._notice_box.setContentsMargins(20, 0, 20, 0)

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
        return [*listed, *(self.result.panes() if self.page is self.result else [self.page])]

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
