"""Findings about ARC, worded as testimony (RFC 8617): a chain never makes DMARC pass here."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.model.findings import Finding, Where
from headerlens.model.records import ArcSet
from headerlens.model.verdicts import Result

_NOT_TODAY = frozenset({"arc.key_none", "arc.key_unavailable", "arc.body_missing"})
"""Codes that say "cannot be told today", not "broken"."""


def find_arc(facts: Facts) -> Iterator[Finding]:
    """At most one finding: who testifies what, or why the chain says nothing."""
    sets = facts.message.arc
    if not sets or facts.arc.result is Result.NONE:
        return
    if facts.arc.result is Result.PASS:
        yield _testimony(sets)
    elif facts.arc.code in _NOT_TODAY:
        yield Finding("arc.uncheckable", {"n": len(sets)}, _where(sets[-1]))
    else:
        yield Finding("arc.fail", {"n": len(sets)}, _where(sets[-1]))


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
