"""The report as one HTML file: the answer page's structure, no script, nothing loaded from elsewhere, nothing a link.

All that is not a word of ours goes through `markup.text`; the file's own policy forbids scripts and loading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headerlens.present.report_views import ReportView, TableView
from headerlens.present.views import RequirementsView, ResultView, plain
from headerlens.present.words import Words
from headerlens.report.html_findings import findings
from headerlens.report.html_ladder import ladder
from headerlens.report.html_style import style_sheet
from headerlens.report.markup import EMPTY, Markup, joined, line_icon, rich, status, tag, text

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_report(views: Sequence[ReportView]) -> str:
    """A whole document for one message or several; with several a table of contents comes first."""
    first = views[0]
    words = Words(first.language)
    single = len(views) == 1
    title = first.title if single else words.phrase("report.title-many", {"n": len(views)})
    opening = EMPTY if single else _contents(views, title, words)
    articles = joined(_article(view, f"m{number}", 1 if single else 2) for number, view in enumerate(views, 1))
    body = tag("main", opening, articles)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="robots", content="noindex"),
        tag("meta", name="generator", content="HeaderLens"),
        tag("title", text(title)),
        tag("style", style_sheet()),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', body), lang=first.language)}\n"


def _contents(views: Sequence[ReportView], title: str, words: Words) -> Markup:
    """Every message with its answer; the only links there are, and they lead down the page."""
    lines = (
        tag(
            "li",
            tag("span", status(view.result.verdict.glyph, 18), kind=f"glyph {view.result.verdict.tone.value}"),
            tag("a", rich(view.result.verdict.headline), href=f"#m{number}"),
            tag("span", text(f"{view.result.line.subject} · {view.name}"), kind="dim"),
        )
        for number, view in enumerate(views, 1)
    )
    nav = tag("nav", tag("ol", *lines), aria_label=words.phrase("report.contents"), kind="contents")
    return joined((tag("h1", text(title)), nav))


def _article(view: ReportView, anchor: str, level: int) -> Markup:
    """One message; `level` is the rank of its headline among the headings."""
    words = Words(view.language)
    result = view.result
    return tag(
        "article",
        _line(result),
        *(tag("p", text(notice), kind="notice") for notice in result.notices),
        _verdict(result, level, words),
        ladder(result.ladder, level + 1, words, fails=result.verdict.level == "fail"),
        findings(result, level + 1, words),
        _facts(view, level + 1, words),
        _requirements(result.requirements, level + 1, words),
        *(_section_of(table, level + 1) for table in view.tables),
        _footer(view, level + 1, words),
        id=anchor,
    )


def _line(view: ResultView) -> Markup:
    line = view.line
    parts = (
        tag("strong", text(line.address), kind="address"),
        tag("span", text(line.display), kind="dim"),
        tag("span", text(line.pill_text), kind=f"pill {line.pill_tone.value}"),
    )
    below = tag("div", text(" · ".join(part for part in (line.subject, line.date, line.source_name) if part)))
    return tag("header", tag("div", joined(parts, " ")), below, kind="line")


def _verdict(view: ResultView, level: int, words: Words) -> Markup:
    verdict = view.verdict
    action = tag("p", line_icon("arrow", 18), text(verdict.action), kind="action") if verdict.action else EMPTY
    return tag(
        "section",
        tag("span", status(verdict.glyph, 40), kind=f"glyph {verdict.tone.value}"),
        tag(
            "div",
            heading(level, rich(verdict.headline)),
            tag("p", text(verdict.sentence)),
            action,
            tag("p", line_icon("info", 15), text(verdict.footnote), kind="footnote"),
        ),
        kind=f"verdict {verdict.tone.value}",
        aria_label=f"{words.phrase('report.result')}: {plain(verdict.headline)}",
    )


def heading(level: int, content: Markup) -> Markup:
    """A heading of this rank; HTML has six."""
    return tag(f"h{min(level, 6)}", content)


def _section(level: int, title: str, *content: Markup, kind: str = "card") -> Markup:
    return tag("section", heading(level, text(title)), *content, kind=kind)


def _facts(view: ReportView, level: int, words: Words) -> Markup:
    pairs = (joined((tag("dt", text(label)), tag("dd", text(value)))) for label, value in view.facts)
    return _section(level, words.phrase("report.message"), tag("dl", *pairs, kind="facts"))


def table(head: Iterable[str], rows: Iterable[Sequence[Markup]], caption: str, *, heads_rows: bool = False) -> Markup:
    """A table that tells its columns, and with `heads_rows` its rows, to whoever listens."""
    columns = (tag("th", text(name), scope="col") for name in head)
    body = (
        tag(
            "tr",
            *(
                tag("th", cell, scope="row") if heads_rows and place == 0 else tag("td", cell)
                for place, cell in enumerate(row)
            ),
        )
        for row in rows
    )
    label = tag("caption", text(caption), kind="unseen")
    grid = tag("table", label, tag("thead", tag("tr", *columns)), tag("tbody", *body))
    return tag("div", grid, kind="scrolled", tabindex=0, role="group", aria_label=caption)


def _section_of(view: TableView, level: int) -> Markup:
    rows = [
        [tag("code", text(cell)) if place in view.mono else text(cell) for place, cell in enumerate(row)]
        for row in view.rows
    ]
    more = tag("p", text(view.more), kind="dim") if view.more else EMPTY
    return _section(level, view.heading, table(view.columns, rows, view.heading), more, kind=f"card {view.id}")


def _requirements(view: RequirementsView | None, level: int, words: Words) -> Markup:
    if view is None:
        return EMPTY
    head = (words.phrase("report.rule"), words.phrase("report.state"))
    receivers = []
    for one in view.receivers:
        rows = [
            (
                text(line.text),
                joined((tag("span", status(line.glyph, 16), kind=_TONES[line.met]), text(line.state)), " "),
            )
            for line in one.lines
        ]
        receivers += [
            heading(level + 1, text(one.name)),
            table(head, rows, one.name),
            tag("p", text(" ".join(part for part in (one.unseen, one.source) if part)), kind="dim"),
        ]
    summary = tag("p", text(view.summary))
    return _section(level, view.heading, summary, *receivers, tag("p", text(view.note), kind="dim"))


_TONES = {"yes": "glyph pass", "no": "glyph warn", "unseen": "glyph unk"}


def _footer(view: ReportView, level: int, words: Words) -> Markup:
    lines = (tag("p", text(line)) for line in view.footer)
    return tag("footer", heading(level, text(words.phrase("report.about"))), *lines)
