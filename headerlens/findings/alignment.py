"""Findings about names that nearly belong together: strict mode, organisations of their own (RFC 9989 4.4, 4.10.2)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import counting, fails_by_strict_mode
from headerlens.model.findings import Finding, Where
from headerlens.model.verdicts import AlignedIdentifier
from headerlens.parse.names import is_subdomain


def find_alignment(facts: Facts) -> Iterator[Finding]:
    """One finding for each passing domain that stops short of the shown sender by a rule, not by its name."""
    if counting(facts):
        return
    seen: set[str] = set()
    for one in facts.dmarc.identifiers:
        if one.authenticated and one.aligned is False and one.domain not in seen:
            seen.add(one.domain)
            yield from _near_miss(facts, one)


def _near_miss(facts: Facts, one: AlignedIdentifier) -> Iterator[Finding]:
    author = facts.dmarc.author_domain
    where = (Where(question=f"TXT _dmarc.{author}"),)
    params = {"author": author, "other": one.domain}
    if fails_by_strict_mode(facts, one):
        yield Finding("dmarc.strict", params, where)
    elif is_separate(facts, one):
        yield Finding("dmarc.separate-organisation", params, where)


def is_separate(facts: Facts, one: AlignedIdentifier) -> bool:
    """Whether labels match but organisations differ (interface.md 6.6): one lies below the other's organisation."""
    home, author = facts.dmarc.organization.name, facts.dmarc.author_domain
    if one.aligned is not False or one.mode == "s" or home is None or one.organization is None:
        return False
    return is_subdomain(one.domain, home) or is_subdomain(author, one.organization)
