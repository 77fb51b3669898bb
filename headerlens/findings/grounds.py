"""What several rules conclude from the facts: which identifiers count, what is in doubt, what the receiver recorded."""

from __future__ import annotations

import re

from headerlens.findings.facts import Facts
from headerlens.findings.kinship import is_undeclared
from headerlens.model.dns import Failure, Outcome
from headerlens.model.message import BodyState, Hop
from headerlens.model.records import RecordedField
from headerlens.model.verdicts import (
    AlignedIdentifier,
    Comparison,
    DkimCheck,
    Match,
    Result,
    Signer,
    Trust,
    TrustedField,
)
from headerlens.parse.names import clean_domain, is_subdomain, to_ascii
from headerlens.verify.body import is_copied

KEY_GONE = frozenset({"key.none", "key.revoked"})
"""Codes that time explains: the key was there once (standards.md 2.4)."""

_NEVER_DOMAINS = ("in-addr.arpa", "ip6.arpa")
_OWN_RETURN_PATH = re.compile(r"^srs[01][=+-]|\+caf_=", re.IGNORECASE)


def counting(facts: Facts) -> tuple[AlignedIdentifier, ...]:
    """The identifiers that make DMARC pass, or would if there were a record."""
    return tuple(one for one in facts.dmarc.identifiers if one.counts)


def organization_of(facts: Facts) -> str:
    """The organisation of the shown sender; its own name where none could be found."""
    return facts.dmarc.organization.name or facts.dmarc.author_domain


def headline_domain(facts: Facts) -> str:
    """What is proved: the full name for an exact match, else the organisation (interface.md 0.5)."""
    exact = any(one.exact for one in counting(facts))
    return facts.dmarc.author_domain if exact else organization_of(facts)


def identifier_of(facts: Facts, index: int) -> AlignedIdentifier | None:
    """The identifier of signature `index`."""
    return next((one for one in facts.dmarc.identifiers if one.method == "dkim" and one.index == index), None)


def spf_identifier(facts: Facts) -> AlignedIdentifier | None:
    """SPF's identifier, None when there was no domain to check."""
    return next((one for one in facts.dmarc.identifiers if one.method == "spf"), None)


def is_aligned(facts: Facts, check: DkimCheck) -> bool:
    """Whether the signature's name fits the shown sender, whatever became of the signature."""
    one = identifier_of(facts, check.index)
    return one is not None and one.aligned is True


def author_signatures(facts: Facts) -> tuple[DkimCheck, ...]:
    """The signatures whose name fits the shown sender."""
    return tuple(check for check in facts.dkim if is_aligned(facts, check))


def third_party_passes(facts: Facts) -> tuple[DkimCheck, ...]:
    """The valid signatures of other organisations."""
    return tuple(
        check
        for check in facts.dkim
        if check.result is Result.PASS and not is_aligned(facts, check) and not _is_kin(facts, check)
    )


def _is_kin(facts: Facts, check: DkimCheck) -> bool:
    one = identifier_of(facts, check.index)
    return one is not None and is_undeclared(facts, one)


def headers_fit_body_missing(check: DkimCheck) -> bool:
    """A signature that is right as far as the headers go."""
    return check.code == "body.missing" and check.header_hash is Match.MATCH


def was_copied(facts: Facts) -> bool:
    """Whether a clipboard or the mailbox may have changed the body."""
    return is_copied(facts.message) or facts.body_state in {BodyState.UNKNOWN, BodyState.ALTERED}


def fits_but_for_copying(facts: Facts, check: DkimCheck) -> bool:
    """Headers right, body wrong, in a copy that may have changed the body.

    Without the header part it is no ground: an invented signature must not profit from the benefit of the doubt.
    """
    return body_only_changed(check) and was_copied(facts)


def spoilt_by_copying(facts: Facts, check: DkimCheck) -> bool:
    """The same for a signature of the message, unless the believed receiver, who had no copy, found it wrong too."""
    return fits_but_for_copying(facts, check) and not denied_on_delivery(facts, check)


