"""Findings about the set-up of a sending domain, without a message: what is published, against what ought to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from headerlens.domains.inspect import sends_nothing
from headerlens.findings.domain_dmarc import find_domain_dmarc
from headerlens.findings.domain_keys import find_domain_keys
from headerlens.findings.domain_service import find_domain_service
from headerlens.findings.domain_spf import find_domain_spf
from headerlens.findings.rank import rank, severity_of
from headerlens.model.dns import Failure
from headerlens.model.domain import DomainCase
from headerlens.model.findings import Finding, RecordEdit, Severity, Where
from headerlens.parse.names import is_ip_literal

_MOST_TOLD = 4

UNTOLD = frozenset({"domain.no-answer", "domain.offline"})
"""Findings that say what is not known: nothing to mend."""


def find_domain(case: DomainCase) -> tuple[Finding, ...]:
    """Everything worth saying, the gravest first; never raises. A name that does not exist has nothing else to say."""
    if case.exists is False:
        where = (Where(question=f"TXT {case.domain}"),)
        return (Finding("domain.no-name", {"domain": case.domain}, where),)
    return _each_edit_once(rank(_all(case)))


def _all(case: DomainCase) -> Iterator[Finding]:
    yield from _parked(case)
    yield from find_domain_spf(case)
    yield from find_domain_keys(case)
    yield from find_domain_dmarc(case)
    if not case.parked:
        yield from _mail_servers(case)
    yield from find_domain_service(case)
    if case.wildcard:
        yield Finding("domain.wildcard", {"domain": case.domain}, (Where(question=f"TXT {case.domain}"),))
    if _is_offline(case):
        yield Finding("domain.offline", {"domain": case.domain})
    elif case.unanswered:
        more = ", …" if len(case.unanswered) > _MOST_TOLD else ""
        names = ", ".join(case.unanswered[:_MOST_TOLD]) + more
        places = tuple(Where(question=one) for one in case.unanswered[:_MOST_TOLD])
        yield Finding("domain.no-answer", {"names": names}, places)


def _is_offline(case: DomainCase) -> bool:
    return any(one.answer.failure is Failure.OFFLINE for one in case.evidence)


def domain_exit_status(case: DomainCase) -> int:
    """0 nothing to mend, 1 something is, 2 it could not be told (product.md 3)."""
    weights = {severity_of(one) for one in case.findings if one.id not in UNTOLD}
    if weights & {Severity.PROBLEM, Severity.WARNING}:
        return 1
    return 2 if case.unanswered else 0


def _parked(case: DomainCase) -> Iterator[Finding]:
    domain, dmarc = case.domain, case.dmarc
    where = (Where(question=f"TXT {domain}"), Where(question=f"TXT _dmarc.{domain}"))
    if case.parked:
        yield Finding("domain.parked", {"domain": domain}, where)
    elif sends_nothing(case.spf) and dmarc.policy in {"none", "quarantine"} and not case.mx.servers:
        yield Finding("domain.parked-open", {"domain": domain}, where, (), _refusing(case))


def _refusing(case: DomainCase) -> tuple[RecordEdit, ...]:
    """The record of this very name with p=reject; an inherited one speaks for other names too."""
    record = case.dmarc.record
    if record is None or record.domain != case.domain or "p" not in {tag.name.lower() for tag in record.tags.tags}:
        return ()
    place = next(tag for tag in record.tags.tags if tag.name.lower() == "p")
    after = f"{record.text[: place.start]}p=reject{record.text[place.end :]}"
    return (RecordEdit(f"_dmarc.{case.domain}", "TXT", (record.text,), (after,), "edit.no-mail"),)


def _mail_servers(case: DomainCase) -> Iterator[Finding]:
    domain, mx = case.domain, case.mx
    where = (Where(question=f"MX {domain}"),)
    if not mx.answered:
        return
    if mx.mixed:
        yield Finding("domain.null-mx-mixed", {"domain": domain}, where)
    elif mx.null and case.spf.records and not sends_nothing(case.spf):
        yield Finding("domain.null-mx-sends", {"domain": domain}, where)
    elif not mx.null and not mx.servers and case.address is not None and not sends_nothing(case.spf):
        yield Finding("domain.mx-implicit" if case.address else "domain.no-mx", {"domain": domain}, where)
    for server in mx.servers:
        place = (*where, Where(question=f"A {server.host}"))
        if is_ip_literal(server.host):
            yield Finding("domain.mx-number", {"host": server.host}, where)
        elif server.addresses == ():
            yield Finding("domain.mx-no-address", {"host": server.host}, place)
        elif server.alias:
            yield Finding("domain.mx-alias", {"host": server.host, "target": server.alias}, place)


def _each_edit_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """One and the same edit stands under the first finding only, and none that changes nothing."""
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    amended = []
    for finding in findings:
        edits = tuple(e for e in finding.edits if e.before != e.after and (e.name, e.rtype, e.after) not in seen)
        seen.update((edit.name, edit.rtype, edit.after) for edit in edits)
        amended.append(replace(finding, edits=edits) if edits != finding.edits else finding)
    return tuple(amended)
