"""Geometry of the alignment ladder (interface.md 6.2-6.5): rectangles, marks and lanes from a view and a width.

Nothing is painted and no font opened here: `Metrics` tells how wide a text is and how high a sentence grows.
Lengths are logical px; the origin is the left end of the header, inside the padding of the card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF

from headerlens.gui.widgets.ladder_columns import Columns, Metrics, column_tiles, fit_columns, shortened
from headerlens.gui.widgets.ladder_parts import (
    LadderLayout,
    LinkLayout,
    MarkLayout,
    RowLayout,
    SentenceMetrics,
    TileLayout,
)
from headerlens.present.views import LadderRow, LadderView, Line, RowKind, TileState

__all__ = [
    "LadderLayout",
    "LinkLayout",
    "MarkLayout",
    "Metrics",
    "RowLayout",
    "SentenceMetrics",
    "TileLayout",
    "ladder_layout",
]

STACKED_UNDER = 690
"""Width of the ladder's card at 100 % under which each row takes three lines (interface.md 4.1, 9.4)."""

TIGHT_UP_TO = 760
"""Width of the ladder's card at 100 % up to which the text and chip columns are narrower (interface.md 6.2)."""

LANE_STEP = 13
LAST_LANE = 2
NODE_X = 22
NODE_RADIUS = 11
FROM_X = 38
TILE_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class _Frame:
    """The fixed lengths of one form at one scale."""

    unit: float
    width: float
    stacked: bool
    header: float
    row: float
    from_row: float
    label_x: float
    text_x: float
    chip: float
    gap: float

    @property
    def now_x(self) -> float:
        return self.width - (12 + self.chip / 2) * self.unit

    @property
    def recorded_x(self) -> float:
        return self.now_x - (self.chip + self.gap) * self.unit

    @property
    def chips_left(self) -> float:
        return self.recorded_x - self.chip / 2 * self.unit

    @property
    def tile_room(self) -> float:
        """Width the tiles may take: up to the chips, or the whole row when stacked."""
        right = self.width - 14 * self.unit if self.stacked else self.chips_left - 8 * self.unit
        return right - self.label_x


def ladder_layout(
    view: LadderView,
    width: float,
    metrics: SentenceMetrics,
    scale: float = 1.0,
    *,
    dense: bool = False,
    padding: float = 0.0,
) -> LadderLayout:
    """The geometry of `view` on a card of `width` px with `padding` px at both sides.

    `scale` multiplies every length, `dense` is for narrow windows. Tries columns with full tiles, small tiles, folded
    subdomains, then the stacked form, and shortens an organisation's label only when even that has no room
    (interface.md 6.5).
    """
    tight = width <= TIGHT_UP_TO * scale
    inner = width - 2 * padding
    chip = _widest_chip(view, metrics) / scale
    if width >= STACKED_UNDER * scale:
        frame = _column_frame(inner, scale, max(chip, 104 if tight else 112), dense=dense, tight=tight)
        columns = fit_columns(view, frame.tile_room, metrics, scale, tight=tight)
        if columns is not None:
            return _lay_out(_Pencil(view, frame, columns, metrics))
    frame = _stacked_frame(inner, scale, max(chip, 88))
    found = fit_columns(view, frame.tile_room, metrics, scale, tight=True)
    columns = found or fit_columns(view, frame.tile_room, metrics, scale, tight=True, elide=True)
    assert columns is not None
    return _lay_out(_Pencil(view, frame, columns, metrics))


def _widest_chip(view: LadderView, metrics: SentenceMetrics) -> float:
    chips = (chip for row in view.rows for chip in (row.recorded, row.now))
    return max((metrics.width(chip.word, "chip") for chip in chips), default=0.0)


def _column_frame(width: float, unit: float, chip: float, *, dense: bool, tight: bool) -> _Frame:
    return _Frame(
        unit=unit,
        width=width,
        stacked=False,
        header=(48 if dense else 52) * unit,
        row=(64 if dense else 72) * unit,
        from_row=(72 if dense else 80) * unit,
        label_x=(50 + (104 if tight else 132)) * unit,
        text_x=50 * unit,
        chip=chip,
        gap=18 if tight else 28,
    )


