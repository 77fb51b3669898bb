"""Which situation tells that a message is not authenticated (S6 to S11, S18, S19), with no more than is proved."""

from __future__ import annotations

import re

from headerlens.findings.dkim import reason_of
from headerlens.findings.facts import Facts
from headerlens.findings.grounds import (
    KEY_GONE,
    author_signatures,
    believed,
    compared,
    denied_on_delivery,
    fits_uncounted,
    has_no_record,
    headers_fit_body_missing,
    is_explained,
    kept_out_by_strict_mode,
    organization_of,
    other_passing_domain,
    provably_signed,
    some_unchecked,
    spf_identifier,
    third_party_passes,
)
from headerlens.findings.kinship import undeclared_pass
from headerlens.findings.lists import first_sealer, list_that_sent, named_list, sealed_as_passing
from headerlens.findings.situations import Params, Told, told
from headerlens.model.verdicts import DkimCheck, Match, Result, Signer

_MAX_NAME_SHOWN = 40
"""A display name longer than this is no name to ask for; the domain takes its place."""

_AUTOMATIC = re.compile(r"mailer-daemon|postmaster|(?:no|do-?not|never)[-_.]?reply", re.IGNORECASE)
"""Local parts that no person reads; nobody is reached by asking for such a sender's name."""


def list_name(facts: Facts) -> str | None:
    """Who acted as the list: the passing domain of List-Id, List-Id, another domain, the first sealer."""
    return list_that_sent(facts) or named_list(facts) or other_passing_domain(facts) or first_sealer(facts.message)


def changed_by_list(facts: Facts) -> Told:
    """S7. A list is named only where its own check passes; without the author's provable signature less is said."""
    author = facts.dmarc.author_domain
    signed = _changed_signature(facts)
    params: Params = {"d": author, "x": list_name(facts) or facts.spf.domain or author}
    if signed is None:
        return told("S7", params, "undecided")
    if list_that_sent(facts) is not None:
        return told("S7", params)
    if sealed_as_passing(facts):
        params["x"] = first_sealer(facts.message) or params["x"]
    return told("S7", {**params, "s": signed.signature.domain}, "on-the-way")


def _changed_signature(facts: Facts) -> DkimCheck | None:
    """The sender's signature that was made with its key, over another text or other lines than these."""
    signed = author_signatures(facts)
    return next((check for check in signed if provably_signed(check) or is_explained(facts, check)), None)


def _explained_signature(facts: Facts) -> DkimCheck | None:
    """The sender's signature of which it is proved what was changed since; the level of the answer stays."""
    return next((check for check in author_signatures(facts) if is_explained(facts, check)), None)


def refused(facts: Facts) -> Told:
    """S6."""
    author, other = facts.dmarc.author_domain, other_passing_domain(facts)
    params: Params = {
        "d": author,
        "o": facts.dmarc.policy_domain or organization_of(facts),
        "wish": f"wish.{facts.dmarc.disposition}",
        "name": name_to_ask(facts),
    }
    variant, more = _what_is_there(facts)
    if variant:
        return told("S6", {**params, **more}, variant)
    return told("S6", params, "nothing-passes") if other is None else told("S6", {**params, "x": other})


def _what_is_there(facts: Facts) -> tuple[str, Params]:
    """A variant for what the sender's own names do show, which falls short of vouching; "" where they show nothing.

    Where signatures were left out, it is not known that they show nothing.
    """
    kept_out, changed = kept_out_by_strict_mode(facts), _changed_signature(facts)
    if kept_out is not None:
        return "strict", {"x": kept_out}
    denied = next((check for check in author_signatures(facts) if headers_fit_body_missing(check)), None)
    trusted = believed(facts)
    if denied is not None and trusted is not None and denied_on_delivery(facts, denied):
        return "denied", {"s": denied.signature.domain, "r": trusted.name}
    explained = _explained_signature(facts)
    if explained is not None:
        return "explained", {"s": explained.signature.domain}
    if changed is not None:
        return "changed", {"s": changed.signature.domain}
    fitting = next((check for check in author_signatures(facts) if fits_uncounted(check)), None)
    if fitting is not None:
        return "uncounted", {"s": fitting.signature.domain, "reason": reason_of(fitting)}
    return ("unchecked" if some_unchecked(facts) else ""), {}


