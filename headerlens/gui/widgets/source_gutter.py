"""The gutter of the source: what each signature covers, the trust border, and the findings of each header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_focus_ring, paint_icon
from headerlens.gui.widgets.source_view import GUTTER, Row, SourceView, edge_pen
from headerlens.gui.widgets.status import paint_glyph
from headerlens.present.views import Glyph, Tone

BAR = 4
BARS_X = 6
BARS_APART = 7
GLYPH_X = 35
GLYPH = 16
TARGET = 24

DASHES: tuple[tuple[tuple[float, float], ...], ...] = (((0, 1),), ((0.08, 0.62),), ((0.05, 0.2), (0.55, 0.2)))
"""Solid, dashed, dotted: begin and length of each stroke as parts of a line's height, so that they do not crawl."""


class Sign(NamedTuple):
    """The glyph of a header: what it says aloud, and the number of its line."""

    line: int
    glyph: Glyph
    tone: Tone
    name: str


def paint_bar(painter: QPainter, theme: Theme, slot: int, box: QRectF, line: float) -> None:
    """The stroke of signature `slot` down `box`, whose lines are `line` px high."""
    colour = theme.color(f"sig{slot + 1}")
    top = box.top()
    while top < box.bottom() - 0.5:
        for begin, length in DASHES[slot]:
            painter.fillRect(QRectF(box.left(), top + begin * line, box.width(), length * line), colour)
        top += line


class GlyphButton(QAbstractButton):
    """A finding's glyph, 16 px in a target of 24."""

    def __init__(self, theme: Theme, sign: Sign, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.sign = theme, sign
        self.setAccessibleName(sign.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """The target."""
        return QSize(self._theme.px(TARGET), self._theme.px(TARGET))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The glyph, a ground under the pointer, the ring of the focus."""
        theme, box = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        side = theme.px(GLYPH)
        place = QRectF((box.width() - side) / 2, (box.height() - side) / 2, side, side)
        paint_glyph(painter, theme, self.sign.glyph, self.sign.tone, place)
        if self.hasFocus():
            paint_focus_ring(painter, theme, box, theme.px(6))
        painter.end()


class SourceGutter(QWidget):
    """Stands in the left margin of `view` and follows its lines."""

    sign_pressed = Signal(int)

    def __init__(self, theme: Theme, view: SourceView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._slots: Mapping[int, tuple[int, ...]] = {}
        self._border: int | None = None
        self._buttons: list[GlyphButton] = []
        view.moved.connect(self._follow)
        theme.changed.connect(self._follow)

    def show_signs(self, slots: Mapping[int, tuple[int, ...]], border: int | None, signs: Sequence[Sign]) -> None:
        """Signatures per line, the line of the trust border, and the findings' glyphs."""
        self._slots, self._border = slots, border
        if [one.sign for one in self._buttons] != list(signs):
            for button in self._buttons:
                button.hide()
                button.deleteLater()
            self._buttons = [self._button(sign) for sign in signs]
            for before, after in pairwise([self._view, *self._buttons]):
                QWidget.setTabOrder(before, after)
        self._follow()

    def signs(self) -> tuple[Sign, ...]:
        """The glyphs that are there, in sight or not."""
        return tuple(button.sign for button in self._buttons)

    def button_of(self, line: int) -> GlyphButton | None:
        """The glyph of a line."""
        return next((one for one in self._buttons if one.sign.line == line), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, border, bars."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sunken"))
        for row in self._view.rows():
            if row.number == self._border:
                self._paint_border(painter, row)
            self._paint_bars(painter, row)
        if theme.tokens.high_contrast:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line"))
        painter.end()

    def _paint_bars(self, painter: QPainter, row: Row) -> None:
        px = self._theme.px
        for slot in self._slots.get(row.number, ()):
            box = QRectF(px(BARS_X + BARS_APART * slot), row.top, px(BAR), row.height)
            paint_bar(painter, self._theme, slot, box, self._theme.line("mono"))

    def _paint_border(self, painter: QPainter, row: Row) -> None:
        theme, side = self._theme, self._theme.px(18)
        painter.fillRect(QRectF(0, row.top, self.width(), row.height), theme.color("warn_bg"))
        painter.setPen(edge_pen(theme, "warn_line"))
        painter.drawLine(0, round(row.top) + 1, self.width(), round(row.top) + 1)
        place = QRectF((self.width() - side) / 2, row.top + (row.height - side) / 2 + 1, side, side)
        paint_icon(painter, theme, "fence", "warn_fg", place)

    def _button(self, sign: Sign) -> GlyphButton:
        button = GlyphButton(self._theme, sign, self)
        button.clicked.connect(lambda _checked=False, line=sign.line: self.sign_pressed.emit(line))
        return button

    @Slot()
    def _follow(self) -> None:
        """Take the margin, and put the buttons beside their lines; those out of sight are hidden."""
        px, viewport = self._theme.px, self._view.viewport().geometry()
        self.setGeometry(viewport.left() - px(GUTTER), viewport.top(), px(GUTTER), viewport.height())
        rows = {row.number: row for row in self._view.rows()} if self._buttons else {}
        side, line = px(TARGET), self._theme.line("mono")
        for button in self._buttons:
            button.resize(side, side)
            row = rows.get(button.sign.line)
            if row is not None:
                top = round(row.top + (line - side) / 2) + 1
                button.move(px(GLYPH_X) - side // 2, top)
            elif button.hasFocus():
                # it keeps the keyboard while it is scrolled away, or Tab would lose its place
                button.move(0, -2 * side)
            button.setVisible(row is not None or button.hasFocus())
        self.update()
