"""The dashed field of the empty page, and the frame that lies over every other page while something hovers."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

RADIUS = 14
DASHES, DASHES_FROM = (3.0, 4.0), 6.5
"""Four pen widths and a gap of three: square ends, a pen's own, reach half a width beyond what is said here."""


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
    pen = theme.pen(line, 2)
    if hover is Hover.NOTHING:
        pen.setDashPattern(DASHES)
        pen.setDashOffset(DASHES_FROM)
    field = _outline(QRectF(widget.rect()).adjusted(1, 1, -1, -1))
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(field, theme.brush(fill))
    painter.strokePath(field, pen)
    painter.end()


def _outline(box: QRectF) -> QPainterPath:
    """A rounded rectangle that begins with the line above, where the dashes are counted from."""
    path, side = QPainterPath(), 2 * RADIUS
    path.moveTo(box.left() + RADIUS, box.top())
    path.arcTo(box.right() - side, box.top(), side, side, 90, -90)
    path.arcTo(box.right() - side, box.bottom() - side, side, side, 0, -90)
    path.arcTo(box.left(), box.bottom() - side, side, side, 270, -90)
    path.arcTo(box.left(), box.top(), side, side, 180, -90)
    path.closeSubpath()
    return path


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
        from PySide6.QtCore import Qt

        self._label = Label(theme, "headline_narrow", centred=True)
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
