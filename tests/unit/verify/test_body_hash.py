"""The hash of the body."""

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headerlens.model.records import Canonicalization
from headerlens.verify import body_hash
from headerlens.verify.body_hash import BodyHashes
from headerlens.verify.canonical import canonical_body
from tests.support.signing import plain_body


@given(st.binary(max_size=50), st.sampled_from(Canonicalization), st.none() | st.integers(0, 60))
def test_l_cuts_the_canonical_body(body: bytes, how: Canonicalization, length: int | None) -> None:
    canonical = plain_body(body, how.value)
    made = BodyHashes(body).get(how, "sha256", length)
    assert made.digest == hashlib.sha256(canonical[:length]).digest()
    assert made.octets == len(canonical)


def test_sha1_can_be_made_to_tell_what_changed() -> None:
    made = BodyHashes(b"a\r\n").get(Canonicalization.SIMPLE, "sha1", None)
    assert made.digest == hashlib.sha1(b"a\r\n").digest()


def test_each_way_of_hashing_costs_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[Canonicalization] = []

    def counting(body: bytes, how: Canonicalization) -> Iterator[bytes | memoryview]:
        passes.append(how)
        return canonical_body(body, how)

    monkeypatch.setattr(body_hash, "canonical_body", counting)
    hashes = BodyHashes(b"hello\r\n")
    for _ in range(5):
        hashes.get(Canonicalization.RELAXED, "sha256", None)
        hashes.get(Canonicalization.RELAXED, "sha256", 3)
        hashes.get(Canonicalization.SIMPLE, "sha256", None)
    assert len(passes) == 3
