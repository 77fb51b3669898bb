"""The report as Markdown (CommonMark with tables), for tickets and wikis. Every value is escaped: nothing is a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from headerlens.present.report_views import ReportView
from headerlens.present.views import FindingView, LadderRow, RecordChange, ResultView, RowKind, plain
from headerlens.present.words import Words

_SPECIAL = re.compile(r"([\\`*_\[\]<>#!|~&$^@]|:(?=//)|(?<=www)\.|^[-+=]|(?<=^\d)[.)])", re.IGNORECASE)
"""What means something anywhere, what makes a link of an address, and what begins a list."""

SIGNS = {"pass": "✓", "fail": "✗", "warn": "▲", "unk": "?", "info": "i", "half": "◐", "neq": "≠"}


def markdown_report(view: ResultView) -> str:
    """The answer, who vouches for the sender, and what was found; ends in a line feed."""
    blocks = [*_answer(view), *_ladder(view), *_findings(view)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def markdown_reports(views: Sequence[ReportView]) -> str:
    """One report, or several below a list of them."""
    if len(views) == 1:
        return markdown_report(views[0].result) + _about(views[0])
    words = Words(views[0].language)
    title = escaped(words.phrase("report.title-many", {"n": len(views)}))
    lines = (
        f"{number}. {SIGNS.get(view.result.verdict.glyph.value, '·')} {escaped(view.title)}"
        for number, view in enumerate(views, 1)
    )
    parts = (f"{markdown_report(view.result)}{_about(view)}" for view in views)
    return "\n\n---\n\n".join((f"# {title}\n\n" + "\n".join(lines), *parts))


def _about(view: ReportView) -> str:
    """How it was checked."""
    return "\n" + "\n".join(escaped(line) + "  " for line in view.footer) + "\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it stands, and of which no address becomes a link."""
    return _SPECIAL.sub(r"\\\1", text)


def _answer(view: ResultView) -> Iterator[str]:
    verdict, line = view.verdict, view.line
    yield f"# {SIGNS.get(verdict.glyph.value, '·')} {escaped(plain(verdict.headline))}"
    yield escaped(verdict.sentence)
    yield f"**{escaped(verdict.action)}**" if verdict.action else ""
    yield escaped(verdict.footnote)
    facts = (line.address, line.display, line.subject, line.date, line.pill_text, line.source_name)
    yield " · ".join(escaped(fact) for fact in facts if fact)
    yield "\n".join(f"- {escaped(notice)}" for notice in view.notices)


def _ladder(view: ResultView) -> Iterator[str]:
    ladder = view.ladder
    yield f"## {escaped(plain(ladder.title))}"
    recorded = f"{ladder.recorded_heading} {ladder.receiver}".strip()
    now = f"{ladder.now_heading} {ladder.checked}".strip()
    head = f"| | | {escaped(recorded)} | {escaped(now)} | |"
    rows = [_row(row) for row in (*ladder.rows, *ladder.folded_rows)]
    yield "\n".join([head, "|---|---|---|---|---|", *rows])


def _row(row: LadderRow) -> str:
    name = row.name or row.placeholder
    named = f"**{escaped(name)}**" if row.kind is RowKind.FROM and name else escaped(name)
    title = escaped(" ".join(part for part in (row.title, row.subtitle) if part))
    cells = (title, named, escaped(row.recorded.word), escaped(row.now.word), escaped(plain(row.sentence)))
    return f"| {' | '.join(cells)} |"


def _findings(view: ResultView) -> Iterator[str]:
    if not view.findings:
        return
    count = f" ({escaped(view.findings_count)})" if view.findings_count else ""
    yield f"## {escaped(view.findings_heading)}{count}"
    for finding in view.findings:
        yield "\n".join(finding_markdown(finding, ""))


def finding_markdown(finding: FindingView, indent: str) -> Iterator[str]:
    """One finding as an item of a list, with what follows from it."""
    sign = SIGNS.get(finding.glyph.value, "·")
    yield f"{indent}- {sign} **{escaped(finding.title)}** `{finding.code}`"
    if finding.severity != "good":
        yield from (f"{indent}  {line}" for line in _depth(finding))
    for consequence in finding.consequences:
        yield from finding_markdown(consequence, indent + "  ")


def _depth(finding: FindingView) -> Iterator[str]:
    if finding.why:
        yield ""
        yield escaped(finding.why)
    for step in finding.steps:
        yield f"- → {escaped(step)}"
    for line in finding.evidence:
        yield f"- {escaped(line)}"
    for change in finding.changes:
        yield from _change(change)


def _change(change: RecordChange) -> Iterator[str]:
    yield ""
    yield escaped(change.heading) + ":"
    yield ""
    for line in change.lines:
        before = "".join(text for kind, text in line if kind != "add").strip()
        after = "".join(text for kind, text in line if kind != "remove").strip()
        if any(kind == "remove" for kind, _text in line):
            yield f"- ~~{escaped(before)}~~"
        if after:
            yield f"- **{escaped(after)}**"
