"""Every signature of the message, step by step, and below them what ARC testifies (interface.md 7.2)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.pane_scroll import PaneScroll, RemarkLine
from headerlens.gui.widgets.signature_card import SignatureCard
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.evidence_views import CardView, SignaturesView


class SignaturesPane(QWidget):
    """Cards in the order of the header; `place_chosen` carries a place elsewhere in the evidence."""

    place_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = SignaturesView(())
        self.cards: list[SignatureCard] = []
        self.area = PaneScroll(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.addWidget(self.area)
        theme.changed.connect(self._restyle)
        self.retranslate()

    def show_view(self, view: SignaturesView, *, same: bool = False) -> None:
        """Show other signatures; of the `same` message what was open stays open and the place stays."""
        opened = [card.is_open() for card in self.cards] if same else []
        place = self.area.verticalScrollBar().value() if same else 0
        self._view = view
        self._build()
        if len(opened) == len(self.cards):
            for card, was_open in zip(self.cards, opened, strict=True):
                card.set_open(was_open)
        self.area.keep_place(place)

    def show_signature(self, index: int) -> bool:
        """Open the card of signature `index` and scroll to it; false when there is none."""
        card = next((card for card in self.cards if card.view.signature == index), None)
        return card is not None and self._enter(card)

    def show_arc(self) -> bool:
        """The same for the newest ARC set."""
        card = next((card for card in self.cards if card.view.instance is not None), None)
        return card is not None and self._enter(card)

    def focus_pane(self) -> None:
        """Give the keyboard to the first card."""
        if self.cards:
            self.cards[0].header.setFocus()

    def retranslate(self) -> None:
        """Put the words of the language in force on the pane; the view brings its own."""
        self.setAccessibleName(self.tr("Signatures"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _enter(self, card: SignatureCard) -> bool:
        card.set_open(True)
        self.area.show_part(card)
        card.header.setFocus()
        return True

    def _build(self) -> None:
        view, area = self._view, self.area
        self.cards = []
        area.clear()
        area.set_margins()
        for remark in view.notes:
            area.add(RemarkLine(self._theme, remark))
        if view.empty:
            self._add_text(view.empty, "body", "text2")
        for card in view.cards:
            self._add_card(card)
        if view.arc_heading:
            self._add_text(view.arc_heading, "title", "text")
        for remark in view.arc_remarks:
            area.add(RemarkLine(self._theme, remark))
        for card in view.arc_cards:
            self._add_card(card)
        area.column.addStretch(1)

    def _add_card(self, view: CardView) -> None:
        card = SignatureCard(self._theme, view)
        card.place_chosen.connect(self.place_chosen)
        self.cards.append(card)
        self.area.add(card)

    def _add_text(self, text: str, role: str, color: str) -> None:
        label = RichLabel(self._theme, "title" if role == "title" else "body", color)
        label.set_text(text)
        self.area.add(label)

    @Slot()
    def _restyle(self) -> None:
        self.show_view(self._view, same=True)
