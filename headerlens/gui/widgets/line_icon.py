"""A line icon as a small widget, for layouts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.controls import paint_icon


class LineIcon(QWidget):
    """One icon beside a first line of text: as high as a line of `role`, the icon in its middle."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        size: float = 18,
        parent: QWidget | None = None,
        *,
        role: Role = "body",
        stroke: float | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._size = size
        self._role: Role = role
        self._stroke = stroke
        self._color = "text2"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self.update()

    def set_color(self, color: str) -> None:
        """Colour it with another token."""
        self._color = color
        self.update()

    def sizeHint(self) -> QSize:
        """The icon's width, a line's height."""
        return QSize(self._theme.px(self._size), round(self._theme.line(self._role)))

    def minimumSizeHint(self) -> QSize:
        """An icon does not shrink."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        side = self._theme.px(self._size)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), self._theme, self._name, self._color, box, stroke=self._stroke)

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
