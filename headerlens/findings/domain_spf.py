"""Findings about the SPF record of a domain, without a sender (RFC 7208)."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from headerlens.domains.inspect import sends_nothing
from headerlens.domains.service import is_open
from headerlens.model.domain import DomainCase, SpfSetup
from headerlens.model.findings import Finding, RecordEdit, Where
from headerlens.model.limits import SPF_MAX_LOOKUPS, SPF_MAX_VOID_LOOKUPS
from headerlens.model.verdicts import SpfNode, SpfTerm
from headerlens.parse.received import is_internal
from headerlens.parse.spf import ParsedTerm, parse_spf
from headerlens.verify.mend_spf import mended_spf, merged_spf, without_terms
from headerlens.verify.unquoted import unquoted

_NEARLY = SPF_MAX_LOOKUPS - 1
_TOLD = 3
_TERM_CHARACTERS = 80
_OWNERS_TOLD = 6


def find_domain_spf(case: DomainCase) -> Iterator[Finding]:
    """What keeps the record from being used, then what weakens it, then what does no harm."""
    spf = case.spf
    if spf.code == "none":
        yield from _missing(case)
    elif spf.code == "several":
        yield from _several(case)
    elif spf.tree is not None:
        yield from _faults(case, spf.tree)
        yield from _dead_ends(case, spf.tree)
        yield from _counts(case, spf.tree)
        yield from _policy(case, parse_spf(spf.records[0]))
        yield from _remarks(case, parse_spf(spf.records[0]))


def _where(name: str) -> tuple[Where, ...]:
    return (Where(question=f"TXT {name}"),)


def _missing(case: DomainCase) -> Iterator[Finding]:
    domain, quoted = case.domain, case.spf.quoted
    if quoted:
        after = mended_spf(quoted[0]) or unquoted(quoted[0])
        edit = RecordEdit(domain, "TXT", quoted[:1], (after,))
        yield Finding("publish.quoted-spf", {"name": domain}, _where(domain), (), (edit,))
        return
    yield Finding("domain.spf-none", {"domain": domain}, _where(domain), (), tuple(_first_records(case)))


def _first_records(case: DomainCase) -> Iterator[RecordEdit]:
    """What the chosen service asks for; else what says that nothing is sent, or what lists the servers of MX."""
    asked = next((row.wanted for row in case.service if row.wanted.purpose == "spf"), None)
    include = next((one for one in asked.includes if not is_open(one)), "") if asked is not None else ""
    if include:
        value = asked.value if asked is not None and asked.value and not is_open(asked.value) else ""
        yield RecordEdit(case.domain, "TXT", (), (value or f"v=spf1 include:{include} ~all",))
        return
    if case.mx.servers:
        yield RecordEdit(case.domain, "TXT", (), ("v=spf1 mx ~all",), "edit.mx-sends")
    else:
        yield RecordEdit(case.domain, "TXT", (), ("v=spf1 -all",), "edit.no-mail")


def _several(case: DomainCase) -> Iterator[Finding]:
    merged = merged_spf(case.spf.records)
    edits = () if merged is None else (RecordEdit(case.domain, "TXT", case.spf.records, (merged,), "edit.one-spf"),)
    yield Finding("spf.several-records", {"domain": case.domain}, _where(case.domain), (), edits)


def _faults(case: DomainCase, tree: SpfNode) -> Iterator[Finding]:
    """One finding for each record with mistakes, about its first; the edit mends them all."""
    told: set[str] = set()
    for owner, term, start, fault in case.spf.faults:
        if owner in told or len(told) == _OWNERS_TOLD:
            continue
        told.add(owner)
        shown = term if len(term) <= _TERM_CHARACTERS else f"{term[:_TERM_CHARACTERS]}…"
        params: dict[str, str | int] = {"domain": owner, "term": shown, "n": start + 1, "reason": f"spf-fault.{fault}"}
        record = next((node.record for node in _nodes(tree) if node.domain == owner), None)
        mended = mended_spf(record) if record else None
        edits = (RecordEdit(owner, "TXT", (record,), (mended,), "edit.check-meaning"),) if record and mended else ()
        yield Finding("domain.spf-syntax", params, _where(owner), (), edits)


def _dead_ends(case: DomainCase, tree: SpfNode) -> Iterator[Finding]:
    for name in case.spf.missing[:_OWNERS_TOLD]:
        found = next(((node, term) for node, term in _terms(tree) if _leads_to(term, name)), None)
        edits = () if found is None or found[1].kind == "redirect" else (_without(found[0], (found[1].text,)),)
        yield Finding("domain.spf-include-none", {"domain": case.domain, "name": name}, _where(name), (), edits)
    if case.spf.loops:
        yield Finding("spf.include-loop", {"domain": case.domain}, _where(case.spf.loops[0]))
    if case.spf.crowded:
        yield Finding("spf.too-many-mx", {"domain": case.domain}, _where(case.domain))


def _leads_to(term: SpfTerm, name: str) -> bool:
    return term.error in {"none", "several"} and term.text.lower().rstrip(".").endswith(name)


def _counts(case: DomainCase, tree: SpfNode) -> Iterator[Finding]:
    domain, spf = case.domain, case.spf
    if spf.lookups > SPF_MAX_LOOKUPS:
        params: dict[str, str | int] = {"domain": domain, "n": spf.lookups, "names": costliest(spf)}
        yield Finding("domain.spf-lookups", params, _where(domain), (), _fewer(spf, tree))
    elif spf.lookups >= _NEARLY:
        yield Finding("domain.spf-nearly", {"domain": domain, "n": spf.lookups}, _where(domain))
    if not spf.voids:
        return
    own = tuple(term.text for term in tree.terms if term.error == "void" and term.kind != "exists")
    edits = (_without(tree, own),) if own else ()
    names = ", ".join(spf.voids[:_OWNERS_TOLD])
    if len(spf.voids) > SPF_MAX_VOID_LOOKUPS:
        told: dict[str, str | int] = {"domain": domain, "n": len(spf.voids), "names": names}
        yield Finding("domain.spf-voids", told, _where(domain), (), edits)
    else:
        yield Finding("domain.spf-void", {"domain": domain, "names": names}, _where(domain), (), edits)


def costliest(spf: SpfSetup) -> str:
    """The dearest terms with what each costs, such as "include:a.example (7)"."""
    return ", ".join(f"{cost.text} ({cost.lookups})" for cost in spf.costs[:_TOLD])


def _fewer(spf: SpfSetup, tree: SpfNode) -> tuple[RecordEdit, ...]:
    """Without the dearest includes that bring the count under the limit, if nobody needs them."""
    over, gone = spf.lookups - SPF_MAX_LOOKUPS, []
    for cost in spf.costs:
        if over <= 0:
            break
        if "include:" in cost.text.lower():
            gone.append(cost.text)
            over -= cost.lookups
    return (_without(tree, tuple(gone)),) if gone and over <= 0 else ()


def _policy(case: DomainCase, terms: tuple[ParsedTerm, ...]) -> Iterator[Finding]:
    """How the record ends: with a statement on everybody else, or without."""
    domain, record = case.domain, case.spf.records[0]
    ending = next((term for term in terms if term.kind == "all"), None)
    if ending is None:
        if not any(term.kind == "redirect" for term in terms):
            edit = RecordEdit(domain, "TXT", (record,), (f"{record.rstrip()} ~all",), "edit.if-complete")
            yield Finding("domain.spf-no-all", {"domain": domain}, _where(domain), (), (edit,))
    elif ending.qualifier in {"+", "?"}:
        after = f"{without_terms(record, (ending.text,))} ~all"
        edit = RecordEdit(domain, "TXT", (record,), (after,), "edit.if-complete")
        identifier = "spf.allows-everyone" if ending.qualifier == "+" else "domain.spf-neutral"
        yield Finding(identifier, {"domain": domain}, _where(domain), (), (edit,))


def _remarks(case: DomainCase, terms: tuple[ParsedTerm, ...]) -> Iterator[Finding]:
    kinds = [term.kind for term in terms]
    if "ptr" in kinds:
        edit = _edit(case, [term.text for term in terms if term.kind == "ptr"], "edit.if-listed-otherwise")
        yield Finding("spf.ptr", {"domain": case.domain}, _where(case.domain), (), (edit,))
    repeated = [t.text for at, t in enumerate(terms) if t.text.lower() in {o.text.lower() for o in terms[:at]}]
    yield from _about(case, "domain.spf-repeated", repeated, _tidy(case) if repeated else None)
    private = [term.text for term in terms if _is_private(term)]
    yield from _about(case, "domain.spf-private", private, _edit(case, private) if private else None)
    behind = [t.text for t in terms[kinds.index("all") + 1 :] if t.is_mechanism] if "all" in kinds else []
    if "all" in kinds:
        behind += [term.text for term in terms if term.kind == "redirect"]
    yield from _about(case, "domain.spf-behind-all", behind, _edit(case, behind) if behind else None)


def _about(case: DomainCase, identifier: str, texts: list[str], edit: RecordEdit | None) -> Iterator[Finding]:
    if texts and edit is not None and not sends_nothing(case.spf):
        names = ", ".join(dict.fromkeys(texts))
        yield Finding(identifier, {"domain": case.domain, "names": names}, _where(case.domain), (), (edit,))


def _tidy(case: DomainCase) -> RecordEdit:
    record = case.spf.records[0]
    return RecordEdit(case.domain, "TXT", (record,), (" ".join(dict.fromkeys(record.split())),))


def _edit(case: DomainCase, gone: list[str], condition: str = "") -> RecordEdit:
    record = case.spf.records[0]
    return RecordEdit(case.domain, "TXT", (record,), (without_terms(record, gone),), condition)


def _is_private(term: ParsedTerm) -> bool:
    if term.kind not in {"ip4", "ip6"} or term.fault is not None:
        return False
    return is_internal(ip_address(term.spec))


def _without(node: SpfNode, terms: tuple[str, ...]) -> RecordEdit:
    record = node.record or ""
    names = ", ".join(term.partition(":")[2] or term for term in terms)
    after = without_terms(record, terms)
    return RecordEdit(node.domain, "TXT", (record,), (after,), "edit.if-unused", (("names", names),))


def _nodes(node: SpfNode) -> Iterator[SpfNode]:
    yield node
    for term in node.terms:
        if term.child is not None:
            yield from _nodes(term.child)


def _terms(tree: SpfNode) -> Iterator[tuple[SpfNode, SpfTerm]]:
    return ((node, term) for node in _nodes(tree) for term in node.terms)
