"""One signature judged to the end: header and body each on its own, whatever else is wrong (RFC 6376 6.1)."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from headerlens.model.message import BodyState, HeaderField
from headerlens.model.records import DkimKey, DkimSignature
from headerlens.model.verdicts import AtReceipt, DkimCheck, Match, Note, SignedField
from headerlens.parse.dkim_key import load_public_key
from headerlens.verify.body_hash import BodyHash, BodyHashes
from headerlens.verify.crypto import UNCHECKED, ValueCheck, check_value
from headerlens.verify.keys import hash_name, is_computable, key_code, key_notes
from headerlens.verify.signature_rules import result_of
from headerlens.verify.signed_fields import header_digest, oversigned_names, pick_fields, unsigned_names


@dataclass(frozen=True, slots=True)
class Signed:
    """What signatures are judged against: the fields, and the body with its hashes where there is one."""

    fields: tuple[HeaderField, ...]
    body_state: BodyState
    hashes: BodyHashes


@dataclass(frozen=True, slots=True)
class Times:
    """What the times of a signature say; `code` is a failure of them."""

    state: AtReceipt = AtReceipt.UNKNOWN
    code: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _BodyCheck:
    """The body against bh=. `made` is None when nothing was computed."""

    match: Match = Match.UNCHECKED
    code: str | None = None
    made: BodyHash | None = None
    unsigned: int | None = None


@dataclass(frozen=True, slots=True)
class _KeyCheck:
    """One key record against the signature: why it may not be used, and what its operation says all the same."""

    key: DkimKey
    code: str | None
    value: ValueCheck

    @property
    def merit(self) -> tuple[bool, bool, bool]:
        """For choosing among several records: one that verifies, then one that may be used."""
        verified = self.value.match is Match.MATCH
        return verified and self.code is None, verified, self.code is None


def check_signature(
    index: int, signature: DkimSignature, signed: Signed, keys: tuple[DkimKey, ...], times: Times
) -> DkimCheck:
    """The check of one DKIM-Signature or ARC-Message-Signature.

    `code` is the first rule broken in the verifier's order: the field, its times, the key, l=, the body, the header.
    With both hashes wrong it is hash.body, with the note hash.header. `keys` is empty when s= or d= is unreadable.
    """
    picked = pick_fields(signed.fields, signature)
    best = _best_key(signature, keys, _digest(signature, signed, picked))
    value = UNCHECKED if best is None else best.value
    body = _check_body(signature, signed)
    codes = _codes(signature, times, best, body, signed.body_state)
    code = codes[0] if codes else None
    notes = (*times.notes, *_key_notes(best), *_body_notes(body, value))
    return DkimCheck(
        index=index,
        signature=signature,
        result=result_of(code),
        code=code,
        header_hash=value.match,
        body_hash=body.match,
        key=None if best is None else best.key,
        expected_body_hash=_shown(signature.body_hash),
        actual_body_hash=_shown(None if body.made is None else body.made.digest),
        signed_fields=picked,
        unsigned_names=unsigned_names(signed.fields, picked),
        oversigned_names=oversigned_names(picked),
        unsigned_octets=body.unsigned,
        at_receipt=times.state,
        signer=value.signer,
        recovered_digest=value.recovered,
        notes=notes,
    )


def check_digest(
    signature: DkimSignature, keys: tuple[DkimKey, ...], digest: bytes | None
) -> tuple[DkimKey | None, str | None, ValueCheck]:
    """The key that was chosen, why it may not be used, and what b= says about `digest`: the part seals need too."""
    best = _best_key(signature, keys, digest)
    return (None, None, UNCHECKED) if best is None else (best.key, best.code, best.value)


def _digest(signature: DkimSignature, signed: Signed, picked: tuple[SignedField, ...]) -> bytes | None:
    """The header's digest, None when the field does not say how to make it."""
    if not _is_readable(signature) or signature.tags.get("h") is None:
        return None
    return header_digest(signed.fields, signature, picked, hash_name(signature))


def _is_readable(signature: DkimSignature) -> bool:
    """Whether a= and c= tell how to hash."""
    return signature.algorithm is not None and all(fault.code != "sig.canon_unknown" for fault in signature.faults)


def _best_key(signature: DkimSignature, keys: tuple[DkimKey, ...], digest: bytes | None) -> _KeyCheck | None:
    """Each record is tried (RFC 6376 6.1.2 step 4); of equals the last counts."""
    best: _KeyCheck | None = None
    for key in keys:
        tried = _KeyCheck(key, key_code(signature, key), _try_key(signature, key, digest))
        if best is None or tried.merit >= best.merit:
            best = tried
    return best


def _try_key(signature: DkimSignature, key: DkimKey, digest: bytes | None) -> ValueCheck:
    if digest is None or signature.signature is None or not is_computable(signature, key):
        return UNCHECKED
    public = load_public_key(key.type or "", key.material or b"")
    return UNCHECKED if public is None else check_value(public, digest, signature.signature, hash_name(signature))


def _check_body(signature: DkimSignature, signed: Signed) -> _BodyCheck:
    """bh= against the body at hand (6.1.3 step 3); l= beyond the body is a failure of its own (3.5)."""
    length_lost = signature.length is None and signature.tags.get("l") is not None
    if signed.body_state is BodyState.MISSING or signature.body_hash is None or length_lost:
        return _BodyCheck()
    if not _is_readable(signature):
        return _BodyCheck()
    made = signed.hashes.get(signature.body_canonicalization, hash_name(signature), signature.length)
    match = Match.MATCH if made.digest == signature.body_hash else Match.MISMATCH
    if signature.length is not None and signature.length > made.octets:
        return _BodyCheck(match, "body.l_too_long", made, 0)
    unsigned = None if signature.length is None else made.octets - signature.length
    return _BodyCheck(match, None if match is Match.MATCH else "hash.body", made, unsigned)


def _codes(
    signature: DkimSignature, times: Times, best: _KeyCheck | None, body: _BodyCheck, state: BodyState
) -> list[str]:
    """Every rule broken, in the verifier's order (6.1.1, 6.1.2, 6.1.3)."""
    codes: list[str | None] = [fault.code for fault in signature.faults]
    codes += [times.code, None if best is None else best.code, body.code]
    if best is not None and best.value.match is Match.MISMATCH:
        codes.append("hash.header")
    if state is BodyState.MISSING:
        codes.append("body.missing")
    return [code for code in codes if code is not None]


def _key_notes(best: _KeyCheck | None) -> tuple[Note, ...]:
    return () if best is None else key_notes(best.key)


def _body_notes(body: _BodyCheck, value: ValueCheck) -> tuple[Note, ...]:
    """body.unsigned, and hash.header where the body's mismatch would hide it."""
    notes = []
    if body.unsigned:
        notes.append(Note("body.unsigned", str(body.unsigned)))
    if body.match is Match.MISMATCH and value.match is Match.MISMATCH:
        notes.append(Note("hash.header"))
    return tuple(notes)


def _shown(digest: bytes | None) -> str | None:
    return None if digest is None else base64.b64encode(digest).decode("ascii")
