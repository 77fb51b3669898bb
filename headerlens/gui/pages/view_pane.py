"""What the panes of the evidence that are made from a view have in common: they scroll, keep their place, speak."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.pane_scroll import PaneScroll
from headerlens.gui.widgets.text import RichLabel

V = TypeVar("V")


class ViewPane(QWidget, Generic[V]):
    """A column of parts made anew from each view. `place_chosen` carries a place elsewhere in the evidence."""

    place_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: V | None = None
        self.area = PaneScroll(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.addWidget(self.area)
        theme.changed.connect(self._restyle)
        self.retranslate()

    def show_view(self, view: V, *, same: bool = False) -> None:
        """Show another view; of the `same` message the place stays."""
        place = self.area.verticalScrollBar().value() if same else 0
        self._view = view
        self._build()
        self.area.keep_place(place)

    def retranslate(self) -> None:
        """Put the words of the language in force on the pane; the view brings its own."""
        self.setAccessibleName(self._name())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _name(self) -> str:
        """What the pane is called."""
        raise NotImplementedError

    def _fill(self, view: V) -> None:
        """Put the parts of `view` into the empty area."""
        raise NotImplementedError

    def _build(self) -> None:
        self.area.clear()
        self.area.set_margins()
        if self._view is not None:
            self._fill(self._view)
            self.area.column.addStretch(1)

    def _text(self, text: str, role: Role, color: str, parent: QWidget | None = None) -> RichLabel:
        label = RichLabel(self._theme, role, color, weight=600 if role == "title" else 400, parent=parent)
        label.set_text(text)
        return label

    @Slot()
    def _restyle(self) -> None:
        """Other colours or sizes: the same once more, where it was."""
        if self._view is not None:
            self.show_view(self._view, same=True)
