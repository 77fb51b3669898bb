"""The ARC chain of a message (RFC 8617 5.2). A valid chain is testimony of its sealers, not authentication (9.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from headerlens.model.dns import Lookup
from headerlens.model.limits import MAX_ARC_SETS
from headerlens.model.message import BodyState, HeaderField, Message
from headerlens.model.records import ArcSet, Canonicalization, DkimSignature
from headerlens.model.verdicts import ArcCheck, ArcSetCheck, DkimCheck, Match, Result
from headerlens.verify.body_hash import BodyHashes, new_hash
from headerlens.verify.canonical import CRLF, canonical_field, without_signature_value
from headerlens.verify.keys import find_keys, hash_name, key_notes
from headerlens.verify.signature_check import Signed, Times, check_digest, check_signature
from headerlens.verify.signature_rules import judge_times, result_of


def check_arc(message: Message, ask: Lookup, *, now: datetime, body: BodyState) -> ArcCheck:
    """The chain as it stands now; never raises.

    `result` is NONE, PASS or FAIL, since every error is permanent (5.2.1). `code` is None for a pass, arc.none without
    a set, else the first that holds of: arc.too_many, arc.cv_fail (the newest sealer says so), arc.broken_structure
    (a set incomplete, doubled or missing), arc.cv_wrong (cv= not none for the first set and pass for the others),
    arc.ams_invalid (the newest message signature), arc.seal_invalid. Where a key cannot be had today arc.key_none or
    arc.key_unavailable stands instead of the last two, and arc.body_missing where only the body keeps the newest
    message signature from being judged: these three are "cannot be told today", not "broken".
    `oldest_pass` is that of 5.2 step 5 (0: every message signature still verifies), None unless the chain passes.
    Seals and message signatures are judged even in a broken chain; the index of each check is the instance. RFC 8617
    knows no expiry: `now` only gives a message signature the note sig.expired_now.
    """
    sets = message.arc
    if not sets:
        return ArcCheck(Result.NONE, "arc.none")
    if len(sets) > MAX_ARC_SETS or sets[-1].instance > MAX_ARC_SETS:
        return ArcCheck(Result.FAIL, "arc.too_many", tuple(ArcSetCheck(each, None, None) for each in sets))
    signed = Signed(message.fields, body, BodyHashes(message.body))
    sealed = tuple(_canonical_set(each, message.fields) for each in sets)
    checks = tuple(
        ArcSetCheck(each, _check_seal(each, signed.fields, sealed[:place], ask), _check_message(each, signed, ask, now))
        for place, each in enumerate(sets)
    )
    code = _structure_code(sets) or _signature_code(checks)
    if code is not None:
        return ArcCheck(Result.FAIL, code, checks)
    return ArcCheck(Result.PASS, None, checks, _oldest_pass(checks))


def _structure_code(sets: tuple[ArcSet, ...]) -> str | None:
    """Steps 1 to 3: what the fields show without a key."""
    if sets[-1].cv == "fail":
        return "arc.cv_fail"
    if [each.instance for each in sets] != list(range(1, len(sets) + 1)) or not all(map(_is_whole, sets)):
        return "arc.broken_structure"
    if any(each.cv != ("none" if each.instance == 1 else "pass") for each in sets):
        return "arc.cv_wrong"
    return None


def _is_whole(each: ArcSet) -> bool:
    """One field of each kind, no more."""
    return not each.extra and None not in {each.results, each.message_signature, each.seal}


def _canonical_set(each: ArcSet, fields: tuple[HeaderField, ...]) -> bytes:
    """The three fields of a set as seals cover them: results, message signature, seal, all relaxed (5.1.1)."""
    parts = (each.results, each.message_signature, each.seal)
    raws = (fields[part.field_index].raw for part in parts if part is not None)
    return b"".join(canonical_field(raw, Canonicalization.RELAXED) for raw in raws)


def _check_message(each: ArcSet, signed: Signed, ask: Lookup, now: datetime) -> DkimCheck | None:
    """The message signature of a set, judged as a DKIM signature is; None when there is none."""
    signature = each.message_signature
    if signature is None:
        return None
    times = Times(notes=judge_times(signature, None, now)[2])
    return check_signature(each.instance, signature, signed, find_keys(signature, ask), times)


def _check_seal(
    each: ArcSet, fields: tuple[HeaderField, ...], earlier: tuple[bytes, ...], ask: Lookup
) -> DkimCheck | None:
    """The seal of a set; None when there is none. It has no body hash, and nothing of the message is its own."""
    seal = each.seal
    if seal is None:
        return None
    key, key_code, value = check_digest(seal, find_keys(seal, ask), _seal_digest(each, seal, fields, earlier))
    codes = [fault.code for fault in seal.faults]
    codes += [] if key_code is None else [key_code]
    codes += ["hash.header"] if value.match is Match.MISMATCH else []
    code = codes[0] if codes else None
    return DkimCheck(
        index=each.instance,
        signature=seal,
        result=result_of(code),
        code=code,
        header_hash=value.match,
        key=key,
        signer=value.signer,
        recovered_digest=value.recovered,
        notes=() if key is None else key_notes(key),
    )


def _seal_digest(
    each: ArcSet, seal: DkimSignature, fields: tuple[HeaderField, ...], earlier: tuple[bytes, ...]
) -> bytes | None:
    """All sets up to this one, the seal last and without b= (5.1.1); after cv=fail its own set alone (5.1.2)."""
    if seal.algorithm is None:
        return None
    made = new_hash(hash_name(seal))
    for octets in () if each.cv == "fail" else earlier:
        made.update(octets)
    made.update(_canonical_set(replace(each, seal=None), fields))
    own = without_signature_value(fields[seal.field_index].raw)
    made.update(canonical_field(own, Canonicalization.RELAXED).removesuffix(CRLF))
    return made.digest()


def _signature_code(checks: tuple[ArcSetCheck, ...]) -> str | None:
    """Steps 4 and 6: the newest message signature, then every seal from the newest down."""
    code = _failure(checks[-1].message_signature, "arc.ams_invalid")
    for check in reversed(checks):
        code = code or _failure(check.seal, "arc.seal_invalid")
    return code


def _failure(check: DkimCheck | None, invalid: str) -> str | None:
    """The chain's code for a failed check; a key that is gone or a body that is missing is told apart."""
    if check is None or check.code is None:
        return None
    told_apart = {"key.none": "arc.key_none", "key.unavailable": "arc.key_unavailable"}
    return {**told_apart, "body.missing": "arc.body_missing"}.get(check.code, invalid)


def _oldest_pass(checks: tuple[ArcSetCheck, ...]) -> int:
    """The lowest instance from which on every message signature verifies, 0 when all do (5.2 step 5)."""
    for check in reversed(checks):
        if check.message_signature is None or check.message_signature.code is not None:
            return check.set.instance + 1
    return 0