def denied_on_delivery(facts: Facts, check: DkimCheck) -> bool:
    """Whether the believed receiver recorded this signature as failing, or DMARC and no pass of this signature."""
    if believed(facts) is None:
        return False
    signature, dmarc = compared(facts, "dkim", check.index), compared(facts, "dmarc")
    if signature is not None and signature.recorded in {"pass", "fail"}:
        return signature.recorded == "fail"
    return dmarc is not None and dmarc.recorded == "fail"


def key_is_gone(check: DkimCheck) -> bool:
    """Whether time may explain the failure: no key any more, and nothing else speaks against the signature."""
    return check.code in KEY_GONE and check.body_hash is not Match.MISMATCH


def is_explained(facts: Facts, check: DkimCheck) -> bool:
    """Whether it is proved what was changed since this signature was made, all of it (model/causes.py)."""
    return any(cause.whole and cause.index == check.index for cause in facts.causes)


def body_only_changed(check: DkimCheck) -> bool:
    """The author's key did sign, but another body."""
    return check.header_hash is Match.MATCH and check.body_hash is Match.MISMATCH


def provably_signed(check: DkimCheck) -> bool:
    """Broken by a change, not by the key: the signature was made with the key that DNS holds (engine.md 3).

    A key that must not be used proves nothing: others may have it.
    """
    if (check.code or "").startswith("key.") or fits_uncounted(check):
        return False
    shortened = check.code == "body.l_too_long" and check.header_hash is Match.MATCH
    return body_only_changed(check) or shortened or check.signer is Signer.THIS_KEY


def fits_uncounted(check: DkimCheck) -> bool:
    """Header and body fit the signature, and a rule forbids to count it, such as that of short keys."""
    fits = check.header_hash is Match.MATCH and check.body_hash is Match.MATCH and check.code != "body.l_too_long"
    return fits and check.result not in {Result.PASS, Result.TEMPERROR}


def some_unchecked(facts: Facts) -> bool:
    """Whether a signature that could be the sender's was not looked at: too many stand in the message."""
    unread = sum(field.key == "dkim-signature" for field in facts.message.fields) > len(facts.message.signatures)
    skipped = (check for check in facts.dkim if check.code == "sig.not_checked")
    return unread or any(_could_align(facts, check) for check in skipped)


def _could_align(facts: Facts, check: DkimCheck) -> bool:
    one = identifier_of(facts, check.index)
    return one is not None and one.aligned is not False


def headers_only_signed(facts: Facts) -> bool:
    """The sender's signature fits the headers, the body is absent, and no other signature of the sender passes.

    What the believed receiver, who had the body, found wrong earns no more than the server's listing does.
    """
    signed = [check for check in author_signatures(facts) if headers_fit_body_missing(check)]
    if not counting(facts):
        signed = [check for check in signed if not denied_on_delivery(facts, check)]
    return bool(signed) and not any(one.method == "dkim" for one in counting(facts))


def never_delivered(facts: Facts) -> bool:
    """No server and no signer has left a trace: a draft, or a copy out of the sent folder."""
    message = facts.message
    traces = (message.hops, message.signatures, message.recorded, message.received_spf, message.arc)
    return not any(traces) and message.return_path is None and facts.sender.client_ip is None


def policy_does_not_matter(facts: Facts) -> bool:
    """DNS kept silent about the policy, and what passes has exactly the sender's name: no policy can undo that."""
    return facts.dmarc.code == "temperror.policy" and any(one.exact for one in counting(facts))


def allows_everyone(facts: Facts) -> bool:
    """Whether SPF passes because its record lets every server of the world pass (+all)."""
    noted = any(note.code == "spf.pass_all" for note in facts.spf.notes)
    return facts.spf.result is Result.PASS and (noted or (facts.spf.matched or "").lower() in {"+all", "all"})


def shared_suffix(facts: Facts) -> str | None:
    """The public suffix that counts as the sender's organisation, where only that lets a check count (RFC 9989 11.8).

    Every customer of the suffix then aligns with every other; only the sender's full name is proof.
    """
    noted = (note.detail for note in facts.dmarc.notes if note.code == "note.public_suffix")
    return None if any(one.exact for one in counting(facts)) else next(noted, None)


