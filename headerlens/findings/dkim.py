"""Findings about DKIM signatures (RFC 6376; codes of standards.md 2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from headerlens.findings.added import SHOWN_NAMES, added_names
from headerlens.findings.facts import Facts
from headerlens.findings.grounds import (
    author_signatures,
    compared,
    counting,
    fails_by_strict_mode,
    hashes_differ,
    identifier_of,
    is_aligned,
    never_delivered,
    organization_of,
    recorded_signature,
    spoilt_by_copying,
)
from headerlens.findings.kinship import is_undeclared
from headerlens.model.findings import Finding, Where
from headerlens.model.limits import RSA_MIN_BITS, RSA_WEAK_BITS
from headerlens.model.message import BodyState
from headerlens.model.verdicts import DkimCheck, Drift, Match, Result, Signer

_BY_CODE = {
    "body.missing": "dkim.body-missing",
    "body.l_too_long": "dkim.length-too-long",
    "key.none": "dkim.no-key",
    "key.revoked": "dkim.key-revoked",
    "key.unavailable": "dkim.key-unavailable",
    "key.short": "dkim.key-short",
    "sig.alg_weak": "dkim.algorithm",
    "sig.expired": "dkim.expired",
    "sig.future": "dkim.future",
    "sig.from_not_signed": "dkim.from-not-signed",
    "sig.domain_unacceptable": "dkim.domain-unacceptable",
}
"""Codes with a finding of their own; other key.* become dkim.key-unusable, other sig.* dkim.malformed."""

REASONS = frozenset({
    "sig.syntax", "sig.duplicate_tag", "sig.version", "sig.missing_tag", "sig.domain_mismatch", "sig.from_not_signed",
    "sig.alg_unknown", "sig.alg_weak", "sig.canon_unknown", "sig.query_unknown", "sig.expired", "sig.x_before_t",
    "sig.future", "sig.domain_unacceptable", "sig.unacceptable", "sig.not_checked",
    "key.unavailable", "key.none", "key.syntax", "key.too_long",
    "key.version", "key.hash", "key.revoked", "key.type", "key.service", "key.short", "key.i_not_d", "key.several",
    "hash.body", "hash.header", "body.missing", "body.l_too_long", "body.unsigned",
})  # fmt: skip
"""Codes whose words stand in the catalogue under dkim-reason.*."""


def find_dkim(facts: Facts) -> Iterator[Finding]:
    """One finding per signature that says what became of it, then remarks."""
    unsigned = not facts.message.signatures and not facts.dkim
    if unsigned and facts.dmarc.author_domain and not never_delivered(facts):
        yield Finding("dkim.none", {"author": facts.dmarc.author_domain})
    for check in facts.dkim:
        if check.code == "sig.not_checked":
            continue
        yield _outcome(facts, check)
        yield from _remarks(facts, check)
    skipped = _skipped(facts)
    if skipped:
        yield Finding("dkim.more-signatures", {"n": skipped})


def reason_phrase(code: str | None) -> str:
    """The phrase id that says why a signature does not pass."""
    if code in REASONS:
        return f"dkim-reason.{code}"
    family = (code or "").partition(".")[0]
    return f"dkim-reason.{family}" if family in {"sig", "key", "hash", "body"} else "dkim-reason.other"


def reason_of(check: DkimCheck) -> str:
    """The phrase id of why this signature does not pass; a key of absurd length is no slip of the pen."""
    if check.code == "key.syntax" and any(note.code == "key.too_long" for note in check.notes):
        return reason_phrase("key.too_long")
    return reason_phrase(check.code)


def _outcome(facts: Facts, check: DkimCheck) -> Finding:
    if check.result is Result.PASS:
        return _passing(facts, check)
    where = _where(check)
    names = _names(check)
    reason = reason_of(check)
    nobody = not facts.dmarc.author_domain  # nobody it could be foreign to
    if nobody or (is_aligned(facts, check) and (not counting(facts) or check.code == "body.missing")):
        return _beneath_record(facts, check, _failing(facts, check))
    if check.code == "body.missing":
        return Finding("dkim.body-missing", names, where)
    if not is_aligned(facts, check):
        author = facts.dmarc.author_domain
        return Finding("dkim.foreign-failed", {"domain": names["domain"], "author": author, "reason": reason}, where)
    return Finding("dkim.unneeded", {**names, "reason": reason}, where)


def _passing(facts: Facts, check: DkimCheck) -> Finding:
    one = identifier_of(facts, check.index)
    # one organisation, or as good as one: no third party
    kept_apart = one is not None and (fails_by_strict_mode(facts, one) or is_undeclared(facts, one))
    if is_aligned(facts, check) or kept_apart or not facts.dmarc.author_domain:
        return Finding("dkim.pass", _names(check), _where(check))
    if _in_name_of_suffix(check):
        return Finding("dkim.public-suffix", {"domain": _names(check)["domain"]}, _where(check))
    params = {"domain": _names(check)["domain"], "author": facts.dmarc.author_domain}
    return Finding("dkim.third-party", params, _where(check))


_CHANGED = frozenset({"dkim.body-changed", "dkim.headers-changed", "dkim.both-changed", "dkim.mismatch"})
_KEY_LOST = frozenset({"dkim.no-key", "dkim.key-revoked", "dkim.other-key", "dkim.key-unusable"})
_KEY_DRIFT = frozenset({Drift.KEY_GONE, Drift.KEY_REVOKED, Drift.KEY_CHANGED})


def _beneath_record(facts: Facts, check: DkimCheck, finding: Finding) -> Finding:
    """What the receiver found in order on delivery was spoilt later: the difference is the root (S16, S17)."""
    row = compared(facts, "dkim", check.index)
    if row is None or row.agrees is not False or not recorded_signature(facts, check):
        return finding
    if row.reason is Drift.COPY_ALTERED and finding.id in _CHANGED | _KEY_LOST:
        return replace(finding, because=("recorded.differs",))
    if row.reason in _KEY_DRIFT and finding.id in _KEY_LOST:
        return replace(finding, because=("recorded.explained",))
    return finding


def _failing(facts: Facts, check: DkimCheck) -> Finding:
    """The finding for a signature of the shown sender that nothing makes up for."""
    identifier, names = _failure_id(facts, check), _names(check)
    if identifier in {"dkim.key-unusable", "dkim.malformed"}:
        return Finding(identifier, {**names, "reason": reason_of(check)}, _where(check))
    if identifier == "dkim.key-short":
        return Finding(identifier, {**names, "bits": _bits(check)}, _where(check))
    if identifier == "dkim.both-changed":
        return Finding(identifier, {**names, "origin": _origin(facts, check)}, _where(check))
    if identifier == "dkim.domain-unacceptable":
        return Finding(identifier, {"domain": names["domain"]}, _where(check))
    return Finding(identifier, names, _where(check))


def _origin(facts: Facts, check: DkimCheck) -> str:
    """Whether the signature may be invented: not where its header fits the key once a proved change is undone."""
    proved = any(cause.index == check.index and cause.header for cause in facts.causes)
    return "origin.proved" if proved else "origin.unknown"


def _failure_id(facts: Facts, check: DkimCheck) -> str:
    code = check.code or ""
    if code in _BY_CODE:
        return _BY_CODE[code]
    if code.startswith("key."):
        return "dkim.key-unusable"
    if not hashes_differ(check):
        return "dkim.malformed"
    if spoilt_by_copying(facts, check):
        return "dkim.copy-body"
    if check.header_hash is Match.MISMATCH:
        return _header_failure(check)
    return "dkim.body-changed"


def _header_failure(check: DkimCheck) -> str:
    """RSA digest recovery tells a changed header from another key; without it neither may be claimed (engine.md 3).

    A body that differs outweighs the key: a replaced key, which time explains, explains no body (standards.md 2.4).
    """
    if check.body_hash is Match.MISMATCH:
        return "dkim.both-changed"
    if check.signer is Signer.OTHER_KEY:
        return "dkim.other-key"
    return "dkim.headers-changed" if check.signer is Signer.THIS_KEY else "dkim.mismatch"


def _remarks(facts: Facts, check: DkimCheck) -> Iterator[Finding]:
    names, where = _names(check), _where(check)
    codes = {note.code for note in check.notes}
    domain = names["domain"]
    if check.unsigned_octets and _text_stays_unsigned(facts, check):
        if check.signature.length == 0:
            yield Finding("dkim.unsigned-body", {"domain": domain}, where)
        else:
            yield Finding("dkim.unsigned-text", {"domain": domain, "n": check.unsigned_octets}, where)
    if check.result is not Result.PASS:
        return
    if RSA_MIN_BITS <= _bits(check) < RSA_WEAK_BITS and _is_rsa(check) and is_aligned(facts, check):
        yield Finding("dkim.key-weak", {**names, "bits": _bits(check)}, where)
    if _in_name_of_suffix(check) and (is_aligned(facts, check) or not facts.dmarc.author_domain):
        yield Finding("dkim.public-suffix", {"domain": domain}, where)
    if "key.testing" in codes:
        yield Finding("dkim.testing", names, where)
    if "key.several" in codes:
        yield Finding("dkim.several-keys", names, where)
    if codes & {"sig.expired_now", "sig.expired"}:
        yield Finding("dkim.expired-since", {"domain": domain}, where)
    twice = set(added_names(facts))
    unsigned = [name for name in check.unsigned_names if name in SHOWN_NAMES and name not in twice]
    if unsigned and is_aligned(facts, check):
        yield Finding("dkim.unsigned-headers", {"domain": domain, "names": ", ".join(unsigned)}, where)


def _in_name_of_suffix(check: DkimCheck) -> bool:
    return any(note.code == "sig.domain_unacceptable" for note in check.notes)


def _text_stays_unsigned(facts: Facts, check: DkimCheck) -> bool:
    """Whether text behind l= is worth a warning: the sender signed so, and no other signature of it covers the rest."""
    if facts.body_state is BodyState.MISSING or (facts.dmarc.author_domain and not is_aligned(facts, check)):
        return False
    others = (one for one in author_signatures(facts) if one.index != check.index and one.result is Result.PASS)
    return check.result is not Result.PASS or not any(not one.unsigned_octets for one in others)


def _skipped(facts: Facts) -> int:
    """How many signatures nobody looked at: those beyond the limits, and those the parser did not take in."""
    present = sum(field.key == "dkim-signature" for field in facts.message.fields)
    looked_at = sum(check.code != "sig.not_checked" for check in facts.dkim)
    return max(0, present - looked_at) if facts.dkim else 0


def _names(check: DkimCheck) -> dict[str, str | int]:
    """The signing domain and the selector; what stands there when it is no domain name."""
    signature = check.signature
    return {"domain": signature.domain or signature.domain_written or "?", "selector": signature.selector or "?"}


def _bits(check: DkimCheck) -> int:
    return (check.key.bits or 0) if check.key else 0


def _is_rsa(check: DkimCheck) -> bool:
    return check.key is not None and check.key.type in {"rsa", None}


def _where(check: DkimCheck) -> tuple[Where, ...]:
    field = Where(field_index=check.signature.field_index, signature=check.index)
    return (field, Where(question=f"TXT {check.key.name}")) if check.key and check.key.name else (field,)


def shares_organization(facts: Facts, domain: str) -> bool:
    """Whether a domain is the sender's organisation or below it, by name alone."""
    home = organization_of(facts)
    return bool(home) and (domain == home or domain.endswith("." + home))
