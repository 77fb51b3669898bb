"""The evidence beside the answer (interface.md 7.2): header source, signatures, SPF, path, and questions to DNS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from headerlens.gui.pages.dns_table import DnsPane
from headerlens.gui.pages.headers import HeadersPane
from headerlens.gui.pages.path import PathPane
from headerlens.gui.pages.signatures import SignaturesPane
from headerlens.gui.pages.spf import SpfPane
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.tabs import FlatTabs

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.findings import Where
    from headerlens.present.evidence_views import EvidenceView

HEADERS, SIGNATURES, SPF, PATH, DNS = range(5)


class EvidencePage(QWidget):
    """Tabs over panes; `show_place` opens the pane a link points into and marks the place.

    `border_asked` when the trust border is to be changed.
    """

    jumped = Signal()
    border_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: EvidenceView | None = None
        self._stale: dict[int, bool] = {}
        self.headers, self.dns = HeadersPane(theme), DnsPane(theme)
        self.signatures, self.spf, self.path = SignaturesPane(theme), SpfPane(theme), PathPane(theme)
        self.tabs = FlatTabs(theme)
        self._panes = QStackedWidget()
        for pane in (self.headers, self.signatures, self.spf, self.path, self.dns):
            self.tabs.addTab("")
            self._panes.addWidget(pane)
        self.tabs.currentChanged.connect(self._open_tab)
        for linking in (self.signatures, self.spf, self.path):
            linking.place_chosen.connect(self.show_place)
        self.path.border_asked.connect(self.border_asked)
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
        """Show the header source of `case`."""
        self.headers.show_case(case)

    def show_view(self, view: EvidenceView, *, same: bool = False) -> None:
        """Fill the other panes, the open one now and each other one when it is opened.

        What is as before stays as it is, and of the `same` message the place in a pane stays.
        """
        before, self._view = self._view, view
        for tab, part in enumerate(_parts(view), SIGNATURES):
            if before is None or part != _parts(before)[tab - SIGNATURES]:
                self._stale[tab] = same and self._stale.get(tab, True)
        self._fill(self.tabs.currentIndex())

    def show_tab(self, tab: int) -> None:
        """Open HEADERS, SIGNATURES, SPF, PATH or DNS."""
        self.tabs.setCurrentIndex(tab)

    @Slot(object)
    def show_place(self, where: Where) -> None:
        """Open the pane of `where` and mark it; a place nobody can mark leaves everything as it is."""
        if where.pane:
            self._show_pane(where.pane)
        elif where.question is not None:
            self.show_tab(DNS)
            self.dns.show_question(where.question)
        elif where.signature is not None and where.field_index is None:
            self.show_tab(SIGNATURES)
            self.signatures.show_signature(where.signature)
        else:
            self.show_tab(HEADERS)
            self.headers.show_place(where)
        self.jumped.emit()

    def focus_pane(self) -> None:
        """Give the keyboard to the open pane, or to its tab where there is nothing in it to reach."""
        self.tabs.setFocus()
        pane = self._panes.currentWidget()
        if isinstance(pane, HeadersPane):
            pane.view.setFocus()
        elif isinstance(pane, SignaturesPane | SpfPane | PathPane | DnsPane):
            pane.focus_pane()

    @Slot(int)
    def _open_tab(self, tab: int) -> None:
        self._fill(tab)
        self._panes.setCurrentIndex(tab)

    def _fill(self, tab: int) -> None:
        """Build the pane of `tab` where it shows something older."""
        view = self._view
        if view is None or tab not in self._stale:
            return
        same = self._stale.pop(tab)
        if tab == SIGNATURES:
            self.signatures.show_view(view.signatures, same=same)
        elif tab == SPF:
            self.spf.show_view(view.spf, same=same)
        elif tab == PATH:
            self.path.show_view(view.path, same=same)
        else:
            self.dns.show_view(view.dns, same=same)

    def _show_pane(self, pane: str) -> None:
        self.show_tab({"spf": SPF, "path": PATH}.get(pane, SIGNATURES))
        if pane == "arc":
            self.signatures.show_arc()
        else:
            self.focus_pane()

    def retranslate(self) -> None:
        """Put the words of the language in force on the tabs."""
        texts = (self.tr("Headers"), self.tr("Signatures"), self.tr("SPF"), self.tr("Path"), self.tr("DNS"))
        for tab, text in enumerate(texts):
            self.tabs.setTabText(tab, text)
        self.tabs.setAccessibleName(self.tr("Evidence"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tabs use what room there is."""
        super().resizeEvent(event)
        self.tabs.set_room(event.size().width() - 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A surface with lines at the left and under the tabs."""
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, 1, self.height(), theme.color("line"))
        painter.fillRect(0, self.tabs.geometry().bottom(), self.width(), 1, theme.color("line"))
        painter.end()


def _parts(view: EvidenceView) -> tuple[object, ...]:
    """The parts of a view in the order of their tabs, from SIGNATURES on."""
    return view.signatures, view.spf, view.path, view.dns
