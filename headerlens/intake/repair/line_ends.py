"""Line ends and encodings of a whole file: everything made CRLF and UTF-8 (RFC 5322 2.1; inputs.md 1.4, 3)."""

from __future__ import annotations

import codecs
import re

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
    fixed = octets
    doubled = octets.count(b"\r\r\n") if b"\r\r\n" in octets else 0
    count = 0
    if doubled and doubled * 2 > octets.count(b"\n"):
        fixed, count = fixed.replace(b"\r\r\n", b"\r\n"), doubled
    feeds, pairs = fixed.count(b"\n"), fixed.count(b"\r\n")
    lone = fixed.count(b"\r") - pairs
    if lone * _LONE_SHARE > feeds:
        # replacing by octets: 60 million lone CRs took an expression 80 s
        fixed, count = fixed.replace(CRLF, b"\n").replace(b"\r", b"\n").replace(b"\n", CRLF), count + lone
        count += feeds - pairs
    elif feeds > pairs:
        fixed = fixed.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        count += feeds - pairs
    return (fixed, Repair("repair.line-ends", count)) if count else None


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
