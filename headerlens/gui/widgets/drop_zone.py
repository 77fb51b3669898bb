"""The dashed field of the empty page, and the frame that lies over every other page while something hovers."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

RADIUS = 14
DASHES = (4.0, 3.0)
"""In pen widths."""


class Hover(Enum):
    """What hangs over the window."""

    NOTHING = auto()
    USABLE = auto()
    UNUSABLE = auto()


def paint_zone(widget: QWidget, theme: Theme, hover: Hover) -> None:
    """The rounded field: dashed at rest, solid in the accent or warning colour while something hovers."""
    look = {
        Hover.NOTHING: ("line_strong", "surface"),
        Hover.USABLE: ("accent", "accent_soft"),
        Hover.UNUSABLE: ("warn_solid", "warn_bg"),
    }
    line, fill = look[hover]
    pen = QPen(theme.color(line), 2)
    if hover is Hover.NOTHING:
        pen.setDashPattern(DASHES)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(theme.color(fill))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    painter.end()


class DropZone(QWidget):
    """The field of the empty page; its content is laid out by the page."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._hover = theme, Hover.NOTHING
        theme.changed.connect(self.update)

    @property
    def hover(self) -> Hover:
        """What hangs over it."""
        return self._hover

    def show_hover(self, hover: Hover) -> None:
        """Change the border and fill."""
        self._hover = hover
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the field."""
        paint_zone(self, self._theme, self._hover)


class DropOverlay(QWidget):
    """The same field over a page that shows something else; it exists only while something hovers."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._hover = theme, Hover.NOTHING
        self._label = Label(theme, "headline_narrow")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.addWidget(self._label)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_hover(self, hover: Hover) -> None:
        """Appear with the words for `hover`, or go."""
        self._hover = hover
        self._label.setText(hover_text(hover))
        if hover is Hover.NOTHING:
            self.hide()
            return
        margin, below = self._theme.px(12), self.parentWidget()
        if below is not None:
            self.setGeometry(below.rect().adjusted(margin, margin, -margin, -margin))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the field over the page."""
        paint_zone(self, self._theme, self._hover)


def hover_text(hover: Hover) -> str:
    """What the field says while something hovers."""
    if hover is Hover.UNUSABLE:
        return QCoreApplication.translate("DropZone", "Only saved emails or text")
    if hover is Hover.USABLE:
        return QCoreApplication.translate("DropZone", "Let go to check")
    return ""
