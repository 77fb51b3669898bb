"""The list at the left of a dialog, which chooses the page beside it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.scroll_bars import SlimBars

Index = QModelIndex | QPersistentModelIndex

WIDTH = 248
"""At 100 %."""

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ChoiceList(QListWidget):
    """Names of any length, without a frame."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(ChoiceDelegate(theme, self))
        self.setMouseTracking(True)
        self.setFixedWidth(theme.px(WIDTH))
        SlimBars(theme, self)


class ChoiceDelegate(QStyledItemDelegate):
    """A name on one or two lines, the chosen one like in the session list."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As many lines as the name takes."""
        theme = self._theme
        room = theme.px(WIDTH - 46)
        words = QFontMetrics(theme.font("label", 500)).boundingRect(
            0, 0, room, 1000, int(_WRAP), str(index.data() or "")
        )
        return QSize(room, max(theme.px(34), words.height() + theme.px(14)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row at `index`."""
        theme, px = self._theme, self._theme.px
        state = QStyle.StateFlag(option.state)
        box = QRect(option.rect).adjusted(px(8), 1, -px(6), -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("selected" if chosen else "hover"))
            painter.drawRoundedRect(box, 7, 7)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(theme.font("label", 600 if chosen else 400))
        painter.setPen(theme.color("text"))
        painter.drawText(box.adjusted(px(12), 0, -px(8), 0), int(_WRAP), str(index.data() or ""))
        painter.restore()
