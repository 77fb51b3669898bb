"""The status glyph: shape first, then colour; the word stands beside it (interface.md 8.4)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from headerlens.gui.icons import status_pixmap
from headerlens.gui.theme import Theme
from headerlens.present.views import Glyph, Tone

TURN_STEP = 30
"""Degrees a spinner turns per tick; 12 ticks a second make one turn (interface.md 8.3)."""


TURN_MS = 1000 * TURN_STEP // 360


def paint_glyph(painter: QPainter, theme: Theme, glyph: Glyph, tone: Tone, box: QRectF, *, turn: float = 0.0) -> None:
    """Draw a status shape into `box`; a running one turned by `turn` degrees."""
    solid = theme.color("accent" if glyph is Glyph.RUN else f"{tone.value}_solid")
    ratio = painter.device().devicePixelRatioF()
    pixmap = status_pixmap(glyph.value, solid, theme.color("on_solid"), box.width(), ratio)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(box.center())
    painter.rotate(turn)
    half = box.width() / 2
    painter.drawPixmap(QRectF(-half, -half, box.width(), box.height()), pixmap, QRectF(pixmap.rect()))
    painter.restore()


class StatusGlyph(QWidget):
    """A status shape of a fixed size. It has no text of its own: what it means is said beside it."""

    def __init__(self, theme: Theme, size: float = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._glyph = Glyph.UNKNOWN
        self._tone = Tone.UNKNOWN
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self._tick)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._restyle)

    def show_glyph(self, glyph: Glyph, tone: Tone) -> None:
        """Show this shape in this tone's colour."""
        self._glyph, self._tone = glyph, tone
        self._spin()
        self.update()

    def set_size(self, size: float) -> None:
        """Change the size, in px at 100 %."""
        self._size = size
        self._restyle()

    def sizeHint(self) -> QSize:
        """The size at the current text scale."""
        side = self._theme.px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """A glyph does not shrink."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = QPainter(self)
        paint_glyph(painter, self._theme, self._glyph, self._tone, QRectF(self.rect()), turn=self._turn)

    def showEvent(self, event: QShowEvent) -> None:
        """A visible spinner turns."""
        super().showEvent(event)
        self._spin()

    def hideEvent(self, event: QHideEvent) -> None:
        """A hidden one rests."""
        super().hideEvent(event)
        self._timer.stop()

    def _spin(self) -> None:
        if self._glyph is Glyph.RUN and self.isVisible() and not self._theme.reduced_motion:
            self._timer.start()
        else:
            self._timer.stop()
            self._turn = 0

    @Slot()
    def _tick(self) -> None:
        self._turn = (self._turn + TURN_STEP) % 360
        self.update()

    @Slot()
    def _restyle(self) -> None:
        self._spin()
        self.updateGeometry()
        self.update()
