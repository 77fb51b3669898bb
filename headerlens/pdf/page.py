"""A report in the small HTML that Qt's text engine reads; drawings are places for `drawings` to fill.

Every value goes through `markup.text`, as in the report for browsers: Qt would read it as rich text otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headerlens.present.report_views import ReportView, TableView
from headerlens.present.tokens import LIGHT
from headerlens.present.views import FindingView, Glyph, RecordChange, RequirementsView, TagTable, Tone
from headerlens.present.words import Words
from headerlens.report.markup import EMPTY, Markup, joined, rich, tag, text

STYLE = f"""
p {{ margin: 0 0 5px 0; line-height: 145%; }}
h1 {{ font-size: 21px; font-weight: 600; margin: 0 0 4px 0; }}
h2 {{ font-size: 15px; font-weight: 600; margin: 20px 0 8px 0; }}
h3 {{ font-size: 13.5px; font-weight: 600; margin: 12px 0 4px 0; }}
td, th {{ font-size: 12px; }}
th {{ color: {LIGHT.text2}; font-weight: 600; text-align: left; }}
.dim {{ color: {LIGHT.text2}; font-size: 11.5px; }}
.label {{ color: {LIGHT.text2}; font-size: 11.5px; font-weight: 600; margin: 8px 0 2px 0; }}
.remove {{ background-color: {LIGHT.fail_bg}; color: {LIGHT.fail_fg}; text-decoration: line-through; }}
.add {{ background-color: {LIGHT.pass_bg}; color: {LIGHT.pass_fg}; text-decoration: underline; }}
"""


def page(view: ReportView, mono: str) -> str:
    """One message. `mono` is the family of values; the ladder's rows are drawings named "ladder:0" and so on."""
    words = Words(view.language)
    values = _Values(mono)
    result = view.result
    line = result.line
    parts = [
        tag("p", tag("b", text(line.address)), text(f"  {line.display}  ·  {line.pill_text}")),
        tag("p", text(" · ".join(part for part in (line.subject, line.date, line.source_name) if part)), kind="dim"),
        *(_box(tag("p", text(notice)), Tone.INFO) for notice in result.notices),
        _verdict(view),
        tag("h2", rich(result.ladder.title)),
        *(drawing(f"ladder:{place}", block=True) for place in range(1 + len(shown_rows(view)))),
        tag("p", text(result.ladder.caption_tooltip), kind="dim", style="margin-top:8px"),
        tag("p", joined((text(one) for one in result.ladder.legend), "<br>"), kind="dim"),
        _findings(view, words, values),
        _facts(view, words),
        _requirements(result.requirements, words),
        *(_table(one, values) for one in view.tables),
        tag("h2", text(words.phrase("report.about"))),
        *(tag("p", text(one), kind="dim") for one in view.footer),
    ]
    return f"<html><body>{''.join(parts)}</body></html>"


def contents(views: Sequence[ReportView], pages: Sequence[int], title: str) -> str:
    """The first page of several messages: each with its answer and the page it begins on."""
    rows = (
        tag(
            "tr",
            tag("td", _glyph(view.result.verdict.glyph, view.result.verdict.tone, 16), width="32"),
            tag("td", tag("p", rich(view.result.verdict.headline)), tag("p", text(_of(view)), kind="dim")),
            tag("td", text(str(number)), align="right", width="40"),
        )
        for view, number in zip(views, pages, strict=True)
    )
    return f"<html><body>{tag('h1', text(title))}{tag('table', *rows, width='100%', cellpadding=5)}</body></html>"


def _of(view: ReportView) -> str:
    return " · ".join(part for part in (view.result.line.subject, view.name) if part)


def shown_rows(view: ReportView) -> tuple[int, ...]:
    """The rows of the ladder to print, as indexes into rows and folded rows together; nothing is folded on paper."""
    ladder = view.result.ladder
    rows = (*ladder.rows, *ladder.folded_rows)
    return tuple(place for place, row in enumerate(rows) if not (row.folded and ladder.folded_rows))


def drawing(name: str, *, block: bool = False) -> Markup:
    """A place for a drawing; the name is never a value of the mail."""
    image = Markup(f'<img src="{name}">')
    return tag("p", image, style="margin:0;line-height:100%") if block else image


def _glyph(glyph: Glyph, tone: Tone, size: int) -> Markup:
    return drawing(f"glyph:{glyph.value}:{tone.value}:{size}")


def _box(content: Markup, tone: Tone, *, white: bool = False) -> Markup:
    """A field in the colours of a tone, as wide as the page."""
    ground = LIGHT.surface if white else str(getattr(LIGHT, f"{tone.value}_bg"))
    line = getattr(LIGHT, f"{tone.value}_line")
    style = f"border:1px solid {line};background-color:{ground};border-collapse:collapse;margin:8px 0 10px 0"
    cell = tag("td", content, style=f"background-color:{ground};border:1px solid {line};padding:12px")
    return tag("table", tag("tr", cell), width="100%", cellspacing=0, style=style)


def _verdict(view: ReportView) -> Markup:
    verdict = view.result.verdict
    action = tag("p", tag("b", text(f"→ {verdict.action}")), style="margin-top:6px") if verdict.action else EMPTY
    told = joined(
        (
            tag("h1", rich(verdict.headline)),
            tag("p", text(verdict.sentence)),
            action,
            tag("p", text(verdict.footnote), kind="dim", style="margin-top:6px"),
        )
    )
    grid = tag(
        "table",
        tag("tr", tag("td", _glyph(verdict.glyph, verdict.tone, 36), width="50"), tag("td", told)),
        width="100%",
    )
    return _box(grid, verdict.tone, white=verdict.tone is Tone.PASS)


