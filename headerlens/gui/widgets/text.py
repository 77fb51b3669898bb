"""Wrapping text with emphasised spans and a fixed line height. Values are never read as HTML (interface.md 10)."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from headerlens.gui.theme import Role, Theme
from headerlens.present.views import Rich, Span, plain

NARROWEST = 40
"""Width in px under which a text is not laid out: a splitter may squeeze a page to nothing."""


def char_format(font: QFont, color: QColor) -> QTextCharFormat:
    """The format of one span."""
    result = QTextCharFormat()
    result.setFont(font)
    result.setForeground(color)
    return result


def fill_document(
    document: QTextDocument,
    spans: Rich,
    formats: tuple[QTextCharFormat, QTextCharFormat],
    line: float,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Put `spans` into `document`, each character literally; `formats` are normal and strong, lines `line` px high."""
    normal, strong = formats
    document.clear()
    document.setDocumentMargin(0)
    document.setDefaultFont(normal.font())
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    block = QTextBlockFormat()
    block.setLineHeight(line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(block)
    cursor.setBlockCharFormat(normal)
    for span in spans:
        cursor.insertText(span.text, strong if span.strong else normal)


class RichLabel(QTextEdit):
    """Read-only wrapping text: selectable with mouse and keyboard, as high as its width asks for."""

    def __init__(
        self,
        theme: Theme,
        role: Role = "body",
        color: str = "text",
        *,
        strong_color: str | None = None,
        weight: int | None = None,
        strong_weight: int = 600,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role: Role = role
        self._color = color
        self._strong_color = strong_color
        self._weight = weight
        self._strong_weight = strong_weight
        self._spans: Rich = ()
        self._measure = QTextDocument(self)
        self._heights: dict[int, int] = {}
        self._align = Qt.AlignmentFlag.AlignLeft
        self._balanced = False
        self._set_up()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setTabChangesFocus(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_rich(self, spans: Rich) -> None:
        """Show `spans`; the accessible name becomes the same characters."""
        if spans == self._spans:
            return
        self._spans = spans
        self.setAccessibleName(plain(spans))
        self._fill()

    def set_text(self, text: str) -> None:
        """Show `text` without emphasis."""
        self.set_rich((Span(text),))

    def text(self) -> str:
        """The characters shown."""
        return plain(self._spans)

    def set_style(self, role: Role, color: str | None = None, weight: int | None = None) -> None:
        """Change role, colour token and weight."""
        self._role = role
        self._color = color or self._color
        self._weight = weight
        self._restyle()

    def set_align(self, align: Qt.AlignmentFlag) -> None:
        """Align the lines left, right or centred."""
        self._align = align
        self._restyle()

    def set_balanced(self) -> None:
        """Break into lines of about one length, so that no single letter stands on the last one."""
        self._balanced = True
        self._balance()

    def _balance(self) -> None:
        """The narrowest width with as many lines as the whole width needs, by bisection."""
        width = self.viewport().width()
        if not self._balanced or width < NARROWEST:
            return
        height = self.heightForWidth(width)
        low, high = NARROWEST, width
        while height > self._theme.line(self._role) * 1.5 and low < high:
            middle = (low + high) // 2
            self._measure.setTextWidth(middle)
            low, high = (low, middle) if math.ceil(self._measure.size().height()) <= height else (middle + 1, high)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._balance()

    @Slot()
    def _restyle(self) -> None:
        theme = self._theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        palette.setColor(QPalette.ColorRole.Text, theme.color(self._color))
        palette.setColor(QPalette.ColorRole.Highlight, theme.color("accent"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.color("on_solid"))
        self.setPalette(palette)
        self._fill()

    def _fill(self) -> None:
        theme = self._theme
        normal = char_format(theme.font(self._role, self._weight), theme.color(self._color))
        strong_color = theme.color(self._strong_color or self._color)
        strong = char_format(theme.font(self._role, self._strong_weight), strong_color)
        for document in (self.document(), self._measure):
            fill_document(document, self._spans, (normal, strong), theme.line(self._role), self._align)
        self._heights.clear()
        self._balance()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Always: the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped text in px."""
        width = max(width, NARROWEST)
        if width not in self._heights:
            self._measure.setTextWidth(width)
            self._heights[width] = math.ceil(self._measure.size().height())
        return self._heights[width]

    def ideal_width(self) -> int:
        """Width in px of the text on one line."""
        self._measure.setTextWidth(-1)
        return math.ceil(self._measure.idealWidth()) + 1

    def sizeHint(self) -> QSize:
        """One line, as wide as it wants."""
        width = self.ideal_width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow, one line high; the layout asks heightForWidth for the rest."""
        return QSize(NARROWEST, math.ceil(self._theme.line(self._role)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the label."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """A palette from outside does not change the text's colours; they are in its formats."""
        if event.type() is not QEvent.Type.PaletteChange:
            super().changeEvent(event)
