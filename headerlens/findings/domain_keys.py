"""Findings about the DKIM keys of a domain (RFC 6376 3.6.1, 8301, 8463)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.publishing import is_cut_at, readable_key
from headerlens.model.domain import DomainCase, KeyOrigin, KeySetup, RowState
from headerlens.model.findings import Finding, RecordEdit, Where
from headerlens.model.limits import RSA_WEAK_BITS
from headerlens.model.records import KeyStatus

KEY_FAULTS = frozenset({"syntax", "version", "type"})
"""Why a key cannot be read; words stand under key-fault.*."""

_TOLD_BY_SERVICE = frozenset({RowState.MISSING, RowState.DOUBLED, RowState.QUOTED, RowState.DIFFERENT})


def find_domain_keys(case: DomainCase) -> Iterator[Finding]:
    """One finding at most for each selector that is in disorder; a remark where no key is known."""
    if case.parked:
        return
    told = {
        name
        for row in case.service
        if row.state in _TOLD_BY_SERVICE
        for name in (row.wanted.name, *row.wanted.alternatives)
    }
    for one in case.keys:
        if case.key_wildcard and one.origin is KeyOrigin.COMMON:
            continue
        if one.key.name not in told or one.key.status is not KeyStatus.NONE:
            yield from _key(case, one)
    if case.key_wildcard:
        yield Finding("domain.key-wildcard", {"domain": case.domain}, (Where(question=f"TXT {case.domain}"),))
    elif not case.keys and case.inquiry.common_selectors and not keys_unanswered(case):
        tried = len(case.inquiry.common_selectors)
        yield Finding("domain.no-key-found", {"domain": case.domain, "n": tried})


def keys_unanswered(case: DomainCase) -> bool:
    """Whether a question for a key got no answer: then nothing is known of those that seem to be absent."""
    return any(one.endswith(f"._domainkey.{case.domain}") for one in case.unanswered)


def has_key(case: DomainCase) -> bool:
    """Whether one key can be used."""
    return any(one.key.status is KeyStatus.FOUND for one in case.keys)


def _key(case: DomainCase, one: KeySetup) -> Iterator[Finding]:
    status = one.key.status
    if status is KeyStatus.NONE:
        yield from _absent(one)
    elif status is KeyStatus.REVOKED:
        spare = one.origin is not KeyOrigin.GIVEN or has_key(case)
        yield Finding("domain.key-spare" if spare else "domain.key-empty", {"name": one.key.name}, _where(one))
    elif status is KeyStatus.UNUSABLE:
        yield from _unusable(one)
    elif status is KeyStatus.FOUND:
        yield from _usable(one)


def _absent(one: KeySetup) -> Iterator[Finding]:
    name = one.key.name
    if one.doubled:
        aliases, texts = one.doubled_aliases, one.doubled_texts
        edit = RecordEdit(name, "CNAME", (), aliases[:1]) if aliases else RecordEdit(name, "TXT", (), texts[:1])
        where = (Where(question=f"TXT {one.doubled}"), Where(question=f"TXT {name}"))
        yield Finding("publish.doubled-key", {"name": name, "wrong": one.doubled}, where, (), (edit,))
    elif one.aliases:
        yield Finding("domain.alias-broken", {"name": name, "target": one.aliases[-1]}, _where(one))
    elif one.origin is KeyOrigin.GIVEN:
        yield Finding("domain.key-none", {"name": name}, _where(one))


def _unusable(one: KeySetup) -> Iterator[Finding]:
    key = one.key
    plain = readable_key(key)
    if key.code == "key.short":
        yield Finding("domain.key-short", {"name": key.name, "bits": key.bits or 0}, _where(one))
    elif plain is not None:
        edit = RecordEdit(key.name, "TXT", (key.record or "",), (plain,))
        yield Finding("publish.key-marks", {"name": key.name}, _where(one), (), (edit,))
    elif is_cut_at(key, (key.record or "",)):
        yield Finding("publish.key-cut", {"name": key.name}, _where(one))
    else:
        fault = (key.code or "").partition(".")[2]
        reason = f"key-fault.{fault if fault in KEY_FAULTS else 'syntax'}"
        yield Finding("domain.key-unusable", {"name": key.name, "reason": reason}, _where(one))


def _usable(one: KeySetup) -> Iterator[Finding]:
    key = one.key
    if key.count > 1:
        yield Finding("domain.key-several", {"name": key.name, "n": key.count}, _where(one))
    if key.type == "rsa" and (key.bits or 0) < RSA_WEAK_BITS:
        yield Finding("domain.key-weak", {"name": key.name, "bits": key.bits or 0}, _where(one))
    if key.services and not {"*", "email"} & {service.lower() for service in key.services}:
        yield Finding("domain.key-unusable", {"name": key.name, "reason": "key-fault.service"}, _where(one))
    if "y" in key.flags:
        yield Finding("domain.key-testing", {"name": key.name}, _where(one))


def _where(one: KeySetup) -> tuple[Where, ...]:
    return (Where(question=f"TXT {one.key.name}"),)
