"""The report for a terminal: verdict first, then the ladder in characters, then the findings."""

from __future__ import annotations

from dataclasses import dataclass

from headerlens.present.views import (
    FindingView,
    Glyph,
    LadderRow,
    LadderView,
    Line,
    RecordChange,
    RefusalView,
    ResultView,
    RowKind,
    TileState,
    TileView,
    Tone,
    plain,
)
from headerlens.report.terminal import Style, columns, pad, wrap

_SIGNS = {
    Glyph.PASS: "✓",
    Glyph.FAIL: "✗",
    Glyph.WARN: "▲",
    Glyph.UNKNOWN: "?",
    Glyph.INFO: "i",
    Glyph.HALF: "◐",
    Glyph.OTHER: "≠",
    Glyph.NONE: "·",
    Glyph.WAIT: "·",
    Glyph.RUN: "·",
}
_TILE_SIGNS = {TileState.EQUAL: "=", TileState.DIFFERENT: "≠", TileState.IGNORED: " ", TileState.OTHER: " "}
_MOST_TITLE_COLUMNS = 18
"""A longer subtitle (an IPv6 address) gets a line of its own."""


def text_report(view: ResultView, style: Style) -> str:
    """The whole answer, ending in a line feed."""
    blocks = [_verdict(view, style), _message(view, style), _ladder(view.ladder, style), _findings(view, style)]
    return style.finish("\n\n".join("\n".join(block) for block in blocks if block) + "\n")


def text_refusal(view: RefusalView, name: str, style: Style) -> str:
    """Why something is no message, and what to do."""
    lines = [f"? {style.paint(view.headline, bold=True)}", *wrap(view.sentence, style.width, "  ")]
    if name:
        lines.insert(0, name)
    action = wrap(view.action, style.width, "  ")
    lines += ["→ " + action[0][2:], *action[1:]]
    return style.finish("\n".join(lines) + "\n")


def _verdict(view: ResultView, style: Style) -> list[str]:
    verdict = view.verdict
    sign = style.paint(_SIGNS[verdict.glyph], verdict.tone, bold=True)
    lines = [f"{sign} {style.paint(plain(verdict.headline), verdict.tone, bold=True)}"]
    lines += wrap(verdict.sentence, style.width, "  ")
    action = wrap(verdict.action, style.width, "  ")
    lines += [style.paint(line, bold=True) for line in ("→ " + action[0][2:], *action[1:])]
    return [*lines, *(style.paint(line, Tone.UNKNOWN) for line in wrap(verdict.footnote, style.width, "  "))]


def _message(view: ResultView, style: Style) -> list[str]:
    line = view.line
    who = f"{style.paint(line.address, bold=True)}  {line.display}".rstrip()
    facts = " · ".join(part for part in (line.subject, line.date, line.pill_text, line.source_name) if part)
    return [
        who,
        *wrap(facts, style.width, ""),
        *(n for notice in view.notices for n in wrap(notice, style.width, "· ")),
    ]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns of the ladder stand: `title` wide, labels as wide as `labels`, then the two results."""

    title: int
    labels: tuple[int, ...]
    recorded: int

    @property
    def tiles(self) -> int:
        """Columns of all labels with the dots between them."""
        return sum(self.labels) + 3 * max(0, len(self.labels) - 1)


def _ladder(view: LadderView, style: Style) -> list[str]:
    rows = (*view.rows, *view.folded_rows)
    grid = _grid(view, rows)
    head = " " * (4 + grid.title + grid.tiles + 2)
    lines = [
        style.paint(plain(view.title), bold=True),
        style.paint(head + pad(view.recorded_heading, grid.recorded + 3) + view.now_heading, Tone.UNKNOWN),
        _caption(view, grid) + pad(view.receiver, grid.recorded + 3) + view.checked,
    ]
    for row in rows:
        lines += _row(row, grid, style)
    return lines


def _grid(view: LadderView, rows: tuple[LadderRow, ...]) -> _Grid:
    deepest = max((tile.column for row in rows for tile in row.tiles), default=-1)
    widths = [0] * (deepest + 1)
    for row in rows:
        for tile in row.tiles:
            place = deepest - tile.column
            widths[place] = max(widths[place], columns(_tile(tile)))
    titles = [columns(text) for row in rows for text in (row.title, row.subtitle)]
    title = max((width for width in titles if width <= _MOST_TITLE_COLUMNS), default=0) + 2
    recorded = max(columns(view.recorded_heading), columns(view.receiver), 10) + 2
    return _Grid(title, tuple(widths), recorded)


def _caption(view: LadderView, grid: _Grid) -> str:
    """The zone's caption above its columns, padded to where the results begin."""
    outside = 4 + grid.title + sum(width + 3 for width in grid.labels[: max(0, len(grid.labels) - view.zone)])
    caption = f"┊ {view.caption}" if view.zone else ""
    return pad(" " * outside + caption, 4 + grid.title + grid.tiles + 1) + " "


