"""The way of the message through its servers, and where belief begins (interface.md 7.2, pictures 03 and 13)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from headerlens.gui.pages.view_pane import ViewPane
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card, PushButton
from headerlens.gui.widgets.path_timeline import PathTimeline
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.evidence_views import PathView


class PathPane(ViewPane[PathView]):
    """One way; `border_asked` when the trust border is to be changed, `place_chosen` for a header line."""

    border_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.timeline: PathTimeline | None = None
        self.button: PushButton | None = None

    def focus_pane(self) -> None:
        """Give the keyboard to the first server that wrote a line, else to the button."""
        rows = self.timeline.rows if self.timeline is not None else []
        first = next((row for row in rows if row.stop.field_index is not None), self.button)
        if first is not None:
            first.setFocus()

    def _name(self) -> str:
        return self.tr("Path")

    def _fill(self, view: PathView) -> None:
        area = self.area
        self.timeline, self.button = None, None
        if view.empty:
            area.add(self._text(view.empty, "body", "text2"))
            return
        area.add(self._text(view.heading, "title", "text"))
        area.add(self._text(view.intro, "label", "text2"))
        if view.more:
            area.add(self._text(view.more, "label", "text2"))
        self.timeline = PathTimeline(self._theme, view)
        self.timeline.place_chosen.connect(self.place_chosen)
        area.add(self.timeline)
        area.add(self._trust(view))

    def _trust(self, view: PathView) -> QWidget:
        """Who is believed and why, and the way to choose otherwise."""
        px = self._theme.px
        card = Card(self._theme, 10)
        card.set_colors("sunken", "line")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(14), px(12), px(14), px(10))
        column.setSpacing(px(4))
        title = RichLabel(self._theme, "body", "text", weight=600, parent=card)
        title.set_text(view.trust_title)
        column.addWidget(title)
        column.addWidget(self._text(view.trust_text, "label", "text2", card))
        self.button = PushButton(self._theme, "fence", view.button, "link", card)
        self.button.clicked.connect(self.border_asked)
        column.addWidget(self.button)
        return card
