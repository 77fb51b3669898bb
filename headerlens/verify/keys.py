"""Keys fetched for a signature and judged against it (RFC 6376 3.6.1, 6.1.2; RFC 8301; RFC 8463 4)."""

from __future__ import annotations

from headerlens.model.dns import Lookup, Question
from headerlens.model.limits import RSA_MAX_BITS, RSA_WEAK_BITS
from headerlens.model.records import DkimKey, DkimSignature, KeyStatus
from headerlens.model.verdicts import Note
from headerlens.parse.dkim_key import parse_keys
from headerlens.parse.names import to_ascii


def key_name(signature: DkimSignature) -> str | None:
    """The name of the key record (RFC 6376 3.6.2.1), None when s= or d= cannot be read."""
    if not signature.selector or not signature.domain:
        return None
    return f"{signature.selector}._domainkey.{signature.domain}"


def hash_name(signature: DkimSignature) -> str:
    """The hash of a=, as h= of key records spells it; only for a readable a=."""
    return (signature.algorithm or "").rpartition("-")[2]


def find_keys(signature: DkimSignature, ask: Lookup) -> tuple[DkimKey, ...]:
    """The key records of this signature, one entry at least; () when it does not say where they are."""
    name = key_name(signature)
    return () if name is None else parse_keys(name, ask(Question(name, "TXT")))


def key_code(signature: DkimSignature, key: DkimKey) -> str | None:
    """Why `key` may not be used for `signature` (a key.* code), in the order of RFC 6376 6.1.2; None when it may."""
    if key.code is not None and key.code != "key.short":
        return key.code
    algorithm_known = signature.algorithm is not None
    broken = (
        ("key.service", not _serves_mail(key)),
        ("key.hash", algorithm_known and not _allows_hash(key, hash_name(signature))),
        ("key.type", algorithm_known and key.type != _key_type(signature)),
        ("key.short", key.code == "key.short"),
        ("key.i_not_d", "s" in key.flags and to_ascii(signature.identity.rpartition("@")[2]) != signature.domain),
    )
    return next((code for code, holds in broken if holds), None)


def is_computable(signature: DkimSignature, key: DkimKey) -> bool:
    """Whether the operation can be done at all, allowed or not: it tells what changed even when nothing may pass."""
    usable = key.status is KeyStatus.FOUND or key.code == "key.short"
    return usable and key.material is not None and key.type == _key_type(signature)


def key_notes(key: DkimKey) -> tuple[Note, ...]:
    """Remarks on the key that decide nothing: key.several, key.testing, key.weak, key.too_long."""
    notes = []
    if key.count > 1:
        notes.append(Note("key.several", str(key.count)))
    if "y" in key.flags:
        notes.append(Note("key.testing"))
    if key.type == "rsa" and key.status is KeyStatus.FOUND and (key.bits or 0) < RSA_WEAK_BITS:
        notes.append(Note("key.weak", str(key.bits)))
    if key.bits is not None and key.bits > RSA_MAX_BITS:
        notes.append(Note("key.too_long", str(key.bits)))
    return tuple(notes)


def _serves_mail(key: DkimKey) -> bool:
    """s= names "email" or "*", or is absent."""
    return not key.services or bool({"*", "email"} & {service.lower() for service in key.services})


def _allows_hash(key: DkimKey, name: str) -> bool:
    """h= names the hash, or is absent."""
    return not key.hashes or name in {each.lower() for each in key.hashes}


def _key_type(signature: DkimSignature) -> str:
    """k= that a= asks for."""
    return (signature.algorithm or "").partition("-")[0]
