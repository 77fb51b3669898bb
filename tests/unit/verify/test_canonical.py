"""Canonicalisation, against the letter of the RFC and against dkimpy."""

import time

import dkim.canonicalization
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headerlens.model.records import Canonicalization
from headerlens.verify import canonical
from headerlens.verify.canonical import canonical_body, canonical_field, without_signature_value
from tests.support.signing import plain_body

SIMPLE, RELAXED = Canonicalization.SIMPLE, Canonicalization.RELAXED
PIECES = st.sampled_from([b"a", b".", b" ", b"  ", b"\t", b"\r\n", b"\r\n\r\n", b"\xe3\x81\x82", b"b" * 7])
BODIES = st.lists(PIECES, max_size=40).map(b"".join)
HOWS = st.sampled_from([SIMPLE, RELAXED])


def whole(body: bytes, how: Canonicalization) -> bytes:
    return b"".join(bytes(piece) for piece in canonical_body(body, how))


@pytest.mark.parametrize(
    ("body", "simple", "relaxed"),
    [
        (b"", b"\r\n", b""),
        (b"\r\n", b"\r\n", b""),
        (b"\r\n\r\n\r\n", b"\r\n", b""),
        (b" \t\r\n \r\n", b" \t\r\n \r\n", b""),
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C \r\nD \t E\r\n", b" C\r\nD E\r\n"),  # RFC 6376 3.4.5
        (b"foo \t", b"foo \t\r\n", b"foo\r\n"),
        (b"foo\r\n \t", b"foo\r\n \t\r\n", b"foo\r\n"),
        (b"\r\n\r\nfoo", b"\r\n\r\nfoo\r\n", b"\r\n\r\nfoo\r\n"),
        (b"a\n", b"a\n\r\n", b"a\n\r\n"),
        (b"a\r", b"a\r\r\n", b"a\r\r\n"),
        (b"a\r\n\n\r\n", b"a\r\n\n\r\n", b"a\r\n\n\r\n"),
    ],
)
def test_bodies_of_the_rfc_and_of_damaged_mail(body: bytes, simple: bytes, relaxed: bytes) -> None:
    assert whole(body, SIMPLE) == simple
    assert whole(body, RELAXED) == relaxed


@given(BODIES, HOWS)
def test_bodies_come_out_as_the_letter_of_the_rfc_has_it(body: bytes, how: Canonicalization) -> None:
    assert whole(body, how) == plain_body(body, how.value)


@given(BODIES, HOWS)
def test_bodies_that_end_with_a_line_end_come_out_as_dkimpys(body: bytes, how: Canonicalization) -> None:
    theirs = dkim.canonicalization.ALGORITHMS[how.value.encode()].canonicalize_body(body + b"\r\n")
    assert whole(body + b"\r\n", how) == theirs


@given(BODIES, HOWS, st.integers(1, 9))
def test_the_size_of_blocks_makes_no_difference(body: bytes, how: Canonicalization, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "_BLOCK", block)
        assert whole(body, how) == plain_body(body, how.value)


@given(st.lists(PIECES.filter(lambda piece: b"\r\n" not in piece) | st.just(b"\r\n "), max_size=20).map(b"".join))
def test_fields_come_out_as_dkimpys(value: bytes) -> None:
    name, theirs = dkim.canonicalization.ALGORITHMS[b"relaxed"].canonicalize_headers([(b"SubJect", value + b"\r\n")])[0]
    assert canonical_field(b"SubJect:" + value + b"\r\n", RELAXED) == name + b":" + theirs
    assert canonical_field(b"SubJect:" + value, SIMPLE) == b"SubJect:" + value + b"\r\n"


def test_fields_of_the_rfc() -> None:
    assert canonical_field(b"A: X\r\n", RELAXED) == b"a:X\r\n"
    assert canonical_field(b"B : Y\t\r\n\tZ  \r\n", RELAXED) == b"b:Y Z\r\n"
    assert canonical_field(b"B : Y\t\r\n\tZ  \r\n", SIMPLE) == b"B : Y\t\r\n\tZ  \r\n"


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        (b"D: a=1; b=abc=; c=2\r\n", b"D: a=1; b=; c=2\r\n"),
        (b"D: b=abc\r\n", b"D: b="),
        (b"D: bh=abc; b = x\r\n\ty ;z=1\r\n", b"D: bh=abc; b =;z=1\r\n"),
        (b"D:b=1;c", b"D:b=;c"),
        (b"D: bb=1; xb=2\r\n", b"D: bb=1; xb=2\r\n"),
        (b"b=1; D: c\r\n", b"b=1; D: c\r\n"),
    ],
)
def test_only_the_value_of_b_is_taken_out_of_a_signature(raw: bytes, left: bytes) -> None:
    assert without_signature_value(raw) == left


@pytest.mark.parametrize("body", [b" " * 3_000_000 + b"x", b" \t" * 1_000_000, b"\r\n" * 1_500_000, b" \r\n" * 900_000])
def test_hostile_bodies_take_linear_time(body: bytes) -> None:
    start = time.perf_counter()
    for how in Canonicalization:
        assert sum(len(piece) for piece in canonical_body(body, how)) <= len(body) + 2
    assert time.perf_counter() - start < 5
