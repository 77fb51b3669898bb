"""DMARC for one message (RFC 9989 5.3): policy, alignment, verdict, and what an older receiver would say.

Identifiers are compared even where no record exists or a check failed, so that a picture can be drawn; only what the
standard calls required (5.3.6) can turn the verdict into temperror.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from headerlens.model.dns import Lookup
from headerlens.model.limits import DMARC_MAX_QUERIES
from headerlens.model.records import DmarcRecord
from headerlens.model.verdicts import (
    AlignedIdentifier,
    DkimCheck,
    DmarcCheck,
    Note,
    Organization,
    PslView,
    Result,
    SpfCheck,
)
from headerlens.parse.names import is_ip_literal, labels
from headerlens.verify.identifiers import Candidate, candidates, compare_identifiers
from headerlens.verify.organization import TreeWalks
from headerlens.verify.policy import Discovery, Wish, choose, discover, lowered
from headerlens.verify.psl import is_public_suffix, old_view

Pair = tuple[Candidate, AlignedIdentifier]


def check_dmarc(
    author: tuple[str, ...], from_count: int, spf: SpfCheck, dkim: tuple[DkimCheck, ...], ask: Lookup
) -> DmarcCheck:
    """The verdict with a code of standards.md 1.6 (None for a pass), never raises.

    `author` holds the A-label domains of all From mailboxes, "" for one without; `from_count` counts From fields.
    Questions: TXT at "_dmarc." names, and A at the Author Domain where np= could apply.
    """
    found = candidates(spf, dkim)
    code = _not_applicable(author, from_count)
    if code:
        return _without_author(code, found)
    walks = TreeWalks(ask)
    organization = walks.organization(author[0].lower().removesuffix("."))
    discovery = discover(organization)
    record = discovery.record
    modes = {"spf": record.aspf, "dkim": record.adkim} if record else {"spf": "r", "dkim": "r"}
    identifiers = compare_identifiers(found, organization, modes, walks)
    psl = old_view(organization.domain, found, walks)
    if record is None or discovery.code is not None:
        check = _without_policy(organization, discovery, identifiers)
    else:
        wish = choose(record, organization.domain, ask)
        check = _with_policy(organization, record, wish, tuple(zip(found, identifiers, strict=True)))
    psl = replace(psl, differs=_differs(psl, check))
    return replace(check, psl=psl, notes=tuple(_notes(check, psl, dkim)))


def _not_applicable(author: tuple[str, ...], from_count: int) -> str | None:
    """5.3.1, 4.2: one From field, one domain. A literal beside a name is two domains; two alike are one."""
    if from_count == 0:
        return "na.no_from"
    if from_count > 1:
        return "na.several_from"
    domains = {"" if is_ip_literal(name) else name.lower().removesuffix(".") for name in author}
    if len(domains) > 1:
        return "na.several_domains"
    return None if domains and domains != {""} else "na.no_domain"


def _without_author(code: str, found: tuple[Candidate, ...]) -> DmarcCheck:
    identifiers = tuple(
        AlignedIdentifier(one.method, one.index, one.domain, one.authenticated, aligned=None, exact=False, mode="r")
        for one in found
    )
    return _check(Result.NONE, code, Organization("", None, "itself"), identifiers)


def _without_policy(
    organization: Organization, discovery: Discovery, identifiers: tuple[AlignedIdentifier, ...]
) -> DmarcCheck:
    """No record, none that may be processed, or the search for it failed."""
    code = discovery.code or "none.no_record"
    result = Result.TEMPERROR if code.startswith("temperror") else Result.NONE
    return _check(result, code, organization, identifiers, discovery.record)


def _check(
    result: Result,
    code: str,
    organization: Organization,
    identifiers: tuple[AlignedIdentifier, ...],
    record: DmarcRecord | None = None,
) -> DmarcCheck:
    return DmarcCheck(
        result=result,
        code=code,
        author_domain=organization.domain,
        organization=organization,
        record=record,
        policy_domain=record.domain if record else None,
        policy=None,
        policy_tag=None,
        disposition=None,
        test_mode=bool(record and record.testing),
        spf_aligned=None,
        dkim_aligned=None,
        identifiers=identifiers,
        discovery=organization.steps,
    )


def _with_policy(organization: Organization, record: DmarcRecord, wish: Wish, pairs: tuple[Pair, ...]) -> DmarcCheck:
    """5.3.5, 5.3.6: one aligned identifier passes; else a missing answer that could have changed that; else fail."""
    code = None if any(one.counts for _, one in pairs) else _blocking(pairs) or _unknown_wish(wish) or _failing(pairs)
    word = code.partition(".")[0] if code else "pass"
    disposition = {"pass": "none", "temperror": None}.get(word, wish.policy)
    if word == "fail" and wish.policy:
        disposition = lowered(wish.policy, testing=record.testing)
    return DmarcCheck(
        result=Result(word),
        code=code,
        author_domain=organization.domain,
        organization=organization,
        record=record,
        policy_domain=record.domain,
        policy=wish.policy,
        policy_tag=wish.tag,
        disposition=disposition,
        test_mode=record.testing,
        spf_aligned=_method_aligned("spf", pairs),
        dkim_aligned=_method_aligned("dkim", pairs),
        identifiers=tuple(one for _, one in pairs),
        discovery=organization.steps,
        author_exists=wish.author_exists,
    )


def _blocking(pairs: tuple[Pair, ...]) -> str | None:
    """The required query that failed: one whose answer could have made the message pass (5.3.6; vectors F13, F19)."""
    for candidate, one in pairs:
        if one.authenticated and one.aligned is None:
            return "temperror.org"
        if candidate.result is Result.TEMPERROR and one.aligned is not False:
            return "temperror.spf" if one.method == "spf" else "temperror.key"
    return None


def _unknown_wish(wish: Wish) -> str | None:
    return "temperror.exists" if wish.policy is None else None


def _failing(pairs: tuple[Pair, ...]) -> str:
    return "fail.passed_not_aligned" if any(one.authenticated for _, one in pairs) else "fail.nothing_passed"


def _method_aligned(method: str, pairs: tuple[Pair, ...]) -> bool | None:
    ours = [one for _, one in pairs if one.method == method and one.authenticated]
    if any(one.counts for one in ours):
        return True
    return None if any(one.aligned is None for one in ours) else False


def _differs(psl: PslView, check: DmarcCheck) -> bool:
    """Whether the old rules lead to another verdict, policy domain or wish; alignment alone does not matter."""
    ours = (check.result, check.policy_domain, check.disposition)
    return (psl.result, psl.policy_domain, psl.disposition) != ours


def _notes(check: DmarcCheck, psl: PslView, dkim: tuple[DkimCheck, ...]) -> Iterator[Note]:
    if check.policy_tag == "p=none":
        yield Note("note.policy_replaced", " ".join(check.record.bad_policy) if check.record else "")
    if check.test_mode:
        yield Note("note.t", check.policy or "")
    for fault in check.record.notes if check.record else ():
        yield Note(fault.code, fault.detail)
    yield from _walk_notes(check.organization)
    if psl.differs:
        yield Note("note.psl_differs", psl.result.value)
    if len(labels(check.author_domain)) > DMARC_MAX_QUERIES:
        yield Note("note.depth", check.author_domain)
    for one in check.identifiers:
        if one.index is not None and one.aligned and _lacks_body(one.index, dkim):
            yield Note("note.body_missing", str(one.index))


def _walk_notes(organization: Organization) -> Iterator[Note]:
    """What the domain's owner should mend along the way up, though another record may apply."""
    for step in organization.steps:
        if step.found == "several":
            yield Note("note.several_records", step.domain)
        elif step.found == "unusable":
            yield Note("note.duplicate_tag" if step.record else "note.version", step.domain)
    if organization.name and organization.how == "fewest-labels" and is_public_suffix(organization.name):
        yield Note("note.public_suffix", organization.name)  # 11.8: every customer of the suffix aligns with the others


def _lacks_body(index: int, dkim: tuple[DkimCheck, ...]) -> bool:
    """A signature that may well pass: only the body is not at hand, so the verdict leans on what is missing."""
    return any(one.index == index and one.code == "body.missing" for one in dkim)