def hashes_differ(check: DkimCheck) -> bool:
    """Whether a hash was computed and found wrong."""
    return Match.MISMATCH in {check.header_hash, check.body_hash}


def without_answer(facts: Facts) -> tuple[str, ...]:
    """The names for which DNS gave no answer, in order, each once; what was asked for advice alone decides nothing."""
    needed = (e.answer for e in facts.evidence if e.used_by != ("hint",))
    failed = (answer.question.name for answer in needed if answer.outcome is Outcome.FAILED)
    return tuple(dict.fromkeys(failed))


def is_offline(facts: Facts) -> bool:
    """Whether no question could leave this computer."""
    failures = [e.answer.failure for e in facts.evidence if e.answer.outcome is Outcome.FAILED]
    if facts.choices.offline:
        return bool(failures) or not facts.evidence
    nobody = {Failure.OFFLINE, Failure.UNREACHABLE}
    return bool(failures) and len(failures) == len(facts.evidence) and set(failures) <= nobody


def has_record(facts: Facts) -> bool:
    """Whether a DMARC record applies."""
    return facts.dmarc.result in {Result.PASS, Result.FAIL}


def has_no_record(facts: Facts) -> bool:
    """Whether DMARC does not apply because nothing usable is published."""
    return (facts.dmarc.code or "").startswith("none.")


def believed(facts: Facts) -> TrustedField | None:
    """The receiver's own field: one on the user's list before one that only the program proposes."""
    for wanted in (Trust.TRUSTED, Trust.PROPOSED):
        found = next((one for one in facts.trust if one.trust is wanted), None)
        if found is not None:
            return found
    return None


def believed_results(facts: Facts) -> TrustedField | None:
    """The believed receiver's Authentication-Results (RFC 8601), which `believed` may have passed by."""
    best = believed(facts)
    fields = facts.message.fields
    return next(
        (
            one
            for one in facts.trust
            if best is not None and one.trust is best.trust and fields[one.field_index].key == "authentication-results"
        ),
        None,
    )


def recorded_field(facts: Facts, trusted: TrustedField) -> RecordedField | None:
    """The parsed field behind a judgement of trust."""
    return next((one for one in facts.message.recorded if one.field_index == trusted.field_index), None)


def compared(facts: Facts, method: str, index: int | None = None) -> Comparison | None:
    """The comparison of a method, of signature `index` for DKIM."""
    return next((c for c in facts.comparison if c.method == method and (index is None or c.index == index)), None)


def recorded_pass(facts: Facts, check: DkimCheck | None = None) -> bool:
    """Whether the believed receiver recorded that the sender was authenticated.

    Its word on DMARC decides; where it has none, a recorded pass of the aligned signature `check`.
    """
    if believed(facts) is None:
        return False
    dmarc = compared(facts, "dmarc")
    if dmarc is not None and dmarc.recorded is not None:
        return dmarc.recorded == "pass"
    signature = None if check is None else compared(facts, "dkim", check.index)
    return signature is not None and signature.recorded == "pass"


def recorded_signature(facts: Facts, check: DkimCheck) -> bool:
    """Whether the believed receiver recorded this signature as valid."""
    one = compared(facts, "dkim", check.index)
    return believed(facts) is not None and one is not None and one.recorded == "pass"


def recorded_phrase(facts: Facts) -> str:
    """A phrase id for what the believed receiver recorded about the sender."""
    dmarc = compared(facts, "dmarc")
    if dmarc is not None and dmarc.recorded in {"pass", "fail"}:
        return f"recorded.{dmarc.recorded}"
    for check in author_signatures(facts):
        if recorded_signature(facts, check):
            return "recorded.signature"
    spf, one = compared(facts, "spf"), spf_identifier(facts)
    if spf is not None and spf.recorded == "pass" and one is not None and one.aligned:
        return "recorded.server"
    return "recorded.unclear"


