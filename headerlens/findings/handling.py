"""Findings about what the receiver did with the message by rules of its own: notes, never a part of the answer."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.model.findings import Finding, Where
from headerlens.verify.handling import Handling, foreign_reports, handlings


def find_handling(facts: Facts) -> Iterator[Finding]:
    """One note for each kind of statement, then one for filter reports of others."""
    told: set[str] = set()
    for one in handlings(facts.message, facts.trust, facts.sender):
        if one.kind not in told and not _is_usual(one):
            told.add(one.kind)
            yield _finding(one)
    foreign = foreign_reports(facts.message, facts.sender)
    if foreign:
        header = facts.message.fields[foreign[0]].name
        yield Finding("recorded.foreign-filter", {"header": header}, tuple(Where(field_index=i) for i in foreign[:5]))


def _is_usual(one: Handling) -> bool:
    """Nothing was done with a message of which DMARC found no fault: not worth a word."""
    return one.kind == "action" and one.meaning == "none" and one.dmarc != "fail"


def _finding(one: Handling) -> Finding:
    where = (Where(field_index=one.field_index),)
    if one.kind == "action":
        params = {"receiver": one.receiver, "action": f"action-taken.{one.meaning}", "recorded": one.dmarc}
        return Finding("recorded.action", params, where)
    if one.kind == "compauth":
        params = {"receiver": one.receiver, "result": one.word, "reason": f"compauth.{one.meaning}"}
        return Finding("recorded.compauth", params, where)
    params = {"receiver": one.receiver, "filtered": f"filter.{one.meaning}", "marks": one.word or "-"}
    return Finding("recorded.filter", params, where)
