"""Undoings that guess: only a body hash can tell whether they are right (inputs.md 1.4; RFC 4155; RFC 5321 4.5.2).

Each takes the octets and the offset of the body and gives the octets with its `Repair`, or None where there is nothing
to undo. `headerlens.reading` keeps none of them unless a signature says so.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from headerlens.intake.repair.pages import unescaped_text
from headerlens.model.message import Repair

Undone = tuple[bytes, Repair]
Guess = Callable[[bytes, int], Undone | None]

WRONG_READINGS = ("cp1252", "latin-1", "cp932")
"""Charsets in which pages and editors read octets that are in another."""

_MBOXRD = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_MBOXO = re.compile(rb"^>(?=From )", re.MULTILINE)
_STUFFED = re.compile(rb"^\.(?=\.)", re.MULTILINE)
_LOST_ESCAPE = re.compile(rb"(?<!\x1b)(?:\xef\xbf\xbd|\xe2\x90\x9b|\x1a|\?)?(\$[@B](?=[!-~]{2})|\([BJ])")
_INVISIBLE = re.compile(rb"\xc2\xad|\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf")
_NBSP = b"\xc2\xa0"
# Windows-1252 as browsers read it: the five octets it leaves free are controls
_FREE_IN_1252 = {0x81: 0x81, 0x8D: 0x8D, 0x8F: 0x8F, 0x90: 0x90, 0x9D: 0x9D}


def unescaped_from(octets: bytes, start: int) -> Undone | None:
    """One ">" taken from every line that an mbox quoted, as mboxrd does (">From ", ">>From ")."""
    return _substituted(octets, start, _MBOXRD, "mboxrd") if _has_line(octets, start, b">") else None


def unescaped_only_from(octets: bytes, start: int) -> Undone | None:
    """The same for mboxo, which quotes bare "From " only; None where that is no other text than mboxrd gives."""
    if octets.find(b">>From ", start) < 0 or not _has_line(octets, start, b">"):
        return None
    return _substituted(octets, start, _MBOXO, "mboxo")


def undotted(octets: bytes, start: int) -> Undone | None:
    """The second dot of lines taken away that begin with two, and a line with a dot alone at the end."""
    if not _has_line(octets, start, b"."):
        return None
    body = octets[start:]
    ended = body.removesuffix(b"\r\n").removesuffix(b"\r\n.")
    body = ended + b"\r\n" if body.rstrip(b"\r\n").endswith(b"\r\n.") else body
    bare, count = _STUFFED.subn(b"", body)
    return (octets[:start] + bare, Repair("repair.dot-stuffing", max(count, 1))) if bare != octets[start:] else None


def with_line_ends(octets: bytes, start: int) -> Undone | None:
    """Lone CRs of the body made line ends."""
    body = octets[start:]
    lone = body.count(b"\r") - body.count(b"\r\n")
    if not lone:
        return None
    fixed = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
    return octets[:start] + fixed, Repair("repair.line-ends", lone)


def with_escapes(octets: bytes, start: int) -> Undone | None:
    """ISO-2022-JP with its ESC octets put back before "$B" and "(B" (RFC 1468)."""
    if b"$B" not in octets[start:] and b"$@" not in octets[start:]:
        return None
    body, count = _LOST_ESCAPE.subn(b"\x1b\\1", octets[start:])
    return (octets[:start] + body, Repair("repair.escapes", count)) if count else None


def without_exchanged_blanks(octets: bytes, start: int) -> Undone | None:
    """No-break spaces of the body made blanks."""
    count = octets.count(_NBSP, start)
    return (octets[:start] + octets[start:].replace(_NBSP, b" "), Repair("repair.nbsp", count)) if count else None


def without_invisible_marks(octets: bytes, start: int) -> Undone | None:
    """Invisible characters of the body taken away."""
    if b"\xc2\xad" not in octets and b"\xe2\x80" not in octets and b"\xe2\x81" not in octets:
        return None
    return _substituted(octets, start, _INVISIBLE, "", "repair.invisible")


def without_references(octets: bytes, start: int) -> Undone | None:
    """HTML escapes of the body undone."""
    count = octets.count(b"&lt;", start) + octets.count(b"&amp;", start) + octets.count(b"&gt;", start)
    return (octets[:start] + unescaped_text(octets[start:]), Repair("repair.html-escaped", count)) if count else None


def with_signature_blank(octets: bytes, start: int) -> Undone | None:
    """The blank behind "--" put back, which parts a signature from its text (RFC 3676 4.3)."""
    body = octets[start:]
    count = body.count(b"\r\n--\r\n")
    if not count:
        return None
    return octets[:start] + body.replace(b"\r\n--\r\n", b"\r\n-- \r\n"), Repair("repair.line-blanks", count)


def reencoded(codec: str) -> Guess:
    """The undoing of a wrong or right reading in `codec`: UTF-8 text written in that charset again.

    The header follows where it can be written so; its raw 8-bit octets went the same way.
    """

    def undo(octets: bytes, start: int) -> Undone | None:
        if octets.isascii():
            return None
        body = _written(octets[start:], codec)
        if body is None or body == octets[start:]:
            return None
        header = _written(octets[:start], codec)
        return (octets[:start] if header is None else header) + body, Repair("repair.charset", 1, codec)

    return undo


def _written(octets: bytes, codec: str) -> bytes | None:
    """UTF-8 octets in another charset, None where they are no UTF-8 or hold what it has not."""
    try:
        text = octets.decode("utf-8")
        if codec == "cp1252":
            return codecs.charmap_encode(text, "strict", _browsers_1252())[0]
        return text.encode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _browsers_1252() -> dict[int, int]:
    """From characters to octets of Windows-1252 with the free ones filled."""
    table = {ord(bytes([octet]).decode("cp1252")): octet for octet in range(256) if octet not in _FREE_IN_1252}
    return {**_FREE_IN_1252, **table}


def _has_line(octets: bytes, start: int, mark: bytes) -> bool:
    """Whether a line of the body begins with this mark."""
    return octets.startswith(mark, start) or octets.find(b"\n" + mark, start) >= 0


def _substituted(
    octets: bytes, start: int, pattern: re.Pattern[bytes], detail: str, identifier: str = "repair.mbox-escapes"
) -> Undone | None:
    body, count = pattern.subn(b"", octets[start:])
    return (octets[:start] + body, Repair(identifier, count, detail)) if count else None
