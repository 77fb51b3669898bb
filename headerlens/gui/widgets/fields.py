"""Fields, ticks and choices whose outlines can be seen: Fusion's own are fainter than 3:1 (WCAG 1.4.11)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_focus_ring, paint_icon

BOX = 17
"""Side of a tick box and diameter of a choice at 100 %."""

CHEVRON = 16

RADIUS = 7


class Framed(QWidget):
    """A stock field inside a rounded outline, which becomes the focus ring."""

    def __init__(self, theme: Theme, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.field = theme, field
        if isinstance(field, (QLineEdit, QAbstractSpinBox)):
            field.setFrame(False)
        elif isinstance(field, QFrame):
            field.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 4, 5, 4)
        column.addWidget(field)
        self.setFocusProxy(field)
        field.installEventFilter(self)
        theme.changed.connect(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The outline follows the focus and the sleep of the field."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.EnabledChange}:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and outline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        awake, radius = self.field.isEnabled(), self._theme.px(RADIUS)
        painter.setPen(QPen(self._theme.color("line_strong" if awake else "line"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.field.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), radius)


class ListField(QComboBox):
    """A list to choose from, inside a `Framed`: only a chevron, where Fusion would draw a button in a frame."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrame(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chevron; the words stand in the line that is typed into."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxArrow
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        side = self._theme.px(CHEVRON)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(place).center())
        hot = self.underMouse() and self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = "text" if hot else "text2" if self.isEnabled() else "text3"
        paint_icon(painter, self._theme, "down", ink, box)
        painter.end()


class TickBox(QCheckBox):
    """A check box painted from the tokens."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme

    def sizeHint(self) -> QSize:
        """Box and words on a line of 26."""
        return _size(self, self._theme)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: ARG002  Qt's signature
        """All of it can be clicked."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box, filled with a tick where it is on."""
        painter, box = _begin(self, self._theme)
        theme, on = self._theme, self.isChecked()
        painter.setPen(QPen(_line(self, theme, on=on), 1.3))
        painter.setBrush(_line(self, theme, on=True) if on else theme.color("surface"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            pen = QPen(theme.color("on_solid"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            left, top, side = box.left(), box.top(), box.width()
            points = [QPointF(left + side * x, top + side * y) for x, y in ((0.24, 0.54), (0.43, 0.72), (0.77, 0.3))]
            painter.drawPolyline(points)
        _finish(painter, self, theme)


class Choice(QRadioButton):
    """One of several, painted from the tokens."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme

    def sizeHint(self) -> QSize:
        """Circle and words on a line of 26."""
        return _size(self, self._theme)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: ARG002  Qt's signature
        """All of it can be clicked."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The circle, with a thick rim where it is chosen."""
        painter, box = _begin(self, self._theme)
        on = self.isChecked()
        thick = self._theme.px(5) if on else 1.3
        inset = (thick - 1.3) / 2
        painter.setPen(QPen(_line(self, self._theme, on=on), thick))
        painter.setBrush(self._theme.color("surface"))
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
        _finish(painter, self, self._theme)


def _size(button: QAbstractButton, theme: Theme) -> QSize:
    words = QFontMetricsF(button.font()).horizontalAdvance(_words(button))
    return QSize(round(theme.px(BOX + 10) + words) + 6, theme.px(26))


def _words(button: QAbstractButton) -> str:
    return button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def _line(button: QAbstractButton, theme: Theme, *, on: bool) -> QColor:
    if not button.isEnabled():
        return theme.color("text3" if on else "line_strong")
    return theme.color("accent" if on else "line_strong")


def _begin(button: QAbstractButton, theme: Theme) -> tuple[QPainter, QRectF]:
    """A painter, and the place of the box or circle."""
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = theme.px(BOX)
    return painter, QRectF(2.5, (button.height() - side) / 2, side, side)


def _finish(painter: QPainter, button: QAbstractButton, theme: Theme) -> None:
    """The words, with their shortcut underlined, and the focus ring."""
    painter.setPen(theme.color("text" if button.isEnabled() else "text3"))
    painter.setFont(button.font())
    room = button.rect().adjusted(theme.px(BOX + 10), 0, 0, 0)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
    painter.drawText(room, int(flags), button.text())
    if button.hasFocus():
        paint_focus_ring(painter, theme, QRectF(button.rect()), 6)
    painter.end()
