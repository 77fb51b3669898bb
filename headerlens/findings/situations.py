"""Which situation tells a judgement, and the values of its texts (interface.md 11).

A value is plain: words make it harmless and choose its form. `variant` names another wording of the same situation.
"""

from __future__ import annotations

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import (
    author_signatures,
    believed,
    compared,
    counting,
    fails_by_strict_mode,
    forwarder,
    has_forwarders_return_path,
    has_no_record,
    headline_domain,
    is_explained,
    organization_of,
    other_passing_domain,
    policy_does_not_matter,
    recorded_pass,
    recorded_phrase,
    shared_suffix,
    some_unchecked,
    spf_identifier,
    through_list,
    without_answer,
)
from headerlens.findings.identity import sender_count
from headerlens.findings.intake import rewriting_program
from headerlens.model.message import BodyState
from headerlens.model.verdicts import DkimCheck, Drift, Match, Result, Trust
from headerlens.parse.attached import attached_in
from headerlens.verify.body import is_copied

Params = dict[str, str | int]
Told = tuple[str, Params]

_MAX_NAME_SHOWN = 40
"""A display name longer than this is no name to ask for; the domain takes its place."""

_FADED = frozenset({Drift.KEY_GONE, Drift.KEY_REVOKED, Drift.KEY_CHANGED})


def told(situation: str, params: Params, variant: str = "") -> Told:
    """A situation with its values; without a variant the ordinary wording."""
    return situation, {**params, "variant": variant} if variant else params


# ---- S1 to S5, S20: authenticated


def authenticated(facts: Facts) -> Told:
    """Which kind of pass: the more particular first."""
    by_dkim = any(one.method == "dkim" for one in counting(facts))
    by_spf = any(one.method == "spf" for one in counting(facts))
    domain, home = headline_domain(facts), organization_of(facts)
    lack = _lacking_policy(facts)
    if lack:
        variant = ("both" if by_spf else "") if by_dkim else "server"
        return told("S20", {"d": domain, "lack": lack}, variant)
    if not by_dkim:
        return told("S4", {"o": domain}, "unchecked" if some_unchecked(facts) else "")
    if not by_spf:
        passed_on = _passed_on(facts, domain) or _by_service(facts, domain)
        if passed_on is not None:
            return passed_on
    if domain != facts.dmarc.author_domain:
        return told("S2", {"d": facts.dmarc.author_domain, "o": home})
    return _exact(facts, by_spf=by_spf)


def _lacking_policy(facts: Facts) -> str:
    """A phrase id for why no policy stands behind the answer, "" where one does."""
    if policy_does_not_matter(facts):
        return "lack.unknown"
    if not has_no_record(facts):
        return ""
    return "lack.none" if facts.dmarc.code == "none.no_record" else "lack.unusable"


def everybody_listed(facts: Facts) -> Told:
    """S4, where the list that makes the server pass holds every server of the world."""
    return told("S4", {"o": headline_domain(facts)}, "everyone")


def partly_signed(facts: Facts) -> Told:
    """S1, where the signature leaves out something that is shown."""
    return told("S1", {"d": headline_domain(facts)}, "partly")


def neighbours_vouch(facts: Facts) -> Told:
    """S2, where the organisation is a public suffix."""
    return told("S2", {"d": facts.dmarc.author_domain, "o": shared_suffix(facts) or organization_of(facts)}, "suffix")


def _exact(facts: Facts, *, by_spf: bool) -> Told:
    domain, field = facts.dmarc.author_domain, believed(facts)
    if not by_spf:
        return told("S1", {"d": domain}, "signature")
    if field is None or not recorded_pass(facts) or _something_differs(facts):
        return told("S1", {"d": domain}, "unrecorded")
    params: Params = {"d": domain, "r": field.name}
    return told("S1", params, "" if field.trust is Trust.TRUSTED else "proposed")


def _something_differs(facts: Facts) -> bool:
    return any(row.agrees is False for row in facts.comparison)


def _passed_on(facts: Facts, domain: str) -> Told | None:
    """Forwarded: only where the trace shows a forwarder, or its own return address does."""
    one, through = spf_identifier(facts), forwarder(facts)
    if one is not None and one.aligned and through is not None and facts.spf.result in _NOT_LISTED:
        return told("S3", {"o": domain, "x": through})
    if facts.spf.result is Result.PASS and has_forwarders_return_path(facts):
        return told("S3", {"o": domain, "x": facts.spf.domain}, "own-return-path")
    if through_list(facts):
        return told("S3", {"o": domain, "x": facts.spf.domain}, "list")
    return None


_NOT_LISTED = frozenset({Result.FAIL, Result.SOFTFAIL, Result.NEUTRAL})


def _by_service(facts: Facts, domain: str) -> Told | None:
    one = spf_identifier(facts)
    if facts.spf.result is not Result.PASS or one is None or one.aligned is not False:
        return None
    if fails_by_strict_mode(facts, one):  # a server of the sender's own
        return None
    return told("S5", {"d": domain, "x": other_passing_domain(facts) or one.domain})


# ---- what cannot be told


