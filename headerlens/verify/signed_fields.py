"""Which fields a signature covers, which it leaves out, and the digest over them (RFC 6376 3.7, 5.4, 5.4.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from headerlens.model.message import HeaderField
from headerlens.model.records import Canonicalization, DkimSignature
from headerlens.model.verdicts import SignedField
from headerlens.verify.body_hash import new_hash
from headerlens.verify.canonical import CRLF, canonical_field, without_signature_value

SHOWN_NAMES = (
    "from",
    "sender",
    "reply-to",
    "subject",
    "date",
    "to",
    "cc",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "list-unsubscribe",
    "list-unsubscribe-post",
)
"""Fields that readers see or that decide what they see: RFC 6376 5.4.1, and RFC 8058 4 for the last two."""


def pick_fields(fields: tuple[HeaderField, ...], signature: DkimSignature) -> tuple[SignedField, ...]:
    """What each name of h= stands for: fields of one name from the bottom up, then nothing (5.4.2).

    The signature's own field is never picked: it was not yet there when the signer counted.
    """
    waiting: dict[str, list[int]] = {}
    for item in fields:
        if item.index != signature.field_index:
            waiting.setdefault(item.key, []).append(item.index)
    picked = []
    for name in signature.signed_names:
        left = waiting.get(name)
        picked.append(SignedField(name, left.pop() if left else None))
    return tuple(picked)


def unsigned_names(fields: tuple[HeaderField, ...], picked: Iterable[SignedField]) -> tuple[str, ...]:
    """Names of `SHOWN_NAMES` of which at least one field stands outside the signature, in that order."""
    covered = {signed.field_index for signed in picked}
    present = {item.key for item in fields if item.index not in covered}
    return tuple(name for name in SHOWN_NAMES if name in present)


def oversigned_names(picked: Iterable[SignedField]) -> tuple[str, ...]:
    """Names protected against another field of that name being added (5.4, 8.15), each once, in order."""
    return tuple(Counter(signed.name for signed in picked if signed.field_index is None))


def header_digest(
    fields: tuple[HeaderField, ...], signature: DkimSignature, picked: Iterable[SignedField], hash_name: str
) -> bytes:
    """The digest that b= signs: the picked fields, then the signature's own field without b= and final CRLF (3.7)."""
    how = signature.header_canonicalization
    raws = [fields[signed.field_index].raw for signed in picked if signed.field_index is not None]
    return digest_fields(raws, fields[signature.field_index].raw, how, hash_name)


def digest_fields(raws: Iterable[bytes], own: bytes, how: Canonicalization, hash_name: str) -> bytes:
    """The digest over raw fields in this order and, last, over the raw field of the signature itself."""
    made = new_hash(hash_name)
    for raw in raws:
        made.update(canonical_field(raw, how))
    made.update(canonical_field(without_signature_value(own), how).removesuffix(CRLF))
    return made.digest()
