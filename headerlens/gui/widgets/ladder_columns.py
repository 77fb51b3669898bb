"""Columns of the alignment ladder: how wide each DNS label stands, and what gives way first (interface.md 6.3, 6.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from headerlens.present.views import LadderRow, LadderView, TileState, TileView

TextRole = Literal["tile", "tile_small", "title", "caption", "chip"]

FOLD_AT_LEAST = 40
"""A folded tile narrower than this says nothing; the stacked form comes first."""

LABEL_AT_LEAST = 28
ELLIPSIS = "…"


class Metrics(Protocol):
    """Widths of texts, in logical px."""

    def width(self, text: str, role: TextRole) -> float:
        """Width of `text` on one line; of a whole chip with this word for "chip"."""
        ...


@dataclass(frozen=True, slots=True)
class Columns:
    """Left ends and widths of the columns, by distance from the top-level label; x is relative to the label area.

    `keep` is the number of columns that stand alone; what lies left of them is one column when `folded`.
    """

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    gap: float
    padding: float
    keep: int
    small: bool = False
    folded: bool = False
    elided: bool = False

    @property
    def right(self) -> float:
        """Right end of the top-level column."""
        return self.lefts[0] + self.widths[0] if self.lefts else 0.0


@dataclass(frozen=True, slots=True)
class _Style:
    role: TextRole
    padding: float
    gap: float


def fit_columns(
    view: LadderView, room: float, metrics: Metrics, unit: float, *, tight: bool, elide: bool = False
) -> Columns | None:
    """Columns no wider than `room`, or None when an organisation's label would have to be shortened.

    With `elide` the labels are shortened as far as needed and there is always an answer.
    """
    full = _Style("tile", (7 if tight else 9) * unit, (10 if tight else 12) * unit)
    small = _Style("tile_small", 6 * unit, 9 * unit)
    for style in (full, small):
        widths = _widths(view, style, metrics)
        if _total(widths, style) <= room:
            return _placed(widths, style, len(widths))
    keep = organisation_labels(view)
    widths = _widths(view, small, metrics)
    folding = keep < len(widths)
    wanted = _folded_width(view, keep, small, metrics) if folding else 0.0
    left = room - _total(widths[:keep], small) - (small.gap if folding else 0.0)
    if folding and left >= min(FOLD_AT_LEAST * unit, wanted):
        return _placed((*widths[:keep], min(wanted, left)), small, keep, folded=True)
    if not elide:
        return None
    least = min(FOLD_AT_LEAST * unit, wanted)
    shrunk = _shrunk(widths[:keep], room - (least + small.gap if folding else 0.0) - small.gap * (keep - 1), unit)
    return _placed((*shrunk, least) if folding else shrunk, small, keep, folded=folding, elided=True)


def organisation_labels(view: LadderView) -> int:
    """Labels from the right that are never folded: those of From's zone and of each row's own organisation."""
    return max(1, view.zone, *(row.fence for row in view.rows), *(row.foreign_fence or 0 for row in view.rows))


def column_tiles(row: LadderRow, columns: Columns) -> tuple[TileView, ...]:
    """The tiles of `row` with what lies left of the kept columns joined into one, still in full."""
    if not columns.folded:
        return row.tiles
    kept = tuple(tile for tile in row.tiles if tile.column < columns.keep)
    outer = tuple(tile for tile in row.tiles if tile.column >= columns.keep)
    if not outer:
        return kept
    states = {tile.state for tile in outer}
    state = TileState.DIFFERENT if states & {TileState.DIFFERENT, TileState.MISSING} else outer[-1].state
    joined = ".".join(tile.label for tile in outer if tile.label)
    return (replace(outer[0], label=joined, column=columns.keep, state=state), *kept)


def shortened(text: str, room: float, width: Callable[[str], float], *, keep_end: bool) -> str:
    """`text` in at most `room` px, cut on the left (`keep_end`) or in the middle; unchanged when it fits."""
    if width(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(_cut(text, middle, keep_end=keep_end)) <= room:
            low = middle
        else:
            high = middle - 1
    return _cut(text, low, keep_end=keep_end)


def _cut(text: str, count: int, *, keep_end: bool) -> str:
    head = 0 if keep_end else (count + 1) // 2
    tail = count - head
    return text[:head] + ELLIPSIS + (text[-tail:] if tail else "")


def _widths(view: LadderView, style: _Style, metrics: Metrics) -> tuple[float, ...]:
    count = 1 + max((tile.column for row in view.rows for tile in row.tiles), default=-1)
    widths = [style.padding * 2 + metrics.width("m", style.role)] * count
    for row in view.rows:
        for tile in row.tiles:
            own = metrics.width(tile.label, style.role) + 2 * style.padding
            widths[tile.column] = max(widths[tile.column], own)
    return tuple(widths)


def _folded_width(view: LadderView, keep: int, style: _Style, metrics: Metrics) -> float:
    names = (".".join(tile.label for tile in row.tiles if tile.column >= keep) for row in view.rows)
    return max(metrics.width(name, style.role) for name in names) + 2 * style.padding


def _total(widths: tuple[float, ...], style: _Style) -> float:
    return sum(widths) + style.gap * max(0, len(widths) - 1)


def _shrunk(widths: tuple[float, ...], room: float, unit: float) -> tuple[float, ...]:
    """The widest columns cut to one common width so that all fit into `room`."""
    cap = max(widths, default=0.0)
    for width in sorted(set(widths), reverse=True):
        wide = [own for own in widths if own >= width]
        cap = (room - sum(own for own in widths if own < width)) / len(wide)
        if cap >= max((own for own in widths if own < width), default=0.0):
            break
    return tuple(min(own, max(cap, LABEL_AT_LEAST * unit)) for own in widths)


def _placed(
    widths: tuple[float, ...], style: _Style, keep: int, *, folded: bool = False, elided: bool = False
) -> Columns:
    lefts: list[float] = []
    x = 0.0
    for width in reversed(widths):
        lefts.insert(0, x)
        x += width + style.gap
    return Columns(
        lefts=tuple(lefts),
        widths=widths,
        gap=style.gap,
        padding=style.padding,
        keep=keep,
        small=style.role == "tile_small",
        folded=folded,
        elided=elided,
    )
