"""Words of their own for the five services this project began with.

DirectMail, Customers Mail Cloud, 489ban, SES and Zoho Campaigns. Each function answers
None where the general advice of `provider` says enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from headerlens.findings.edits import aliases_at, texts_at
from headerlens.findings.facts import Facts
from headerlens.findings.grounds import counting, has_no_record
from headerlens.model.findings import Finding, RecordEdit, Where
from headerlens.model.limits import RSA_MIN_BITS, RSA_WEAK_BITS
from headerlens.model.verdicts import DkimCheck, Result
from headerlens.providers.advice import lists_service, with_include
from headerlens.providers.knowledge import Service
from headerlens.providers.patterns import match

_SES_LIST = "amazonses.com"
_NO_PASS = frozenset({Result.FAIL, Result.SOFTFAIL, Result.NEUTRAL, Result.NONE})

_UNSIGNED = {
    "alibaba-directmail": "provider.directmail-unsigned",
    "customers-mail-cloud": "provider.cmc-unsigned",
    "yoyakuban-489ban": "provider.yoyakuban-unsigned",
    "amazon-ses": "provider.ses-unsigned",
    "zoho-campaigns": "provider.zoho-unsigned",
}
_SPEAKS_OF_FAILURE = frozenset({"amazon-ses", "yoyakuban-489ban", "zoho-campaigns"})
"""Whose words say that nothing counts; where SPF counts all the same, the general ones fit."""

_KEY_MISSING = {
    "alibaba-directmail": "provider.directmail-key-missing",
    "customers-mail-cloud": "provider.cmc-key-missing",
    "yoyakuban-489ban": "provider.yoyakuban-key-missing",
    "zoho-campaigns": "provider.zoho-key-missing",
}


def where_of(check: DkimCheck) -> tuple[Where, ...]:
    """The signature, and the question for its key."""
    field = Where(field_index=check.signature.field_index, signature=check.index)
    return (field, Where(question=f"TXT {check.key.name}")) if check.key and check.key.name else (field,)


def find_unsigned(facts: Facts, known: Service) -> Finding | None:
    """No signature of the sender stands in the mail."""
    identifier = _UNSIGNED.get(known.id)
    if identifier is None or (counting(facts) and known.id in _SPEAKS_OF_FAILURE):
        return None
    params: dict[str, str | int] = {"author": facts.dmarc.author_domain}
    if known.contact:
        params |= {"contact": known.contact, "wording": known.wording}
    return Finding(identifier, params)


def find_key(facts: Facts, known: Service, check: DkimCheck) -> tuple[Finding, ...] | None:
    """A signature of the sender whose key is not to be had; () where the general advice would be wrong as well."""
    if known.id == "amazon-ses":
        return _ses_key(facts, check)
    if check.code != "key.none" or known.id not in _KEY_MISSING:
        return None
    domain, selector = check.signature.domain, check.signature.selector
    params: dict[str, str | int] = {"domain": domain, "selector": selector}
    if known.id == "alibaba-directmail":
        values = match("aliyun-{region}", selector)
        if values is None:
            return None
        params["region"] = values["region"]
    if known.contact:
        params["contact"] = known.contact
    return (Finding(_KEY_MISSING[known.id], params, where_of(check)),)


def find_passing(facts: Facts, known: Service, passing: Sequence[DkimCheck]) -> tuple[Finding, ...]:
    """What is still to be done where a signature of the sender passes."""
    if known.id == "yoyakuban-489ban" and has_no_record(facts) and facts.dmarc.code == "none.no_record":
        author = facts.dmarc.author_domain
        where = (Where(question=f"TXT _dmarc.{author}"),)
        return (Finding("provider.yoyakuban-no-policy", {"author": author}, where),)
    if known.id != "customers-mail-cloud":
        return ()
    short = [check for check in passing if check.key is not None and check.key.type in {"rsa", None}]
    return tuple(_yearly(check) for check in short if RSA_MIN_BITS <= _bits(check) < RSA_WEAK_BITS)


def find_server(facts: Facts, known: Service) -> Finding | None:
    """The sender's own return address, and SPF does not pass for the service's server."""
    make = _SERVERS.get(known.id)
    return None if make is None else make(facts, known)


# ---- Amazon SES


def _ses_key(facts: Facts, check: DkimCheck) -> tuple[Finding, ...] | None:
    """The alias of the key's name tells apart: no record, a doubled target, a spare key, an identity that is gone."""
    domain, selector = check.signature.domain, check.signature.selector
    if match("{token}", selector) is None or check.code not in {"key.none", "key.revoked", "key.syntax"}:
        return None
    params: dict[str, str | int] = {"domain": domain, "selector": selector}
    name, target = f"{selector}._domainkey.{domain}", f"{selector}.dkim.amazonses.com"
    aliases = aliases_at(facts, name)
    if target in aliases:
        is_empty = bool(texts_at(facts, name)) and not any(texts_at(facts, name)[0].partition("p=")[2].strip("; "))
        return (Finding("provider.ses-spare-key", params, where_of(check)),) if is_empty else ()
    if not aliases and check.code == "key.none":
        condition = "" if texts_at(facts, f"{name}.{domain}") else "edit.if-yours"
        edit = RecordEdit(name, "CNAME", (), (target,), condition)
        return (Finding("provider.ses-key-missing", params, where_of(check), (), (edit,)),)
    if aliases and aliases[0].startswith(f"{target}."):
        edit = RecordEdit(name, "CNAME", (aliases[0],), (target,))
        return (Finding("provider.ses-target", params | {"target": aliases[0]}, where_of(check), (), (edit,)),)
    return None


