"""The page of a running check (interface.md 4.5.3)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.column import Column
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.ladder import AlignmentLadder
from headerlens.gui.widgets.message_line import MessageLine
from headerlens.gui.widgets.progress_card import ProgressCard
from headerlens.present import views


class ProgressPage(Column):
    """What is being checked, the card and the ladder filling in: where the answer will have its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = Label(theme, "body", weight=600)
        self._line = MessageLine(theme)
        self.card = ProgressCard(theme)
        self.ladder = AlignmentLadder(theme)
        for part in (self._name, self._line, self.card, self.ladder):
            self.stack.addWidget(part)
        self.stack.addStretch(1)
        self._line.hide()
        self.ladder.hide()

    def begin(self, name: str) -> None:
        """Another check begins; of the mail only its file is known."""
        self.card.begin()
        self.ladder.hide()
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """The file that is being checked, until its message is read."""
        self._name.setText(name)
        self._name.show()
        self._line.hide()

    def show_line(self, view: views.MessageLine) -> None:
        """The message that is being checked."""
        self._line.show_view(view)
        self._name.hide()
        self._line.show()

    def show_progress(self, view: views.ProgressView) -> None:
        """How far it is."""
        self.card.show_view(view)
        if view.ladder is not None:
            self.ladder.show_view(view.ladder)
        self.ladder.setVisible(view.ladder is not None)

    def leave_room(self, width: int) -> None:
        """Keep `width` px at the right free, where the evidence will stand."""
        self.setViewportMargins(0, 0, width, 0)
