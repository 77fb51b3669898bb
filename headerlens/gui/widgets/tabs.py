"""Flat tabs with a line under the chosen one; a stock QTabBar underneath, so that keys and screen readers work."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from headerlens.gui.theme import Theme

HEIGHT = 44


class FlatTabs(QTabBar):
    """The tabs of the evidence pane."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._room: int | None = None
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        theme.changed.connect(self._dress)
        self._dress()

    def set_room(self, width: int) -> None:
        """How wide the bar may be: where it is too little, the air around the words goes first."""
        if width != self._room:
            self._room = width
            for index in range(self.count()):
                self.setTabText(index, self.tabText(index))  # the bar measures its tabs anew

    def tabSizeHint(self, index: int) -> QSize:
        """The word with air around it."""
        words = self.fontMetrics().horizontalAdvance(self.tabText(index))
        return QSize(words + self._air(), self._theme.px(HEIGHT))

    def _air(self) -> int:
        most, least = self._theme.px(26), self._theme.px(10)
        if self._room is None or not self.count():
            return most
        words = sum(self.fontMetrics().horizontalAdvance(self.tabText(index)) for index in range(self.count()))
        return max(least, min(most, (self._room - words) // self.count()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, and the line under the chosen one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            self._paint_tab(painter, index)
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        theme, box, chosen = self._theme, self.tabRect(index), index == self.currentIndex()
        painter.setFont(theme.font("body", 600 if chosen else 400))
        painter.setPen(theme.color("text" if chosen else "text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            inset = max(2, self._air() // 2 - theme.px(2))
            painter.setBrush(theme.color("accent"))
            painter.drawRect(QRect(box.left() + inset, box.bottom() - 2, box.width() - 2 * inset, 3))
        if chosen and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(theme.color("focus"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(3, 5, -3, -5), 6, 6)

    def _dress(self) -> None:
        self.setFont(self._theme.font("body", 600))
        self.updateGeometry()
        self.update()
