"""Findings about DMARC: the policy, its record, and the verdict (RFC 9989; codes of standards.md 1.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import (
    author_signatures,
    believed_results,
    counting,
    has_list_signs,
    headers_only_signed,
    kept_out_by_strict_mode,
    never_delivered,
    other_passing_domain,
    policy_does_not_matter,
    third_party_passes,
)
from headerlens.model.findings import Finding, Where
from headerlens.model.verdicts import DkimCheck, Note, Result

_MISSING_RECORD = {
    "none.no_record": "dmarc.no-record",
    "none.several_records": "dmarc.several-records",
    "none.version": "dmarc.version",
    "none.unusable_policy": "dmarc.unusable-policy",
}

MOST_SIGNATURES = 3
"""Signatures a failed verdict points at; the gutter has bars for as many, and each has findings of its own."""

_MISSING_ANSWER = frozenset({"policy", "org", "key", "spf", "exists"})


def find_dmarc(facts: Facts) -> Iterator[Finding]:
    """Why it failed or could not be decided, then what the owner asks for, then remarks."""
    dmarc = facts.dmarc
    if not dmarc.author_domain:
        return
    yield from _verdict(facts)
    yield from _policy(facts)
    for note in dmarc.notes:
        make = _NOTES.get(note.code)
        if make is not None:
            yield make(facts, note)
    if dmarc.author_exists is False:
        yield Finding("dmarc.no-such-domain", {"author": dmarc.author_domain}, _where_from(facts))
    if dmarc.result is Result.FAIL and author_signatures(facts) and has_list_signs(facts):
        yield Finding("dmarc.indirect", {"author": dmarc.author_domain})


def _verdict(facts: Facts) -> Iterator[Finding]:
    dmarc, code = facts.dmarc, facts.dmarc.code or ""
    author = dmarc.author_domain
    if dmarc.result is Result.FAIL:
        yield from _failure(facts)
    elif code in _MISSING_RECORD:
        yield Finding(_MISSING_RECORD[code], {"author": author}, (Where(question=f"TXT _dmarc.{author}"),))
    elif policy_does_not_matter(facts):
        yield Finding("dmarc.policy-unknown", {"author": author}, (Where(question=f"TXT _dmarc.{author}"),))
    elif dmarc.result is Result.TEMPERROR:
        kind = code.partition(".")[2]
        phrase = f"missing.{kind}" if kind in _MISSING_ANSWER else "missing.other"
        yield Finding("dmarc.temperror", {"author": author, "missing": phrase})


def _failure(facts: Facts) -> Iterator[Finding]:
    """Why nothing counts. No failure where the body is missing or nothing was delivered; strict mode has its own words.

    The word of the standard stays "fail": without a body no signature passes (RFC 9989 5.3.5).
    """
    author, other = facts.dmarc.author_domain, other_passing_domain(facts)
    if never_delivered(facts):
        return
    if headers_only_signed(facts) and not counting(facts):
        yield Finding("dmarc.unfinished", {"author": author})
    elif other is not None and facts.dmarc.code == "fail.passed_not_aligned":
        about = _where_unconnected(facts, third_party_passes(facts))
        yield Finding("dmarc.not-aligned", {"author": author, "other": other}, about)
    elif kept_out_by_strict_mode(facts) is None:
        yield Finding("dmarc.nothing-passed", {"author": author}, _where_unconnected(facts, facts.dkim))


def _policy(facts: Facts) -> Iterator[Finding]:
    dmarc = facts.dmarc
    if dmarc.policy is None or dmarc.policy_domain is None:
        return
    where = (Where(question=f"TXT _dmarc.{dmarc.policy_domain}"),)
    if dmarc.policy == "none":
        yield Finding("dmarc.monitoring", {"domain": dmarc.policy_domain}, where)
        return
    params = {"domain": dmarc.policy_domain, "wish": f"wish.{dmarc.policy}", "policy": dmarc.policy}
    yield Finding("dmarc.policy", params, where)
    if dmarc.test_mode:
        tested = "dmarc.testing" if dmarc.policy == "reject" else "dmarc.testing-quarantine"
        yield Finding(tested, {"domain": dmarc.policy_domain}, where)


def _owner(facts: Facts) -> str:
    return facts.dmarc.policy_domain or facts.dmarc.author_domain


def _about_record(identifier: str) -> Callable[[Facts, Note], Finding]:
    """A finding whose only parameter is the domain of the record."""

    def make(facts: Facts, note: Note) -> Finding:
        domain = note.detail if identifier == "dmarc.duplicate-tag" and "." in note.detail else _owner(facts)
        return Finding(identifier, {"domain": domain}, (Where(question=f"TXT _dmarc.{domain}"),))

    return make


def _historic(facts: Facts, note: Note) -> Finding:
    domain = _owner(facts)
    return Finding(
        "dmarc.historic-tag", {"domain": domain, "tag": note.detail or "pct"}, (Where(question=f"TXT _dmarc.{domain}"),)
    )


def _older(facts: Facts, note: Note) -> Finding:
    psl = facts.dmarc.psl
    result = psl.result.value if psl is not None else note.detail
    if psl is not None and psl.disposition:
        result = f"{result}, {psl.disposition}"
    params = {"author": facts.dmarc.author_domain, "result": result, "reason": f"older.{_why_older_differ(facts)}"}
    return Finding("dmarc.older-receivers", params)


OLDER_REASONS = (
    "missing-answer", "declared", "several", "organisation", "record", "bad-policy", "nonexistent", "testing", "other",
)  # fmt: skip
"""Why RFC 7489 leads elsewhere (RFC 9989 C.3); words stand under older.*."""


def _why_older_differ(facts: Facts) -> str:
    """The first of OLDER_REASONS that holds."""
    dmarc, psl = facts.dmarc, facts.dmarc.psl
    if psl is None:
        return "other"
    holds = (
        Result.TEMPERROR in {dmarc.result, psl.result},
        dmarc.organization.how in {"psd=n", "psd=y-below"},
        psl.policy_domain is None and any(note.code == "note.several_records" for note in dmarc.notes),
        psl.organizational_domain != dmarc.organization.name,
        psl.policy_domain != dmarc.policy_domain,
        dmarc.policy_tag == "p=none",
        dmarc.policy_tag == "np",
        dmarc.test_mode,
        True,
    )
    return next(reason for reason, is_so in zip(OLDER_REASONS, holds, strict=True) if is_so)


def _depth(facts: Facts, _note: Note) -> Finding:
    return Finding("dmarc.depth", {"author": facts.dmarc.author_domain})


_NOTES: dict[str, Callable[[Facts, Note], Finding]] = {
    "note.policy_replaced": _about_record("dmarc.policy-replaced"),
    "note.duplicate_tag": _about_record("dmarc.duplicate-tag"),
    "note.historic_tag": _historic,
    "note.psl_differs": _older,
    "note.depth": _depth,
}
"""Notes with words of their own; note.t is told by the policy, note.indirect by the list's own signs."""


def _where_unconnected(facts: Facts, signatures: tuple[DkimCheck, ...]) -> tuple[Where, ...]:
    """The shown sender, what does not vouch for it, where the receiver wrote so, and the policy (picture 04)."""
    signed = (Where(field_index=check.signature.field_index) for check in signatures[:MOST_SIGNATURES])
    field = believed_results(facts)
    recorded = () if field is None else (Where(field_index=field.field_index),)
    owner = facts.dmarc.policy_domain
    policy = () if owner is None else (Where(question=f"TXT _dmarc.{owner}"),)
    return (*_where_from(facts), *signed, *recorded, *policy)


def _where_from(facts: Facts) -> tuple[Where, ...]:
    return tuple(Where(field_index=index) for index in facts.message.from_fields)
