"""Finding words in the source: a field with the count of places, next, previous, and whether case matters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from headerlens.gui.announce import announce
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label

LONGEST = 200
PAUSE_MS = 120
"""A search begins once the typing pauses, so that each letter of a word does not start one over 20,000 lines."""


class FindBar(QWidget):
    """Says what is sought; who owns it searches and tells the count."""

    sought = Signal()
    asked = Signal(bool)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told: tuple[int, int, bool] | None = None
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.sought)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self._count = Label(theme, "small", "text2")
        self.case = PushButton(theme, "", "Aa", "tool")
        self.case.setCheckable(True)
        self.case.toggled.connect(lambda _on: self.sought.emit())
        self._previous, self._next = PushButton(theme, "up", "", "tool"), PushButton(theme, "down", "", "tool")
        self._close = PushButton(theme, "fail", "", "tool")
        self._previous.clicked.connect(lambda: self.asked.emit(True))  # noqa: FBT003  Qt's signal
        self._next.clicked.connect(lambda: self.asked.emit(False))  # noqa: FBT003  Qt's signal
        self._close.clicked.connect(self.closed)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(2)
        row.addWidget(self.field, 1)
        for one in (self._count, self.case, self._previous, self._next, self._close):
            row.addWidget(one)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    @property
    def words(self) -> str:
        """What is sought."""
        return self.field.text()

    @property
    def exact(self) -> bool:
        """Whether capitals matter."""
        return self.case.isChecked()

    def open(self) -> None:
        """Show it and take the keyboard."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_count(self, place: int, count: int, *, more: bool = False) -> None:
        """`place` counts from 1, 0 before any; `more` where the search ended at its bound."""
        if self._told != (place, count, more):
            self._told = place, count, more
            self._say_count()
            if self.isVisible() and self.words:
                announce(self.field, self._count.text())

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.field.setPlaceholderText(self.tr("Find in headers and body"))
        self.field.setAccessibleName(self.tr("Find in headers and body"))
        self.case.setAccessibleName(self.tr("Match case"))
        self.case.setToolTip(self.tr("Match case"))
        self._previous.setAccessibleName(self.tr("Previous match"))
        self._next.setAccessibleName(self.tr("Next match"))
        self._close.setAccessibleName(self.tr("Close"))
        self._say_count()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, with Shift back; Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.asked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line above."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
        painter.end()

    def _say_count(self) -> None:
        place, count, more = self._told or (0, 0, False)
        if not self.words:
            self._count.setText("")
        elif not count:
            self._count.setText(self.tr("not found"))
        else:
            #: Count of places found: the one shown, and all. "+" where there are more than were counted
            text = self.tr("{place} of {count}") if place else self.tr("{count} found")
            self._count.setText(text.format(place=place, count=f"{count}+" if more else count))

    @Slot()
    def _dress(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(12), px(6), px(8), px(6))
        self.field.setFont(self._theme.font("label", 400))
        self.field.setMinimumHeight(px(30))
        self.field.setMinimumWidth(px(90))
