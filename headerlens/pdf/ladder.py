"""The alignment ladder on paper, a row at a time so that a long one goes over pages; all of it vector and text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from headerlens.pdf.fonts import font
from headerlens.pdf.glyphs import paint_line, paint_status
from headerlens.present.tokens import LIGHT
from headerlens.present.views import ChipView, LadderRow, LadderView, Line, RowKind, TileState, TileView, plain

_LANES = (34.0, 21.0, 8.0)
_TEXT, _TILES, _CHIP, _GAP, _PAD, _TILE = 52.0, 164.0, 108.0, 13.0, 7.0, 24.0
"""Where titles and tiles begin, the width of a result's column, and of what is between, in and around tiles."""

_PENS = {
    Line.SOLID: ("pass_solid", 2.6, Qt.PenStyle.SolidLine),
    Line.DOTTED: ("info_solid", 2.2, Qt.PenStyle.DotLine),
    Line.DASHED: ("unk_line", 1.6, Qt.PenStyle.DashLine),
}
_FILLS = {
    TileState.DECIDING: ("accent", "accent", "on_solid", Qt.PenStyle.SolidLine),
    TileState.EQUAL: ("pass_bg", "pass_line", "pass_fg", Qt.PenStyle.SolidLine),
    TileState.DIFFERENT: ("surface", "unk_line", "text", Qt.PenStyle.DashLine),
    TileState.MISSING: ("surface", "unk_line", "text", Qt.PenStyle.DashLine),
}
_PLAIN = ("surface", "unk_line", "text", Qt.PenStyle.SolidLine)
_MARKS = {TileState.EQUAL: "=", TileState.DIFFERENT: "≠", TileState.MISSING: "≠"}


def _ink(name: str) -> QColor:
    return QColor(str(getattr(LIGHT, name)))


