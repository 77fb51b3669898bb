"""The servers on the way as a timeline: dashed and hollow what was only claimed, solid what can be relied on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_focus_ring, paint_icon
from headerlens.gui.widgets.pane_scroll import paint_pill, pill_width
from headerlens.gui.widgets.status import paint_glyph
from headerlens.gui.widgets.wrapped import paint_wrapped, wrapped_box
from headerlens.model.findings import Where
from headerlens.present.evidence_views import PathStop, PathView
from headerlens.present.views import Glyph, Tone

LINE_X = 20
TEXT_X = 44
CIRCLE = 13
TOP = 6
GAP = 24
BAR = 5
PILL = 24


class StopRow(QAbstractButton):
    """One server; a click leads to the header line it wrote."""

    def __init__(self, theme: Theme, stop: PathStop, *, first: bool, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.stop, self._first, self._last = theme, stop, first, last
        self._measures: dict[int, dict[str, QRect]] = {}
        self.setAccessibleName(stop.accessible)
        if stop.field_index is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Long names wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Down to the last part, and the way to the next server."""
        return self._parts(width)["end"].bottom() + self._theme.px(4 if self._last else GAP)

    def sizeHint(self) -> QSize:
        """At a usual width."""
        width = self._theme.px(340)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow; the layout asks heightForWidth."""
        return QSize(self._theme.px(160), self._theme.px(40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows, the arrows go from server to server."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        above = self.parentWidget()
        every = above.findChildren(StopRow) if above is not None else [self]
        rows = [row for row in every if row.focusPolicy() != Qt.FocusPolicy.NoFocus]
        rows[(rows.index(self) + step) % len(rows)].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, circle, words, bar."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.stop.field_index is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(self._ring(), px(7), px(7))
        self._paint_line(painter)
        parts = self._parts(self.width())
        self._text(painter, parts["name"], self.stop.name, theme.font("body", 600), "text")
        self._text(painter, parts["subtitle"], self.stop.subtitle, theme.font("caption", 400), "text2")
        painter.setFont(theme.font("label", 400))
        painter.setPen(theme.color("text2"))
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRect(0, parts["name"].top(), self.width() - px(8), px(24)), end, self.stop.time)
        if self.stop.pill:
            box = QRectF(parts["pill"])
            paint_pill(painter, theme, box, self.stop.pill, tone=Tone.INFO, icon="server")
        if self.stop.bar is not None:
            self._paint_bar(painter, parts["bar"])
        if self.stop.warning:
            self._paint_warning(painter, parts["warning"])
        if self.hasFocus():
            paint_focus_ring(painter, theme, self._ring(), px(7))

    def _ring(self) -> QRectF:
        px = self._theme.px
        bottom = self._parts(self.width())["end"].bottom() + px(3)
        return QRectF(px(TEXT_X - 8), 1, self.width() - px(TEXT_X - 8) - 1, bottom)

    def _text(self, painter: QPainter, box: QRect, text: str, font: QFont, color: str) -> None:
        painter.setPen(self._theme.color(color))
        paint_wrapped(painter, text, font, box)

    def _parts(self, width: int) -> dict[str, QRect]:
        """Where each part stands; "end" is the last of them. A row never changes, so one width is measured once."""
        if width not in self._measures:
            self._measures[width] = self._measure(width)
        return self._measures[width]

    def _measure(self, width: int) -> dict[str, QRect]:
        theme, px, stop = self._theme, self._theme.px, self.stop
        left, right = px(TEXT_X), width - px(8)
        time = QFontMetrics(theme.font("label", 400)).horizontalAdvance(stop.time)
        parts = {
            "name": self._measured(stop.name, theme.font("body", 600), left, px(TOP), right - left - time - px(12))
        }
        below = self._measured(
            stop.subtitle, theme.font("caption", 400), left, parts["name"].bottom() + px(4), right - left
        )
        parts["subtitle"] = below if stop.subtitle else QRect(left, parts["name"].bottom(), 0, 0)
        y = parts["subtitle"].bottom() + px(5)
        parts["end"] = parts["subtitle"]
        if stop.pill:
            wide = min(round(pill_width(theme, stop.pill, icon=True)), right - left)
            parts["pill"] = parts["end"] = QRect(left, y, wide, px(PILL))
            y = parts["pill"].bottom() + px(4)
        if stop.bar is not None:
            parts["bar"] = parts["end"] = QRect(left, y, right - left, px(18))
            y = parts["bar"].bottom() + px(4)
        if stop.warning:
            room = right - left - px(22)
            parts["warning"] = parts["end"] = self._measured(
                stop.warning, theme.font("caption", 500), left + px(22), y, room
            )
        return parts

    def _measured(self, text: str, font: QFont, x: int, y: int, width: int) -> QRect:
        return wrapped_box(text, font, x, y, max(width, self._theme.px(60)))

    def _paint_line(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        x, radius = float(px(LINE_X)), px(CIRCLE) / 2
        middle = px(TOP) + QFontMetricsF(theme.font("body", 600)).height() / 2
        ink = theme.color("info_solid" if self.stop.trusted else "line_strong")
        pen = QPen(ink, px(3) if self.stop.trusted else px(2))
        if not self.stop.trusted:
            pen.setDashPattern([3, 2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        if not self._first:
            painter.drawLine(QPointF(x, 0), QPointF(x, middle - radius))
        if not self._last:
            painter.drawLine(QPointF(x, middle + radius), QPointF(x, self.height()))
        painter.setPen(QPen(theme.color("info_solid" if self.stop.trusted else "unk_solid"), px(2)))
        painter.setBrush(theme.color("info_solid" if self.stop.trusted else "surface"))
        painter.drawEllipse(QPointF(x, middle), radius, radius)

    def _paint_bar(self, painter: QPainter, box: QRect) -> None:
        theme, px, stop = self._theme, self._theme.px, self.stop
        font = theme.font("caption", 600 if stop.slow else 400)
        words = QFontMetricsF(font).horizontalAdvance(stop.delay)
        mark = px(20) if stop.slow else 0
        painter.setFont(font)
        painter.setPen(theme.color("warn_fg" if stop.slow else "text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, stop.delay)
        if stop.slow:
            side = px(15)
            place = QRectF(box.right() - words - mark, box.center().y() - side / 2, side, side)
            paint_glyph(painter, theme, Glyph.WARN, Tone.WARN, place)
        width = box.width() - max(words + mark, px(58)) - px(12)
        if width < px(24):
            return
        track = QRectF(box.left(), box.center().y() - px(BAR) / 2, width, px(BAR))
        # of the high contrast themes every ground is the same: there the line shows how long a bar may be
        painter.setPen(QPen(theme.color("line"), 1) if theme.tokens.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(track, px(BAR) / 2, px(BAR) / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warn_solid" if stop.slow else "info_line"))
        filled = QRectF(track.topLeft(), QSize(round(max(px(BAR), width * (stop.bar or 0.0))), px(BAR)).toSizeF())
        painter.drawRoundedRect(filled, px(BAR) / 2, px(BAR) / 2)

    def _paint_warning(self, painter: QPainter, box: QRect) -> None:
        theme, px = self._theme, self._theme.px
        side = px(15)
        paint_icon(painter, theme, "clock", "warn_fg", QRectF(px(TEXT_X), box.top() + px(1), side, side))
        self._text(painter, box, self.stop.warning, theme.font("caption", 500), "warn_fg")


class BorderBand(QLabel):
    """The trust border: a dashed line with what it means. A label to screen readers."""

    def __init__(self, theme: Theme, text: str, *, first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words, self._first = theme, text, first
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The words may wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The words with air."""
        return round(self._box(width).height()) + self._theme.px(14)

    def sizeHint(self) -> QSize:
        """One line of words."""
        return QSize(self._theme.px(320), self.heightForWidth(self._theme.px(320)))

    def minimumSizeHint(self) -> QSize:
        """Narrow; the layout asks heightForWidth."""
        return QSize(self._theme.px(160), self._theme.px(38))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line of the way, the border and its words."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, x = self.height() / 2, float(px(LINE_X))
        if not self._first:
            above = QPen(theme.color("line_strong"), px(2))
            above.setDashPattern([3, 2])
            painter.setPen(above)
            painter.drawLine(QPointF(x, 0), QPointF(x, middle))
        painter.setPen(QPen(theme.color("info_solid"), px(3)))
        painter.drawLine(QPointF(x, middle), QPointF(x, self.height()))
        fence = QPen(theme.color("warn_line"), px(2))
        fence.setDashPattern([5, 3])
        painter.setPen(fence)
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        box = self._box(self.width())
        painter.setPen(QPen(theme.color("warn_line"), 1))
        painter.setBrush(theme.color("warn_bg"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(12), px(12))
        side = px(16)
        paint_icon(painter, theme, "fence", "warn_fg", QRectF(box.left() + px(9), middle - side / 2, side, side))
        painter.setFont(theme.font("caption", 600))
        painter.setPen(theme.color("warn_fg"))
        inside = box.adjusted(px(31), 0, -px(9), 0)
        flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(inside, int(flags), self._words)

    def _box(self, width: int) -> QRectF:
        px = self._theme.px
        left = px(TEXT_X - 2)
        room = max(px(80), width - left - px(8) - px(40))
        words = QFontMetrics(self._theme.font("caption", 600)).boundingRect(
            QRect(0, 0, room, 10_000), int(Qt.TextFlag.TextWordWrap.value), self._words
        )
        height = max(px(24), words.height() + px(8))
        return QRectF(left, px(7), min(words.width() + px(42), width - left - px(2)), height)


class PathTimeline(QWidget):
    """All servers with the border between them; `place_chosen` carries a header line."""

    place_chosen = Signal(object)

    def __init__(self, theme: Theme, view: PathView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[StopRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        last = len(view.stops) - 1
        for number, stop in enumerate(view.stops):
            if number == view.border:
                column.addWidget(BorderBand(theme, view.border_text, first=number == 0, parent=self))
            row = StopRow(theme, stop, first=number == 0 and view.border != 0, last=number == last, parent=self)
            row.clicked.connect(lambda _checked=False, index=stop.field_index: self._choose(index))
            self.rows.append(row)
            column.addWidget(row)

    def _choose(self, index: int | None) -> None:
        if index is not None:
            self.place_chosen.emit(Where(field_index=index))
