"""Findings about the DMARC record of a domain, without a message (RFC 9989; RFC 9990 for reports)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from headerlens.findings.dmarc_record import ODDITIES
from headerlens.findings.edits import FIRST_RECORD
from headerlens.model.domain import DomainCase, Permission
from headerlens.model.findings import Finding, RecordEdit, Where
from headerlens.model.records import DmarcRecord, Fault
from headerlens.parse.dmarc import POLICY_TAGS, is_usable, looks_like_dmarc
from headerlens.verify.mend_dmarc import mended_dmarc, merged_dmarc
from headerlens.verify.unquoted import is_quoted

_MISSING = {
    "none.no_record": "dmarc.no-record",
    "none.several_records": "dmarc.several-records",
    "none.version": "dmarc.version",
    "none.unusable_policy": "dmarc.unusable-policy",
}
_TAGS_TOLD = 4


def find_domain_dmarc(case: DomainCase) -> Iterator[Finding]:
    """Why no record applies, or what the one that applies says and how it is written."""
    dmarc = case.dmarc
    if dmarc.code in _MISSING:
        yield from _missing(case)
    elif dmarc.record is not None:
        yield from _policy(case, dmarc.record)
        yield from _notes(dmarc.record)
        yield from _passed_over(case, dmarc.record)
        yield from _reports(case, dmarc.record)


def _missing(case: DomainCase) -> Iterator[Finding]:
    domain, dmarc = case.domain, case.dmarc
    name = f"_dmarc.{domain}"
    quoted = next((text for text in dmarc.texts if is_quoted(text) and mended_dmarc(text)), None)
    if quoted is not None:
        edit = RecordEdit(name, "TXT", (quoted,), (mended_dmarc(quoted) or "",))
        yield Finding("publish.quoted-dmarc", {"name": name}, (Where(question=f"TXT {name}"),), (), (edit,))
    elif dmarc.doubled_texts or dmarc.doubled_aliases:
        wrong, aliases = f"{name}.{domain}", dmarc.doubled_aliases
        after = (
            RecordEdit(name, "CNAME", (), aliases[:1]) if aliases else RecordEdit(name, "TXT", (), dmarc.doubled_texts)
        )
        places = (Where(question=f"TXT {wrong}"), Where(question=f"TXT {name}"))
        yield Finding("publish.doubled-dmarc", {"name": name, "wrong": wrong}, places, (), (after,))
    else:
        yield _attempt(case)


def _attempt(case: DomainCase) -> Finding:
    """No record, or one (or several) that cannot be used, with what should stand there."""
    step = next((one for one in case.dmarc.steps if one.found in {"several", "unusable"}), None)
    owner = step.domain if step is not None else case.domain
    name = f"_dmarc.{owner}"
    where = (Where(question=f"TXT {name}"),)
    if step is not None and step.record is not None and not is_usable(step.record):
        return Finding("dmarc.duplicate-tag", {"domain": owner}, where, (), _mended(name, (step.record.text,)))
    identifier = _MISSING[case.dmarc.code]
    if identifier == "dmarc.no-record":
        first = "v=DMARC1; p=reject" if _never_sends(case) else f"{FIRST_RECORD}{case.domain}"
        condition = "edit.no-mail" if _never_sends(case) else "edit.begin"
        edits: tuple[RecordEdit, ...] = (RecordEdit(name, "TXT", (), (first,), condition),)
    else:
        texts = case.dmarc.texts if owner == case.domain else tuple(t for t in (_text_of(case, owner),) if t)
        edits = _mended(name, tuple(text for text in texts if looks_like_dmarc(text)))
    return Finding(identifier, {"author": owner}, where, (), edits)


def _text_of(case: DomainCase, owner: str) -> str:
    return next((s.record.text for s in case.dmarc.steps if s.domain == owner and s.record is not None), "")


def _never_sends(case: DomainCase) -> bool:
    return not case.mx.servers and [one.lower() for one in case.spf.records] == ["v=spf1 -all"]


def _mended(name: str, written: tuple[str, ...]) -> tuple[RecordEdit, ...]:
    if not written:
        return ()
    mended = mended_dmarc(written[0]) if len(written) == 1 else merged_dmarc(written)
    condition = "edit.one-dmarc" if len(written) > 1 else ""
    return () if mended is None else (RecordEdit(name, "TXT", written, (mended,), condition),)


def _policy(case: DomainCase, record: DmarcRecord) -> Iterator[Finding]:
    policy = case.dmarc.policy
    if record.bad_policy:
        yield _about(record, "dmarc.policy-replaced", {}, mends=True)
    elif policy == "none":
        yield _about(record, "dmarc.monitoring", {})
    elif policy is not None and not case.parked:
        yield _about(record, "dmarc.policy", {"wish": f"wish.{policy}", "policy": policy})
    if record.testing and policy in {"reject", "quarantine"}:
        yield _about(record, "dmarc.testing" if policy == "reject" else "dmarc.testing-quarantine", {})


def _notes(record: DmarcRecord) -> Iterator[Finding]:
    """One finding for each kind of slip; several of one kind stand in one sentence."""
    kinds: tuple[tuple[str, str, Callable[[Fault], bool]], ...] = (
        ("note.bad_value", "dmarc.bad-value", lambda note: note.detail.partition("=")[0].lower() not in POLICY_TAGS),
        ("note.unknown_tag", "dmarc.unknown-tag", lambda _note: True),
        ("note.historic_tag", "dmarc.historic-tag", lambda _note: True),
    )
    for code, identifier, counts in kinds:
        tags = [note.detail for note in record.notes if note.code == code and counts(note)]
        if tags:
            more = ", …" if len(tags) > _TAGS_TOLD else ""
            yield _about(record, identifier, {"tag": ", ".join(tags[:_TAGS_TOLD]) + more}, mends=True)
    present = {note.code for note in record.notes}
    for oddity in ODDITIES:
        if f"note.{oddity}" in present:
            yield _about(record, "dmarc.fragile", {"reason": f"dmarc-oddity.{oddity}"}, mends=True)


def _passed_over(case: DomainCase, record: DmarcRecord) -> Iterator[Finding]:
    """Records at other names of the walk that nobody can use."""
    for step in case.dmarc.steps:
        where = (Where(question=f"TXT _dmarc.{step.domain}"),)
        if step.domain == record.domain:
            continue
        if step.found == "several":
            yield Finding("dmarc.several-above", {"domain": step.domain}, where)
        elif step.found == "unusable" and step.record is None:
            yield Finding("dmarc.version-above", {"domain": step.domain}, where)


def _reports(case: DomainCase, record: DmarcRecord) -> Iterator[Finding]:
    if not record.has_report_address and not record.bad_policy and not case.parked:
        yield _about(record, "domain.no-reports", {})
    for target in case.dmarc.targets:
        if target.permission is Permission.MISSING:
            params: dict[str, str | int] = {"domain": record.domain, "target": target.domain, "name": target.question}
            edit = RecordEdit(target.question, "TXT", (), ("v=DMARC1;",), "edit.at-target", (("name", target.domain),))
            yield Finding("domain.rua-refused", params, (Where(question=f"TXT {target.question}"),), (), (edit,))


def _about(record: DmarcRecord, identifier: str, params: dict[str, str | int], *, mends: bool = False) -> Finding:
    name = f"_dmarc.{record.domain}"
    edits = _mended(name, (record.text,)) if mends else ()
    return Finding(identifier, {"domain": record.domain, **params}, (Where(question=f"TXT {name}"),), (), edits)
