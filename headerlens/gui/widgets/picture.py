"""A drawn icon that stands beside words; it says nothing of its own to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from headerlens.gui.icons import app_pixmap, icon_pixmap
from headerlens.gui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Picture(QWidget):
    """The line icon `name` in the colour of a token, `size` px at 100 %."""

    def __init__(self, theme: Theme, name: str, color: str, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name, self._color, self._size = theme, name, color, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon, sharp on every screen."""
        ink = self._theme.color(self._color)
        pixmap = icon_pixmap(self._name, ink, self.width(), self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(QRect(0, 0, self.width(), self.height()), pixmap)
        painter.end()

    def _dress(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()


class AppPicture(QWidget):
    """The program's own icon."""

    def __init__(self, theme: Theme, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._size = theme, size
        theme.changed.connect(self._dress)
        self._dress()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), app_pixmap(self.width(), self.devicePixelRatioF()))
        painter.end()

    def _dress(self) -> None:
        side = self._theme.px(self._size)
        self.setFixedSize(side, side)
