"""Apple Mail's files: the counted octets are the message, whatever stands around them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.intake.emlx import message_in
from headerlens.intake.files import read_file, read_octets
from headerlens.model.message import BodyState, RawMessage, Refusal, SourceKind
from headerlens.parse.message import parse
from headerlens.verify.body import body_is_missing, settle_body_state
from tests.support.containers import emlx, mail


@pytest.mark.parametrize("pad", [0, 6, 10])
@pytest.mark.parametrize(
    "body", [b"Hello\n", "こんにちは\n".encode(), b"<?xml version='1.0'?><plist>not the end\n", b""]
)
def test_the_counted_octets_are_the_message(tmp_path: Path, pad: int, body: bytes) -> None:
    path = tmp_path / "1234.emlx"
    path.write_bytes(emlx(mail(1, body), pad=pad))
    raw = read_file(path)
    assert isinstance(raw, RawMessage)
    assert raw.octets == mail(1, body).replace(b"\n", b"\r\n")
    assert raw.original == mail(1, body)
    assert (raw.kind, raw.name, raw.body_kept) == (SourceKind.EMLX, "1234.emlx", True)


def test_a_partial_message_counts_as_headers_only(tmp_path: Path) -> None:
    path = tmp_path / "1234.partial.emlx"
    path.write_bytes(emlx(mail(1)))
    raw = read_file(path)
    assert isinstance(raw, RawMessage)
    assert (raw.kind, raw.body_kept) == (SourceKind.EMLX, False)
    message = parse(raw)
    assert message.body == b"Hello\r\n"
    assert body_is_missing(message)
    assert settle_body_state(message, ()) is BodyState.MISSING


def test_a_file_that_was_cut_off_keeps_its_headers() -> None:
    octets = emlx(mail(1, b"text\n" * 50))
    raw = read_octets(octets[:200], "1.emlx")
    assert isinstance(raw, RawMessage)
    assert (raw.kind, raw.body_kept) == (SourceKind.EMLX, False)
    assert raw.octets == octets[:200].split(b"\n", 1)[1].replace(b"\n", b"\r\n")


@pytest.mark.parametrize("wrong", [b"3", b"99", b"140", b"99999999"])
def test_a_wrong_count_gives_way_to_the_property_list(wrong: bytes) -> None:
    octets = wrong + b"\n" + emlx(mail(1, b"text\n" * 50)).split(b"\n", 1)[1]
    raw = read_octets(octets, "1.emlx")
    assert isinstance(raw, RawMessage)
    assert (raw.octets, raw.body_kept) == (mail(1, b"text\n" * 50).replace(b"\n", b"\r\n"), True)


def test_a_file_without_a_message_is_refused_by_its_name() -> None:
    for octets in (b"1234\nnothing here\n", b"<?xml version='1.0'?>\n<plist/>\n"):
        refused = read_octets(octets, "1.emlx")
        assert refused == Refusal("refusal.emlx-damaged", (("name", "1.emlx"),))


def test_the_text_of_such_a_file_may_be_pasted() -> None:
    raw = read_octets(emlx(mail(1)), "pasted", pasted=True)
    assert isinstance(raw, RawMessage)
    assert (raw.kind, raw.octets) == (SourceKind.PASTE, mail(1).replace(b"\n", b"\r\n"))
    assert raw.original == emlx(mail(1))


@settings(max_examples=200, deadline=None)
@given(body=st.binary(max_size=300), pad=st.integers(0, 20))
def test_what_goes_in_comes_out(body: bytes, pad: int) -> None:
    octets = emlx(mail(1, body), pad=pad)
    inner = message_in(octets)
    assert inner is not None
    assert (octets[inner.start : inner.end], inner.is_whole) == (mail(1, body), True)


@settings(max_examples=200, deadline=None)
@given(octets=st.binary(max_size=100) | st.binary(max_size=100).map(lambda tail: b"50 \n" + mail(1) + tail))
def test_nothing_raises_and_nothing_reaches_outside(octets: bytes) -> None:
    inner = message_in(octets)
    assert inner is None or 0 < inner.start <= inner.end <= len(octets)