@dataclass(frozen=True)
class PaperLadder:
    """The rows of one ladder on a page `width` wide. `fails` reddens what differs."""

    view: LadderView
    rows: tuple[LadderRow, ...]
    width: float
    fails: bool

    @cached_property
    def _bold(self) -> QFont:
        return font(12, weight=600)

    @cached_property
    def _small(self) -> QFont:
        return font(11)

    @cached_property
    def _author(self) -> int:
        return next((place for place, row in enumerate(self.rows) if row.kind is RowKind.FROM), 0)

    @cached_property
    def _widths(self) -> tuple[float, ...]:
        """Of the label columns, left to right."""
        measure = QFontMetricsF(self._bold)
        deepest = max((tile.column for row in self.rows for tile in row.tiles), default=-1)
        widths = [26.0] * (deepest + 1)
        for row in self.rows:
            for tile in row.tiles:
                place = deepest - tile.column
                widths[place] = max(widths[place], measure.horizontalAdvance(tile.label) + 2 * _PAD)
        return tuple(widths)

    @cached_property
    def _wanted(self) -> float:
        return sum(self._widths) + _GAP * max(0, len(self._widths) - 1)

    @cached_property
    def _stacked(self) -> bool:
        """Whether tiles need a line of their own."""
        return self._wanted > self.width - _TILES - 2 * _CHIP

    @cached_property
    def _as_text(self) -> bool:
        """Whether even that is too narrow: then names are written out, nothing of them is left away."""
        return self._wanted > self.width - _TEXT

    @property
    def _left(self) -> float:
        return _TEXT if self._stacked else _TILES

    # ---- sizes

    def height(self, place: int) -> float:
        """Of the head (0) or row `place - 1`."""
        if place == 0:
            return 34.0
        row = self.rows[place - 1]
        top = self._top(row)
        right = top + _TILE + self._name_height(row) + 4 + self._sentence(row).height() + (16 if row.policy else 0) + 10
        return max(right, 0.0 if self._stacked else 28 + self._subtitle(row).height())

    def _top(self, row: LadderRow) -> float:
        """Where the tiles begin, under what has a line of its own."""
        return max(40.0, 22 + self._subtitle(row).height()) if self._stacked else 10.0

    def _subtitle(self, row: LadderRow) -> QRectF:
        """Room for an address or a selector: beside the title where tiles have a line of their own, else under it."""
        if not self._stacked:
            return QRectF(_TEXT, 24, 112, self._wrapped(row.subtitle, font(10.5), 112).height())
        width = self.width - 2 * _CHIP - _TEXT - 70
        return QRectF(_TEXT + 60, 9, width, self._wrapped(row.subtitle, font(10.5), width).height())

    def _name_height(self, row: LadderRow) -> float:
        """What a name needs beyond one line of tiles."""
        if not self._as_text or not row.name:
            return 0.0
        return max(0.0, self._wrapped(row.name, self._bold, self.width - _TEXT).height() - _TILE)

    def _sentence(self, row: LadderRow) -> QRectF:
        return self._wrapped(plain(row.sentence), self._small, self.width - self._left - 8)

    @staticmethod
    def _wrapped(words: str, face: QFont, width: float) -> QRectF:
        return QFontMetricsF(face).boundingRect(QRectF(0, 0, width, 10_000), _WRAPPED, words)

    # ---- painting

    def paint(self, painter: QPainter, place: int, area: QRectF) -> None:
        """The head (0) or row `place - 1` into `area`."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(area.topLeft())
        if place == 0:
            self._paint_head(painter)
        else:
            self._paint_row(painter, place - 1, area.height())
        painter.restore()

    def _paint_head(self, painter: QPainter) -> None:
        view = self.view
        if view.zone and not self._stacked:
            self._write(painter, view.caption, QRectF(self._zone_start(view.zone), 16, 300, 16))
        for heading, below, x in (
            (view.recorded_heading, view.receiver, self.width - 2 * _CHIP),
            (view.now_heading, view.checked, self.width - _CHIP),
        ):
            self._write(painter, heading, QRectF(x, 0, _CHIP - 4, 16), weight=600)
            measure = QFontMetricsF(font(10.5))
            fitting = measure.elidedText(below, Qt.TextElideMode.ElideRight, _CHIP - 6)
            self._write(painter, fitting, QRectF(x, 15, _CHIP - 4, 16), size=10.5)

    def _paint_row(self, painter: QPainter, place: int, height: float) -> None:
        row = self.rows[place]
        top = self._top(row)
        is_from = row.kind is RowKind.FROM
        if is_from:
            painter.setPen(QPen(_ink("accent"), 1.3))
            painter.setBrush(_ink("accent_soft"))
            painter.drawRoundedRect(QRectF(2, 2, self.width - 4, height - 4), 9, 9)
        self._paint_lanes(painter, place, height)
        if not is_from:
            paint_status(painter, row.node, row.node_tone, QRectF(_LANES[0] - 10, 12, 20, 20))
        self._write(painter, row.title, QRectF(_TEXT, 8, 110, 18), weight=600, size=12, ink="text")
        self._write(painter, row.subtitle, self._subtitle(row), size=10.5)
        self._paint_chips(painter, row)
        self._paint_name(painter, row, top)
        below = top + _TILE + self._name_height(row) + 4
        self._paint_sentence(painter, row, below)

    def _paint_sentence(self, painter: QPainter, row: LadderRow, top: float) -> None:
        box = self._sentence(row)
        painter.setFont(self._small)
        painter.setPen(_ink("text"))
        painter.drawText(
            QRectF(self._left, top, self.width - self._left - 8, box.height() + 2), _WRAPPED, plain(row.sentence)
        )
        if row.policy:
            self._write(
                painter, row.policy, QRectF(self._left, top + box.height() + 2, self.width - self._left, 16), size=10.5
            )

    def _paint_chips(self, painter: QPainter, row: LadderRow) -> None:
        y = 9.0
        for chip, x in ((row.recorded, self.width - 2 * _CHIP), (row.now, self.width - _CHIP)):
            _paint_chip(painter, chip, x, y)
        sign = {"same": "=", "differs": "≠"}.get(row.between, "")
        self._write(
            painter, sign, QRectF(self.width - _CHIP - 14, y + 1, 14, 18), ink="warn_fg" if sign == "≠" else "text2"
        )

    def _paint_name(self, painter: QPainter, row: LadderRow, top: float) -> None:
        if not row.tiles:
            self._write(painter, f"({row.placeholder})", QRectF(self._left, top + 4, 200, 18))
            return
        if self._as_text:
            area = QRectF(_TEXT, top + 2, self.width - _TEXT, 10_000)
            painter.setFont(self._bold)
            painter.setPen(_ink("text"))
            painter.drawText(area, _WRAPPED, row.name)
            return
        if row.fence:
            self._paint_zone(painter, row.fence, top)
        for tile in row.tiles:
            self._paint_tile(painter, tile, row, top)

    def _zone_start(self, labels: int) -> float:
        """Left edge of the columns that must match."""
        first = max(0, len(self._widths) - labels)
        return self._left + sum(self._widths[:first]) + _GAP * first - 3

    def _paint_zone(self, painter: QPainter, fence: int, top: float) -> None:
        x = self._zone_start(fence) - 2
        right = self._left + self._wanted + 6
        painter.fillRect(QRectF(x, top - 6, right - x, _TILE + 12), _ink("zone"))
        painter.setPen(QPen(_ink("zone_line"), 1.3, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, top - 6), QPointF(x, top + _TILE + 6))

    def _paint_tile(self, painter: QPainter, tile: TileView, row: LadderRow, top: float) -> None:
        place = len(self._widths) - 1 - tile.column
        x = self._left + sum(self._widths[:place]) + _GAP * place
        box = QRectF(x, top, self._widths[place], _TILE)
        fill, line, ink, style = _FILLS.get(tile.state, _PLAIN)
        if tile.state is TileState.OTHER and row.kind is RowKind.FROM:
            line = "accent"
        if self.fails and tile.state in {TileState.DIFFERENT, TileState.MISSING}:
            line = "fail_solid"
        painter.setPen(QPen(_ink(line), 1.1, style))
        painter.setBrush(_ink(fill))
        painter.drawRoundedRect(box, 5, 5)
        self._write(painter, tile.label, box, weight=600, size=12, ink=ink, centred=True)
        if tile.column:
            self._write(painter, ".", QRectF(box.right(), top, _GAP - 3, _TILE), weight=600, size=12, centred=True)
        if mark := _MARKS.get(tile.state):
            self._paint_mark(painter, mark, box)

    def _paint_mark(self, painter: QPainter, mark: str, box: QRectF) -> None:
        ground = "pass_solid" if mark == "=" else "fail_solid" if self.fails else "unk_solid"
        disc = QRectF(box.center().x() - 6, box.top() - 7, 12, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_ink(ground))
        painter.drawEllipse(disc)
        self._write(painter, mark, disc, weight=600, size=9, ink="on_solid", centred=True)

    def _paint_lanes(self, painter: QPainter, place: int, height: float) -> None:
        """The pieces of lines that run through this row: its own, and those of rows farther from From."""
        if place == self._author:
            return
        below = place > self._author
        node = 22.0
        drawn: set[tuple[float, Line, bool]] = set()
        for one in range(place, len(self.rows)) if below else range(place, -1, -1):
            line = self.rows[one].line
            x = _LANES[min(abs(one - self._author) - 1, len(_LANES) - 1)]
            if line not in _PENS or (x, line, one == place) in drawn:
                continue
            drawn.add((x, line, one == place))
            start, end = (0.0, node if one == place else height) if below else (node if one == place else 0.0, height)
            ink, width, style = _PENS[line]
            painter.setPen(QPen(_ink(ink), width, style, Qt.PenCapStyle.FlatCap))
            if one == place and x != _LANES[0]:
                painter.drawLine(QPointF(x, node), QPointF(_LANES[0], node))
            if abs(place - self._author) == 1 and line is Line.DASHED:
                bar = 5.0 if below else height - 5
                start, end = (bar, end) if below else (start, bar)
                painter.drawLine(QPointF(x, start), QPointF(x, end))
                painter.setPen(QPen(_ink(ink), width))
                painter.drawLine(QPointF(x - 5, bar), QPointF(x + 5, bar))
            else:
                painter.drawLine(QPointF(x, start), QPointF(x, end))

    @staticmethod
    def _write(
        painter: QPainter, words: str, box: QRectF, *,
        weight: int = 400, size: float = 11, ink: str = "text2", centred: bool = False,
    ) -> None:  # fmt: skip
        painter.setFont(font(size, weight=weight))
        painter.setPen(_ink(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter if centred else _WRAPPED, words)


_WRAPPED = Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


def _paint_chip(painter: QPainter, chip: ChipView, x: float, y: float) -> None:
    """Shape, word and colour; a result that is none is only outlined."""
    face = font(11, weight=500)
    width = min(_CHIP - 8, QFontMetricsF(face).horizontalAdvance(chip.word) + 30)
    tone = chip.tone.value
    painter.setPen(QPen(_ink(f"{tone}_line"), 1, Qt.PenStyle.DashLine) if chip.dashed else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if chip.dashed else _ink(f"{tone}_bg"))
    painter.drawRoundedRect(QRectF(x, y, width, 20), 10, 10)
    paint_line(painter, chip.glyph, chip.tone, QRectF(x + 6, y + 4, 12, 12))
    painter.setFont(face)
    painter.setPen(_ink(f"{tone}_fg"))
    painter.drawText(QRectF(x + 22, y, width - 24, 20), Qt.AlignmentFlag.AlignVCenter, chip.word)
