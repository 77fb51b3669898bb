"""The one answer: a table of rules, first match wins (interface.md 3), and the exit status (product.md 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from headerlens.findings import denials as d
from headerlens.findings import situations as s
from headerlens.findings.added import shows_unsigned
from headerlens.findings.facts import Facts, facts_of
from headerlens.findings.grounds import (
    KEY_GONE,
    allows_everyone,
    author_signatures,
    counting,
    has_list_signs,
    has_no_record,
    hashes_differ,
    headers_only_signed,
    is_offline,
    key_is_gone,
    never_delivered,
    policy_does_not_matter,
    provably_signed,
    recorded_pass,
    recorded_signature,
    shared_suffix,
    spf_identifier,
    spoilt_by_copying,
    third_party_passes,
    was_copied,
)
from headerlens.findings.kinship import undeclared_pass
from headerlens.findings.lists import was_handed_over
from headerlens.model.case import Case
from headerlens.model.findings import Judgement, Level
from headerlens.model.message import BodyState
from headerlens.model.verdicts import DkimCheck, Drift, Match, Result

Condition = Callable[[Facts], bool]
Teller = Callable[[Facts], s.Told]

EXIT_AUTHENTICATED, EXIT_NOT_AUTHENTICATED, EXIT_CANNOT_TELL = 0, 1, 2

_TOO_LITTLE_PROVED = frozenset({"S1", "S2", "S4", "S16", "S17"})
"""Situations that say neither yes nor no where their level is a warning."""

_CHANGED_KEY = frozenset({Drift.KEY_GONE, Drift.KEY_REVOKED, Drift.KEY_CHANGED})
_CHANGED_DNS = _CHANGED_KEY | {Drift.DNS_CHANGED}


@dataclass(frozen=True, slots=True)
class Rule:
    """When `holds`, the answer is `level`, told by `tell`."""

    name: str
    holds: Condition
    level: Level
    tell: Teller


# ---- conditions, in the order of the table


def no_single_sender(facts: Facts) -> bool:
    """Rule 2: DMARC has nobody to speak for."""
    return (facts.dmarc.code or "").startswith("na.") or not facts.dmarc.author_domain


def authenticated(facts: Facts) -> bool:
    """Rule 3: an aligned check passes and no answer that matters is missing."""
    complete = facts.dmarc.result in {Result.PASS, Result.NONE} or policy_does_not_matter(facts)
    return bool(counting(facts)) and complete


def only_everybody_listed(facts: Facts) -> bool:
    """Rule 3, but all that passes is a list of servers that holds every one: that passes for a forger as well."""
    by_server = all(one.method == "spf" for one in counting(facts))
    return authenticated(facts) and by_server and allows_everyone(facts)


def neighbours_vouch(facts: Facts) -> bool:
    """Rule 3, but what passes may belong to any other customer of a public suffix: one of them could have sent it."""
    return authenticated(facts) and shared_suffix(facts) is not None


def partly_signed(facts: Facts) -> bool:
    """Rule 3, but the signature leaves out something that is shown, and no server of the sender answers for the rest.

    Such a message can be sent again by anybody, with a text of his own put in (RFC 6376 8.2, 8.15).
    """
    by_server = any(one.method == "spf" for one in counting(facts)) and not allows_everyone(facts)
    return authenticated(facts) and not by_server and shows_unsigned(facts)


def copy_spoilt(facts: Facts) -> bool:
    """Rule 5: only the body of a copied text is wrong.

    Where the mailbox rewrote it and the key is not to be had any more, the receiver's recorded pass takes the place of
    the header's hash, which nobody can compute (inputs.md 0.1).
    """
    return any(
        spoilt_by_copying(facts, check) or _is_rewritten_and_recorded(facts, check)
        for check in author_signatures(facts)
    )


def _is_rewritten_and_recorded(facts: Facts, check: DkimCheck) -> bool:
    rewritten = facts.body_state is BodyState.ALTERED and check.body_hash is Match.MISMATCH
    keyless = check.header_hash is Match.UNCHECKED and check.code in KEY_GONE
    return rewritten and keyless and recorded_pass(facts, check) and recorded_signature(facts, check)


def answers_missing(facts: Facts) -> bool:
    """Rule 6: what could still connect ends in DNS trouble."""
    if facts.dmarc.result is Result.TEMPERROR:
        return True
    if not has_no_record(facts) or counting(facts):
        return False
    spf, one = facts.spf, spf_identifier(facts)
    waiting = [check.result is Result.TEMPERROR for check in author_signatures(facts)]
    if one is not None and one.aligned is not False:
        waiting.append(spf.result is Result.TEMPERROR)
    return any(waiting)


def offline(facts: Facts) -> bool:
    """Rule 6, when nothing could be asked at all."""
    return answers_missing(facts) and is_offline(facts)


def repeatable_no_more(facts: Facts) -> bool:
    """Rule 7: the receiver recorded a pass, and DNS has changed since."""
    return s.faded_signature(facts) is not None or s.faded_server(facts)


def differs_from_delivery(facts: Facts) -> bool:
    """Rule 8: the receiver recorded a valid signature that this complete file no longer fits."""
    return not was_copied(facts) and any(
        hashes_differ(check) and recorded_pass(facts, check) and recorded_signature(facts, check)
        for check in author_signatures(facts)
    )


def changed_by_list(facts: Facts) -> bool:
    """Rule 9.

    Under a policy that asks for more than nothing, the author's key must provably have signed, and a check must show
    that a list or forwarder handed the message over: List-Id, an invented signature and a genuine header above another
    text cost a forger nothing.
    """
    broken = [check for check in author_signatures(facts) if hashes_differ(check)]
    if not broken or not has_list_signs(facts) or facts.dmarc.result is Result.PASS:
        return False
    if enforced(facts):
        return any(map(provably_signed, broken)) and was_handed_over(facts)
    return any(map(provably_signed, broken)) or d.list_name(facts) is not None


def fails(facts: Facts) -> bool:
    """DMARC fails."""
    return facts.dmarc.result is Result.FAIL


def enforced(facts: Facts) -> bool:
    """Whether the owner asks for more than nothing, after t=y."""
    return facts.dmarc.disposition in {"reject", "quarantine"}


def refused(facts: Facts) -> bool:
    """Rule 10."""
    return fails(facts) and enforced(facts)


def vouched_nearby(facts: Facts) -> bool:
    """What passes looks like the sender's own organisation, and no record says whether it is."""
    return undeclared_pass(facts) is not None and not author_signatures(facts) and not d.failed_then(facts)


