"""Advice for the service that a mail was sent through: what its customer publishes or switches, for this very mail.

It stands beside the verdict and never explains it: border facts name the service, and whether its customer ordered the
mail only the customer knows. Where a signature of the sender passes, nothing is advised but what is still to be done.
"""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.edits import texts_at
from headerlens.findings.facts import Facts
from headerlens.findings.grounds import (
    author_signatures,
    counting,
    denied_on_delivery,
    hashes_differ,
    is_offline,
    kept_out_by_strict_mode,
    provably_signed,
    recorded_signature,
    some_unchecked,
    spf_identifier,
    was_copied,
)
from headerlens.findings.provider_five import (
    feedback_host,
    find_key,
    find_passing,
    find_server,
    find_unsigned,
    where_of,
)
from headerlens.model.findings import Finding, RecordEdit, Where
from headerlens.model.records import Canonicalization
from headerlens.model.verdicts import DkimCheck, Match, Result, Signer
from headerlens.providers.advice import first_spf, key_names, key_type, lists_service, with_include
from headerlens.providers.knowledge import Service, service
from headerlens.providers.patterns import first_match

_NO_PASS = frozenset({Result.FAIL, Result.SOFTFAIL, Result.NEUTRAL, Result.NONE})


def find_provider(facts: Facts) -> Iterator[Finding]:
    """The advice for the service of this mail; none where no service, or no single sender, is known."""
    if facts.provider is None or not facts.dmarc.author_domain or is_offline(facts):
        return
    known = service(facts.provider.id)
    if known.kind == "forwarder":
        yield from _forwarded(facts, known)
    elif known.kind == "gateway":
        yield from _gateway(facts, known)
    else:
        yield from _sent(facts, known)


def _sent(facts: Facts, known: Service) -> Iterator[Finding]:
    if known.kind == "mailbox" and not _has_own_return_path(facts):
        return  # such a provider also forwards mail, with a return path of the one who forwards
    if first_match(known.rewritten_from, facts.dmarc.author_domain) is not None:
        yield Finding("provider.from-rewritten", _place(known) | {"author": facts.dmarc.author_domain})
        return
    signed = author_signatures(facts)
    passing = [check for check in signed if check.result is Result.PASS]
    yield from _server(facts, known)
    if passing:
        yield from find_passing(facts, known, passing)
    elif signed:
        for check in signed:
            yield from _broken(facts, known, check)
    elif not some_unchecked(facts) and kept_out_by_strict_mode(facts) is None:
        yield from _unsigned(facts, known)
    if not counting(facts) and all(_is_keyless(facts, check) for check in signed):
        yield from _return_path(facts, known)


def _is_keyless(facts: Facts, check: DkimCheck) -> bool:
    """Whether the signature fails for its key alone: a changed text or a spoilt copy is no matter of set-up."""
    is_key = (check.code or "").startswith("key.") and check.result is not Result.TEMPERROR
    return is_key and not recorded_signature(facts, check)


def _has_own_return_path(facts: Facts) -> bool:
    one = spf_identifier(facts)
    return one is not None and one.aligned is True


def _shows(facts: Facts, *kinds: str) -> bool:
    """Whether the service was recognised by a fact of one of these kinds, among others."""
    return facts.provider is not None and any(fact.kind in kinds for fact in facts.provider.evidence)


# ---- no signature of the sender


def _unsigned(facts: Facts, known: Service) -> Iterator[Finding]:
    special = find_unsigned(facts, known)
    if special is not None:
        yield special
    elif known.records or known.console:  # else nothing is established that could be advised
        identifier = "provider.server-only" if counting(facts) else "provider.unsigned"
        yield Finding(identifier, _place(known) | _records(facts, known) | {"author": facts.dmarc.author_domain})


def _records(facts: Facts, known: Service) -> dict[str, str | int]:
    names = key_names(known, facts.dmarc.author_domain)
    return {"records": f"provider-records.{'named' if names else 'shown'}", "names": ", ".join(names)}


def _place(known: Service) -> dict[str, str | int]:
    """Where the switch is: the phrase of a finding's {place}, and what fills it."""
    phrase = "provider-place.path" if known.console else "provider-place.plain"
    return {"service": known.id, "place": phrase, "path": known.console}


# ---- a signature of the sender that does not pass


def _broken(facts: Facts, known: Service, check: DkimCheck) -> Iterator[Finding]:
    key_changed = check.code in {"key.none", "key.revoked"} or check.signer is Signer.OTHER_KEY
    if key_changed and recorded_signature(facts, check):
        return  # it was in order on delivery; replacing keys is normal
    special = find_key(facts, known, check)
    if special is not None:
        yield from special
    elif check.code == "key.none":
        yield _key_missing(known, check)
    elif "other-pair" in known.failures and check.signer is Signer.OTHER_KEY and check.body_hash is Match.MATCH:
        params = _place(known) | {"domain": check.signature.domain, "selector": check.signature.selector}
        yield Finding("provider.other-pair", params, where_of(check))
    elif hashes_differ(check) and _is_spoilt_copy(facts, known, check):
        yield _strict_copy(known, check)