def list_domain(facts: Facts) -> str | None:
    """The domain of List-Id (RFC 2919), None when the message does not say that it came through a list."""
    field = next((f for f in facts.message.fields if f.key == "list-id"), None)
    if field is None:
        return None
    inside = re.search(r"<([^<>]{1,255})>", field.value)
    return clean_domain(inside[1] if inside else field.value)


def sealed_by_list(facts: Facts) -> bool:
    """Whether an intact ARC chain shows that somebody handled the message after its author."""
    return facts.arc.result is Result.PASS


def has_list_signs(facts: Facts) -> bool:
    """Signs of a list or forwarder between author and receiver (interface.md 3, rule 9).

    A List-Id inside the author's own organisation is none: its list would pass as the author does.
    """
    has_list_id = any(field.key == "list-id" for field in facts.message.fields)
    named = list_domain(facts)
    own = named is not None and is_subdomain(named, organization_of(facts))
    return (has_list_id and not own) or sealed_by_list(facts)


def other_passing_domain(facts: Facts) -> str | None:
    """The domain of a check that passes for somebody else; a signature names its maker better than a return address.

    Names of the sender's own organisation, which only strict mode keeps from counting, are nobody else.
    """
    others = [one for one in facts.dmarc.identifiers if one.authenticated and one.aligned is not True]
    others = [one for one in others if not fails_by_strict_mode(facts, one) and not is_undeclared(facts, one)]
    others.sort(key=lambda one: one.method != "dkim")
    return others[0].domain if others else None


def fails_by_strict_mode(facts: Facts, one: AlignedIdentifier) -> bool:
    """Whether relaxed mode would have let it count: strict mode, and a name within the sender's organisation."""
    home = facts.dmarc.organization.name
    return one.aligned is False and one.mode == "s" and home is not None and is_subdomain(one.domain, home)


def kept_out_by_strict_mode(facts: Facts) -> str | None:
    """The domain of the sender's own organisation that passes and only strict mode keeps from counting."""
    passing = (one for one in facts.dmarc.identifiers if one.authenticated)
    return next((one.domain for one in passing if fails_by_strict_mode(facts, one)), None)


def short_organization(one: AlignedIdentifier) -> str:
    """The organisation of an identifier where it is known, else its name."""
    return one.organization or one.domain


def border_hop(facts: Facts) -> Hop | None:
    """The first hop into the receiver's domain."""
    border = facts.sender.border
    return None if border is None or not 0 <= border < len(facts.message.hops) else facts.message.hops[border]


def client_name(facts: Facts) -> str | None:
    """The name of the server that handed the message over, as the border saw it; the reverse name before the claim."""
    hop = border_hop(facts)
    if hop is None:
        return None
    for name in (hop.rdns, hop.helo):
        ascii_name = to_ascii(name) if name else None
        if ascii_name and "." in ascii_name and not any(is_subdomain(ascii_name, a) for a in _NEVER_DOMAINS):
            return ascii_name
    return None


def forwarder(facts: Facts) -> str | None:
    """The server that passed the message on; None where the trace does not show one.

    It shows one where the client at the border is foreign to the sender and an earlier hop exists.
    """
    name, one = client_name(facts), spf_identifier(facts)
    border = facts.sender.border
    if name is None or one is None or border is None or border + 1 >= len(facts.message.hops):
        return None
    home = {organization_of(facts), short_organization(one), one.domain, facts.dmarc.author_domain}
    return None if any(is_subdomain(name, domain) for domain in home) else name


def through_list(facts: Facts) -> bool:
    """Whether the server that handed it over belongs to the list of List-Id: newsletters carry one as well."""
    named, sent_by = list_domain(facts), facts.spf.domain
    if named is None or not sent_by or facts.spf.result is not Result.PASS:
        return False
    related = is_subdomain(sent_by, named) or is_subdomain(named, sent_by)
    return related and not is_subdomain(named, organization_of(facts))


def has_forwarders_return_path(facts: Facts) -> bool:
    """Whether the return address was rewritten by a forwarder (SRS, Gmail's +caf_=)."""
    local = (facts.sender.mail_from or "").rpartition("@")[0]
    return bool(_OWN_RETURN_PATH.search(local))
