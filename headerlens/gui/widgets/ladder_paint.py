"""Painting of the alignment ladder (interface.md 6.2-6.4) from its finished geometry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextDocument

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import chip_width, paint_chip, paint_icon
from headerlens.gui.widgets.ladder_columns import TextRole
from headerlens.gui.widgets.ladder_layout import (
    NODE_RADIUS,
    LadderLayout,
    LinkLayout,
    MarkLayout,
    RowLayout,
    TileLayout,
)
from headerlens.gui.widgets.motion import ARRIVED, Moment
from headerlens.gui.widgets.status import paint_glyph
from headerlens.gui.widgets.text import char_format, fill_document
from headerlens.present.views import ChipView, Glyph, LadderRow, LadderView, Line, Rich, RowKind, TileState, Tone

END_RADIUS = 4.6
"""Round end of a line that counts, on From's edge."""

CORNER = 9.0
"""Radius of the bend from the spine into From."""


def tile_font(theme: Theme, role: TextRole) -> QFont:
    """The font of a tile, a row title or a caption."""
    if role == "tile":
        return theme.font("body", 600)
    if role == "tile_small":
        return theme.font("label", 600)
    return theme.font("body" if role == "title" else "caption", 600 if role == "title" else 400)


class FontMetrics:
    """Widths and heights as the theme's fonts have them; the metrics of `ladder_layout`."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._fonts = {
            role: QFontMetricsF(tile_font(theme, role)) for role in ("tile", "tile_small", "title", "caption")
        }
        self._document = QTextDocument()

    def width(self, text: str, role: TextRole) -> float:
        """Width of `text` in px."""
        if role == "chip":
            return chip_width(self._theme, text)
        return self._fonts[role].horizontalAdvance(text)

    def height(self, spans: Rich, width: float) -> float:
        """Height of a wrapped sentence in px."""
        set_sentence(self._document, self._theme, spans, "text2", width)
        return self._document.size().height()


def set_sentence(document: QTextDocument, theme: Theme, spans: Rich, color: str, width: float) -> None:
    """Fill `document` with a row's sentence."""
    normal = char_format(theme.font("label", 400), theme.color(color))
    strong = char_format(theme.font("label", 600), theme.color("text"))
    fill_document(document, spans, (normal, strong), theme.line("label"))
    document.setTextWidth(max(width, 1))


@dataclass(frozen=True, slots=True)
class Change:
    """What moves: the rows as they were, by place, how far they have become the new ones, and a spinner's angle."""

    before: tuple[LadderRow, ...] = ()
    moment: Moment = ARRIVED
    turn: float = 0.0

    def old(self, index: int) -> LadderRow | None:
        """The row that stood here before, while that is still to be seen."""
        seen = index < len(self.before) and (self.moment.fade < 1 or self.moment.draw < 1)
        return self.before[index] if seen else None


STILL = Change()


