"""Line ends and encodings of a whole file: everything made CRLF and UTF-8 (RFC 5322 2.1; inputs.md 1.4, 3)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from headerlens.intake.pieces import pieces_of_lines
from headerlens.intake.repair.steps import CRLF, Repaired, first_line
from headerlens.model.message import Repair

_FROM_LINE = re.compile(rb">?From [^\r\n]*+\r\n")
_LONE_SHARE = 4
_FEWEST_DOUBLED = 6


def decoded(octets: bytes) -> Repaired | None:
    """UTF-16 made UTF-8, by its mark or by its NULs, or a UTF-8 mark taken away."""
    if octets.startswith(codecs.BOM_UTF8):
        return octets[3:], Repair("repair.bom", 1)
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if octets.startswith(mark):
            return _from_utf16(octets[2:], codec)
    head = octets[:64]
    if len(head) >= 8 and not any(head[1::2]) and all(head[::2]):
        return _from_utf16(octets, "utf-16-le")
    if len(head) >= 8 and not any(head[::2]) and all(head[1::2]):
        return _from_utf16(octets, "utf-16-be")
    return None


def with_crlf(octets: bytes) -> Repaired | None:
    """Every line end made CRLF.

    CR CR LF is one line end when most lines have it. A lone CR is a line end only when there are many of them (one to
    four line feeds): in a mail with other line ends a single one may be part of what was signed.
    """
    ends = _count_ends(octets)
    doubled = ends.doubled if ends.doubled * 2 > ends.feeds else 0
    # where they are undone, each pair of a doubled one is one CR of those counted
    lone = ends.returns - ends.pairs - doubled
    bare = ends.feeds - ends.pairs
    mends_lone = lone * _LONE_SHARE > ends.feeds
    count = doubled + bare + (lone if mends_lone else 0)
    if not count:
        return None
    # replacing by octets: 60 million lone CRs took an expression 80 s
    fixed = b"".join(_mended_ends(piece, doubled=bool(doubled), lone=mends_lone) for piece in pieces_of_lines(octets))
    return fixed, Repair("repair.line-ends", count)


@dataclass(slots=True)
class _Ends:
    """How many of each end of line there are: CR CR LF, LF, CR LF (those in CR CR LF too), CR."""

    doubled: int = 0
    feeds: int = 0
    pairs: int = 0
    returns: int = 0


def _count_ends(octets: bytes) -> _Ends:
    ends = _Ends()
    for piece in pieces_of_lines(octets):
        ends.feeds += piece.count(b"\n")
        ends.returns += piece.count(b"\r")
        if ends.returns:
            ends.pairs += piece.count(CRLF)
            ends.doubled += piece.count(b"\r\r\n")
    return ends


def _mended_ends(piece: bytes, *, doubled: bool, lone: bool) -> bytes:
    if doubled:
        piece = piece.replace(b"\r\r\n", CRLF)
    piece = piece.replace(CRLF, b"\n")
    if lone:
        piece = piece.replace(b"\r", b"\n")
    return piece.replace(b"\n", CRLF)


def undoubled(octets: bytes) -> Repaired | None:
    """Octets in which every single line end stands twice, with one of each two taken away.

    Never true of a mail as it was sent: between its first two fields stands one line end.
    """
    if octets.count(CRLF) < _FEWEST_DOUBLED:
        return None
    tight = octets.replace(CRLF + CRLF, b"\n")
    if CRLF in tight.removesuffix(CRLF):
        return None
    return tight.replace(CRLF, b"\n").replace(b"\n", CRLF), Repair("repair.doubled-lines", tight.count(b"\n"))


def without_leading_blank(octets: bytes) -> Repaired | None:
    """Empty lines in front taken away."""
    start = first_line(octets)
    return (octets[start:], Repair("repair.leading-blank", octets.count(b"\n", 0, start))) if start else None


def without_from_line(octets: bytes) -> Repaired | None:
    """The line that opens a message in an mbox taken away."""
    found = _FROM_LINE.match(octets)
    return (octets[found.end() :], Repair("repair.from-line", 1)) if found else None


def _from_utf16(octets: bytes, codec: str) -> Repaired:
    """UTF-16 as UTF-8; a half character becomes U+FFFD."""
    text = octets.decode(codec, "replace").removeprefix("\ufeff")
    return text.encode("utf-8", "replace"), Repair("repair.utf-16", 1)