def _stacked_frame(width: float, unit: float, chip: float) -> _Frame:
    return _Frame(
        unit=unit,
        width=width,
        stacked=True,
        header=34 * unit,
        row=92 * unit,
        from_row=104 * unit,
        label_x=52 * unit,
        text_x=52 * unit,
        chip=chip,
        gap=16 if chip <= 88 else 24,
    )


@dataclass(frozen=True, slots=True)
class _Pencil:
    """What every part is placed with."""

    view: LadderView
    frame: _Frame
    columns: Columns
    metrics: SentenceMetrics


def _lay_out(pencil: _Pencil) -> LadderLayout:
    frame = pencil.frame
    unit = frame.unit
    rows = _place_rows(pencil)
    bottom = rows[-1].rect.bottom() if rows else frame.header
    card = next((_from_card(placed, frame) for placed in rows if placed.row.kind is RowKind.FROM), None)
    zone = _whole_zone(pencil, bottom)
    heading = (12 if frame.stacked else 8.5) * unit
    return LadderLayout(
        width=frame.width,
        height=bottom,
        stacked=frame.stacked,
        small=pencil.columns.small,
        elided=any(placed.full_name for placed in rows),
        vouched=QPointF(frame.text_x, 23.5 * unit),
        recorded_heading=QPointF(frame.recorded_x, heading),
        now_heading=QPointF(frame.now_x, heading),
        heading_room=(frame.chip + frame.gap - 6) * unit,
        zone=zone,
        caption=QPointF(zone.center().x(), zone.top() + 11 * unit) if zone else None,
        from_card=card,
        rows=rows,
        links=_links(rows, card, unit) if card else (),
    )


def _place_rows(pencil: _Pencil) -> tuple[RowLayout, ...]:
    rows: list[RowLayout] = []
    top = pencil.frame.header
    above = True
    for row in pencil.view.rows:
        above = above and row.kind is not RowKind.FROM
        rows.append(_place_row(row, pencil, _spot(row, pencil.frame, top, above=above)))
        top = rows[-1].rect.bottom()
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Spot:
    """One row while it is placed: its top, the middle of its tiles, the middle of its title line, its side of From."""

    top: float
    tile: float
    head: float
    above: bool


def _spot(row: LadderRow, frame: _Frame, top: float, *, above: bool) -> _Spot:
    is_from = row.kind is RowKind.FROM
    if not frame.stacked:
        tile = top + (26.5 if is_from else 21.5) * frame.unit
        return _Spot(top, tile, tile, above)
    head = top + (25.5 if is_from else 19) * frame.unit
    return _Spot(top, head + 31 * frame.unit, head, above)


def _place_row(row: LadderRow, pencil: _Pencil, spot: _Spot) -> RowLayout:
    frame, columns = pencil.frame, pencil.columns
    unit = frame.unit
    is_from = row.kind is RowKind.FROM
    tiles = _tiles(row, pencil, spot)
    sentence = _sentence(row, pencil, spot)
    least = frame.from_row if is_from else frame.row
    bottom = max(spot.top + least, sentence.bottom() + (6 if is_from else 0.5) * unit)
    title, subtitle = _texts(row, pencil, spot)
    return RowLayout(
        row=row,
        rect=QRectF(0, spot.top, frame.width, bottom - spot.top),
        node=QPointF(NODE_X * unit, spot.head),
        title=title,
        subtitle=subtitle,
        tiles=tiles,
        dots=_dots(tiles, columns, unit),
        marks=() if is_from else _marks(tiles, pencil, spot),
        fence=_fence(row.fence, pencil, spot) if row.tiles else None,
        foreign_fence=_fence(row.foreign_fence or 0, pencil, spot),
        zone=_row_zone(row, pencil, spot),
        sentence=sentence,
        full_name=QPointF(frame.label_x, spot.tile + 27 * unit) if _is_cut(tiles) else None,
        placeholder=_placeholder(row, pencil, spot),
        recorded=QPointF(frame.recorded_x, spot.head),
        now=QPointF(frame.now_x, spot.head),
        policy=None if frame.stacked or not row.policy else _policy(row, pencil, sentence),
    )