def _tile(tile: TileView) -> str:
    if tile.state is TileState.DECIDING:
        return f"[{tile.label}]"
    return f"{_TILE_SIGNS.get(tile.state, '≠')}{tile.label or '—'}"


def _row(row: LadderRow, grid: _Grid, style: Style) -> list[str]:
    is_from = row.kind is RowKind.FROM
    bar = style.paint("┃", Tone.INFO) if is_from else _lane(row)
    sign = " " if is_from else style.paint(_SIGNS[row.node], row.node_tone)
    tiles = pad(_tiles(row, grid), grid.tiles + 2)
    title = style.paint(pad(row.title, grid.title), bold=True)
    subtitle = row.subtitle if columns(row.subtitle) <= _MOST_TITLE_COLUMNS else ""
    lines = [f"{bar} {sign} {title}{tiles}{_results(row, grid, style)}"]
    if row.subtitle and not subtitle:
        lines.append(f"{bar}   {row.subtitle}")
    lines.append(f"{bar}   {pad(subtitle, grid.title)}{style.rich(row.sentence)}")
    if row.policy:
        lines.append(f"{bar}   {' ' * grid.title}{row.policy}")
    return lines


def _lane(row: LadderRow) -> str:
    return {Line.SOLID: "│", Line.DOTTED: "┊"}.get(row.line, " ")


def _tiles(row: LadderRow, grid: _Grid) -> str:
    if row.placeholder:
        return f"({row.placeholder})"
    deepest = len(grid.labels) - 1
    by_place = {deepest - tile.column: _tile(tile) for tile in row.tiles}
    text = ""
    for place, width in enumerate(grid.labels):
        here = by_place.get(place)
        dot = " . " if here is not None and place - 1 in by_place else "   "
        text += (dot if place else "") + pad(here or "", width)
    return text


def _results(row: LadderRow, grid: _Grid, style: Style) -> str:
    between = {"same": "=", "differs": "≠"}.get(row.between, " ")
    then = style.paint(pad(row.recorded.word, grid.recorded), row.recorded.tone)
    return f"{then}{between}  {style.paint(row.now.word, row.now.tone)}"


def _findings(view: ResultView, style: Style) -> list[str]:
    if not view.findings:
        return []
    lines = [f"{style.paint(view.findings_heading, bold=True)} ({view.findings_count})"]
    for finding in view.findings:
        lines += finding_lines(finding, style, "")
    return lines


def finding_lines(finding: FindingView, style: Style, indent: str) -> list[str]:
    """One finding with what follows from it, a line each; of a good one only its sentence."""
    sign = style.paint(_SIGNS[finding.glyph], finding.tone)
    title = wrap(f"{finding.title}  {finding.code}", style.width, indent + "  ")
    lines = [f"{indent}{sign} {style.paint(title[0].strip(), bold=not indent)}", *title[1:]]
    if finding.severity != "good":
        lines += wrap(finding.why, style.width, indent + "    ") if finding.why else []
        for step in finding.steps:
            wrapped = wrap(step, style.width, indent + "      ")
            lines += [f"{indent}    → {wrapped[0].strip()}", *wrapped[1:]]
        lines += [
            style.paint(part, Tone.UNKNOWN) for e in finding.evidence for part in wrap(e, style.width, indent + "    ")
        ]
        for change in finding.changes:
            lines += _change(change, style, indent + "    ")
    for consequence in finding.consequences:
        lines += finding_lines(consequence, style, indent + "  ")
    return lines


def _change(change: RecordChange, style: Style, indent: str) -> list[str]:
    """The heading, then each record with what goes marked by "-" and what comes by "+"."""
    lines = wrap(change.heading + ":", style.width, indent)
    for line in change.lines:
        for sign, unwanted, tone in (("-", "add", Tone.FAIL), ("+", "remove", Tone.PASS)):
            text = "".join(text for kind, text in line if kind != unwanted)
            if text and (any(kind != "same" for kind, _text in line) or sign == "+"):
                lines.append(style.paint(f"{indent}{sign} {text.strip()}", tone))
    return lines
