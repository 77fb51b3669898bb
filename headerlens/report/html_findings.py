"""The findings of the HTML report, each opened: why, what to do, the record as it should be, and the exact values."""

from __future__ import annotations

from headerlens.present.views import FindingView, RecordChange, ResultView, TagTable
from headerlens.present.words import Words
from headerlens.report.markup import EMPTY, Markup, joined, status, tag, text


def findings(view: ResultView, level: int, words: Words) -> Markup:
    """The section of all findings; nothing where there are none."""
    if not view.findings:
        return EMPTY
    count = tag("span", text(view.findings_count), kind="dim")
    title = tag(f"h{level}", joined((text(view.findings_heading), count), " "))
    return tag("section", title, *(_finding(one, level + 1, words) for one in view.findings), kind="findings")


def _finding(view: FindingView, level: int, words: Words) -> Markup:
    """One finding; what follows from it stands inside."""
    title = tag(
        f"h{min(level, 6)}",
        tag("span", status(view.glyph, 20), kind=f"glyph {view.tone.value}"),
        tag("span", text(view.title)),
        tag("code", text(view.code)),
    )
    follows = EMPTY
    if view.consequences:
        label = tag("p", text(words.phrase("report.follows")), kind="label")
        follows = tag("div", label, *(_finding(one, level + 1, words) for one in view.consequences), kind="follows")
    return tag("article", title, _depth(view, words), follows, kind=f"finding {view.severity}")


def _depth(view: FindingView, words: Words) -> Markup:
    why = _part(words.phrase("heading.why"), tag("p", text(view.why))) if view.why else EMPTY
    steps = EMPTY
    if view.steps:
        steps = _part(words.phrase("heading.what-to-do"), tag("ul", *(tag("li", text(step)) for step in view.steps)))
    evidence = EMPTY
    if view.evidence:
        lines = (tag("li", tag("code", text(line))) for line in view.evidence)
        evidence = _part(words.phrase("report.evidence"), tag("ul", *lines, kind="values"))
    changes = joined(_change(one, words) for one in view.changes)
    explained = _tags(view.table, words) if view.table is not None else EMPTY
    return tag("div", why, steps, changes, evidence, explained, kind="depth")


def _part(label: str, content: Markup) -> Markup:
    return joined((tag("p", text(label), kind="label"), content))


def _change(change: RecordChange, words: Words) -> Markup:
    """The record line by line: what goes is struck through, what comes is underlined, and both are said."""
    lines = (tag("div", *(_piece(kind, piece, words) for kind, piece in line)) for line in change.lines)
    return _part(change.heading, tag("div", *lines, kind="record"))


def _piece(kind: str, piece: str, words: Words) -> Markup:
    if kind == "same" or not piece:
        return text(piece)
    name, said = ("del", "report.removed") if kind == "remove" else ("ins", "report.added")
    return tag(name, tag("span", text(f"[{words.phrase(said)}: "), kind="unseen"), text(piece), _END)


_END = tag("span", text("]"), kind="unseen")


def _tags(view: TagTable, words: Words) -> Markup:
    """A record explained tag by tag."""
    head = (tag("th", text(words.phrase(f"report.{name}")), scope="col") for name in ("tag", "value", "meaning"))
    rows = (
        tag(
            "tr",
            tag("th", tag("code", text(row.tag)), scope="row"),
            tag("td", tag("code", text(row.value))),
            tag("td", text(row.meaning)),
        )
        for row in view.rows
    )
    caption = tag("caption", text(view.heading))
    grid = tag("table", caption, tag("thead", tag("tr", *head)), tag("tbody", *rows), kind="tags")
    return tag("div", grid, kind="scrolled", tabindex=0, role="group", aria_label=view.heading)