def _texts(row: LadderRow, pencil: _Pencil, spot: _Spot) -> tuple[QPointF, QRectF]:
    """Middle of the title's left end, and the room of the subtitle."""
    frame, unit = pencil.frame, pencil.frame.unit
    if frame.stacked:
        left = frame.text_x + pencil.metrics.width(row.title, "title") + 8 * unit
        room = QRectF(left, spot.head - 10 * unit, max(0.0, frame.chips_left - 6 * unit - left), 20 * unit)
        return QPointF(frame.text_x, spot.head), room
    x = frame.text_x + (2 * unit if row.kind is RowKind.FROM else 0)
    room = QRectF(x, spot.tile, frame.label_x - x - 6 * unit, 20 * unit)
    return QPointF(x, spot.tile - 8 * unit), room


def _tiles(row: LadderRow, pencil: _Pencil, spot: _Spot) -> tuple[TileLayout, ...]:
    columns, unit = pencil.columns, pencil.frame.unit
    role: Literal["tile", "tile_small"] = "tile_small" if columns.small else "tile"
    high = (26 if columns.small else TILE_HEIGHT) * unit
    placed = []
    for tile in column_tiles(row, columns):
        left = pencil.frame.label_x + columns.lefts[tile.column]
        width = columns.widths[tile.column]
        outer = columns.folded and tile.column == columns.keep
        text = shortened(
            tile.label,
            width - 2 * columns.padding + 0.5,
            lambda text: pencil.metrics.width(text, role),
            keep_end=outer,
        )
        rect = QRectF(left, spot.tile - high / 2, width, high)
        placed.append(TileLayout(rect, text, tile.label, tile.column, tile.state, folded=outer))
    return tuple(placed)


def _is_cut(tiles: tuple[TileLayout, ...]) -> bool:
    """Whether a label of the organisation had to be shortened (overflow rule 4)."""
    return any(tile.text != tile.full and not tile.folded for tile in tiles)


def _dots(tiles: tuple[TileLayout, ...], columns: Columns, unit: float) -> tuple[QPointF, ...]:
    return tuple(
        QPointF(tile.rect.right() + columns.gap / 2, tile.rect.center().y() + 7 * unit)
        for tile in tiles[:-1]
        if tile.text or tile.state is TileState.MISSING
    )


def _marks(tiles: tuple[TileLayout, ...], pencil: _Pencil, spot: _Spot) -> tuple[MarkLayout, ...]:
    """The "=" on every equal label, the "≠" on every one that breaks alignment: in strict mode also one too many."""
    unit = pencil.frame.unit
    marks = []
    for tile in tiles:
        breaks = tile.state in {TileState.DIFFERENT, TileState.MISSING}
        if breaks or tile.state is TileState.EQUAL:
            y = tile.rect.bottom() + unit if spot.above else tile.rect.top() - unit
            marks.append(MarkLayout(QPointF(tile.rect.center().x(), y), tile.state is TileState.EQUAL))
    return tuple(marks)


def _edge(labels: int, pencil: _Pencil) -> float | None:
    """The boundary (x) left of the `labels` rightmost columns; None without one."""
    columns = pencil.columns
    if labels <= 0 or not columns.lefts:
        return None
    return pencil.frame.label_x + columns.lefts[min(labels, len(columns.lefts)) - 1] - columns.gap / 2


def _fence(labels: int, pencil: _Pencil, spot: _Spot) -> QRectF | None:
    x = _edge(labels, pencil)
    unit = pencil.frame.unit
    return None if x is None else QRectF(x, spot.tile - 19.5 * unit, 0, 38.5 * unit)


def _row_zone(row: LadderRow, pencil: _Pencil, spot: _Spot) -> QRectF | None:
    """The zone behind one row: the stacked form has no continuous band."""
    left = _edge(pencil.view.zone, pencil)
    if not pencil.frame.stacked or left is None or row.kind is RowKind.FROM or not row.tiles:
        return None
    unit = pencil.frame.unit
    right = pencil.frame.label_x + pencil.columns.right + 7.5 * unit
    return QRectF(left, spot.tile - 19 * unit, right - left, 38 * unit)


