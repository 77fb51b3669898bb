"""SPF as it was evaluated: the sentence, the tree, the look-ups (interface.md 7.2, picture 13)."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from headerlens.gui.pages.view_pane import ViewPane
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card, PushButton
from headerlens.gui.widgets.meter import MeterRow, label_width
from headerlens.gui.widgets.pane_scroll import FactGrid, LinkRow, RemarkLine
from headerlens.gui.widgets.spf_tree import SpfTree
from headerlens.gui.widgets.status import StatusGlyph
from headerlens.model.findings import Where
from headerlens.present.evidence_views import SpfRow, SpfView


class SpfPane(ViewPane[SpfView]):
    """One evaluation; `place_chosen` carries a place elsewhere in the evidence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.tree: SpfTree | None = None
        self._detail: QVBoxLayout | None = None
        self._facts: FactGrid | None = None

    def focus_pane(self) -> None:
        """Give the keyboard to the tree, or to the first link where there is none."""
        first = self.tree or next(iter(self.area.findChildren(PushButton)), None)
        if first is not None:
            first.setFocus()

    def _name(self) -> str:
        return self.tr("SPF")

    def _fill(self, view: SpfView) -> None:
        area = self.area
        self.tree, self._facts = None, None
        area.add(self._head(view))
        if view.root is not None:
            area.add(self._tree_card(view, view.root))
        if view.meters:
            area.add(self._meters(view))
        for remark in view.remarks:
            area.add(RemarkLine(self._theme, remark))
        if view.note:
            area.add(self._text(view.note, "small", "text2"))
        if view.links:
            links = LinkRow(self._theme, view.links)
            links.chosen.connect(self.place_chosen)
            area.add(links)

    def _head(self, view: SpfView) -> QWidget:
        """What came out, and for what."""
        head, px = QWidget(), self._theme.px
        row = QHBoxLayout()
        row.setSpacing(px(9))
        glyph = StatusGlyph(self._theme, 20, head)
        glyph.show_glyph(view.glyph, view.tone)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, px(2), 0, 0)
        beside.addWidget(glyph)
        beside.addStretch()
        row.addLayout(beside)
        row.addWidget(self._text(view.sentence, "title", "text", head), 1)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row)
        column.addWidget(self._text(view.checked_for, "label", "text2", head))
        return head

    def _tree_card(self, view: SpfView, root: SpfRow) -> QWidget:
        px = self._theme.px
        card = Card(self._theme, 10)
        column = QVBoxLayout(card)
        column.setContentsMargins(px(6), px(6), px(6), px(6))
        column.setSpacing(px(4))
        self.tree = SpfTree(self._theme, card)
        self.tree.setAccessibleName(view.tree_name)
        self.tree.show_root(root)
        self.tree.row_chosen.connect(self._show_facts)
        self.tree.row_activated.connect(self._on_row)
        column.addWidget(self.tree)
        self._detail = column
        return card

    def _meters(self, view: SpfView) -> QWidget:
        px = self._theme.px
        card = Card(self._theme, 10)
        card.set_colors("sunken", "line")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(4))
        width = label_width(self._theme, view.meters)
        for meter in view.meters:
            column.addWidget(MeterRow(self._theme, meter, width, card))
        return card

    @Slot(object)
    def _show_facts(self, row: SpfRow) -> None:
        """The chosen row at length, under the tree."""
        if self._detail is None:
            return
        if self._facts is not None:
            self._detail.removeWidget(self._facts)
            self._facts.hide()
            self._facts.deleteLater()
        px = self._theme.px
        self._facts = FactGrid(self._theme, row.facts)
        self._facts.setContentsMargins(px(8), px(6), px(8), px(6))
        self._detail.addWidget(self._facts)
        self._facts.setVisible(bool(row.facts))
        if self.tree is not None:
            self.area.show_line(self.tree.viewport(), self.tree.visualRect(self.tree.currentIndex()))

    @Slot(object)
    def _on_row(self, row: SpfRow) -> None:
        if row.question:
            self.place_chosen.emit(Where(question=row.question))
