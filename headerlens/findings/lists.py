"""Whether a list or forwarder handed the message over: List-Id alone costs a forger nothing (RFC 2919 8)."""

from __future__ import annotations

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import list_domain, organization_of, sealed_by_list
from headerlens.model.message import Message
from headerlens.model.records import RecordedResult
from headerlens.parse.names import is_subdomain
from headerlens.verify.psl import is_public_suffix, organizational_domain


def named_list(facts: Facts) -> str | None:
    """The domain of List-Id where it lies outside of the author's organisation, which no stranger may be called by."""
    named = list_domain(facts)
    return None if named is None or is_subdomain(named, organization_of(facts)) else named


def list_that_sent(facts: Facts) -> str | None:
    """The passing domain that the list of List-Id belongs to, None where no check passes for the list."""
    named = named_list(facts)
    if named is None:
        return None
    passing = [one.domain for one in facts.dmarc.identifiers if one.authenticated and one.aligned is not True]
    above = (domain for domain in passing if is_subdomain(named, domain))
    return next(above, None) or next((domain for domain in passing if _is_one_owner(named, domain)), None)


def _is_one_owner(one: str, other: str) -> bool:
    home = organizational_domain(one)
    return home == organizational_domain(other) and not is_public_suffix(home)


def first_sealer(message: Message) -> str | None:
    """Who sealed first, None without a readable seal."""
    return next((one.seal.domain for one in message.arc if one.seal is not None and one.seal.domain), None)


def sealed_as_passing(facts: Facts) -> bool:
    """Whether an intact chain begins with a set that recorded the author as authenticated."""
    first = next((one for one in facts.message.arc if one.instance == 1), None)
    if not sealed_by_list(facts) or first is None or first.results is None:
        return False
    return any(_speaks_for_author(facts, one) for one in first.results.results)


def _speaks_for_author(facts: Facts, one: RecordedResult) -> bool:
    """SPF alone speaks for a server, not for the author's text; a signature must be the author's."""
    if one.result != "pass" or one.method not in {"dkim", "dmarc"}:
        return False
    signer = one.get("header.d") or (one.get("header.i") or "").rpartition("@")[2]
    return one.method == "dmarc" or is_subdomain(signer.lower(), organization_of(facts))


def was_handed_over(facts: Facts) -> bool:
    """Whether a check of today shows that a list or forwarder had the message in its hands."""
    return list_that_sent(facts) is not None or sealed_as_passing(facts)
