"""The one door to public-key cryptography: whether a value signs a digest (RFC 8017 8.2.2, 8301, 8463 3)."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm

from headerlens.model.verdicts import Match, Signer

_REFUSALS = (InvalidSignature, InternalError, UnsupportedAlgorithm, ValueError)
"""What the library raises for a value that does not fit, or that it will not compute with."""


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """Whether the value signs the digest. `recovered` is the digest it was made over, where RSA tells (engine.md 3)."""

    match: Match
    signer: Signer = Signer.UNKNOWN
    recovered: bytes | None = None


UNCHECKED = ValueCheck(Match.UNCHECKED)


def check_value(public: RSAPublicKey | Ed25519PublicKey, digest: bytes, value: bytes, hash_name: str) -> ValueCheck:
    """The value of b= against the digest of the header ("sha256" or "sha1").

    A pass says THIS_KEY. On a mismatch RSA tells more: with sound padding this key signed another digest (THIS_KEY,
    given in `recovered`), with unsound padding another key made the value or b= is damaged (OTHER_KEY). Ed25519 signs
    the SHA-256 digest itself (RFC 8463 3) and says UNKNOWN.
    """
    if isinstance(public, Ed25519PublicKey):
        return _check_ed25519(public, digest, value)
    algorithm: HashAlgorithm = SHA1() if hash_name == "sha1" else SHA256()  # noqa: S303  told apart, never passed
    try:
        public.verify(value, digest, PKCS1v15(), Prehashed(algorithm))
    except _REFUSALS:
        return _recover(public, value, algorithm)
    return ValueCheck(Match.MATCH, Signer.THIS_KEY)


def _check_ed25519(public: Ed25519PublicKey, digest: bytes, value: bytes) -> ValueCheck:
    try:
        public.verify(value, digest)
    except _REFUSALS:
        return ValueCheck(Match.MISMATCH)
    return ValueCheck(Match.MATCH, Signer.THIS_KEY)


def _recover(public: RSAPublicKey, value: bytes, algorithm: HashAlgorithm) -> ValueCheck:
    """The digest inside an RSA value, which padding with the right DigestInfo proves to be this key's."""
    try:
        digest = public.recover_data_from_signature(value, PKCS1v15(), algorithm)
    except _REFUSALS:
        return ValueCheck(Match.MISMATCH, Signer.OTHER_KEY)
    return ValueCheck(Match.MISMATCH, Signer.THIS_KEY, digest)
