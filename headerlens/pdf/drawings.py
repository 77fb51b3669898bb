"""Fills the places for drawings in a text document: glyphs within a line, rows of the ladder as lines of their own."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)

from headerlens.pdf.glyphs import paint_status
from headerlens.pdf.ladder import PaperLadder
from headerlens.present.views import Glyph, Tone

_KIND = int(QTextFormat.ObjectTypes.UserObject) + 1
_NAME = int(QTextFormat.Property.UserProperty) + 1


class Drawings(QPyTextObject):
    """Knows how large each drawing is and paints it. Its name is "glyph:<shape>:<tone>:<size>" or "ladder:<place>"."""

    def __init__(self, ladder: PaperLadder | None, parent: QTextDocument) -> None:
        super().__init__(parent)
        self._ladder = ladder

    def intrinsicSize(  # noqa: N802  Qt's name
        self, _doc: QTextDocument, _place: int, form: QTextFormat
    ) -> QSizeF:
        """How much room it takes."""
        kind, *told = str(form.property(_NAME)).split(":")
        if kind == "ladder" and self._ladder is not None:
            return QSizeF(self._ladder.width, self._ladder.height(int(told[0])))
        size = float(told[-1]) if kind == "glyph" else 0.0
        return QSizeF(size, size)

    def drawObject(  # noqa: N802  Qt's name
        self, painter: QPainter, area: QRectF | QRect, _doc: QTextDocument, _place: int, form: QTextFormat
    ) -> None:
        """Paint it."""
        kind, *told = str(form.property(_NAME)).split(":")
        if kind == "ladder" and self._ladder is not None:
            self._ladder.paint(painter, int(told[0]), QRectF(area))
        elif kind == "glyph":
            # a little lower, so that it stands on the line like a letter
            paint_status(painter, Glyph(told[0]), Tone(told[1]), QRectF(area).translated(0, float(told[2]) * 0.14))


def place_drawings(document: QTextDocument, ladder: PaperLadder | None) -> Drawings:
    """Put drawings where the document has images of such names; keep what comes back as long as the document."""
    drawings = Drawings(ladder, document)
    document.documentLayout().registerHandler(_KIND, drawings)
    for start, length, name in list(_images(document)):
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setObjectType(_KIND)
        form.setProperty(_NAME, name)
        cursor.setCharFormat(form)
    return drawings


def _images(document: QTextDocument) -> Iterator[tuple[int, int, str]]:
    """Start, length and name of each image of the document."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            if piece.charFormat().isImageFormat():
                name = QTextImageFormat(piece.charFormat().toImageFormat()).name()
                yield from ((piece.position() + at, 1, name) for at in range(piece.length()))
            pieces += 1
        block = block.next()
