"""Key records of DKIM and ARC, judged on their own (RFC 6376 3.6.1, 8301, 8463); not yet against a signature."""

from __future__ import annotations

from dataclasses import replace

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from headerlens.model.dns import Answer, Failure, Outcome
from headerlens.model.limits import MAX_KEYS_TRIED, MAX_TXT_OCTETS, RSA_MAX_BITS, RSA_MIN_BITS
from headerlens.model.records import DkimKey, KeyStatus, TagList
from headerlens.parse.signature_values import read_base64, read_list, without_blanks
from headerlens.parse.tags import parse_tag_octets

ED25519_BITS = 256


def parse_key(name: str, answer: Answer) -> DkimKey:
    """The key at `name` (selector._domainkey.domain): of several the first that can be used, else the last.

    Never raises. `status` NONE has the code key.none, UNAVAILABLE key.unavailable, REVOKED key.revoked; UNUSABLE has
    key.syntax, key.version, key.type or key.short. A short key keeps `bits` and `material`.
    """
    keys = parse_keys(name, answer)
    return next((key for key in keys if key.status is KeyStatus.FOUND), keys[-1])


def parse_keys(name: str, answer: Answer) -> tuple[DkimKey, ...]:
    """Every key record at `name`, each as by `parse_key`, at most `MAX_KEYS_TRIED`; one entry when there is none."""
    if answer.outcome is Outcome.FAILED:
        return (_absent(name, answer.failure),)
    texts = answer.texts
    if not texts:
        return (DkimKey(name, KeyStatus.NONE, "key.none"),)
    return tuple(_read_record(name, text, len(texts)) for text in texts[:MAX_KEYS_TRIED])


def _absent(name: str, failure: Failure | None) -> DkimKey:
    """A name DNS cannot hold has no key for good; every other failure may pass."""
    if failure is Failure.BAD_NAME:
        return DkimKey(name, KeyStatus.NONE, "key.none")
    return DkimKey(name, KeyStatus.UNAVAILABLE, "key.unavailable")


def _read_record(name: str, octets: bytes, count: int) -> DkimKey:
    """One record, in the order of RFC 6376 6.1.2: grammar and version, revoked, type, material."""
    tags = parse_tag_octets(octets[:MAX_TXT_OCTETS])
    key = _with_lists(DkimKey(name, KeyStatus.UNUSABLE, record=octets.decode("utf-8", "replace"), count=count), tags)
    written = tags.get("p")
    if _bad_version(tags):
        return replace(key, code="key.version")
    if tags.faults or written is None:
        return replace(key, code="key.syntax")
    if not without_blanks(written):
        return replace(key, status=KeyStatus.REVOKED, code="key.revoked")
    return _with_material(key, read_base64(written))


def _with_lists(key: DkimKey, tags: TagList) -> DkimKey:
    """The key with its tags; without h= every hash and without s= every service is allowed, which is ().

    An empty h= or s= names nothing and is taken as absent, as most verifiers do.
    """
    return replace(
        key,
        tags=tags,
        type=tags.get("k") if tags.get("k") is not None else "rsa",
        hashes=read_list(tags.get("h") or ""),
        services=read_list(tags.get("s") or ""),
        flags=read_list(tags.get("t") or ""),
    )


def _bad_version(tags: TagList) -> bool:
    """v= is optional, but must then stand first and say DKIM1 (3.6.1)."""
    version = tags.get("v")
    return version is not None and (version != "DKIM1" or tags.tags[0].name != "v")


def _with_material(key: DkimKey, octets: bytes | None) -> DkimKey:
    """The key with its public key read as its type asks."""
    if key.type not in {"rsa", "ed25519"}:
        return replace(key, code="key.type", material=octets)
    public = None if octets is None else load_public_key(key.type, octets)
    if public is None:
        return replace(key, code="key.syntax", material=octets)
    bits = public.key_size if isinstance(public, RSAPublicKey) else ED25519_BITS
    if bits > RSA_MAX_BITS:
        return replace(key, code="key.syntax", bits=bits)
    if isinstance(public, RSAPublicKey) and bits < RSA_MIN_BITS:
        return replace(key, code="key.short", bits=bits, material=octets)
    return replace(key, status=KeyStatus.FOUND, bits=bits, material=octets)


def load_public_key(key_type: str, octets: bytes) -> RSAPublicKey | Ed25519PublicKey | None:
    """The public key in the decoded p=, None when the octets are not one of that type.

    RSA stands as SubjectPublicKeyInfo or as a bare RSAPublicKey (RFC 6376 3.6.1 and its erratum 3017), Ed25519 as its
    32 octets (RFC 8463 4.2).
    """
    try:
        if key_type == "ed25519":
            return Ed25519PublicKey.from_public_bytes(octets)
        public = load_der_public_key(octets)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return public if isinstance(public, RSAPublicKey) else None