def sent_by_service(facts: Facts) -> bool:
    """A service signed in its own name, and the sender's name stands under nothing; no policy asks for more."""
    signed = author_signatures(facts)
    return (fails(facts) or has_no_record(facts)) and not signed and bool(third_party_passes(facts))


def author_signature_fails(facts: Facts) -> bool:
    """Rule 12."""
    return has_no_record(facts) and bool(author_signatures(facts))


def body_changed(facts: Facts) -> bool:
    """Rule 12, S9: the headers still fit."""
    return author_signature_fails(facts) and _any(facts, _is_body_changed)


def headers_changed(facts: Facts) -> bool:
    """Rule 12, S10: a hash differs."""
    return author_signature_fails(facts) and _any(facts, hashes_differ)


def always(_facts: Facts) -> bool:
    """The last rule catches what no other did."""
    return True


def _any(facts: Facts, holds: Callable[[DkimCheck], bool]) -> bool:
    return any(map(holds, author_signatures(facts)))


def _is_body_changed(check: DkimCheck) -> bool:
    return check.header_hash is Match.MATCH and check.body_hash is Match.MISMATCH


RULES = (
    Rule("no single sender", no_single_sender, Level.WARN, s.no_single_sender),
    Rule("headers signed, body absent", headers_only_signed, Level.PARTIAL, s.headers_only),
    Rule("everybody is listed", only_everybody_listed, Level.WARN, s.everybody_listed),
    Rule("another customer of a suffix", neighbours_vouch, Level.WARN, s.neighbours_vouch),
    Rule("signed in part", partly_signed, Level.WARN, s.partly_signed),
    Rule("authenticated", authenticated, Level.PASS, s.authenticated),
    Rule("sent copy", never_delivered, Level.UNKNOWN, s.sent_copy),
    Rule("copy spoilt", copy_spoilt, Level.UNKNOWN, s.copy_spoilt),
    Rule("offline", offline, Level.UNKNOWN, s.offline),
    Rule("answers missing", answers_missing, Level.UNKNOWN, s.answers_missing),
    Rule("recorded pass, DNS changed", repeatable_no_more, Level.WARN, s.repeatable_no_more),
    Rule("recorded pass, content differs", differs_from_delivery, Level.WARN, s.differs_from_delivery),
    Rule("changed by a list", changed_by_list, Level.WARN, d.changed_by_list),
    Rule("fails, reject or quarantine", refused, Level.FAIL, d.refused),
    Rule("no record, a name nearby vouches", vouched_nearby, Level.UNKNOWN, d.vouched_nearby),
    Rule("sent by a service", sent_by_service, Level.WARN, d.sent_by_service),
    Rule("fails, no instruction", fails, Level.WARN, d.no_instruction),
    Rule("no record, body changed", body_changed, Level.WARN, d.body_changed),
    Rule("no record, headers changed", headers_changed, Level.WARN, d.headers_changed),
    Rule("no record, signature unusable", author_signature_fails, Level.WARN, d.signature_unusable),
    Rule("no record now, failed then", d.failed_then, Level.WARN, d.failed_on_delivery),
    Rule("no record, server not listed", d.server_not_listed, Level.WARN, d.nothing_vouches),
    Rule("nothing published", always, Level.UNKNOWN, d.nothing_vouches),
)
"""First match wins. What stands before `authenticated` narrows it."""


