"""The chosen message beside the table: who it says it is from, the verdict, the ladder, and the way to all of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.ladder import AlignmentLadder
from headerlens.gui.widgets.message_line import MessageLine
from headerlens.gui.widgets.refusal_card import RefusalCard
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.widgets.verdict_card import VerdictCard
from headerlens.present.views import RefusalView, ResultView

WIDTH = 540


class BatchDetail(QWidget):
    """Shows one message, a refusal, or a line of its own; `full_asked` follows the button."""

    full_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.line, self.verdict, self.ladder = MessageLine(theme), VerdictCard(theme), AlignmentLadder(theme)
        self.refusal = RefusalCard(theme)
        self._note = Label(theme, "body", "text2", wraps=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.full = PushButton(theme, "arrow", "", "plain")
        self.full.clicked.connect(self.full_asked)
        for part in (self.line, self.verdict, self.ladder):
            part.set_narrow(True)
        self._build()
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()
        self.show_note("")

    def show_result(self, view: ResultView) -> None:
        """Show a checked message."""
        self.setUpdatesEnabled(False)
        self.line.show_view(view.line)
        self.verdict.show_view(view.verdict)
        self.ladder.show_view(view.ladder)
        self._show(self.line, self.verdict, self.ladder, self.full)
        self._area.verticalScrollBar().setValue(0)
        self.setUpdatesEnabled(True)

    def show_refusal(self, view: RefusalView) -> None:
        """Show why it can't be read."""
        self.refusal.show_refusal(view)
        self._show(self.refusal)

    def show_note(self, text: str) -> None:
        """Show a line instead of a message."""
        self._note.setText(text)
        self._show(self._note)

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.full.setText(self.tr("Open full result"))
        self.setAccessibleName(self.tr("Chosen message"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground and the line at the left."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("window"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.color("line"))
        painter.end()

    def _show(self, *parts: QWidget) -> None:
        for part in (self.line, self.verdict, self.ladder, self.full, self.refusal, self._note):
            part.setVisible(part in parts)

    def _build(self) -> None:
        content = QWidget()
        self._column = column = QVBoxLayout(content)
        for part in (self.line, self.verdict, self.refusal, self.ladder, self._note):
            column.addWidget(part)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(self.full)
        centred.addStretch(1)
        column.addLayout(centred)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(content)
        self._area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        SlimBars(self._theme, self._area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._area)

    def _dress(self) -> None:
        px = self._theme.px
        self.setFixedWidth(px(WIDTH))
        self._column.setContentsMargins(px(16), px(14), px(16), px(16))
        self._column.setSpacing(px(13))
        self.update()
