"""The steps of verifying a signature: glyphs joined by a line, the one that failed explained (interface.md 7.2)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card
from headerlens.gui.widgets.page_width import give_tooltip
from headerlens.gui.widgets.pane_scroll import FactGrid, RemarkLine
from headerlens.gui.widgets.status import paint_glyph
from headerlens.present.evidence_views import StepView
from headerlens.present.views import Glyph

ROW = 31
GLYPH = 18
TEXT_X = 33
GAP = 12


class StepRow(QLabel):
    """Glyph, title and value in one line; the value is cut where the title needs the room. Read out as a label."""

    def __init__(self, theme: Theme, step: StepView, *, joined: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._step, self._joined = theme, step, joined
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(step.accessible)
        give_tooltip(self, step.value)

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(self._theme.px(220), max(self._theme.px(ROW), round(self._theme.line("body"))))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the title."""
        return QSize(self._theme.px(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row, and the piece of line to the row above."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, side = self.height() / 2, px(GLYPH)
        centre = px(10)
        if self._joined:
            painter.setPen(QPen(theme.color("line_strong"), 1.5))
            painter.drawLine(QPointF(centre, 0), QPointF(centre, middle - side / 2 - px(2)))
        paint_glyph(
            painter, theme, self._step.glyph, self._step.tone, QRectF(centre - side / 2, middle - side / 2, side, side)
        )
        title_font = theme.font("body", 600)
        room = self.width() - px(TEXT_X)
        title = QFontMetricsF(title_font).elidedText(self._step.title, Qt.TextElideMode.ElideRight, room)
        taken = QFontMetricsF(title_font).horizontalAdvance(title)
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(title_font)
        painter.setPen(theme.color("fail_fg" if self._step.glyph is Glyph.FAIL else "text"))
        painter.drawText(QRectF(px(TEXT_X), 0, room, self.height()), flags | Qt.AlignmentFlag.AlignLeft, title)
        value_font = theme.font("label", 400)
        left = max(0.0, room - taken - px(GAP))
        value = QFontMetricsF(value_font).elidedText(self._step.value, Qt.TextElideMode.ElideRight, left)
        painter.setFont(value_font)
        painter.setPen(theme.color("text2"))
        end = QRectF(self.width() - left, 0, left, self.height())
        painter.drawText(end, flags | Qt.AlignmentFlag.AlignRight, value)


class SignatureSteps(QWidget):
    """All steps; below one stand its values where it is open, and what was proved or must be known about it."""

    def __init__(self, theme: Theme, steps: tuple[StepView, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above_is_plain = False
        for step in steps:
            column.addWidget(StepRow(theme, step, joined=above_is_plain, parent=self))
            below = self._below(step)
            if below is not None:
                column.addWidget(below)
            above_is_plain = below is None

    def _below(self, step: StepView) -> QWidget | None:
        """The values and sentences under a step, None where there is nothing to explain."""
        if not step.facts and not step.remarks:
            return None
        px = self._theme.px
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, px(2), 0, px(8))
        column.setSpacing(px(8))
        if step.facts:
            card = Card(self._theme, 8, box)
            card.set_colors("sunken", "line")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(px(12), px(8), px(12), px(8))
            inside.addWidget(FactGrid(self._theme, step.facts, card))
            column.addWidget(card)
        for remark in step.remarks:
            column.addWidget(RemarkLine(self._theme, remark, box))
        return box
