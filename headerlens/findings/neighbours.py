"""Findings about fields beside sender authentication: notes only, never good for the sender (standards.md 5)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.model.findings import Finding, Where
from headerlens.model.verdicts import Trust
from headerlens.verify.neighbours import bimi_fields, dkim2_fields, feedback_id, one_click

_NAMES_TOLD = 5
"""Names that a sentence lists; the headers have them all."""

_PLACES = 10
"""Fields that a finding points at."""


def find_neighbours(facts: Facts) -> Iterator[Finding]:
    """At most one note for each kind of field."""
    dkim2 = dkim2_fields(facts.message)
    if dkim2:
        yield Finding("neighbour.dkim2", {"n": len(dkim2)}, _where(dkim2))
    yield from _bimi(facts)
    unsubscribing = one_click(facts.message, facts.dkim)
    if unsubscribing is not None:
        reason = f"one-click.{unsubscribing.state}"
        yield Finding("neighbour.one-click", {"reason": reason}, _where(unsubscribing.fields))
    yield from _feedback(facts)


def _bimi(facts: Facts) -> Iterator[Finding]:
    fields = bimi_fields(facts.message)
    if fields:
        names = list(dict.fromkeys(facts.message.fields[index].name for index in fields))
        yield Finding("neighbour.bimi", {"names": ", ".join(names[:_NAMES_TOLD])}, _where(fields))
    believed = {one.field_index: one.name for one in facts.trust if one.trust is not Trust.UNTRUSTED}
    for field in facts.message.recorded:
        recorded = next((one for one in field.results if one.method == "bimi"), None)
        if recorded is not None and field.field_index in believed:
            params = {"receiver": believed[field.field_index], "result": recorded.result}
            yield Finding("neighbour.bimi-recorded", params, _where((field.field_index,)))
            return


def _feedback(facts: Facts) -> Iterator[Finding]:
    own = frozenset(one.index for one in facts.dmarc.identifiers if one.index is not None and one.aligned)
    found = feedback_id(facts.message, facts.dkim, own)
    if found is not None:
        params = {"id": found.sender_id or "?", "reason": f"feedback.{found.state}"}
        yield Finding("neighbour.feedback-id", params, _where(found.fields))


def _where(fields: tuple[int, ...]) -> tuple[Where, ...]:
    return tuple(Where(field_index=index) for index in fields[:_PLACES])
