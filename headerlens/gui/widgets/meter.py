"""How much of a limit was used, in boxes and figures (interface.md 7.2)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from headerlens.gui.theme import Theme
from headerlens.present.evidence_views import Meter

BOX, GAP = 11, 3


def label_width(theme: Theme, meters: Iterable[Meter]) -> int:
    """Px that the labels of `meters` need, so that their boxes stand in one column."""
    metrics = QFontMetricsF(theme.font("label", 400))
    return round(max((metrics.horizontalAdvance(meter.label) for meter in meters), default=0)) + theme.px(16)


class MeterRow(QLabel):
    """Label, one box for each unit of the limit, and the figures. A label to screen readers."""

    def __init__(self, theme: Theme, meter: Meter, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._meter, self._label_width = theme, meter, label_width
        self.setAccessibleName(meter.accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(260), self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a pane gets."""
        return QSize(self._theme.px(200), self._theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw label, boxes and figures."""
        theme, px, meter = self._theme, self._theme.px, self._meter
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        font = theme.font("label", 400)
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        painter.drawText(QRectF(self.rect()), flags, meter.label)
        x = self._label_width
        over = meter.used > meter.limit
        side, middle = px(BOX), self.height() / 2
        for number in range(meter.limit):
            used = number < meter.used
            solid = "fail_solid" if over else "accent"
            painter.setPen(QPen(theme.color(solid if used else "line_strong"), 1))
            painter.setBrush(theme.color(solid) if used else Qt.BrushStyle.NoBrush)
            box = QRectF(x + 0.5, middle - side * 0.4 + 0.5, side - 1, side * 0.8 - 1)
            painter.drawRoundedRect(box, px(2), px(2))
            x += side + px(GAP)
        painter.setFont(theme.font("label", 600))
        painter.setPen(theme.color("fail_fg" if over else "text"))
        painter.drawText(QRectF(x + px(6), 0, self.width() - x, self.height()), flags, meter.text)
