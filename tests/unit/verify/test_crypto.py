"""The operation with the public key."""

import hashlib

import pytest

from headerlens.model.verdicts import Match, Signer
from headerlens.parse.dkim_key import load_public_key
from headerlens.verify.crypto import ValueCheck, check_value
from tests.support.signing import key, public_octets, sign_digest

DIGEST = hashlib.sha256(b"what was signed").digest()
OTHER = hashlib.sha256(b"what stands there now").digest()


def check(name: str, digest: bytes, value: bytes, hash_name: str = "sha256") -> ValueCheck:
    public = load_public_key(key(name).algorithm.partition("-")[0], public_octets(name))
    assert public is not None
    return check_value(public, digest, value, hash_name)


@pytest.mark.parametrize("name", ["rsa512", "rsa1024", "rsa2048", "ed25519"])
def test_a_value_over_this_digest_matches(name: str) -> None:
    assert check(name, DIGEST, sign_digest(name, DIGEST, "sha256")) == ValueCheck(Match.MATCH, Signer.THIS_KEY)


def test_rsa_gives_back_the_digest_that_was_signed() -> None:
    found = check("rsa2048", OTHER, sign_digest("rsa2048", DIGEST, "sha256"))
    assert found == ValueCheck(Match.MISMATCH, Signer.THIS_KEY, DIGEST)


def test_rsa_with_sha1_gives_back_its_digest_too() -> None:
    digest = hashlib.sha1(b"x").digest()
    value = sign_digest("rsa1024", digest, "sha1")
    assert check("rsa1024", digest, value, "sha1").match is Match.MATCH
    assert check("rsa1024", bytes(20), value, "sha1") == ValueCheck(Match.MISMATCH, Signer.THIS_KEY, digest)


@pytest.mark.parametrize("value", [b"", b"x", bytes(256), b"\xff" * 256, bytes(255), bytes(5000)])
def test_a_damaged_rsa_value_is_not_this_keys(value: bytes) -> None:
    assert check("rsa2048", DIGEST, value) == ValueCheck(Match.MISMATCH, Signer.OTHER_KEY)


def test_a_value_of_another_rsa_key_is_told_apart() -> None:
    value = sign_digest("rsa2048b", DIGEST, "sha256")
    assert check("rsa2048", DIGEST, value) == ValueCheck(Match.MISMATCH, Signer.OTHER_KEY)


@pytest.mark.parametrize("value", [b"", bytes(64), bytes(63), sign_digest("ed25519", OTHER, "sha256")])
def test_ed25519_tells_nothing_on_a_mismatch(value: bytes) -> None:
    assert check("ed25519", DIGEST, value) == ValueCheck(Match.MISMATCH, Signer.UNKNOWN)
