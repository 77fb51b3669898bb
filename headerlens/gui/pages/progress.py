"""The page of a running check (interface.md 4.5.3)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from headerlens.gui.pages.result import Column
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.progress_card import ProgressCard
from headerlens.present.views import ProgressView


class ProgressPage(Column):
    """The card, and above it what is being checked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = Label(theme, "body", weight=600)
        self.card = ProgressCard(theme)
        self.stack.addWidget(self._name)
        self.stack.addWidget(self.card)
        self.stack.addStretch(1)

    def show_name(self, name: str) -> None:
        """The file that is being checked."""
        self._name.setText(name)

    def show_progress(self, view: ProgressView) -> None:
        """How far it is."""
        self.card.show_view(view)
