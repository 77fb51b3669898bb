"""Damage to the header lines: lost indents of folds, exchanged blanks, invisible characters (RFC 5322 2.2.3)."""

from __future__ import annotations

import re

from headerlens.intake.blocks import SEARCH_OCTETS, header_end
from headerlens.intake.repair.steps import CRLF, Repaired
from headerlens.model.limits import MAX_HEADER_OCTETS
from headerlens.model.message import Repair

_NBSP = b"\xc2\xa0"
_ASCII_NAMES = (
    rb"(?:Received|Return-Path|Delivered-To|DKIM-Signature|ARC-[A-Za-z-]{1,40}|Message-ID|Date|MIME-Version"
    rb"|Content-Type|Content-Transfer-Encoding|Received-SPF|References|In-Reply-To)"
)
# where no mail has one: in a fold, right behind the colon, in a field that is ASCII by its grammar
_NBSP_PLACE = re.compile(
    rb"^(?:[ \t]|\xc2\xa0)*\xc2\xa0|^[A-Za-z][A-Za-z0-9-]{0,75}:\xc2\xa0|^" + _ASCII_NAMES + rb":[^\r\n]*?\xc2\xa0",
    re.MULTILINE | re.IGNORECASE,
)
# soft hyphen; zero width space, joiners and marks; word joiner; byte order mark; <wbr> of a page
_INVISIBLE = re.compile(rb"\xc2\xad|\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf|<wbr ?/?>|&shy;|&ZeroWidthSpace;")
_SPOILT_NAME = re.compile(rb"^(?=([^\r\n:]{1,200}:))", re.MULTILINE)
_CLEAN_NAME = re.compile(rb"[A-Za-z][A-Za-z0-9_.-]{0,75}[ \t]*:\Z")
_FEWEST_SPOILT = 2

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9_.-]{0,75})[ \t]*:")
_SIGNED_LIST = re.compile(rb"(?:\A|[:;\s])h[ \t]*=[^;]*\Z", re.IGNORECASE)
_NAME_LIST = re.compile(rb"[A-Za-z0-9-]+(?:[ \t]*:[ \t]*[A-Za-z0-9-]+)*[ \t]*:?[ \t]*(?:;|\Z)")
_USUALLY_FOLDED = (b"received", b"dkim-signature", b"arc-", b"authentication-results", b"domainkey-signature")


def without_nbsp(octets: bytes) -> Repaired | None:
    """No-break spaces of the header made blanks, when one stands where no mail has any: browsers copy blanks so."""
    end = min(header_end(octets), MAX_HEADER_OCTETS)
    header = octets[:end]
    if _NBSP not in header or not _NBSP_PLACE.search(header):
        return None
    return header.replace(_NBSP, b" ") + octets[end:], Repair("repair.nbsp", header.count(_NBSP))


def without_invisible(octets: bytes) -> Repaired | None:
    """Invisible characters of the header taken away, when field names hold some: chats and pages break words so."""
    end = min(header_end(octets), MAX_HEADER_OCTETS, SEARCH_OCTETS)
    header = octets[:end]
    if not _INVISIBLE.search(header):
        return None
    names = (found[1] for found in _SPOILT_NAME.finditer(header))
    spoilt = sum(1 for name in names if not _CLEAN_NAME.match(name) and _CLEAN_NAME.match(_INVISIBLE.sub(b"", name)))
    if spoilt < _FEWEST_SPOILT:
        return None
    clean, count = _INVISIBLE.subn(b"", header)
    return clean + octets[end:], Repair("repair.invisible", count)


def with_folds(octets: bytes) -> Repaired | None:
    """Lines of the header that are no fields indented again, when the header has lost every indent.

    A mail with one odd line among sound folds is not touched: that line came with it. One blank stands for whatever
    there was, which relaxed canonicalisation does not tell apart (RFC 6376 3.4.2).
    """
    end = min(header_end(octets), MAX_HEADER_OCTETS)
    header = octets[:end]
    if b"\n " in header or b"\n\t" in header:
        return None
    lines = header.split(CRLF)
    joined, count, proved = _indented(lines)
    if not proved:
        return None
    return CRLF.join(joined) + octets[end:], Repair("repair.fold-indents", count)


def _indented(lines: list[bytes]) -> tuple[list[bytes], int, bool]:
    """The lines with folds indented, how many, and whether one belongs to a field that is folded as a rule."""
    out: list[bytes] = []
    tail, name, count, proved = b"", b"", 0, False
    for line in lines:
        found = _FIELD.match(line)
        if not line or (found and not _continues(name, tail, line)):
            name, tail = (found[1].lower(), line[found.end() :]) if found else (b"", b"")
            out.append(line)
            continue
        count += 1
        proved = proved or name.startswith(_USUALLY_FOLDED)
        tail = (tail + line)[-4096:]
        out.append(b" " + line)
    return out, count, proved


def _continues(name: bytes, tail: bytes, line: bytes) -> bool:
    """Whether a line that looks like a field goes on with the one before: names inside h=, "BCL:0;", an address."""
    colon = line.find(b":")
    if line.startswith(b"//", colon + 1):
        return True
    if name.endswith(b"signature") and _SIGNED_LIST.search(tail):
        # "to : from" and "to:from" are names, "To: from" is a field
        return _NAME_LIST.match(line) is not None and (b" :" in line or b": " not in line)
    return bool(name) and not tail.strip() and b";" in line and line[colon + 1 : colon + 2].strip() != b""
