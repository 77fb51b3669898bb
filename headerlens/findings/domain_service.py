"""Findings about what a sending service asks to publish, against what stands there."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.domains.service import is_open
from headerlens.model.domain import DomainCase, RowState, ServiceRow
from headerlens.model.findings import Finding, RecordEdit, Where
from headerlens.model.records import KeyStatus
from headerlens.providers.advice import with_include

_IN_ORDER = frozenset({RowState.PRESENT, RowState.OPTIONAL})


def find_domain_service(case: DomainCase) -> Iterator[Finding]:
    """One finding for each row that is not as asked; one that praises where all are. DMARC rows have their own."""
    service = case.inquiry.provider
    if not service or not case.service:
        return
    for row in case.service:
        if row.wanted.purpose == "dmarc":
            continue
        yield from _spf(case, row) if row.wanted.purpose == "spf" else _record(case, row)
    unclear = sum(row.state in {RowState.UNNAMED, RowState.COMPARE} for row in case.service)
    if unclear:
        yield Finding("domain.service-console", {"service": service, "n": unclear})
    elif all(row.state in _IN_ORDER for row in case.service):
        yield Finding("domain.service-complete", {"service": service})


def _spf(case: DomainCase, row: ServiceRow) -> Iterator[Finding]:
    """Where there is no record, or only one in quotation marks, the findings on SPF say so, with what to publish."""
    include = next((one for one in row.wanted.includes if not is_open(one)), "")
    if row.state is not RowState.DIFFERENT or len(row.found) != 1:
        return
    params: dict[str, str | int] = {"service": case.inquiry.provider, "domain": case.domain}
    after = with_include(row.found[0], include) if include else None
    edits = (RecordEdit(case.domain, "TXT", row.found, (after,)),) if after else ()
    yield Finding("domain.service-spf", params, (Where(question=f"TXT {case.domain}"),), (), edits)


def _record(case: DomainCase, row: ServiceRow) -> Iterator[Finding]:
    wanted = row.wanted
    params: dict[str, str | int] = {"service": case.inquiry.provider, "name": wanted.name}
    where = (Where(question=f"{wanted.rtype if wanted.rtype == 'MX' else 'TXT'} {wanted.name}"),)
    if row.state is RowState.MISSING:
        yield Finding(_missing_id(case, row), {**params, "type": wanted.rtype}, where, (), _edit(row))
    elif row.state is RowState.DIFFERENT:
        yield Finding(_different_id(case, row), params, where, (), _edit(row))
    elif row.state is RowState.DOUBLED:
        edit = RecordEdit(wanted.name, wanted.rtype, (), row.found[:1])
        places = (Where(question=f"TXT {row.wrong_name}"), *where)
        yield Finding("domain.service-doubled", {**params, "wrong": row.wrong_name}, places, (), (edit,))
    elif row.state is RowState.QUOTED and not _key_is_told(case, row):
        edit = RecordEdit(wanted.name, wanted.rtype, row.found[:1], (row.found[0].strip("\"' "),))
        yield Finding("domain.service-quoted", params, where, (), (edit,))
    elif row.state is RowState.SPLIT:
        yield Finding("domain.service-type", {**params, "type": wanted.rtype}, where)


def _missing_id(case: DomainCase, row: ServiceRow) -> str:
    """Mail servers are asked for only where bounces come back to this very name: other mail may go elsewhere."""
    elsewhere = row.wanted.purpose == "mx" and (case.mx.servers or case.mx.null)
    return "domain.service-mx" if elsewhere else "domain.service-missing"


def _different_id(case: DomainCase, row: ServiceRow) -> str:
    return "domain.service-mx" if row.wanted.purpose == "mx" and case.mx.servers else "domain.service-different"


def _key_is_told(case: DomainCase, row: ServiceRow) -> bool:
    """Whether the findings on keys speak of the same record."""
    return any(one.key.name == row.wanted.name and one.key.status is KeyStatus.UNUSABLE for one in case.keys)


def _edit(row: ServiceRow) -> tuple[RecordEdit, ...]:
    """Only what is known whole is proposed; mail servers stand beside those that are there."""
    wanted = row.wanted
    if not wanted.value or is_open(wanted.value) or wanted.alternatives or wanted.purpose == "mx":
        return ()
    return (RecordEdit(wanted.name, wanted.rtype, row.found, (wanted.value,)),)
