"""Everything DNS says about one sending domain, in the order in which one check needs the other."""

from __future__ import annotations

from datetime import datetime

from headerlens.domains.dmarc import inspect_dmarc
from headerlens.domains.keys import has_key_wildcard, inspect_keys
from headerlens.domains.mail_servers import has_address, inspect_mx
from headerlens.domains.others import domain_exists, has_wildcard, inspect_others
from headerlens.domains.service import inspect_service
from headerlens.domains.spf import inspect_spf
from headerlens.model.dns import Lookup
from headerlens.model.domain import DmarcSetup, DomainCase, Inquiry, MxSetup, SpfSetup
from headerlens.parse.spf import parse_spf
from headerlens.verify.policy import lowered


def inspect(inquiry: Inquiry, asking: dict[str, Lookup], now: datetime) -> DomainCase:
    """The case without findings and evidence; `asking` has a lookup for "spf", "dkim", "dmarc", "mx" and "hint"."""
    domain = inquiry.domain
    spf = inspect_spf(domain, asking["spf"])
    dmarc = inspect_dmarc(domain, asking["dmarc"])
    mx = inspect_mx(domain, asking["mx"])
    return DomainCase(
        inquiry=inquiry,
        checked_at=now,
        exists=domain_exists(domain, asking["mx"]),
        address=has_address(domain, asking["mx"]),
        spf=spf,
        keys=inspect_keys(inquiry, asking["dkim"]),
        dmarc=dmarc,
        mx=mx,
        wildcard=has_wildcard(domain, asking["hint"]),
        key_wildcard=has_key_wildcard(domain, asking["dkim"]),
        others=inspect_others(domain, asking["hint"]),
        service=inspect_service(inquiry, spf, dmarc, asking["hint"]),
        parked=_is_parked(spf, dmarc, mx),
    )


def sends_nothing(spf: SpfSetup) -> bool:
    """Whether the SPF record says that no server sends: "v=spf1 -all"."""
    terms = parse_spf(spf.records[0]) if len(spf.records) == 1 else ()
    return [(term.kind, term.qualifier) for term in terms] == [("all", "-")]


def _is_parked(spf: SpfSetup, dmarc: DmarcSetup, mx: MxSetup) -> bool:
    """A domain that neither sends nor takes mail, and says so in all three places."""
    wish = dmarc.policy
    testing = dmarc.record is not None and dmarc.record.testing
    refused = wish is not None and lowered(wish, testing=testing) == "reject"
    return sends_nothing(spf) and refused and mx.answered and not mx.servers
