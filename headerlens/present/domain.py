"""The set-up of a domain in words: the answer, a row for each subject, findings, the DMARC record tag by tag."""

from __future__ import annotations

from headerlens.findings.catalogue import entries
from headerlens.findings.domain import UNTOLD
from headerlens.findings.domain_keys import has_key
from headerlens.model.domain import DomainCase
from headerlens.model.findings import Finding, Severity
from headerlens.parse.names import to_unicode
from headerlens.present.domain_rows import dns_rows, service_view
from headerlens.present.domain_topics import topics
from headerlens.present.domain_views import DomainView
from headerlens.present.findings import count_text
from headerlens.present.harmless import harmless
from headerlens.present.record_changes import record_changes
from headerlens.present.tag_table import record_table
from headerlens.present.views import FindingView, Glyph, Place, Tone, VerdictView
from headerlens.present.words import Words

_LOOK = {
    Severity.PROBLEM: (Glyph.FAIL, Tone.FAIL),
    Severity.WARNING: (Glyph.WARN, Tone.WARN),
    Severity.NOTE: (Glyph.INFO, Tone.INFO),
    Severity.GOOD: (Glyph.PASS, Tone.PASS),
}
_KINDS = {"domain": "domain"}


def present_domain(case: DomainCase, words: Words, *, offline: bool = False) -> DomainView:
    """The finished view; `offline` words missing answers as the person's choice."""
    findings = tuple(_finding(case, words, one) for one in case.findings if not one.because)
    exists = case.exists is not False
    record = case.dmarc.record
    return DomainView(
        domain=harmless(to_unicode(case.domain)),
        verdict=_verdict(case, words, findings, offline=offline),
        topics=topics(case, words) if exists else (),
        findings_heading=words.phrase("domain-findings"),
        findings_count=count_text(findings, words),
        findings=findings,
        table=record_table(record, words) if record is not None and exists else None,
        service=service_view(case, words) if exists else None,
        dns_heading=words.phrase("domain-dns", {"n": len(case.evidence) + len(case.foreseen)}),
        dns=dns_rows(case, words),
    )


def _verdict(case: DomainCase, words: Words, findings: tuple[FindingView, ...], *, offline: bool) -> VerdictView:
    """The card: what has to be mended first, or that nothing has."""
    wrong = [one for one in findings if one.severity in {"problem", "warning"} and one.id not in UNTOLD]
    state = _state(case, len(wrong))
    level, glyph, tone = _card(state, wrong)
    params: dict[str, str | int] = {"domain": case.domain, "n": len(wrong)}
    return VerdictView(
        level=level,
        glyph=glyph,
        tone=tone,
        situation=f"domain-{state}",
        headline=words.rich_phrase(f"domain-headline.{state}", params, _KINDS),
        sentence=wrong[0].title if wrong else _sentence(case, words, state),
        action=_action(words, state, wrong, offline=offline),
        footnote=words.phrase("domain-footnote"),
    )


def _state(case: DomainCase, wrong: int) -> str:
    """Which headline fits."""
    answered = any(one.answer.failure is None for one in case.evidence)
    holds = (
        ("no-name", case.exists is False),
        ("silent", not answered),
        ("many", wrong > 1),
        ("one", wrong == 1),
        ("unknown", bool(case.unanswered)),
        ("parked", case.parked),
    )
    return next((state for state, is_so in holds if is_so), "good")


def _card(state: str, wrong: list[FindingView]) -> tuple[str, Glyph, Tone]:
    if state in {"silent", "unknown"}:
        return "unknown", Glyph.UNKNOWN, Tone.UNKNOWN
    if not wrong:
        return "pass", Glyph.PASS, Tone.PASS
    grave = any(one.severity == "problem" for one in wrong)
    return ("fail", Glyph.FAIL, Tone.FAIL) if grave else ("warn", Glyph.WARN, Tone.WARN)


def _sentence(case: DomainCase, words: Words, state: str) -> str:
    if state != "good":
        return words.phrase(f"domain-sentence.{state}")
    keyless, watching = not has_key(case), case.dmarc.policy == "none"
    parts = [part for part, is_so in (("no-key", keyless), ("watching", watching)) if is_so]
    return words.phrase(f"domain-sentence.{'-'.join(parts) or 'good'}")


def _action(words: Words, state: str, wrong: list[FindingView], *, offline: bool) -> str:
    if wrong:
        return next((step for one in wrong for step in one.steps), "")
    if state in {"silent", "unknown"}:
        return words.phrase("domain-action.offline" if offline else "domain-action.again")
    return ""


def _finding(case: DomainCase, words: Words, finding: Finding) -> FindingView:
    entry, texts = entries()[finding.id], words.finding(finding)
    glyph, tone = _LOOK[entry.severity]
    first = next(one for one in case.findings if one.id == finding.id)
    below = (one for one in case.findings if finding.id in one.because) if first is finding else ()
    return FindingView(
        id=finding.id,
        code=entry.code,
        severity=entry.severity.value,
        glyph=glyph,
        tone=tone,
        title=texts.title,
        why=words.join(texts.happened, texts.means),
        steps=texts.steps,
        happened=texts.happened,
        means=texts.means,
        confidence=entry.confidence.value,
        params=finding.params,
        where=finding.where,
        changes=record_changes(finding, words),
        edits=finding.edits,
        places=_places(words, finding),
        consequences=tuple(_finding(case, words, one) for one in below),
    )


def _places(words: Words, finding: Finding) -> tuple[Place, ...]:
    """The questions a finding rests on, each once."""
    found = {one.question: one for one in finding.where if one.question is not None}
    return tuple(
        Place(words.phrase("place.question", {"name": question.partition(" ")[2]}), where)
        for question, where in found.items()
    )
