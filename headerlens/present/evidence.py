"""The exact values behind a finding, for administrators: hashes, records, terms."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.model.case import Case
from headerlens.model.findings import Finding
from headerlens.model.verdicts import DkimCheck, Match, Opinion, Result, SecondOpinion
from headerlens.present.causes import cause_of, change_lines
from headerlens.present.words import Words

_MAX_VALUE = 500
"""Characters of a record in a finding; the DNS pane has the whole."""

_MAX_FIELDS = 3
"""Header lines quoted under one finding."""

_ABOUT_RECORD = frozenset({
    "dmarc.policy", "dmarc.monitoring", "dmarc.testing", "dmarc.testing-quarantine", "dmarc.policy-replaced",
    "dmarc.historic-tag", "dmarc.duplicate-tag", "dmarc.strict", "dmarc.unusable-policy", "dmarc.bad-value",
    "dmarc.unknown-tag", "dmarc.fragile",
})  # fmt: skip


_ABOUT_KEY = frozenset({"dkim.key-weak", "dkim.testing", "dkim.several-keys"})


def evidence_lines(
    case: Case, finding: Finding, words: Words, second: tuple[SecondOpinion, ...] = ()
) -> tuple[str, ...]:
    """One line per value; none for findings that have no more to show than their sentence.

    A signature's finding ends with the second verifier's word where `second` has one.
    """
    opinions = _opinions(case, finding, words, second) if finding.id.startswith("dkim.") else ()
    return tuple(dict.fromkeys((*_lines(case, finding, words), *opinions)))


def _opinions(case: Case, finding: Finding, words: Words, second: tuple[SecondOpinion, ...]) -> Iterator[str]:
    indexes = {check.index for check in _checks(case, finding)}
    yield from (opinion_text(one, words) for one in second if one.index in indexes)


def opinion_text(opinion: SecondOpinion, words: Words) -> str:
    """What dkimpy says about a signature, in a sentence."""
    if opinion.opinion is Opinion.DISAGREES:
        return words.phrase("second.disagrees", {"value": opinion.detail[:_MAX_VALUE] or "?"})
    if opinion.opinion is Opinion.AGREES:
        return words.phrase("second.agrees")
    family = "deviation" if opinion.opinion is Opinion.KNOWN_DEVIATION else "second-reason"
    reason = words.phrase_or(f"{family}.{opinion.detail}", f"{family}.other")
    return words.phrase(f"second.{opinion.opinion.value}", {"reason": reason}, {"reason": "ready"})


def _lines(case: Case, finding: Finding, words: Words) -> Iterator[str]:
    room = finding.id.partition(".")[0]
    if room == "dkim":
        for check in _checks(case, finding):
            yield from _signature(check, words, key_matters=finding.id in _ABOUT_KEY)
    elif room == "spf":
        yield from _spf(case, words)
    elif room == "dmarc":
        yield from _dmarc(case, finding, words)
    elif room == "cause":
        cause = cause_of(case, finding)
        yield from () if cause is None else change_lines(cause, words)
    elif room == "provider":
        yield from _provider(case, words)
    elif room in {"identity", "recorded", "neighbour"}:
        yield from _fields(case, finding, words)


def _checks(case: Case, finding: Finding) -> Iterator[DkimCheck]:
    indexes = {where.signature for where in finding.where if where.signature is not None}
    yield from (check for check in case.dkim if check.index in indexes)


def _signature(check: DkimCheck, words: Words, *, key_matters: bool) -> Iterator[str]:
    if check.body_hash is Match.MISMATCH:
        yield words.phrase("evidence.body-signed", {"value": check.expected_body_hash or "?"})
        yield words.phrase("evidence.body-now", {"value": check.actual_body_hash or "?"})
    key = check.key
    if key is not None and key.name and (check.result is not Result.PASS or key_matters):
        params = {"name": key.name, "value": (key.record or "")[:_MAX_VALUE]}
        yield words.phrase("evidence.key-none" if key.record is None else "evidence.key", params)
    for fault in check.signature.faults[:3]:
        text = f"{fault.code} {fault.detail}"[:_MAX_VALUE].strip()
        yield words.phrase("evidence.fault", {"value": text})


def _spf(case: Case, words: Words) -> Iterator[str]:
    spf = case.spf
    if spf.tree is not None and spf.tree.record is not None:
        params = {"name": spf.tree.domain, "value": spf.tree.record[:_MAX_VALUE]}
        yield words.phrase("evidence.spf-record", params)
    if spf.matched:
        yield words.phrase("evidence.spf-match", {"value": spf.matched[:_MAX_VALUE]})
    if spf.problem:
        yield words.phrase("evidence.spf-problem", {"value": spf.problem[:_MAX_VALUE]})
    if spf.lookups:
        yield words.phrase("evidence.spf-lookups", {"n": spf.lookups, "m": spf.void_lookups})


def _dmarc(case: Case, finding: Finding, words: Words) -> Iterator[str]:
    record = case.dmarc.record
    if record is not None and finding.id in _ABOUT_RECORD:
        yield words.phrase("evidence.dmarc-record", {"name": record.domain, "value": record.text[:_MAX_VALUE]})
    if finding.id == "dmarc.older-receivers" and case.dmarc.psl is not None:
        names = {"name": case.dmarc.organization.name or "?", "value": case.dmarc.psl.organizational_domain}
        yield words.phrase("evidence.older", names)
    if finding.id in {"dmarc.separate-organisation", "dmarc.not-aligned"}:
        for one in case.dmarc.identifiers:
            if one.authenticated and one.organization:
                yield words.phrase("evidence.organisation", {"name": one.domain, "value": one.organization})


def _provider(case: Case, words: Words) -> Iterator[str]:
    """The border facts that name the service."""
    for fact in case.provider.evidence if case.provider is not None else ():
        yield words.phrase(f"evidence.provider-{fact.kind}", {"value": fact.value[:_MAX_VALUE]})


def _fields(case: Case, finding: Finding, words: Words) -> Iterator[str]:
    fields = {field.index: field for field in case.message.fields}
    for where in finding.where[:_MAX_FIELDS]:
        field = fields.get(where.field_index) if where.field_index is not None else None
        if field is not None:
            yield words.phrase("evidence.field", {"name": field.name, "value": field.value[:_MAX_VALUE]})
