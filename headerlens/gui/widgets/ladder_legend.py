"""The popover "How to read this": one sample and one sentence per line and mark (interface.md 6.7)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_chip
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import ChipView, Glyph, Tone

WIDTH = 360


class LegendSample(QWidget):
    """A small sample of what a legend line explains: solid line, dashed line, "=", "≠" or a grey pass."""

    def __init__(self, theme: Theme, index: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._index = index

    def sizeHint(self) -> QSize:
        """Wide enough for a chip."""
        return QSize(self._theme.px(72), self._theme.px(26))

    def minimumSizeHint(self) -> QSize:
        """Samples keep their size."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sample."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw = (self._solid, self._dashed, self._equal, self._other, self._grey)
        if self._index < len(draw):
            draw[self._index](painter, QPointF(self.width() / 2, self.height() / 2))

    def _solid(self, painter: QPainter, middle: QPointF) -> None:
        color = self._theme.color("pass_solid")
        painter.setPen(QPen(color, 3 * self._theme.unit))
        end = middle + QPointF(self._theme.px(18), 0)
        painter.drawLine(middle - QPointF(self._theme.px(22), 0), end)
        painter.setBrush(color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(end, 4.6 * self._theme.unit, 4.6 * self._theme.unit)

    def _dashed(self, painter: QPainter, middle: QPointF) -> None:
        pen = QPen(self._theme.color("unk_line"), 1.8 * self._theme.unit)
        end = middle + QPointF(self._theme.px(18), 0)
        half = QPointF(0, self._theme.px(5))
        painter.setPen(pen)
        painter.drawLine(end - half, end + half)
        pen.setDashPattern([6 / 1.8, 4 / 1.8])
        painter.setPen(pen)
        painter.drawLine(middle - QPointF(self._theme.px(22), 0), end)

    def _equal(self, painter: QPainter, middle: QPointF) -> None:
        self._disc(painter, middle, "pass_solid", slash=False)

    def _other(self, painter: QPainter, middle: QPointF) -> None:
        self._disc(painter, middle, "unk_solid", slash=True)

    def _disc(self, painter: QPainter, middle: QPointF, color: str, *, slash: bool) -> None:
        unit = self._theme.unit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(color))
        painter.drawEllipse(middle, 8 * unit, 8 * unit)
        painter.setPen(QPen(self._theme.color("on_solid"), 1.6 * unit))
        for dy in (-2.0, 2.0):
            painter.drawLine(middle + QPointF(-3.6, dy) * unit, middle + QPointF(3.6, dy) * unit)
        if slash:
            painter.drawLine(middle + QPointF(2, -4.8) * unit, middle + QPointF(-2, 4.8) * unit)

    def _grey(self, painter: QPainter, middle: QPointF) -> None:
        paint_chip(painter, self._theme, ChipView("pass", Tone.UNKNOWN, Glyph.PASS), middle)


class LegendPopover(QFrame):
    """Closes with Esc or a click outside."""

    def __init__(self, theme: Theme, lines: Callable[[], tuple[str, ...]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme, self._lines = theme, lines
        self._labels: list[RichLabel] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._grid = grid = QGridLayout(self)
        edge = theme.px(14)
        grid.setContentsMargins(edge, edge, edge, edge)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        for index in range(len(lines())):
            label = RichLabel(theme, "label", "text", weight=400, parent=self)
            self._labels.append(label)
            grid.addWidget(LegendSample(theme, index, self), index, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, index, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the lines of the language in force on it."""
        lines, width = self._lines(), self._theme.px(WIDTH)
        self.setAccessibleName(" ".join(lines))
        for label, line in zip(self._labels, lines, strict=False):
            label.set_text(line)
        self.resize(width, self._grid.totalHeightForWidth(width))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_below(self, anchor: QWidget) -> None:
        """Open with its right end under `anchor`."""
        width = self.width()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - width, anchor.height() + 4))
        self.move(corner)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A plain surface with a line: popups have square corners everywhere."""
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.color("line_strong"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
