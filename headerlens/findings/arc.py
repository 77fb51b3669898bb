"""Findings about ARC, worded as testimony (RFC 8617): a chain never makes DMARC pass here."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import fits_but_for_copying
from headerlens.model.findings import Finding, Where
from headerlens.model.records import ArcSet
from headerlens.model.verdicts import Result

_NOT_TODAY = frozenset({"arc.key_none", "arc.key_unavailable", "arc.body_missing"})
"""Codes that say "cannot be told today", not "broken"."""

FIELD_FAULTS = ("arc.instance", "arc.seal_h", "arc.seal_signed")
"""What a single field of a set may do wrong (RFC 8617 4.1)."""

REASONS = frozenset({
    "too_many", "cv_fail", "broken_structure", "cv_wrong", "ams_invalid", "seal_invalid", "instance", "seal_h",
    "seal_signed", "key_none", "key_unavailable", "body_missing",
})  # fmt: skip
"""Codes without "arc." that have words of their own under arc-reason.*."""


def find_arc(facts: Facts) -> Iterator[Finding]:
    """At most one finding: who testifies what, or why the chain says nothing."""
    sets = facts.message.arc
    if not sets or facts.arc.result is Result.NONE:
        return
    if facts.arc.result is Result.PASS:
        yield _testimony(sets)
        return
    identifier = "arc.uncheckable" if _is_undecided(facts) else "arc.fail"
    yield Finding(identifier, {"n": len(sets), "reason": f"arc-reason.{_reason(facts)}"}, _where(sets[-1]))


def _is_undecided(facts: Facts) -> bool:
    """Whether time or this copy may be the cause: "cannot be re-checked today" (standards.md 4.4)."""
    return facts.arc.code in _NOT_TODAY or _is_spoilt_by_copying(facts)


def _is_spoilt_by_copying(facts: Facts) -> bool:
    """The newest message signature fits the headers, and only the body of a doubtful copy does not fit it."""
    newest = facts.arc.sets[-1].message_signature if facts.arc.sets else None
    return facts.arc.code == "arc.ams_invalid" and newest is not None and fits_but_for_copying(facts, newest)


def _reason(facts: Facts) -> str:
    """The part of a phrase id behind "arc-reason."; a fault of a field is nearer to the cause than its consequence."""
    if _is_spoilt_by_copying(facts):
        return "copy"
    faults = {fault.code for one in facts.message.arc for fault in one.faults}
    nearer = [code for code in FIELD_FAULTS if code in faults]
    code = nearer[0] if nearer and facts.arc.code not in _NOT_TODAY else facts.arc.code or ""
    name = code.partition(".")[2]
    return name if name in REASONS else "other"


def _testimony(sets: tuple[ArcSet, ...]) -> Finding:
    """The first sealer saw the message as it arrived from its sender, so its word is the one worth telling."""
    first = sets[0]
    sealer = first.seal.domain if first.seal is not None and first.seal.domain else "?"
    return Finding("arc.testimony", {"sealer": sealer, "testimony": _statement(first)}, _where(first))


def _statement(one: ArcSet) -> str:
    results = one.results.results if one.results is not None else ()
    said = next((result.result for result in results if result.method == "dmarc"), "")
    return f"testimony.{said}" if said in {"pass", "fail"} else "testimony.unclear"


def _where(one: ArcSet) -> tuple[Where, ...]:
    index = one.results.field_index if one.results is not None else one.seal.field_index if one.seal else None
    return () if index is None else (Where(field_index=index),)
