"""The summary for a ticket (interface.md 4.6): Markdown that reads as well where nobody renders it."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.present.report_views import ReportView
from headerlens.present.views import FindingView, LadderRow, RowKind, plain
from headerlens.present.words import Words
from headerlens.report.markdown import SIGNS, escaped

MOST_FINDINGS = 6
"""A ticket is read in passing; the report has the rest."""

_GRAVE = frozenset({"problem", "warning"})


def ticket_text(view: ReportView) -> str:
    """Answer, action, facts, results and grave findings; ends in a line feed."""
    words = Words(view.language)
    verdict = view.result.verdict
    lines = [
        f"**{SIGNS.get(verdict.glyph.value, '·')} {escaped(plain(verdict.headline))}**",
        escaped(verdict.sentence),
        "",
        *_list(view, words),
        "",
        words.phrase("ticket.closing", {"date": view.checked}, {"date": "ready"}),
    ]
    return "\n".join(lines) + "\n"


def _list(view: ReportView, words: Words) -> Iterator[str]:
    verdict = view.result.verdict
    yield from (f"- {escaped(notice)}" for notice in view.result.notices)
    if verdict.action:
        yield _item(words, words.phrase("heading.what-to-do"), escaped(verdict.action))
    for label, value in view.facts:
        yield _item(words, label, value_of(value))
    for row in view.result.ladder.rows:
        yield f"- {_row(row, words)}"
    grave = [one for one in view.result.findings if one.severity in _GRAVE]
    for finding in grave[:MOST_FINDINGS]:
        yield f"- {_finding(finding)}"
    if len(grave) > MOST_FINDINGS:
        yield f"- {words.phrase('report.more', {'n': len(grave) - MOST_FINDINGS})}"


def _item(words: Words, label: str, value: str) -> str:
    return "- " + words.phrase("ticket.line", {"label": label, "value": value}, {"label": "ready", "value": "ready"})


def value_of(value: str) -> str:
    """A value as code: no tracker makes a link of an address or a name in it."""
    return f"`{value.replace('`', 'ˋ')}`" if value else ""


def _row(row: LadderRow, words: Words) -> str:
    params = {
        # From's own results are those of DMARC
        "title": "DMARC" if row.kind is RowKind.FROM else escaped(row.title),
        "name": value_of(row.name),
        "now": escaped(row.now.word),
        "recorded": escaped(row.recorded.word),
    }
    return words.phrase("ticket.row" if row.name else "ticket.row-unnamed", params, dict.fromkeys(params, "ready"))


def _finding(finding: FindingView) -> str:
    return f"{finding.code} {escaped(finding.title)}"
