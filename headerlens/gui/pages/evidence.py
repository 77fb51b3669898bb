"""The evidence beside the answer (interface.md 7.2): the header as received, and every question to DNS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from headerlens.gui.pages.dns_table import DnsPane
from headerlens.gui.pages.headers import HeadersPane
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.tabs import FlatTabs

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.findings import Where

HEADERS, DNS = 0, 1


class EvidencePage(QWidget):
    """Tabs over panes; `show_place` opens the pane a link points into and marks the place."""

    jumped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.headers, self.dns = HeadersPane(theme), DnsPane(theme)
        self.tabs = FlatTabs(theme)
        self._panes = QStackedWidget()
        for pane in (self.headers, self.dns):
            self.tabs.addTab("")
            self._panes.addWidget(pane)
        self.tabs.currentChanged.connect(self._panes.setCurrentIndex)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 0)
        head.addWidget(self.tabs)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._panes, 1)
        theme.changed.connect(self.update)
        self.retranslate()

    def show_case(self, case: Case) -> None:
        """Show the evidence of `case`."""
        self.headers.show_case(case)
        self.dns.show_case(case)

    def show_tab(self, tab: int) -> None:
        """Open HEADERS or DNS."""
        self.tabs.setCurrentIndex(tab)

    def show_place(self, where: Where) -> None:
        """Open the pane of `where` and mark it; a place nobody can mark leaves everything as it is."""
        if where.question is not None:
            self.show_tab(DNS)
            self.dns.show_question(where.question)
        else:
            self.show_tab(HEADERS)
            self.headers.show_place(where)
        self.jumped.emit()

    def focus_pane(self) -> None:
        """Give the keyboard to the open pane."""
        pane = self._panes.currentWidget()
        (pane.view if isinstance(pane, HeadersPane | DnsPane) else self.tabs).setFocus()

    def retranslate(self) -> None:
        """Put the words of the language in force on the tabs."""
        self.tabs.setTabText(HEADERS, self.tr("Headers"))
        self.tabs.setTabText(DNS, self.tr("DNS"))
        self.tabs.setAccessibleName(self.tr("Evidence"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A surface with lines at the left and under the tabs."""
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, 1, self.height(), theme.color("line"))
        painter.fillRect(0, self.tabs.geometry().bottom(), self.width(), 1, theme.color("line"))
        painter.end()
