"""A case as everything that the answer page shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from headerlens.findings.catalogue import entries
from headerlens.model.case import Case
from headerlens.model.verdicts import SecondOpinion
from headerlens.present.answer import answer_text
from headerlens.present.findings import count_text, present_findings
from headerlens.present.ladder import present_ladder
from headerlens.present.message_line import present_line
from headerlens.present.progress import present_progress
from headerlens.present.refusal import present_refusal
from headerlens.present.requirements import present_requirements
from headerlens.present.verdict import present_verdict
from headerlens.present.views import ResultView
from headerlens.present.words import Words

__all__ = ["answer_text", "present_progress", "present_refusal", "present_result"]


def present_result(
    case: Case,
    words: Words,
    *,
    zone: tzinfo | None = None,
    sample: bool = False,
    second: tuple[SecondOpinion, ...] = (),
) -> ResultView:
    """The whole page in one language; times in `zone`, None for that of this computer.

    `second` adds the second verifier's word to the evidence; what it changes is `findings.second`'s part.
    """
    findings = present_findings(case, words, second)
    return ResultView(
        line=present_line(case, words, zone),
        verdict=present_verdict(case, words, zone),
        ladder=present_ladder(case, words, zone),
        findings_heading=words.phrase("heading.found"),
        findings_count=count_text(findings, words),
        findings=findings,
        notices=tuple(_notices(case, words, zone, sample=sample)),
        requirements=present_requirements(case, words),
    )


def _notices(case: Case, words: Words, zone: tzinfo | None, *, sample: bool) -> Iterator[str]:
    """What must be known before the verdict is read: that it is an example, or from a file, and repairs of weight."""
    if sample:
        yield words.phrase("notice.sample")
    if case.reopened:
        yield words.phrase("notice.case-file", {"date": words.moment(case.checked_at, zone)}, {"date": "ready"})
    for finding in case.findings:
        if entries()[finding.id].notice:
            yield words.finding(finding).title
