"""Who the mail says it is from, what it is about, and what was given to check (interface.md 4.3)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.controls import Pill, paint_icon
from headerlens.gui.widgets.page_width import give_tooltip, is_narrow
from headerlens.present import views

PILL_ICONS = {"complete": "doc", "pasted": "paste", "headers": "list", "converted": "list"}

TEXT_X = 27
"""Left end of the texts, beside the mail icon."""


@dataclass(frozen=True, slots=True)
class _Style:
    role: Role
    weight: int
    color: str


_ADDRESS = _Style("body", 600, "text")
_QUIET = _Style("label", 400, "text2")
_FILE = _Style("caption", 400, "text3")


class _Pen:
    """Draws single lines centred on one height."""

    def __init__(self, painter: QPainter, theme: Theme, middle: float) -> None:
        self._painter = painter
        self._theme = theme
        self._middle = middle

    def width(self, text: str, style: _Style) -> float:
        """Width of `text` in px."""
        return QFontMetricsF(self._theme.font(style.role, style.weight)).horizontalAdvance(text)

    def draw(
        self, text: str, x: float, room: float, style: _Style, *, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> float:
        """Draw `text`, elided to `room`; the width it took in px."""
        font = self._theme.font(style.role, style.weight)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, mode, max(room, 0) + 0.5)
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(style.color))
        self._painter.drawText(QPointF(x, self._middle + (metrics.ascent() - metrics.descent()) / 2), shown)
        return metrics.horizontalAdvance(shown)


class MessageLine(QWidget):
    """Two lines of text, the address first; what has no room is elided last to first, never the address's domain."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: views.MessageLine | None = None
        self._pill = Pill(theme, self)
        self._pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._forced: bool | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_view(self, view: views.MessageLine) -> None:
        """Show another message."""
        self._view = view
        self._pill.show_pill(view.pill_text, view.pill_tone, PILL_ICONS.get(view.pill, "doc"))
        texts = (view.address, view.display, view.subject, view.date, view.source_name)
        self.setAccessibleName(", ".join(text for text in texts if text))
        give_tooltip(self, "\n".join(text for text in (*texts[:3], view.date_written) if text))
        if view.date_written:  # the rest is in the name
            self.setAccessibleDescription(view.date_written)
        self._restyle()

    def set_narrow(self, narrow: bool | None) -> None:  # noqa: FBT001  a setter
        """41 px high; None lets the width of the window decide."""
        self._forced = narrow
        self._restyle()

    def sizeHint(self) -> QSize:
        """Two lines; 44 px, 41 in narrow windows."""
        narrow = is_narrow(self) if self._forced is None else self._forced
        return QSize(self._theme.px(480), self._theme.px(41 if narrow else 44))

    def minimumSizeHint(self) -> QSize:
        """Room for the pill and an elided address."""
        return QSize(self._pill.sizeHint().width() + self._theme.px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pill at the right end, and grow with the window's form."""
        super().resizeEvent(event)
        self._place()
        if self.height() != self.sizeHint().height():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both lines."""
        view = self._view
        if view is None:
            return
        theme = self._theme
        px = theme.px
        painter = QPainter(self)
        middle = px(11)
        paint_icon(painter, theme, "mail", "text2", QRectF(0, middle - px(9), px(18), px(18)))
        pen = _Pen(painter, theme, middle)
        room = self._pill.x() - px(12) - px(TEXT_X)
        # a long address loses its beginning: its domain is what was checked
        width = pen.draw(view.address, px(TEXT_X), room, _ADDRESS, mode=Qt.TextElideMode.ElideLeft)
        if view.display:
            pen.draw(view.display, px(TEXT_X) + width + px(10), room - width - px(10), _QUIET)
        self._second_line(painter, view)

    def _second_line(self, painter: QPainter, view: views.MessageLine) -> None:
        px = self._theme.px
        pen = _Pen(painter, self._theme, px(33))
        name_room = self.width() * 0.4
        name_width = min(pen.width(view.source_name, _FILE), name_room)
        pen.draw(view.source_name, self.width() - name_width, name_room, _FILE, mode=Qt.TextElideMode.ElideMiddle)
        tail = f"  ·  {view.date}" if view.subject and view.date else view.date
        room = self.width() - name_width - px(16) - px(TEXT_X)
        width = pen.draw(view.subject, px(TEXT_X), room - pen.width(tail, _QUIET), _QUIET)
        pen.draw(tail, px(TEXT_X) + width, room - width, _QUIET)

    def _place(self) -> None:
        self._pill.adjustSize()
        self._pill.move(self.width() - self._pill.width(), 0)

    @Slot()
    def _restyle(self) -> None:
        self._place()
        self.updateGeometry()
        self.update()
