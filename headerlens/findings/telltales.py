"""Findings about questions that may have told the sender that somebody examines this very message (RFC 7208 11.5.3)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.model.dns import Failure
from headerlens.model.findings import Finding, Where
from headerlens.verify.telltale import IDS, tell_tales

_NOT_SENT = frozenset({Failure.OFFLINE, Failure.BAD_NAME, Failure.TOO_MANY})
_NAMES_TOLD = 3
"""Names that a sentence lists; the DNS pane marks them all."""


def find_telltales(facts: Facts) -> Iterator[Finding]:
    """One note for each way of telling; what never left this computer told nobody."""
    answers = [one.answer for one in facts.evidence]
    sent = {answer.question for answer in answers if answer.failure not in _NOT_SENT}
    told = [one for one in tell_tales(facts.message, facts.sender, answers) if one.question in sent]
    for why in IDS:
        questions = [one.question for one in told if one.why == why]
        if questions:
            names = list(dict.fromkeys(question.name for question in questions))
            more = ", …" if len(names) > _NAMES_TOLD else ""
            where = tuple(Where(question=f"{q.rtype} {q.name}") for q in questions[:_NAMES_TOLD])
            yield Finding("dns.telltale", {"names": ", ".join(names[:_NAMES_TOLD]) + more, "reason": why}, where)
