"""Text painted over several lines: broken between words, and within one only where it is longer than the line."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextOption


def _laid_out(text: str, font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout


def wrapped_box(text: str, font: QFont, x: int, y: int, width: int) -> QRect:
    """The rectangle that `text` takes from (x, y) on, at most `width` px wide; one line high without a text."""
    size = _laid_out(text or " ", font, width).boundingRect()
    return QRect(x, y, max(1, width), math.ceil(size.height()))


def paint_wrapped(painter: QPainter, text: str, font: QFont, box: QRect) -> None:
    """Draw `text` into a rectangle of `wrapped_box` with the painter's pen."""
    painter.setFont(font)
    _laid_out(text, font, box.width()).draw(painter, QPointF(box.topLeft()))