def _mail_from_record(facts: Facts, _known: Service) -> Finding | None:
    """A custom MAIL FROM whose SPF record is missing or does not lead to SES."""
    domain = facts.spf.domain
    if facts.spf.result not in _NO_PASS:
        return None
    written = tuple(text for text in texts_at(facts, domain) if text.lower().startswith("v=spf1"))
    after = "v=spf1 include:amazonses.com ~all" if not written else with_include(written[0], _SES_LIST)
    edits = () if after is None or len(written) > 1 else (RecordEdit(domain, "TXT", written, (after,)),)
    target = feedback_host(facts)
    where = (Where(question=f"TXT {domain}"),)
    return Finding("provider.ses-mail-from-record", {"domain": domain, "target": target}, where, (), edits)


def feedback_host(facts: Facts) -> str:
    """Where SES takes back what cannot be delivered; the region stays open where no name shows it."""
    region = dict(facts.provider.values).get("region") if facts.provider is not None else None
    return f"feedback-smtp.{region or '<region>'}.amazonses.com"


# ---- Customers Mail Cloud, DirectMail


def _bits(check: DkimCheck) -> int:
    return (check.key.bits or 0) if check.key is not None else 0


def _yearly(check: DkimCheck) -> Finding:
    signature = check.signature
    params: dict[str, str | int] = {
        "domain": signature.domain, "selector": signature.selector, "bits": _bits(check),
    }  # fmt: skip
    return Finding("provider.cmc-key-year", params, where_of(check))


def _both_domains(facts: Facts, _known: Service) -> Finding | None:
    if facts.spf.result not in _NO_PASS:
        return None
    domain = facts.spf.domain
    params: dict[str, str | int] = {"domain": domain, "author": facts.dmarc.author_domain}
    return Finding("provider.cmc-spf", params, (Where(question=f"TXT {domain}"),))


def _two_records(facts: Facts, known: Service) -> Finding | None:
    if facts.spf.code != "spf.several_records":
        return None
    domain = facts.spf.domain
    written = [text for text in texts_at(facts, domain) if text.lower().startswith("v=spf1")]
    if not any(lists_service(known, text) for text in written):
        return None
    return Finding("provider.directmail-two-spf", {"domain": domain}, (Where(question=f"TXT {domain}"),))


_SERVERS: dict[str, Callable[[Facts, Service], Finding | None]] = {
    "alibaba-directmail": _two_records,
    "customers-mail-cloud": _both_domains,
    "amazon-ses": _mail_from_record,
}