def judge(facts: Facts) -> Judgement:
    """The answer for one message; never raises."""
    rule = next(rule for rule in RULES if rule.holds(facts))
    situation, params = rule.tell(facts)
    return Judgement(rule.level, situation, params)


def exit_status(case: Case) -> int:
    """0 authenticated, 1 not authenticated, 2 could not tell.

    2 also stands for a failure whose reason may lie in the copy or in time, where no path fails for another reason, and
    for a pass that says too little: of everybody (+all), of another customer of a suffix, of a part of the text.
    DMARC passes there, and nothing is known.
    """
    level, situation = case.judgement.level, case.judgement.situation
    if level is Level.PASS:
        return EXIT_AUTHENTICATED
    if level in {Level.PARTIAL, Level.UNKNOWN} or situation in _TOO_LITTLE_PROVED:
        return EXIT_CANNOT_TELL
    return EXIT_CANNOT_TELL if in_doubt(facts_of(case)) else EXIT_NOT_AUTHENTICATED


def in_doubt(facts: Facts) -> bool:
    """Whether every path to the sender ends in a doubt about the copy or about keys of the past."""
    signed = author_signatures(facts)
    if not signed or not all(_is_doubtful(facts, check) for check in signed):
        return False
    one = spf_identifier(facts)
    spf_is_a_path = one is not None and one.aligned is True
    return not spf_is_a_path or facts.spf.result not in {Result.FAIL, Result.SOFTFAIL, Result.PERMERROR}


def _is_doubtful(facts: Facts, check: DkimCheck) -> bool:
    return key_is_gone(check) or spoilt_by_copying(facts, check) or check.result is Result.TEMPERROR


__all__ = ["EXIT_AUTHENTICATED", "EXIT_CANNOT_TELL", "EXIT_NOT_AUTHENTICATED", "RULES", "exit_status", "judge"]
