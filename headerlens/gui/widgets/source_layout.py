"""The layout of the source: lines of one height, whatever characters fall back to another font.

QPlainTextDocumentLayout makes a line as high as its tallest font and knows no line height; so each line is moved into
a slot of its own after it was laid out, which happens for those in sight only.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout


class SlotLayout(QPlainTextDocumentLayout):
    """Lines stand at the foot of slots `slot` px high; a taller line takes what it needs."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.slot = 0

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """The room of `block`, its lines in their slots."""
        box = super().blockBoundingRect(block)
        layout = block.layout()
        count = layout.lineCount()
        # a line as Qt left it begins at 0; one in its slot cannot, or it fills it
        if not count or layout.lineAt(0).y() > 0 or layout.lineAt(0).height() >= self.slot:
            return box
        height = 0
        for number in range(count):
            line = layout.lineAt(number)
            tall = math.ceil(line.height())
            height += max(self.slot, tall)
            line.setPosition(QPointF(line.x(), height - tall))
        return super().blockBoundingRect(block)
