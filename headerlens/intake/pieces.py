"""Large octets taken piece by piece, so that other threads get their turn: one call over 25 MB lets nobody else run."""

from __future__ import annotations

from collections.abc import Iterator

PIECE = 1 << 20
"""Octets of a piece; looking through one takes a few milliseconds at most."""

_GLANCE = 1 << 12


def only_of(blanks: bytes | None, octets: bytes, start: int = 0) -> bool:
    """Whether everything from `start` on is one of `blanks` (None: white space); true of nothing. Copies next to none.

    The first look is a short one: what is not blank shows it at once.
    """
    at, length = start, _GLANCE
    while at < len(octets):
        if octets[at : at + length].strip(blanks):
            return False
        at, length = at + length, PIECE
    return True


def pieces_of_lines(octets: bytes) -> Iterator[bytes]:
    """The octets in order, cut behind line feeds only, as long as there are any within reach."""
    at = 0
    while at < len(octets):
        feed = octets.find(b"\n", at + PIECE, at + 2 * PIECE)
        end = at + 2 * PIECE if feed < 0 else feed + 1
        if feed < 0 and octets[end - 1 : end] == b"\r":  # CR LF and CR CR LF stay together
            end += {b"\r\n": 2, b"\n": 1}.get(octets[end : end + 2], octets[end : end + 1] == b"\n")
        yield octets[at:end]
        at = end
