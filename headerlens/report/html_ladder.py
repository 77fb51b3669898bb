"""The alignment ladder in HTML (interface.md 6): a table to whoever listens, tiles in columns to whoever looks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from headerlens.present.views import ChipView, LadderRow, LadderView, Line, RowKind, TileState, TileView
from headerlens.present.words import Words
from headerlens.report.markup import EMPTY, Markup, chip_icon, joined, rich, status, tag, text

_LANES = (34, 21, 8)
"""Distance of the lines from the left edge in pixels: the first, and two further left."""

_WIDEST = 34.0
"""Em of tiles that a page of 980 pixels has room for beside the results."""

_MARKS = {TileState.EQUAL: "=", TileState.DIFFERENT: "≠", TileState.MISSING: "≠"}


@dataclass(frozen=True, slots=True)
class _Grid:
    """Widths of the label columns in em, left to right; the last `zone` of them must match."""

    widths: tuple[float, ...]
    zone: int

    @property
    def is_wide(self) -> bool:
        """Whether there is no room for results beside the tiles of the widest name."""
        return sum(self.widths) + 1.15 * len(self.widths) > _WIDEST

    @property
    def template(self) -> str:
        """For CSS: no column is narrower than its widest label, so that labels stand below each other in all rows."""
        return " ".join(f"minmax({width:.2f}em, max-content)" for width in self.widths)


def ladder(view: LadderView, level: int, words: Words, *, fails: bool) -> Markup:
    """The section with the picture, nothing folded, and how to read it; `fails` reddens what differs."""
    folded = bool(view.folded_rows)
    rows = (*(row for row in view.rows if not (folded and row.folded)), *view.folded_rows)
    grid = _grid(view, rows)
    author = next((place for place, row in enumerate(rows) if row.kind is RowKind.FROM), 0)
    labels = (view.recorded_heading, view.now_heading)
    body = (_row(row, grid, _lanes(rows, place, author), labels, words) for place, row in enumerate(rows))
    table = tag(
        "table",
        tag("caption", text(view.accessible), kind="unseen"),
        tag("thead", _head(view, grid, words), role="rowgroup"),
        tag("tbody", *body, role="rowgroup"),
        role="table",
        kind="ladder stacked" if grid.is_wide else "ladder",
    )
    legend = tag("ul", *(tag("li", text(line)) for line in view.legend), kind="legend")
    title = tag(f"h{level}", rich(view.title))
    tooltip = tag("p", text(view.caption_tooltip), kind="dim") if view.caption_tooltip else EMPTY
    # a name of many labels is wider than the page; it is moved into view, never cut
    picture = tag("div", table, kind="scrolled", tabindex=0, role="group", aria_label=view.accessible)
    return tag("section", title, picture, tooltip, legend, kind="card fails" if fails else "card")


def _grid(view: LadderView, rows: tuple[LadderRow, ...]) -> _Grid:
    deepest = max((tile.column for row in rows for tile in row.tiles), default=-1)
    widths = [2.6] * (deepest + 1)
    for row in rows:
        for tile in row.tiles:
            place = deepest - tile.column
            widths[place] = max(widths[place], _width(tile.label))
    return _Grid(tuple(widths), min(view.zone, deepest + 1))


def _width(label: str) -> float:
    """About as wide as the label and the padding of its tile, in em of the tile's type."""
    narrow, wide = "ijltfr.-'1I", "mwMW@"
    total = 0.0
    for sign in label:
        if unicodedata.east_asian_width(sign) in {"W", "F"}:
            total += 1.02
        else:
            total += 0.42 if sign in narrow else 1.05 if sign in wide else 0.8 if sign.isupper() else 0.69
    return total + 1.45


def _head(view: LadderView, grid: _Grid, words: Words) -> Markup:
    caption = EMPTY
    if view.caption:
        caption = tag("span", text(view.caption), style=f"grid-column:{_first_of_zone(grid)} / -1")
    name = joined((tag("span", text(words.phrase("report.name")), kind="unseen"), _tiled(caption, grid, "caps")))
    return tag(
        "tr",
        tag("th", text(words.phrase("report.identity")), scope="col", role="columnheader"),
        tag("th", name, scope="col", role="columnheader"),
        _column(view.recorded_heading, view.receiver),
        _column(view.now_heading, view.checked),
        role="row",
    )


