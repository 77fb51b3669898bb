"""Findings about proved causes: what was changed after signing, exactly, and nothing about who did it (engine.md 3)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import counting, is_aligned
from headerlens.model.causes import Cause, Change, Part
from headerlens.model.findings import Finding, Where
from headerlens.model.message import Message
from headerlens.model.verdicts import DkimCheck

_MOST_PLACES = 6
_MOST_KINDS = 12


def find_causes(facts: Facts) -> Iterator[Finding]:
    """One finding per signature that is explained; signatures of one domain explained by the same changes share one."""
    checks = {check.index: check for check in facts.dkim}
    told = [(_identifier(facts, checks[cause.index], cause), cause) for cause in facts.causes if cause.index in checks]
    told.sort(key=lambda one: (one[0], _domain(checks[one[1].index]), repr(_essence(one[1]))))
    alike = groupby(told, key=lambda one: (one[0], _domain(checks[one[1].index]), _essence(one[1])))
    for (identifier, _, _), group in alike:
        causes = [cause for _, cause in group]
        yield _finding(facts.message, identifier, causes, [checks[cause.index] for cause in causes])


def _identifier(facts: Facts, check: DkimCheck, cause: Cause) -> str:
    """An explanation matters where nothing else vouches for the sender; one of a half stands beside the failure."""
    matters = not facts.dmarc.author_domain or (is_aligned(facts, check) and not counting(facts))
    if not matters:
        return "cause.aside"
    if cause.whole:
        return "cause.proved"
    return "cause.header" if cause.header else "cause.body"


def _essence(cause: Cause) -> tuple[tuple[object, ...], ...]:
    return tuple((change.kind, change.start, change.end, change.params) for change in cause.changes)


def _finding(message: Message, identifier: str, causes: list[Cause], checks: list[DkimCheck]) -> Finding:
    """`changes` holds the kinds, for machines; words for them are made of the cause itself."""
    kinds = dict.fromkeys(change.kind for change in causes[0].changes)
    params: dict[str, str | int] = {
        "domain": _domain(checks[0]),
        "selector": checks[0].signature.selector or "?",
        "changes": ", ".join(list(kinds)[:_MOST_KINDS]),
    }
    signed = [Where(field_index=check.signature.field_index, signature=check.index) for check in checks]
    changed = [_where(message, change) for change in causes[0].changes[:_MOST_PLACES]]
    return Finding(identifier, params, tuple(dict.fromkeys((*changed, *signed))))


def _where(message: Message, change: Change) -> Where:
    """A header field for changes of the header, octets for those of the body; what is gone has an empty place."""
    if change.part is Part.HEADER:
        for field in message.fields:
            if field.start <= change.start < field.end:
                return Where(field_index=field.index, start=change.start, end=change.end)
    return Where(start=change.start, end=change.end)


def _domain(check: DkimCheck) -> str:
    return check.signature.domain or check.signature.domain_written or "?"
