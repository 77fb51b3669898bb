"""The strip over the source: how many headers belong to the selected finding, and the way from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label


class FindingStrip(QWidget):
    """Hidden while no finding with places in the source is selected."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count, self._headers_only, self._title = 0, True, ""
        self._words = Label(theme, "label", "accent", wraps=True, weight=600)
        self._previous, self._next = PushButton(theme, "up", "", "tool"), PushButton(theme, "down", "", "tool")
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._row = row = QHBoxLayout(self)
        row.addWidget(self._words, 1)
        row.addWidget(self._previous)
        row.addWidget(self._next)
        theme.changed.connect(self._dress)
        self.hide()
        self._dress()
        self.retranslate()

    def show_count(self, count: int, title: str, *, headers_only: bool) -> None:
        """`count` places of the finding called `title`; 0 hides the strip."""
        self._count, self._headers_only, self._title = count, headers_only, title
        self.retranslate()
        self.setVisible(count > 0)

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        if self._headers_only:
            #: Over the header source, while a finding is selected
            words = self.tr("%n header(s) belong to this finding", "", self._count)
        else:
            #: Over the source, while a finding is selected that also points into the body
            words = self.tr("%n place(s) belong to this finding", "", self._count)
        self._words.setText(words)
        self.setAccessibleName(f"{words}: {self._title}" if self._title else words)
        self._previous.setText(self.tr("Previous"))
        self._next.setText(self.tr("Next"))
        for button in (self._previous, self._next):
            button.setAccessibleDescription(words)
            button.setEnabled(self._count > 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _dress(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(16), px(3), px(8), px(3))
        self._row.setSpacing(px(4))