def _whole_zone(pencil: _Pencil, bottom: float) -> QRectF | None:
    left = _edge(pencil.view.zone, pencil)
    if pencil.frame.stacked or left is None:
        return None
    unit = pencil.frame.unit
    top = 29.5 * unit
    right = pencil.frame.label_x + pencil.columns.right + 7.5 * unit
    return QRectF(left, top, right - left, bottom - 7 * unit - top)


def _sentence(row: LadderRow, pencil: _Pencil, spot: _Spot) -> QRectF:
    frame, unit = pencil.frame, pencil.frame.unit
    below = 16.5 if not spot.above else 20.5 if frame.row > 64 * unit else 22
    top = spot.tile + below * unit
    if _is_cut(_tiles(row, pencil, spot)):
        top += 20 * unit
    right = frame.width - 12 * unit
    if row.kind is RowKind.FROM and not frame.stacked and row.policy:
        # the policy stands centred under the chips, beside the first line
        middle, policy = _policy_middle(row, pencil)
        right = middle - policy / 2 - 12 * unit
    width = right - frame.label_x
    return QRectF(frame.label_x, top, width, pencil.metrics.height(row.sentence, width))


def _placeholder(row: LadderRow, pencil: _Pencil, spot: _Spot) -> QRectF | None:
    if not row.placeholder:
        return None
    unit = pencil.frame.unit
    width = max(110 * unit, pencil.metrics.width(row.placeholder, "caption") + 24 * unit)
    return QRectF(pencil.frame.label_x, spot.tile - 13 * unit, width, 26 * unit)


def _policy_middle(row: LadderRow, pencil: _Pencil) -> tuple[float, float]:
    """Middle and width of the line of policy and mode: under the chips, and never over the card's edge."""
    frame, width = pencil.frame, pencil.metrics.width(row.policy, "caption")
    return min((frame.recorded_x + frame.now_x) / 2, frame.width - 12 * frame.unit - width / 2), width


def _policy(row: LadderRow, pencil: _Pencil, sentence: QRectF) -> QPointF:
    return QPointF(_policy_middle(row, pencil)[0], sentence.top() + 13.5 * pencil.frame.unit)


def _from_card(placed: RowLayout, frame: _Frame) -> QRectF:
    unit = frame.unit
    rect = placed.rect
    return QRectF(FROM_X * unit, rect.top() + 2 * unit, rect.width() - FROM_X * unit, rect.height() - 6 * unit)


def _links(rows: tuple[RowLayout, ...], card: QRectF, unit: float) -> tuple[LinkLayout, ...]:
    """Lines of both sides; the row nearest to From has the spine, the next ones lanes further left."""
    above = [row for row in reversed(rows) if row.row.kind is not RowKind.FROM and row.rect.top() < card.top()]
    below = [row for row in rows if row.row.kind is not RowKind.FROM and row.rect.top() > card.top()]
    upper = [_link(row, lane, card, unit, above=True) for lane, row in enumerate(above)]
    lower = [_link(row, lane, card, unit, above=False) for lane, row in enumerate(below)]
    return tuple(link for link in (*upper, *lower) if link.line is not Line.NONE)


def _link(placed: RowLayout, lane: int, card: QRectF, unit: float, *, above: bool) -> LinkLayout:
    lane = min(lane, LAST_LANE)
    x = (NODE_X - LANE_STEP * lane) * unit
    toward = 1 if above else -1
    edge = card.top() if above else card.bottom()
    if placed.row.line is Line.DASHED:
        end = QPointF(x, edge - toward * (3 if above else 5) * unit)
    else:
        # further lanes end deeper inside so that no line crosses another
        end = QPointF(card.left(), edge + toward * ((22 if above else 20) + 10 * lane) * unit)
    return LinkLayout(placed.row.line, placed.node, end, x)