def no_single_sender(facts: Facts) -> Told:
    """S23."""
    variant = {"na.no_from": "none", "na.no_domain": "no-domain"}.get(facts.dmarc.code or "", "")
    if not variant and facts.dmarc.code not in {"na.several_from", "na.several_domains"}:
        variant = "none"
    return told("S23", {} if variant else {"n": sender_count(facts)}, variant)


def headers_only(facts: Facts) -> Told:
    """S15, in the name that the signature proves."""
    exact = any(check.signature.domain == facts.dmarc.author_domain for check in author_signatures(facts))
    params: Params = {"o": facts.dmarc.author_domain if exact else organization_of(facts)}
    signed = {name for check in author_signatures(facts) for name in check.signature.signed_names}
    left = [name.title() for name in ("subject", "date") if name not in signed]
    in_file = not is_copied(facts.message)  # no better copy can be asked for, only the whole message
    if left:
        return told("S15", {**params, "names": ", ".join(left)}, "some-file" if in_file else "some")
    return told("S15", params, "file" if in_file else "")


def sent_copy(facts: Facts) -> Told:
    """S25; a mail that only brings another one is told so."""
    return told("S25", {}, "carrying" if attached_in(facts.message.raw) else "")


def copy_spoilt(facts: Facts) -> Told:
    """S14: pasted, or rewritten by the mailbox; with the receiver's word where there is one."""
    params: Params = {"d": facts.dmarc.author_domain, "o": organization_of(facts)}
    rewritten = facts.body_state is BodyState.ALTERED
    if rewritten:
        params["m"] = rewriting_program(facts)
    field = believed(facts)
    if field is None or recorded_phrase(facts) == "recorded.unclear":
        return told("S14", params, "rewritten-unrecorded" if rewritten else "unrecorded")
    params |= {"r": field.name, "recorded": recorded_phrase(facts)}
    return told("S14", params, "rewritten" if rewritten else "")


def offline(facts: Facts) -> Told:
    """S13."""
    field = believed(facts)
    if field is None or recorded_phrase(facts) == "recorded.unclear":
        return told("S13", {}, "unrecorded")
    return told("S13", {"r": field.name, "recorded": recorded_phrase(facts), "o": organization_of(facts)})


def answers_missing(facts: Facts) -> Told:
    """S12, naming the domain whose answer decides."""
    return told("S12", {"x": _silent_domain(facts)}, "several" if len(without_answer(facts)) > 1 else "")


def _silent_domain(facts: Facts) -> str:
    author, code = facts.dmarc.author_domain, facts.dmarc.code or ""
    waiting = [check for check in author_signatures(facts) if check.result is Result.TEMPERROR]
    if code.startswith("temperror.policy") or code == "temperror.exists":
        return author
    if waiting and code != "temperror.spf":
        return waiting[0].signature.domain
    if facts.spf.result is Result.TEMPERROR and facts.spf.domain:
        return facts.spf.domain
    return next(iter(without_answer(facts)), author)


# ---- recorded then, different now


def faded_signature(facts: Facts) -> DkimCheck | None:
    """The signature that the receiver recorded as valid and whose key has changed since."""
    for check in author_signatures(facts):
        row = compared(facts, "dkim", check.index)
        if row is None or row.reason not in _FADED or row.recorded != "pass" or not recorded_pass(facts, check):
            continue
        if check.body_hash is not Match.MISMATCH:  # time never explains a body (standards.md 2.4)
            return check
    return None


def faded_server(facts: Facts) -> bool:
    """Whether the receiver recorded an aligned SPF pass that DNS no longer gives, and nothing else was signed."""
    one, row = spf_identifier(facts), compared(facts, "spf")
    if one is None or one.aligned is not True or row is None:
        return False
    return row.recorded == "pass" and row.reason is Drift.DNS_CHANGED and recorded_pass(facts)


def repeatable_no_more(facts: Facts) -> Told:
    """S16."""
    field, check = believed(facts), faded_signature(facts)
    params: Params = {
        "o": organization_of(facts),
        "r": field.name if field is not None else "",
        "date": _arrival(facts),
    }
    if check is None:
        return told("S16", params, "server")
    row = compared(facts, "dkim", check.index)
    changed = "unusable" if (check.code or "").startswith("key.") else "replaced"
    variant = {Drift.KEY_REVOKED: "revoked", Drift.KEY_CHANGED: changed}.get(row.reason, "") if row else ""
    return told("S16", {**params, "o": _proved_then(facts, check), "k": check.signature.selector}, variant)


def _proved_then(facts: Facts, check: DkimCheck) -> str:
    return check.signature.domain if check.signature.domain == facts.dmarc.author_domain else organization_of(facts)


def _arrival(facts: Facts) -> str:
    """ISO 8601, or "" where no time can be believed: Date is the sender's own word (standards.md 2.4)."""
    moment = facts.received_at
    return "" if moment is None else moment.isoformat()


def differs_from_delivery(facts: Facts) -> Told:
    """S17; where only a header differs and the algorithm does not tell who signed, the key may have changed instead."""
    field = believed(facts)
    reasons = {row.reason for row in facts.comparison if row.method == "dkim" and row.agrees is False}
    params: Params = {"r": field.name if field is not None else ""}
    if any(is_explained(facts, check) for check in author_signatures(facts)):
        return told("S17", params, "explained")
    return told("S17", params, "" if Drift.COPY_ALTERED in reasons else "undecided")
