"""The way of the message through its servers, and where belief begins (interface.md 7.2, pictures 03 and 13)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.controls import Card, PushButton
from headerlens.gui.widgets.pane_scroll import PaneScroll
from headerlens.gui.widgets.path_timeline import PathTimeline
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.evidence_views import PathView


class PathPane(QWidget):
    """One way; `border_asked` when the trust border is to be changed, `place_chosen` for a header line."""

    place_chosen = Signal(object)
    border_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: PathView | None = None
        self.timeline: PathTimeline | None = None
        self.button: PushButton | None = None
        self.area = PaneScroll(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.addWidget(self.area)
        theme.changed.connect(self._build)
        self.retranslate()

    def show_view(self, view: PathView, *, same: bool = False) -> None:
        """Show another way; of the `same` message the place stays."""
        place = self.area.verticalScrollBar().value() if same else 0
        self._view = view
        self._build()
        self.area.keep_place(place)

    def focus_pane(self) -> None:
        """Give the keyboard to the first server that wrote a line, else to the button."""
        rows = self.timeline.rows if self.timeline is not None else []
        first = next((row for row in rows if row.stop.field_index is not None), self.button)
        if first is not None:
            first.setFocus()

    def retranslate(self) -> None:
        """Put the words of the language in force on the pane; the view brings its own."""
        self.setAccessibleName(self.tr("Path"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _build(self) -> None:
        area, view = self.area, self._view
        area.clear()
        area.set_margins()
        self.timeline, self.button = None, None
        if view is None:
            return
        if view.empty:
            area.add(self._text(view.empty, "body", "text2"))
            area.column.addStretch(1)
            return
        area.add(self._text(view.heading, "title", "text"))
        area.add(self._text(view.intro, "label", "text2"))
        if view.more:
            area.add(self._text(view.more, "label", "text2"))
        self.timeline = PathTimeline(self._theme, view)
        self.timeline.place_chosen.connect(self.place_chosen)
        area.add(self.timeline)
        area.add(self._trust(view))
        area.column.addStretch(1)

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

    def _text(self, text: str, role: Role, color: str, parent: QWidget | None = None) -> RichLabel:
        label = RichLabel(self._theme, role, color, weight=600 if role == "title" else 400, parent=parent)
        label.set_text(text)
        return label
