"""The row of a finding that opens and closes it (interface.md 7.1)."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QSizePolicy, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_focus_ring, paint_icon
from headerlens.gui.widgets.expander import Expander
from headerlens.gui.widgets.motion import FADE_MS, Motion
from headerlens.gui.widgets.status import paint_glyph
from headerlens.gui.widgets.text import char_format, fill_document
from headerlens.present.views import Glyph, Span, Tone

ROW = 44
TITLE_X = 46
GLYPH = 20


class FindingHeader(Expander):
    """Glyph, sentence, stable code and chevron."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, nested: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self._nested = nested
        self._glyph, self._tone = Glyph.INFO, Tone.INFO
        self._title = ""
        self._code = ""
        self._document = QTextDocument(self)
        self._is_filled = False
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._motion = Motion(theme, self)
        self._motion.moved.connect(self.update)
        self.turned.connect(self._turn)
        self.turned.connect(self._restyle)
        theme.changed.connect(self._restyle)

    def show_title(self, glyph: Glyph, tone: Tone, title: str, code: str = "") -> None:
        """Show another finding's row."""
        self._glyph, self._tone, self._title, self._code = glyph, tone, title, code
        self._restyle()

    def hasHeightForWidth(self) -> bool:
        """Long sentences wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """44 px, or more for a sentence of several lines."""
        if width not in self._heights:  # a layout asks a dozen times
            self._fill(width)
            least = 36 if self._nested else ROW
            height = math.ceil(self._document.size().height()) + self._theme.px(20)
            self._heights[width] = max(self._theme.px(least), height)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(420), self._theme.px(36 if self._nested else ROW))

    def minimumSizeHint(self) -> QSize:
        """A few words."""
        return QSize(self._theme.px(200), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), px(8), px(8))
        middle = min(self.height(), self.sizeHint().height()) / 2
        side = px(16 if self._nested else GLYPH)
        paint_glyph(painter, theme, self._glyph, self._tone, QRectF(px(24) - side / 2, middle - side / 2, side, side))
        self._paint_title(painter, middle)
        self._paint_end(painter, middle)
        if self.hasFocus():
            paint_focus_ring(painter, theme, QRectF(self.rect()).adjusted(2, 2, -2, -2), px(8))

    def _code_width(self) -> float:
        return QFontMetricsF(self._code_font()).horizontalAdvance(self._code) if self._code else 0.0

    def _code_font(self) -> QFont:
        """Mono at the size of a caption."""
        font = self._theme.font("mono")
        font.setPointSizeF(self._theme.font("caption").pointSizeF())
        return font

    def _fill(self, width: int) -> None:
        theme = self._theme
        if not self._is_filled:
            weight = 600 if self.is_open() else 500
            form = char_format(theme.font("label" if self._nested else "body", weight), theme.color("text"))
            line = theme.line("label" if self._nested else "body")
            fill_document(self._document, (Span(self._title),), (form, form), line)
            self._is_filled = True
        self._document.setTextWidth(max(width - theme.px(TITLE_X + 46 + 14) - self._code_width(), 40))

    def _paint_title(self, painter: QPainter, middle: float) -> None:
        self._fill(self.width())
        line = self._theme.line("label" if self._nested else "body")
        painter.save()
        painter.translate(self._theme.px(TITLE_X), middle - line / 2 - 1)
        self._document.drawContents(painter)
        painter.restore()

    def _paint_end(self, painter: QPainter, middle: float) -> None:
        theme, px = self._theme, self._theme.px
        font = self._code_font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.color("text3"))
        x = self.width() - px(46) - self._code_width()
        painter.drawText(QPointF(x, middle + (metrics.ascent() - metrics.descent()) / 2), self._code)
        side = px(17)
        box = QRectF(self.width() - px(26) - side / 2, middle - side / 2, side, side)
        share = self._motion.moment.fade
        painter.translate(box.center())
        # half a turn: as it opens the chevron comes to point upwards
        painter.rotate(180 * (share if self.is_open() else 1 - share))
        paint_icon(painter, theme, "down", "text2", box.translated(-box.center()))

    @Slot()
    def _turn(self) -> None:
        if self.hasFocus() or self.underMouse():  # by hand: what opens with the page is open from the start
            self._motion.start(FADE_MS)

    @Slot()
    def _restyle(self) -> None:
        self._is_filled = False
        self._heights.clear()
        self.updateGeometry()
        self.update()