def _key_missing(known: Service, check: DkimCheck) -> Finding:
    signature = check.signature
    kind = key_type(known, signature.selector) or "any"
    params = _place(known) | {"domain": signature.domain, "selector": signature.selector}
    return Finding("provider.key-missing", params | {"kind": f"provider-record.{kind}"}, where_of(check))


def _is_spoilt_copy(facts: Facts, known: Service, check: DkimCheck) -> bool:
    """Whether a copy at hand may have lost what a simple canonicalisation does not forgive (inputs.md 1.4).

    The key must provably have signed: a signature that somebody invented earns no benefit of the doubt.
    """
    if not was_copied(facts) or not provably_signed(check) or denied_on_delivery(facts, check):
        return False
    header, _, body = known.canonicalization.partition("/")
    found = check.signature
    if check.body_hash is Match.MISMATCH:
        return body == "simple" and found.body_canonicalization is Canonicalization.SIMPLE
    return header == "simple" and found.header_canonicalization is Canonicalization.SIMPLE


def _strict_copy(known: Service, check: DkimCheck) -> Finding:
    found = check.signature
    canonical = f"{found.header_canonicalization}/{found.body_canonicalization}"
    params: dict[str, str | int] = {"service": known.id, "domain": found.domain, "canonical": canonical}
    return Finding("provider.simple-copy", params, where_of(check))


# ---- SPF


def _server(facts: Facts, known: Service) -> Iterator[Finding]:
    """The sender's own return address, sent from the service's servers, and SPF does not list them."""
    if not _has_own_return_path(facts) or not _shows(facts, "client-host", "helo"):
        return  # a forwarder's server, which no record has to list
    special = find_server(facts, known)
    if special is not None:
        yield special
    elif known.aligns == "from-address" and known.includes and facts.spf.result in _NO_PASS:
        yield from _include_missing(facts, known)


def _include_missing(facts: Facts, known: Service) -> Iterator[Finding]:
    domain, include = facts.spf.domain, known.includes[0]
    written = [text for text in texts_at(facts, domain) if text.lower().startswith("v=spf1")]
    if "*" in include or len(written) > 1 or any(lists_service(known, text) for text in written):
        return
    after = with_include(written[0], include) if written else first_spf(known)
    condition = "edit.if-yours" if written else "edit.if-only-service"  # a first record ends in -all
    edits = (RecordEdit(domain, "TXT", tuple(written), (after,), condition),) if after else ()
    params: dict[str, str | int] = {"service": known.id, "domain": domain, "include": include}
    yield Finding("provider.include-missing", params, (Where(question=f"TXT {domain}"),), (), edits)


_TOLD_IN_FULL = frozenset({"yoyakuban-489ban", "zoho-campaigns"})
"""Services whose own words for a missing signature say already that SPF cannot help."""


def _return_path(facts: Facts, known: Service) -> Iterator[Finding]:
    """SPF passes for the service, and nothing counts for the sender."""
    one = spf_identifier(facts)
    if one is None or one.aligned is not False or not one.authenticated or not _shows(facts, "return-path"):
        return
    params: dict[str, str | int] = {
        "service": known.id, "author": facts.dmarc.author_domain, "domain": facts.spf.domain,
    }  # fmt: skip
    where = (Where(question=f"TXT {facts.spf.domain}"),)
    if known.aligns == "never" and (known.id not in _TOLD_IN_FULL or author_signatures(facts)):
        yield Finding("provider.spf-never", params, where)
    elif known.id == "amazon-ses":
        yield _custom_mail_from(facts, where)
    elif known.aligns == "custom-return-path":
        yield Finding("provider.return-path", params, where)


def _custom_mail_from(facts: Facts, where: tuple[Where, ...]) -> Finding:
    author, target = facts.dmarc.author_domain, feedback_host(facts)
    spf = RecordEdit(f"mail.{author}", "TXT", (), ("v=spf1 include:amazonses.com ~all",), "edit.mail-from")
    mx = RecordEdit(f"mail.{author}", "MX", (), (f"10 {target}",), "edit.mail-from")
    edits = (spf,) if "<" in target else (mx, spf)
    params: dict[str, str | int] = {"author": author, "domain": facts.spf.domain, "target": target}
    return Finding("provider.ses-mail-from", params, where, (), edits)


# ---- what handled the mail


def _gateway(facts: Facts, known: Service) -> Iterator[Finding]:
    if "gateway-changed" not in known.failures or counting(facts):
        return
    for check in author_signatures(facts):
        if hashes_differ(check) and not was_copied(facts):
            params = _place(known) | {"domain": check.signature.domain}
            yield Finding("provider.gateway-changed", params, where_of(check))
            return


def _forwarded(facts: Facts, known: Service) -> Iterator[Finding]:
    """Only where the author's key provably signed another text: a broken signature costs a forger nothing."""
    if not counting(facts) and any(provably_signed(check) for check in author_signatures(facts)):
        yield Finding("provider.list", {"service": known.id, "author": facts.dmarc.author_domain})
