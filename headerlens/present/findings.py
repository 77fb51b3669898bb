"""Findings in words, consequences under their causes, with links into the evidence (interface.md 7.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from headerlens.findings.catalogue import entries
from headerlens.model.case import Case
from headerlens.model.findings import Finding, Severity, Where
from headerlens.model.verdicts import SecondOpinion
from headerlens.present.causes import with_changes
from headerlens.present.evidence import evidence_lines
from headerlens.present.record_changes import record_changes
from headerlens.present.tag_table import tag_table
from headerlens.present.views import FindingView, Glyph, Place, Tone
from headerlens.present.words import Words

_LOOK = {
    Severity.PROBLEM: (Glyph.FAIL, Tone.FAIL),
    Severity.WARNING: (Glyph.WARN, Tone.WARN),
    Severity.NOTE: (Glyph.INFO, Tone.INFO),
    Severity.GOOD: (Glyph.PASS, Tone.PASS),
}

MAX_PLACES = 6
"""Links of one finding; the evidence marks all of its places."""


CAUSES = frozenset({"problem", "warning"})
"""Severities of what explains a result."""

_WITH_TABLE = frozenset({"dmarc.policy", "dmarc.monitoring", "dmarc.policy-replaced"})
"""Findings that speak of the policy as a whole; one of them stands wherever a record applies."""


def present_findings(case: Case, words: Words, second: tuple[SecondOpinion, ...] = ()) -> tuple[FindingView, ...]:
    """The findings of a case in their order; `second` adds to the evidence of signatures."""
    return tuple(_view(case, words, finding, second) for finding in case.findings if not finding.because)


def leading_cause(case: Case, words: Words) -> tuple[str, str]:
    """Code and title of the first finding that is a problem or a warning, as `present_findings` has them; or ""."""
    for finding in case.findings:
        entry = entries()[finding.id]
        if not finding.because and entry.severity.value in CAUSES:
            return entry.code, words.finding(with_changes(case, finding, words)).title
    return "", ""


def count_text(findings: tuple[FindingView, ...], words: Words) -> str:
    """Such as "1 problem · 1 warning · 2 notes"; a good finding counts as a note."""
    severities = [view.severity for view in findings]
    numbers = {
        "problem": severities.count("problem"),
        "warning": severities.count("warning"),
        "note": severities.count("note") + severities.count("good"),
    }
    told = [words.phrase(f"count.{kind}" if n == 1 else f"count.{kind}s", {"n": n}) for kind, n in numbers.items() if n]
    return words.phrase("count.join").join(told)


def _view(case: Case, words: Words, finding: Finding, second: tuple[SecondOpinion, ...]) -> FindingView:
    entry, texts = entries()[finding.id], words.finding(with_changes(case, finding, words))
    glyph, tone = _LOOK[entry.severity]
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
        evidence=evidence_lines(case, finding, words, second),
        changes=record_changes(finding, words),
        edits=finding.edits,
        table=tag_table(case, words) if finding.id in _WITH_TABLE else None,
        places=places(case, words, finding),
        consequences=_consequences(case, words, finding, second),
    )


def _consequences(
    case: Case, words: Words, finding: Finding, second: tuple[SecondOpinion, ...]
) -> tuple[FindingView, ...]:
    """Those that follow from it; where two findings of one kind are causes, they stand under the first."""
    first = next((one for one in case.findings if one.id == finding.id and not one.because), None)
    if first is not finding:
        return ()
    found = (_view(case, words, one, second) for one in case.findings if finding.id in one.because)
    return tuple(replace(view, steps=()) for view in found)  # the cause says what to do; they go away with it


_PANES = {"spf": "spf", "path": "path", "arc": "arc"}
"""Kinds of findings that a pane of the evidence tells at length."""


def places(case: Case, words: Words, finding: Finding) -> tuple[Place, ...]:
    """Links with words, each place once: the pane that tells the whole, then header lines and questions."""
    found = [(_place_text(case, words, one), one) for one in _places(finding)]
    unique = {text: Place(text, one) for text, one in reversed(found) if text}
    return tuple(unique[text] for text in dict.fromkeys(text for text, _ in found if text))[:MAX_PLACES]


def _places(finding: Finding) -> Iterator[Where]:
    """A signature has a card of its own beside its header line."""
    pane = _PANES.get(finding.id.partition(".")[0])
    if pane is not None:
        yield Where(pane=pane)
    for one in finding.where:
        if one.signature is not None:
            yield Where(signature=one.signature)
        if one.signature is None or one.field_index is not None:
            yield replace(one, signature=None)


def _place_text(case: Case, words: Words, where: Where) -> str:
    if where.pane:
        return words.phrase(f"place.{where.pane}")
    if where.field_index is not None and 0 <= where.field_index < len(case.message.fields):
        field = case.message.fields[where.field_index]
        return words.phrase("place.field", {"name": field.name, "n": _line(case, field.start)})
    if where.question is not None:
        return words.phrase("place.question", {"name": where.question.partition(" ")[2] or where.question})
    if where.start is not None:
        return words.phrase("place.octets", {"n": _line(case, where.start)})
    return "" if where.signature is None else words.phrase("place.signature", {"n": where.signature + 1})


def _line(case: Case, offset: int) -> int:
    """The line of an octet, the first being 1."""
    return case.raw.octets.count(b"\n", 0, offset) + 1