def _column(heading: str, below: str) -> Markup:
    return tag("th", text(heading), tag("small", text(below)), scope="col", role="columnheader", kind="result")


def _tiled(content: Markup, grid: _Grid, kind: str) -> Markup:
    return tag("div", content, kind=kind, style=f"grid-template-columns:{grid.template or 'auto'}", aria_hidden="true")


def _first_of_zone(grid: _Grid) -> int:
    return max(1, len(grid.widths) - grid.zone + 1)


# ---- a row


def _row(row: LadderRow, grid: _Grid, lanes: Markup, labels: tuple[str, str], words: Words) -> Markup:
    """`labels` name the results where a narrow page has no columns for them."""
    is_from = row.kind is RowKind.FROM
    node = EMPTY
    if not is_from and row.node.value != "none":
        node = tag("span", status(row.node, 22), kind=f"node {row.node_tone.value}")
    policy = tag("small", text(row.policy), kind="policy") if row.policy else EMPTY
    return tag(
        "tr",
        tag("th", lanes, node, text(row.title), tag("small", text(row.subtitle)), scope="row", role="rowheader"),
        tag("td", _name(row, grid), tag("p", rich(row.sentence)), policy, role="cell"),
        tag("td", _chip(row.recorded), role="cell", kind="result", data_label=labels[0]),
        tag("td", _between(row, words), _chip(row.now), role="cell", kind="result", data_label=labels[1]),
        role="row",
        kind=row.kind.value,
    )


def _name(row: LadderRow, grid: _Grid) -> Markup:
    """The name once as text, once as tiles; a row without one says why in a dotted tile."""
    if not row.tiles:
        return tag("div", tag("span", text(row.placeholder), kind="tile none"), kind="bare")
    zone = EMPTY
    if row.fence:
        first = max(1, len(grid.widths) - row.fence + 1)
        zone = tag("i", kind="zone", style=f"grid-column:{first} / -1")
    tiles = joined(_tile(tile, row, grid) for tile in row.tiles)
    return joined((tag("span", text(row.name), kind="unseen"), _tiled(joined((zone, tiles)), grid, "tiles")))


def _tile(tile: TileView, row: LadderRow, grid: _Grid) -> Markup:
    place = len(grid.widths) - tile.column
    mark = _MARKS.get(tile.state, "")
    states = [tile.state.value]
    if tile.state is TileState.OTHER and row.kind is RowKind.FROM:
        states.append("own")
    sign = tag("b", text(mark)) if mark else EMPTY
    dot = tag("em", text(".")) if tile.column else EMPTY
    return tag("span", text(tile.label), sign, dot, kind=f"tile {' '.join(states)}", style=f"grid-column:{place}")


def _chip(chip: ChipView) -> Markup:
    dashed = " dashed" if chip.dashed else ""
    return tag("span", chip_icon(chip.glyph), text(chip.word), kind=f"chip {chip.tone.value}{dashed}")


def _between(row: LadderRow, words: Words) -> Markup:
    if row.between not in {"same", "differs"}:
        return EMPTY
    said = words.phrase(f"report.{row.between}")
    return tag(
        "span", text("=" if row.between == "same" else "≠"), kind=f"between {row.between}", role="img", aria_label=said
    )


# ---- the lines from each identity to From


def _lanes(rows: tuple[LadderRow, ...], place: int, author: int) -> Markup:
    """The pieces of lines that run through this row: its own, and those of rows farther from From."""
    if place == author:
        return EMPTY
    below = place > author
    side = range(place, len(rows)) if below else range(place, -1, -1)
    pieces: list[Markup] = []
    drawn: set[tuple[int, Line, bool]] = set()
    for one in side:
        line = rows[one].line
        lane = _LANES[min(abs(one - author) - 1, len(_LANES) - 1)]
        # those beyond the third share a lane: one line for all of a kind keeps the page from growing with their square
        if line is Line.NONE or (lane, line, one == place) in drawn:
            continue
        drawn.add((lane, line, one == place))
        nearest = abs(place - author) == 1
        kinds = ["lane", line.value, "below" if below else "above", "own" if one == place else "through"]
        pieces.append(tag("i", kind=" ".join([*kinds, "nearest"] if nearest else kinds), style=f"left:{lane}px"))
        if one == place and lane != _LANES[0]:
            pieces.append(tag("i", kind=f"stub {line.value}", style=f"left:{lane}px;width:{_LANES[0] - lane}px"))
    return joined(pieces)
