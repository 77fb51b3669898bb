"""A rounded strip of one colour that holds a line and a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

RADIUS = 10


class Strip(QWidget):
    """`fill` names a token; its children are laid out by whoever makes it."""

    def __init__(self, theme: Theme, fill: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._fill = theme, fill
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the strip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(rounded(QRectF(self.rect()), RADIUS), self._theme.brush(self._fill))
        painter.end()