# ---- findings


class _Values:
    """Values of records and of the source, in a face of even width."""

    def __init__(self, mono: str) -> None:
        self._style = f"font-family:'{mono}';font-size:11px"

    def __call__(self, value: str) -> Markup:
        """The value; blanks stand where a long one may be broken already, Qt breaks the rest anywhere."""
        return tag("span", text(value), style=self._style)


def _findings(view: ReportView, words: Words, values: _Values) -> Markup:
    result = view.result
    if not result.findings:
        return EMPTY
    title = tag("h2", text(f"{result.findings_heading}  "), tag("span", text(result.findings_count), kind="dim"))
    return joined((title, *(_finding(one, words, values, 0) for one in result.findings)))


def _finding(view: FindingView, words: Words, values: _Values, depth: int) -> Markup:
    title = joined(
        (_glyph(view.glyph, view.tone, 15), text(f"  {view.title}  "), tag("span", text(view.code), kind="dim"))
    )
    indent = f"margin-left:{20 + 20 * depth}px"
    parts = [tag("h3", title, style=f"margin-left:{20 * depth}px")]
    if view.why:
        parts.append(tag("p", text(view.why), style=indent))
    parts += [tag("p", text(f"→ {step}"), style=indent) for step in view.steps]
    parts += [_change(one, values, indent) for one in view.changes]
    parts += [tag("p", values(line), style=indent) for line in view.evidence]
    if view.table is not None:
        parts.append(_tags(view.table, words, values))
    parts += [_finding(one, words, values, depth + 1) for one in view.consequences]
    return joined(parts)


def _change(change: RecordChange, values: _Values, indent: str) -> Markup:
    lines = joined((joined(_piece(kind, piece) for kind, piece in line) for line in change.lines), "<br>")
    ground = f"{indent};background-color:{LIGHT.sunken}"
    label = tag("p", text(change.heading), kind="label", style=indent)
    return joined((label, tag("p", values(""), lines, style=f"{ground};font-size:11px")))


def _piece(kind: str, piece: str) -> Markup:
    """What goes and what comes is told by a sign as well as by its look."""
    if kind == "same" or not piece:
        return text(piece)
    sign = "−" if kind == "remove" else "+"
    return tag("span", text(f" {sign} {piece.strip()} "), kind=kind)


def _tags(view: TagTable, words: Words, values: _Values) -> Markup:
    head = (words.phrase("report.tag"), words.phrase("report.value"), words.phrase("report.meaning"))
    rows = ((values(row.tag), values(row.value), text(row.meaning)) for row in view.rows)
    return joined((tag("p", text(view.heading), kind="label", style="margin-left:20px"), _grid(head, rows)))


# ---- what it rests on


def _facts(view: ReportView, words: Words) -> Markup:
    rows = (
        tag("tr", tag("td", tag("span", text(label), kind="dim"), width="150"), tag("td", text(value)))
        for label, value in view.facts
    )
    return joined((tag("h2", text(words.phrase("report.message"))), tag("table", *rows, width="100%", cellpadding=3)))


def _requirements(view: RequirementsView | None, words: Words) -> Markup:
    if view is None:
        return EMPTY
    head = (words.phrase("report.rule"), words.phrase("report.state"))
    parts = [tag("h2", text(view.heading)), tag("p", text(view.summary))]
    for one in view.receivers:
        rows = ((text(line.text), text(line.state)) for line in one.lines)
        told = " ".join(part for part in (one.unseen, one.source) if part)
        parts += [tag("h3", text(one.name)), _grid(head, rows), tag("p", text(told), kind="dim")]
    return joined((*parts, tag("p", text(view.note), kind="dim")))


def _table(view: TableView, values: _Values) -> Markup:
    rows = (
        tuple(values(_breakable(cell)) if place in view.mono else text(cell) for place, cell in enumerate(row))
        for row in view.rows
    )
    more = tag("p", text(view.more), kind="dim") if view.more else EMPTY
    return joined((tag("h2", text(view.heading)), _grid(view.columns, rows), more))


_WIDEST_WORD = 36
"""Characters that a column of a table holds; a longer key would push the other columns off the page."""


def _breakable(value: str) -> str:
    """The value with places to break it: Qt breaks a cell of a table only where a word ends."""
    pieces = (word for word in value.split(" "))
    return " ".join(
        "\u200b".join(word[at : at + _WIDEST_WORD] for at in range(0, len(word), _WIDEST_WORD)) for word in pieces
    )


def _grid(head: Iterable[str], rows: Iterable[Sequence[Markup]]) -> Markup:
    """A table with a line under each row; its head is repeated on every page."""
    line = f"border-bottom:1px solid {LIGHT.line}"
    columns = tag("tr", *(tag("th", text(name), style=f"{line};white-space:nowrap") for name in head))
    body = (tag("tr", *(tag("td", cell, style=line) for cell in row)) for row in rows)
    style = "border-collapse:collapse;margin-bottom:6px"
    return tag("table", tag("thead", columns), *body, width="100%", cellpadding=4, cellspacing=0, style=style)
