"""Findings about what receivers recorded: whom to believe, and where their word differs from ours (RFC 8601)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import believed
from headerlens.model.findings import Finding, Where
from headerlens.model.verdicts import Comparison, Drift, Result, Trust, TrustedField

_NORMAL = frozenset({
    Drift.KEY_GONE, Drift.KEY_REVOKED, Drift.KEY_CHANGED, Drift.DNS_CHANGED, Drift.COPY_REWRITTEN,
    Drift.COPY_INCOMPLETE, Drift.OTHER_HOP, Drift.OLD_RULES, Drift.ARC_OVERRIDE, Drift.LOCAL_POLICY, Drift.TRANSIENT,
})  # fmt: skip
"""Differences that happen to honest mail."""

_SECOND = frozenset({"trust.second-of-id"})

_NAMES_TOLD = 5
"""Writers that a sentence lists; the headers mark them all."""


def find_recorded(facts: Facts) -> Iterator[Finding]:
    """One finding for each method that differs, then one for those who are not believed."""
    trusted = believed(facts)
    if trusted is not None:
        yield from _differences(facts, trusted)
    yield from _not_believed(facts)


def _differences(facts: Facts, trusted: TrustedField) -> Iterator[Finding]:
    """Where DMARC differs as SPF or DKIM does, it follows from that."""
    causes: set[str] = set()
    for row in facts.comparison:
        if row.agrees is not False or row.recorded is None:
            continue
        finding = _difference(row, _writer(facts, row, trusted))
        if row.method in {"spf", "dkim"}:
            causes.add(finding.id)
        is_consequence = row.method == "dmarc" and finding.id in causes
        yield replace(finding, because=(finding.id,)) if is_consequence else finding


def _writer(facts: Facts, row: Comparison, trusted: TrustedField) -> TrustedField:
    """The receiver's field that tells of this method: Received-SPF tells of SPF alone."""
    names = {field.index: field.name.lower() for field in facts.message.fields}
    if row.method == "spf" or names.get(trusted.field_index) != "received-spf":
        return trusted
    same = (field for field in facts.trust if field.trust is trusted.trust)
    return next((field for field in same if names.get(field.field_index) != "received-spf"), trusted)


def _difference(row: Comparison, trusted: TrustedField) -> Finding:
    where = (Where(field_index=trusted.field_index), *_question(row))
    check = row.method.upper() if row.index is None else f"{row.method.upper()} {row.index + 1}"
    if row.reason is Drift.CORRECTED and row.now is Result.PASS:
        return Finding("recorded.corrected", {"receiver": trusted.name, "check": check}, where)
    params: dict[str, str | int] = {
        "receiver": trusted.name,
        "check": check,
        "recorded": row.recorded or "",
        "now": row.now.value,
        "reason": f"drift.{row.reason}",
    }
    return Finding("recorded.explained" if row.reason in _NORMAL else "recorded.differs", params, where)


def _question(row: Comparison) -> tuple[Where, ...]:
    """Where today's answer is found, for the methods that have one name to ask."""
    if not row.domain or row.method not in {"spf", "dmarc"}:
        return ()
    return (Where(question=f"TXT {row.domain}" if row.method == "spf" else f"TXT _dmarc.{row.domain}"),)


def _not_believed(facts: Facts) -> Iterator[Finding]:
    """All foreign writers are one matter, all second fields of a receiver another: forged lines come in numbers."""
    untrusted = [field for field in facts.trust if field.trust is Trust.UNTRUSTED]
    foreign = [field for field in untrusted if field.why not in _SECOND]
    second = [field for field in untrusted if field.why in _SECOND]
    if second:
        yield Finding("recorded.second", {"receiver": _names(facts, second)}, _where(second))
    if foreign:
        yield Finding("recorded.untrusted", {"other": _names(facts, foreign)}, _where(foreign))


def _names(facts: Facts, fields: list[TrustedField]) -> str:
    """The writers, each once; of many the first few. Received-SPF need not name its writer: then its own name."""
    headers = {field.index: field.name for field in facts.message.fields}
    names = list(dict.fromkeys(field.name or headers.get(field.field_index, "?") for field in fields))
    return ", ".join(names[:_NAMES_TOLD]) + (", …" if len(names) > _NAMES_TOLD else "")


def _where(fields: list[TrustedField]) -> tuple[Where, ...]:
    return tuple(Where(field_index=field.field_index) for field in fields)
