"""Every signature of the message, step by step, and below them what ARC testifies (interface.md 7.2)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from headerlens.gui.pages.view_pane import ViewPane
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.pane_scroll import RemarkLine
from headerlens.gui.widgets.signature_card import SignatureCard
from headerlens.present.evidence_views import CardView, SignaturesView


class SignaturesPane(ViewPane[SignaturesView]):
    """Cards in the order of the header; `place_chosen` carries a place elsewhere in the evidence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.cards: list[SignatureCard] = []
        self._opened: list[bool] = []

    def show_view(self, view: SignaturesView, *, same: bool = False) -> None:
        """Show other signatures; of the `same` message what was open stays open and the place stays."""
        self._opened = [card.is_open() for card in self.cards] if same else []
        super().show_view(view, same=same)

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

    def _enter(self, card: SignatureCard) -> bool:
        card.set_open(True)
        self.area.show_part(card)
        card.header.setFocus()
        return True

    def _name(self) -> str:
        return self.tr("Signatures")

    def _fill(self, view: SignaturesView) -> None:
        area, self.cards = self.area, []
        for remark in view.notes:
            area.add(RemarkLine(self._theme, remark))
        if view.empty:
            area.add(self._text(view.empty, "body", "text2"))
        for card in view.cards:
            self._add_card(card)
        if view.arc_heading:
            area.add(self._text(view.arc_heading, "title", "text"))
        for remark in view.arc_remarks:
            area.add(RemarkLine(self._theme, remark))
        for card in view.arc_cards:
            self._add_card(card)
        if len(self._opened) == len(self.cards):
            for made, was_open in zip(self.cards, self._opened, strict=True):
                made.set_open(was_open)

    def _add_card(self, view: CardView) -> None:
        card = SignatureCard(self._theme, view)
        card.place_chosen.connect(self.place_chosen)
        self.cards.append(card)
        self.area.add(card)
