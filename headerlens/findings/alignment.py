"""Findings about names that nearly belong together: strict mode, organisations of their own (RFC 9989 4.4, 4.10.2)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import believed_results, counting, fails_by_strict_mode
from headerlens.findings.kinship import is_undeclared, undeclared_pass
from headerlens.model.findings import Finding, Where
from headerlens.model.verdicts import AlignedIdentifier
from headerlens.parse.names import is_subdomain


def find_alignment(facts: Facts) -> Iterator[Finding]:
    """One finding for each passing domain that stops short of the shown sender by a rule, not by its name."""
    if counting(facts):
        return
    nearby = undeclared_pass(facts)
    if nearby is not None:
        yield _about("dmarc.undeclared-organisation", facts, nearby)
    seen: set[str] = set()
    for one in facts.dmarc.identifiers:
        if one.authenticated and one.aligned is False and one.domain not in seen:
            seen.add(one.domain)
            yield from _near_miss(facts, one)


def _near_miss(facts: Facts, one: AlignedIdentifier) -> Iterator[Finding]:
    if fails_by_strict_mode(facts, one):
        yield _about("dmarc.strict", facts, one)
    elif is_separate(facts, one):
        yield _about("dmarc.separate-organisation", facts, one)


def _about(identifier: str, facts: Facts, one: AlignedIdentifier) -> Finding:
    author = facts.dmarc.author_domain
    where = (*_fields(facts, one), Where(question=f"TXT _dmarc.{author}"))
    return Finding(identifier, {"author": author, "other": one.domain}, where)


def _fields(facts: Facts, one: AlignedIdentifier) -> tuple[Where, ...]:
    """The shown sender, and what carries the other name: its signature, or the results in which SPF's stands."""
    signature = next(
        (check.signature for check in facts.dkim if one.method == "dkim" and check.index == one.index), None
    )
    results = believed_results(facts) if signature is None else None
    carrier = signature.field_index if signature is not None else results.field_index if results is not None else None
    fields = (*facts.message.from_fields, *(() if carrier is None else (carrier,)))
    return tuple(Where(field_index=index) for index in fields)


def is_separate(facts: Facts, one: AlignedIdentifier) -> bool:
    """Whether labels match but organisations differ (interface.md 6.6): one lies below the other's organisation."""
    home, author = facts.dmarc.organization.name, facts.dmarc.author_domain
    if one.aligned is not False or one.mode == "s" or home is None or one.organization is None:
        return False
    if is_undeclared(facts, one):
        return False
    return is_subdomain(one.domain, home) or is_subdomain(author, one.organization)
