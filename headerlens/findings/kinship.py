"""Names that look like one organisation although no DMARC record says so (RFC 9989 4.10.2, RFC 7489 3.2).

Without a record the tree walk leaves every name an organisation of its own. That is how DMARC computes, and no news
about the owner: a domain that publishes nothing has declared nothing. So such names are neither called the same
organisation nor a different one.
"""

from __future__ import annotations

from headerlens.findings.facts import Facts
from headerlens.model.verdicts import AlignedIdentifier
from headerlens.parse.names import is_subdomain


def is_undeclared(facts: Facts, one: AlignedIdentifier) -> bool:
    """Whether `one` and the author share a registered domain by the public suffix list, and DMARC says nothing."""
    psl = facts.dmarc.psl
    if psl is None or one.aligned is not False or facts.dmarc.code != "none.no_record":
        return False
    return is_subdomain(one.domain, psl.organizational_domain)


def undeclared_pass(facts: Facts) -> AlignedIdentifier | None:
    """What passes for such a name; a signature before a return address."""
    found = [one for one in facts.dmarc.identifiers if one.authenticated and is_undeclared(facts, one)]
    return min(found, key=lambda one: one.method != "dkim", default=None)
