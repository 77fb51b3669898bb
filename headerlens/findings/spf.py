"""Findings about SPF (RFC 7208)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import (
    allows_everyone,
    counting,
    fails_by_strict_mode,
    forwarder,
    has_forwarders_return_path,
    spf_identifier,
    through_list,
)
from headerlens.findings.kinship import is_undeclared
from headerlens.model.findings import Finding, Where
from headerlens.model.limits import SPF_MAX_LOOKUPS, SPF_MAX_VOID_LOOKUPS
from headerlens.model.verdicts import AlignedIdentifier, Identity, Result, SpfCheck, SpfNode, TermState
from headerlens.verify.spf_macros import letters

_BY_CODE = {
    "spf.none": "spf.none",
    "spf.temperror": "spf.temperror",
    "spf.several_records": "spf.several-records",
    "spf.syntax": "spf.syntax",
    "spf.not_ascii": "spf.not-ascii",
    "spf.include_none": "spf.include-none",
    "spf.redirect_none": "spf.include-none",
    "spf.too_many_mx": "spf.too-many-mx",
    "spf.include_loop": "spf.include-loop",
    "spf.unprocessable": "spf.unprocessable",
}
"""Codes whose finding needs the domain only; an unknown permerror becomes spf.permerror."""

_ASSUMED = {
    "spf.local_part_unknown": (frozenset("ls"), "assumed.local-part"),
    "spf.helo_unknown": (frozenset("h"), "assumed.helo"),
}
"""Notes on missing values: the macro letters that stand for them (RFC 7208 7.2), and a phrase."""

_BY_RESULT = {Result.FAIL: "spf.fail", Result.SOFTFAIL: "spf.softfail", Result.NEUTRAL: "spf.neutral"}


def find_spf(facts: Facts) -> Iterator[Finding]:
    """What became of the check, then remarks."""
    spf = facts.spf
    if spf.code == "spf.no_ip":
        yield Finding("spf.no-ip")
    elif spf.code == "spf.no_domain" or not spf.domain:
        yield Finding("spf.no-domain")
    elif spf.result is Result.PASS:
        yield from _passing(facts)
    else:
        yield _failing(facts)
    if spf.identity is Identity.HELO and spf.domain:
        yield Finding("spf.helo", {"domain": spf.domain})
    if spf.domain:
        yield from _remarks(facts)


def _remarks(facts: Facts) -> Iterator[Finding]:
    """What a result leaves unsaid: a term nobody should use, and macros whose values had to be assumed."""
    spf, codes = facts.spf, {note.code for note in facts.spf.notes}
    if "spf.ptr" in codes:
        yield Finding("spf.ptr", {"domain": spf.domain}, _where(facts))
    asked = macro_letters(spf.tree) if spf.tree is not None else frozenset()
    assumed = [name for code, (wanted, name) in _ASSUMED.items() if code in codes and asked & wanted]
    if assumed:
        reason = assumed[0] if len(assumed) == 1 else "assumed.both"
        yield Finding("spf.assumed", {"domain": spf.domain, "reason": reason}, _where(facts))


def macro_letters(node: SpfNode) -> frozenset[str]:
    """The macro letters of the terms that were reached, in the whole tree."""
    found: set[str] = set()
    for term in node.terms:
        if term.state is not TermState.NOT_REACHED:
            found |= letters(term.text)
        if term.child is not None:
            found |= macro_letters(term.child)
    return frozenset(found)


def _passing(facts: Facts) -> Iterator[Finding]:
    spf, one = facts.spf, spf_identifier(facts)
    if one is not None and one.aligned is False and any(c.method == "dkim" for c in counting(facts)):
        passed_on = has_forwarders_return_path(facts) or through_list(facts)
        identifier = "spf.passed-on" if passed_on else "spf.service"
        yield Finding(identifier, {"domain": spf.domain, "author": facts.dmarc.author_domain}, _where(facts))
    elif _is_foreign(facts, one):
        yield Finding("spf.elsewhere", {"domain": spf.domain, "author": facts.dmarc.author_domain}, _where(facts))
    else:
        yield Finding("spf.listed", {"ip": spf.inputs.client_ip or "?", "domain": spf.domain}, _where(facts))
    if allows_everyone(facts):
        yield Finding("spf.allows-everyone", {"domain": spf.domain}, _where(facts))


def _is_foreign(facts: Facts, one: AlignedIdentifier | None) -> bool:
    """Whether the pass is somebody else's: not where only strict mode, or a missing record, keeps the name out."""
    if one is None or not facts.dmarc.author_domain or is_undeclared(facts, one):
        return False
    return one.aligned is not True and not fails_by_strict_mode(facts, one)


def _failing(facts: Facts) -> Finding:
    spf, where = facts.spf, _where(facts)
    if spf.code == "spf.too_many_lookups":
        n = max(spf.lookups, SPF_MAX_LOOKUPS + 1)
        return Finding("spf.too-many-lookups", {"domain": spf.domain, "n": n}, where)
    if spf.code == "spf.too_many_voids":
        n = max(spf.void_lookups, SPF_MAX_VOID_LOOKUPS + 1)
        return Finding("spf.too-many-voids", {"domain": spf.domain, "n": n}, where)
    if spf.code in _BY_CODE:
        return Finding(_plain_id(spf), {"domain": spf.domain}, where)
    if spf.result not in _BY_RESULT:
        return Finding(_by_other_result(spf.result), {"domain": spf.domain}, where)
    passed_on = forwarder(facts) if counting(facts) else None
    one = spf_identifier(facts)
    if passed_on is not None and one is not None and one.aligned:
        return Finding("spf.forwarded", {"domain": spf.domain, "forwarder": passed_on}, where)
    return Finding(_BY_RESULT[spf.result], {"ip": spf.inputs.client_ip or "?", "domain": spf.domain}, where)


def _plain_id(spf: SpfCheck) -> str:
    """The finding of a code that needs the domain only; a name that does not exist is more than a missing record."""
    is_missing = spf.code == "spf.none" and any(note.code == "spf.no_name" for note in spf.notes)
    return "spf.no-name" if is_missing else _BY_CODE[spf.code or ""]


def _by_other_result(result: Result) -> str:
    return {Result.TEMPERROR: "spf.temperror", Result.NONE: "spf.none"}.get(result, "spf.permerror")


def _where(facts: Facts) -> tuple[Where, ...]:
    places = [Where(question=f"TXT {facts.spf.domain}")]
    border = facts.sender.border
    if border is not None and 0 <= border < len(facts.message.hops):
        places.insert(0, Where(field_index=facts.message.hops[border].field_index))
    return tuple(places)
