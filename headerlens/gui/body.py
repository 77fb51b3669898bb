"""Everything below the toolbar: the session list, a notice, the page, and what lies over them while a file hovers.

Only the start page is there at once. The others are loaded and built when they are first asked for, because the window
is painted before (conventions.md 7); `MovingIn` asks for all of them soon after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from headerlens.gui.pages.start import StartPage
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.drop_zone import DropOverlay, Hover

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from headerlens.gui.many import ManyEngine
    from headerlens.gui.pages.batch import BatchPage
    from headerlens.gui.pages.domain import DomainPage
    from headerlens.gui.pages.progress import ProgressPage
    from headerlens.gui.pages.result import ResultPage
    from headerlens.gui.pages.trouble import FailurePage, RefusalPage
    from headerlens.gui.widgets.notice import Notice
    from headerlens.gui.widgets.session_list import SessionList


class Body(QWidget):
    """Lays the list beside the page in a wide window and over it in a narrow one."""

    def __init__(self, theme: Theme, many: Callable[[], ManyEngine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._many = theme, many
        self._wide, self._list_wanted, self._list_over = True, False, False
        self._pane_wanted, self._pane_width = True, 0
        self.start = StartPage(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self._on_notice: Callable[[], object] | None = None
        self._main = QWidget(self)
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._notice_box = QVBoxLayout()
        self._notice_box.setContentsMargins(20, 0, 20, 0)
        self.trail = PushButton(theme, "left", "", "link")
        self.trail.hide()
        self._trail_box = QVBoxLayout()
        self._trail_box.addWidget(self.trail)
        column.addLayout(self._trail_box)
        column.addLayout(self._notice_box)
        column.addWidget(self._pages, 1)
        theme.changed.connect(self._place)

    # -- built when first asked for --------------------------------------------------------------------------------

    @cached_property
    def progress(self) -> ProgressPage:
        """The page of a check that takes its time."""
        from headerlens.gui.pages.progress import ProgressPage

        page = ProgressPage(self._theme)
        page.set_roomy(roomy=self._wide)
        self._pages.addWidget(page)
        return page

    @cached_property
    def result(self) -> ResultPage:
        """The answer and its evidence."""
        from headerlens.gui.pages.result import ResultPage

        page = ResultPage(self._theme)
        page.set_wide(wide=self._wide)
        page.set_pane(wanted=self._pane_wanted)
        page.set_pane_width(self._pane_width)
        self._pages.addWidget(page)
        return page

    @cached_property
    def refusal(self) -> RefusalPage:
        """The page of what is no mail."""
        from headerlens.gui.pages.trouble import RefusalPage

        page = RefusalPage(self._theme)
        self._pages.addWidget(page)
        return page

    @cached_property
    def failure(self) -> FailurePage:
        """The page of a mistake of the program."""
        from headerlens.gui.pages.trouble import FailurePage

        page = FailurePage(self._theme)
        self._pages.addWidget(page)
        return page

    @cached_property
    def batch(self) -> BatchPage:
        """The page of many messages."""
        from headerlens.gui.pages.batch import BatchPage

        page = BatchPage(self._theme, self._many())
        page.set_wide(wide=self._wide and self._pane_wanted)
        self._pages.addWidget(page)
        return page

    @cached_property
    def domain(self) -> DomainPage:
        """The page on the set-up of a domain."""
        from headerlens.gui.pages.domain import DomainPage

        page = DomainPage(self._theme)
        page.set_roomy(roomy=self._wide)
        self._pages.addWidget(page)
        return page

    @cached_property
    def list(self) -> SessionList:
        """The session list."""
        from headerlens.gui.widgets.session_list import SessionList

        made = SessionList(self._theme, self)
        made.hide()
        return made

    @cached_property
    def _notice(self) -> Notice:
        from headerlens.gui.widgets.notice import Notice

        made = Notice(self._theme)
        made.hide()
        made.activated.connect(self._run_notice)
        self._notice_box.addWidget(made)
        return made

    @cached_property
    def _overlay(self) -> DropOverlay:
        return DropOverlay(self._theme, self)

    def _has(self, name: str) -> bool:
        """Whether that part has been built."""
        return name in vars(self)

    # -- the page ----------------------------------------------------------------------------------------------------

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages.currentWidget() or self.start

    def shows(self, name: str) -> bool:
        """Whether the page of that name is the one shown; asking builds nothing."""
        return self._has(name) and getattr(self, name) is self.page

    def show_trail(self, text: str) -> None:
        """The way back above the page, "" for none."""
        self.trail.set_value_text(text)
        self.trail.setVisible(bool(text))
        self._trail_box.setContentsMargins(20, 8 if text else 0, 20, 0)

    def show_page(self, page: QWidget) -> None:
        """Show one of the pages."""
        focus = QApplication.focusWidget()
        self._leave_room()
        moves = focus is not None and self._pages.isAncestorOf(focus) and page is not self.page
        self._pages.setCurrentWidget(page)
        if moves:
            # to the page itself: it scrolls by keys, Tab goes on into it, and nothing on it looks chosen
            answered = self._has("result") and page is self.result
            (self.result.answer if answered else page).setFocus()

    def show_notice(self, text: str, button: str = "", run: Callable[[], object] | None = None) -> None:
        """A line above the page until the next check; its button, "" for none, calls `run`."""
        self._notice.show_notice(text, button=button)
        self._notice.button.setAccessibleDescription(text)
        self._on_notice = run
        self._notice_box.setContentsMargins(20, 12, 20, 0)
        self._notice.show()

    def clear_notice(self) -> None:
        """Take the line away."""
        if self._has("_notice"):
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
        shown = self._has("_notice") and self._notice.isVisibleTo(self)
        return self._notice.accessibleName() if shown else ""

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
            if self._has("progress"):
                self.progress.set_roomy(roomy=wide)
            if self._has("domain"):
                self.domain.set_roomy(roomy=wide)
        if self._has("result"):
            self.result.set_wide(wide=wide)
        if self._has("batch"):
            self.batch.set_wide(wide=wide and self._pane_wanted)

    @property
    def pane(self) -> int:
        """The width the person gave the evidence, at 100 % text size; 0 for the usual one."""
        return self.result.pane if self._has("result") else self._pane_width

    def set_pane_width(self, width: int) -> None:
        """The width of an earlier run."""
        self._pane_width = width
        if self._has("result"):
            self.result.set_pane_width(width)

    def set_pane(self, *, wanted: bool) -> None:
        """Whether a wide window shows evidence, or the chosen message, beside the page."""
        self._pane_wanted = wanted
        if self._has("result"):
            self.result.set_pane(wanted=wanted)
        if self._has("batch"):
            self.batch.set_wide(wide=self._wide and wanted)

    @property
    def wide(self) -> bool:
        """Whether the list stands beside the page."""
        return self._wide

    def close_overlay(self) -> bool:
        """Take the list off the page of a narrow window; whether there was one."""
        if self._wide or not self._list_shows():
            return False
        self.open_overlay(shown=False)
        return True

    def panes(self) -> Sequence[QWidget]:
        """Where F6 goes after the toolbar."""
        from headerlens.gui.pages.batch import BatchPage
        from headerlens.gui.pages.result import ResultPage

        listed = [self.list] if self._list_shows() else []
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
        painter.setBackground(self._theme.brush("window"))
        painter.eraseRect(self.rect())
        painter.end()

    def _place(self) -> None:
        shown = self._list_wanted if self._wide else self._list_over
        width = self.list.minimumWidth() if shown else 0
        beside = width if self._wide else 0
        if shown or self._has("list"):
            self.list.setGeometry(QRect(0, 0, max(width, 1), self.height()))
            self.list.setVisible(shown)
        self._main.setGeometry(QRect(beside, 0, self.width() - beside, self.height()))
        self._leave_room()
        if shown:
            self.list.raise_()

    def _list_shows(self) -> bool:
        return self._has("list") and self.list.isVisible()

    def _leave_room(self) -> None:
        if self._has("progress"):
            self.progress.leave_room(self.result.pane_width())
