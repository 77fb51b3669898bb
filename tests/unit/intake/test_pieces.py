"""Large octets piece by piece give what one call over all of them gives."""

from __future__ import annotations

from itertools import product

import pytest

from headerlens.intake import pieces
from headerlens.intake.pieces import only_of, pieces_of_lines
from headerlens.intake.repair.line_ends import with_crlf


@pytest.fixture(params=[1, 2, 3, 5])
def _small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", request.param)
    monkeypatch.setattr(pieces, "_GLANCE", 1)


def test_blanks_are_told_from_the_given_offset_on() -> None:
    assert only_of(None, b" \t\r\n")
    assert only_of(None, b"")
    assert only_of(None, b"ab \n", 2)
    assert not only_of(None, b" a ")
    assert only_of(b"\r\n", b"x\r\n", 1)
    assert not only_of(b"\r\n", b"x \r\n", 1)


def test_one_octet_at_the_end_of_many_blanks_is_seen() -> None:
    blank = b" " * (3 * pieces.PIECE)
    assert only_of(None, blank)
    assert not only_of(None, blank + b"x")


@pytest.mark.usefixtures("_small")
def test_pieces_are_the_whole_and_part_no_line_end() -> None:
    for letters in product((b"\r", b"\n", b"a"), repeat=7):
        octets = b"".join(letters)
        cut = list(pieces_of_lines(octets))
        assert b"".join(cut) == octets
        for end in (b"\r\r\n", b"\r\n"):
            assert sum(piece.count(end) for piece in cut) == octets.count(end)


@pytest.mark.usefixtures("_small")
def test_line_ends_are_mended_alike_however_they_are_cut() -> None:
    assert with_crlf(b"a\nb\r\nc\n") == (b"a\r\nb\r\nc\r\n", with_crlf(b"x\ny\n")[1])  # type: ignore[index]
    doubled = with_crlf(b"a\r\r\nb\r\r\nc\r\n")
    assert doubled is not None
    assert (doubled[0], doubled[1].count) == (b"a\r\nb\r\nc\r\n", 2)
    lone = with_crlf(b"a\rb\rc\rd\r")
    assert lone is not None
    assert (lone[0], lone[1].count) == (b"a\r\nb\r\nc\r\nd\r\n", 4)
    assert with_crlf(b"a\r\nb\r\n") is None