class LadderPainter:
    """Draws one view with one geometry."""

    def __init__(
        self, painter: QPainter, theme: Theme, view: LadderView, layout: LadderLayout, change: Change = STILL
    ) -> None:
        self._painter = painter
        self._theme = theme
        self._view = view
        self._layout = layout
        self._change = change
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)

    def paint(self, hovered: int | None = None) -> None:
        """Everything; `hovered` is the index of the row under the mouse."""
        if hovered is not None:
            self._hover(self._layout.rows[hovered])
        self._zones()
        self._header()
        self._from_card(hot=hovered is not None and self._layout.rows[hovered].row.kind is RowKind.FROM)
        for link in self._layout.links:
            self._link(link)
        for index, row in enumerate(self._layout.rows):
            self._row(row, self._change.old(index))

    # The ground

    def _hover(self, row: RowLayout) -> None:
        if row.row.kind is not RowKind.FROM:
            self._box(row.rect.adjusted(2, 2, 0, -2), "hover", None, 10)

    def _zones(self) -> None:
        for zone in (self._layout.zone, *(row.zone for row in self._layout.rows)):
            if zone:
                self._box(zone, "zone", None, 8)

    def _from_card(self, *, hot: bool) -> None:
        if self._layout.from_card:
            card = self._layout.from_card.adjusted(0.75, 0.75, -0.75, -0.75)
            self._box(card, "selected" if hot else "accent_soft", QPen(self._theme.color("accent"), 1.5), 10)

    def _header(self) -> None:
        view, layout = self._view, self._layout
        heading = self._theme.font("caption", 500)
        self._centred(view.recorded_heading, layout.recorded_heading, heading, "text3")
        self._centred(view.now_heading, layout.now_heading, heading, "text3")
        if layout.stacked:
            return
        below = QPointF(0, 18 * self._theme.unit)
        strong = self._theme.font("label", 600)
        self._left(view.vouched_heading, layout.vouched, heading, "text3")
        receiver = QFontMetricsF(strong).elidedText(view.receiver, Qt.TextElideMode.ElideMiddle, layout.heading_room)
        self._centred(receiver, layout.recorded_heading + below, strong, "text")
        self._centred(view.checked, layout.now_heading + below, strong, "text")
        if layout.caption:
            self._centred(view.caption, layout.caption, self._theme.font("caption", 600), "text2")

    # The lines

    def _link(self, link: LinkLayout) -> None:
        """A new line that counts grows towards From, any other new one fades in."""
        index = next((i for i, row in enumerate(self._layout.rows) if row.node == link.start), len(self._layout.rows))
        old = self._change.old(index)
        is_new = old is not None and old.line is not link.line
        grown = self._change.moment.draw if is_new and link.line is Line.SOLID else 1.0
        self._painter.setOpacity(self._change.moment.fade if is_new and link.line is not Line.SOLID else 1.0)
        if link.line is Line.DASHED:
            self._stopped(link)
        else:
            self._connected(link, grown)
        self._painter.setOpacity(1.0)

    def _start(self, link: LinkLayout, *, clear: float) -> QPainterPath:
        """The path from the edge of the node to its lane."""
        unit = self._theme.unit
        down = 1 if link.end.y() > link.start.y() else -1
        path = QPainterPath()
        if link.lane_x == link.start.x():
            path.moveTo(link.start.x(), link.start.y() + down * (NODE_RADIUS + clear) * unit)
            return path
        path.moveTo(link.start.x() - (NODE_RADIUS + 1) * unit, link.start.y())
        corner = QPointF(link.lane_x, link.start.y())
        path.quadTo(corner, QPointF(link.lane_x, link.start.y() + down * 6 * unit))
        return path

    def _stopped(self, link: LinkLayout) -> None:
        """A dashed line that ends in a stop bar before From."""
        unit = self._theme.unit
        pen = QPen(self._theme.color("unk_line"), 1.8 * unit)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([6 / 1.8, 4 / 1.8])
        path = self._start(link, clear=2.5)
        path.lineTo(link.end)
        self._painter.strokePath(path, pen)
        bar = QPen(self._theme.color("unk_line"), 1.8 * unit)
        bar.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._painter.setPen(bar)
        half = QPointF(5 * unit, 0)
        self._painter.drawLine(link.end - half, link.end + half)

    def _connected(self, link: LinkLayout, grown: float = 1.0) -> None:
        """A line into From: solid with a full end when it counts, dotted with a ring when undecided.

        `grown` is the share of a solid line that is drawn already.
        """
        unit = self._theme.unit
        solid = link.line is Line.SOLID
        color = self._theme.color("pass_solid" if solid else "info_solid")
        pen = QPen(color, (3 if solid else 2.6) * unit)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if solid else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if not solid:
            pen.setDashPattern([0.01, 2.0])
        path = self._start(link, clear=2)
        up = -1 if link.end.y() > link.start.y() else 1
        radius = CORNER * unit
        path.lineTo(link.lane_x, link.end.y() + up * radius)
        path.quadTo(QPointF(link.lane_x, link.end.y()), QPointF(link.lane_x + radius, link.end.y()))
        path.lineTo(link.end)
        if solid and grown < 1:
            pen.setDashPattern([max(0.01, path.length() * grown / pen.widthF()), path.length()])
        self._painter.strokePath(path, pen)
        if grown >= 1:
            self._end(link.end, color, filled=solid)

    def _end(self, centre: QPointF, color: QColor, *, filled: bool) -> None:
        radius = END_RADIUS * self._theme.unit
        self._painter.setPen(Qt.PenStyle.NoPen if filled else QPen(color, 1.8 * self._theme.unit))
        self._painter.setBrush(color if filled else self._theme.color("surface"))
        radius -= 0 if filled else 0.5
        self._painter.drawEllipse(centre, radius, radius)

    # A row

    def _row(self, row: RowLayout, old: LadderRow | None) -> None:
        self._node(row, old)
        self._left(row.row.title, row.title, tile_font(self._theme, "title"), "text")
        self._subtitle(row)
        self._fences(row)
        for tile in row.tiles:
            self._tile(tile, row)
        self._dots(row)
        self._placeholder(row)
        for mark in row.marks:
            self._mark(mark, failed=row.row.node_tone is Tone.FAIL)
        self._results(row, old)
        self._sentence(row)

    def _node(self, row: RowLayout, old: LadderRow | None) -> None:
        """The status shape; the one before it fades out under it."""
        if row.row.kind is RowKind.FROM:
            return
        unit, now = self._theme.unit, (row.row.node, row.row.node_tone)
        box = QRectF(0, 0, NODE_RADIUS * 2 * unit, NODE_RADIUS * 2 * unit)
        box.moveCenter(row.node)
        shapes = [(1.0, now)]
        if old is not None and (old.node, old.node_tone) != now:
            fade = self._change.moment.fade
            shapes = [(1 - fade, (old.node, old.node_tone)), (fade, now)]
        for opacity, (glyph, tone) in shapes:
            turn = self._change.turn if glyph is Glyph.RUN else 0.0
            self._painter.setOpacity(opacity)
            paint_glyph(self._painter, self._theme, glyph, tone, box, turn=turn)
        self._painter.setOpacity(1.0)

    def _subtitle(self, row: RowLayout) -> None:
        text = row.row.policy if self._layout.stacked and row.row.policy else row.row.subtitle
        font = self._theme.font("small" if self._layout.stacked else "caption", 400)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, row.subtitle.width())
        middle = QPointF(row.subtitle.left(), row.subtitle.center().y())
        self._left(shown, middle, font, "text2" if row.row.kind is RowKind.FROM else "text3")

    def _fences(self, row: RowLayout) -> None:
        for fence, color in ((row.fence, "zone_line"), (row.foreign_fence, "warn_solid")):
            if fence:
                pen = QPen(self._theme.color(color), 1.6 * self._theme.unit)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([2.5, 2.0])
                self._painter.setPen(pen)
                self._painter.drawLine(fence.topLeft(), fence.bottomLeft())

    def _tile(self, tile: TileLayout, row: RowLayout) -> None:
        failed = row.row.node_tone is Tone.FAIL
        fill, line, ink = _tile_colours(tile.state, failed=failed)
        pen = QPen(self._theme.color(line), 1.2 if tile.state in {TileState.OTHER, TileState.DECIDING} else 1.1)
        if tile.state in {TileState.DIFFERENT, TileState.MISSING}:
            pen.setWidthF(1.3)
            pen.setDashPattern([3 / 1.3, 2.4 / 1.3])
        self._box(tile.rect.adjusted(0.6, 0.6, -0.6, -0.6), fill, pen, 6)
        role: TextRole = "tile_small" if self._layout.small else "tile"
        self._centred(tile.text, tile.rect.center(), tile_font(self._theme, role), ink)
        if tile is row.tiles[0] and row.full_name:
            self._left(row.row.name, row.full_name, self._theme.font("mono"), "text2")

    def _dots(self, row: RowLayout) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.color("text2"))
        radius = 1.2 * self._theme.unit
        for dot in row.dots:
            self._painter.drawEllipse(dot, radius, radius)

    def _placeholder(self, row: RowLayout) -> None:
        if row.placeholder:
            pen = QPen(self._theme.color("unk_line"), 1.2)
            pen.setDashPattern([1.2, 2.2])
            self._box(row.placeholder, None, pen, 6)
            self._centred(row.row.placeholder, row.placeholder.center(), self._theme.font("label", 400), "text2")

    def _mark(self, mark: MarkLayout, *, failed: bool) -> None:
        """A round "=" or "≠" with a rim of the ground, so that the tile's edge does not touch it."""
        unit, painter = self._theme.unit, self._painter
        solid = "pass_solid" if mark.equal else "fail_solid" if failed else "unk_solid"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface"))
        painter.drawEllipse(mark.centre, 7.5 * unit, 7.5 * unit)
        painter.setBrush(self._theme.color(solid))
        painter.drawEllipse(mark.centre, 6.5 * unit, 6.5 * unit)
        pen = QPen(self._theme.color("on_solid"), 1.4 * unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for dy in (-1.5, 1.5):
            painter.drawLine(mark.centre + QPointF(-2.9, dy) * unit, mark.centre + QPointF(2.9, dy) * unit)
        if not mark.equal:
            painter.drawLine(mark.centre + QPointF(1.5, -3.7) * unit, mark.centre + QPointF(-1.5, 3.7) * unit)

    def _results(self, row: RowLayout, old: LadderRow | None) -> None:
        self._chip(row.row.recorded, None if old is None else old.recorded, row.recorded)
        self._chip(row.row.now, None if old is None else old.now, row.now)
        middle = (row.recorded + row.now) / 2
        if row.row.between == "same":
            box = QRectF(0, 0, 16 * self._theme.unit, 16 * self._theme.unit)
            box.moveCenter(middle)
            paint_icon(self._painter, self._theme, "eq", "text3", box)
        elif row.row.between == "differs":
            self._differs(middle)

    def _chip(self, chip: ChipView, old: ChipView | None, centre: QPointF) -> None:
        """A result; the one before it fades out under it."""
        shown = [(1.0, chip)]
        if old is not None and old != chip:
            shown = [(1 - self._change.moment.fade, old), (self._change.moment.fade, chip)]
        for opacity, one in shown:
            self._painter.setOpacity(opacity)
            paint_chip(self._painter, self._theme, one, centre, turn=self._change.turn)
        self._painter.setOpacity(1.0)

    def _differs(self, centre: QPointF) -> None:
        """The amber "≠" between two chips that disagree."""
        unit, painter = self._theme.unit, self._painter
        pen = QPen(self._theme.color("warn_solid"), 1.6 * unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 7.2 * unit, 7.2 * unit)
        for dy in (-1.7, 1.7):
            painter.drawLine(centre + QPointF(-3.4, dy) * unit, centre + QPointF(3.4, dy) * unit)
        painter.drawLine(centre + QPointF(1.7, -4.2) * unit, centre + QPointF(-1.7, 4.2) * unit)

    def _sentence(self, row: RowLayout) -> None:
        is_from = row.row.kind is RowKind.FROM
        document = QTextDocument()
        set_sentence(document, self._theme, row.row.sentence, "text" if is_from else "text2", row.sentence.width())
        self._painter.save()
        self._painter.translate(row.sentence.topLeft())
        document.drawContents(self._painter)
        self._painter.restore()
        if row.policy:
            self._centred(row.row.policy, row.policy, self._theme.font("caption", 500), "text2")

    # Words and boxes

    def _box(self, rect: QRectF, fill: str | None, pen: QPen | None, radius: float) -> None:
        self._painter.setPen(pen or Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
        radius *= self._theme.unit
        self._painter.drawRoundedRect(rect, radius, radius)

    def _left(self, text: str, middle: QPointF, font: QFont, color: str) -> None:
        self._words(text, font, color, lambda _width: middle.x(), middle.y())

    def _centred(self, text: str, middle: QPointF, font: QFont, color: str) -> None:
        self._words(text, font, color, lambda width: middle.x() - width / 2, middle.y())

    def _words(self, text: str, font: QFont, color: str, left: Callable[[float], float], middle: float) -> None:
        """One line of text whose ascent and descent are centred on `middle`."""
        metrics = QFontMetricsF(font)
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(color))
        self._painter.drawText(QPointF(left(metrics.horizontalAdvance(text)), baseline), text)


def _tile_colours(state: TileState, *, failed: bool) -> tuple[str, str, str]:
    """Tokens of fill, line and text of a tile."""
    breaks = ("surface", "fail_solid", "fail_fg") if failed else ("surface", "unk_line", "unk_fg")
    return {
        TileState.DECIDING: ("accent", "accent", "on_solid"),
        TileState.OTHER: ("surface", "accent", "accent"),
        TileState.EQUAL: ("pass_bg", "pass_line", "pass_fg"),
        TileState.DIFFERENT: breaks,
        TileState.MISSING: breaks,
        TileState.IGNORED: ("surface", "unk_line", "unk_fg"),
    }[state]