def name_to_ask(facts: Facts) -> str:
    """The display name where it is a short plain name, else the domain: a display name may say anything.

    A program that writes reports has no telephone, so for its mail the organisation is to be asked.
    """
    if _is_automatic(facts):
        return organization_of(facts)
    display = facts.message.author[0].display.strip() if facts.message.author else ""
    plain = bool(display) and len(display) <= _MAX_NAME_SHOWN and not set(display) & set("@/\\<>:*{}")
    return display if plain and display.isprintable() and "." not in display else facts.dmarc.author_domain


def _is_automatic(facts: Facts) -> bool:
    local = facts.message.author[0].address.rpartition("@")[0] if facts.message.author else ""
    return facts.message.return_path == "" or _AUTOMATIC.fullmatch(local) is not None


def sent_by_service(facts: Facts) -> Told:
    """S19."""
    signer = third_party_passes(facts)[0].signature.domain
    return told("S19", {"d": facts.dmarc.author_domain, "x": signer})


def no_instruction(facts: Facts) -> Told:
    """S8; with t=y the instruction exists but is only being tested."""
    params: Params = {"d": facts.dmarc.author_domain, "o": facts.dmarc.policy_domain or organization_of(facts)}
    variant, more = _what_is_there(facts)
    if variant:
        return told("S8", {**params, **more}, variant)
    tested = facts.dmarc.test_mode and facts.dmarc.policy != "none"
    return told("S8", {"d": facts.dmarc.author_domain}, "testing" if tested else "")


# ---- no DMARC record


def body_changed(facts: Facts) -> Told:
    """S9; told otherwise where it is proved what was changed."""
    explained = _explained_signature(facts)
    if explained is not None:
        return told("S9", {"d": explained.signature.domain}, "explained")
    return told("S9", {"d": _signing_domain(facts)})


def headers_changed(facts: Facts) -> Told:
    """S10: a changed line is claimed only where the key provably signed, another key only where the body fits."""
    explained = _explained_signature(facts)
    if explained is not None:
        return told("S10", {"d": explained.signature.domain}, "explained")
    variants = {Signer.THIS_KEY: "", Signer.OTHER_KEY: "other-key", Signer.UNKNOWN: "undecided"}
    differing = [check for check in author_signatures(facts) if check.header_hash is Match.MISMATCH]
    variant = variants[differing[0].signer] if differing else "undecided"
    if variant == "other-key" and differing[0].body_hash is Match.MISMATCH:
        variant = "undecided"
    return told("S10", {"d": _signing_domain(facts)}, variant)


def signature_unusable(facts: Facts) -> Told:
    """S11: no usable key; or a signature that cannot be used for another reason."""
    check = author_signatures(facts)[0]
    domain = check.signature.domain
    code = check.code or ""
    if code.startswith("key.") and (code in KEY_GONE or check.signature.selector):
        return told("S11", {"d": domain, "k": check.signature.selector, "x": domain})
    return told("S11", {"d": domain, "reason": reason_of(check)}, "signature")


def _signing_domain(facts: Facts) -> str:
    return next((check.signature.domain for check in author_signatures(facts)), facts.dmarc.author_domain)


def server_not_listed(facts: Facts) -> bool:
    """Whether the sender does list servers, and this is none of them."""
    one = spf_identifier(facts)
    aligned = one is not None and one.aligned is True
    return aligned and facts.spf.result in {Result.FAIL, Result.SOFTFAIL}


def failed_then(facts: Facts) -> bool:
    """Whether the believed receiver recorded a failure of DMARC by a policy that is published no more."""
    row = compared(facts, "dmarc")
    return believed(facts) is not None and has_no_record(facts) and row is not None and row.recorded == "fail"


def failed_on_delivery(facts: Facts) -> Told:
    """S18: nothing vouches today, and nothing did then."""
    field = believed(facts)
    return told("S18", {"d": facts.dmarc.author_domain, "r": field.name if field is not None else ""}, "failed-then")


def vouched_nearby(facts: Facts) -> Told:
    """S18, where a name of what looks like the same organisation passes."""
    one = undeclared_pass(facts)
    return told("S18", {"d": facts.dmarc.author_domain, "x": "" if one is None else one.domain}, "nearby")


def nothing_vouches(facts: Facts) -> Told:
    """S18. That the domain lists no servers is known only where SPF asked that very domain."""
    params: Params = {"d": facts.dmarc.author_domain}
    if server_not_listed(facts):
        return told("S18", params, "unlisted")
    asked = facts.spf.domain == facts.dmarc.author_domain and facts.spf.code == "spf.none"
    return told("S18", params, "" if asked else "unsigned")
