"""Values of single tags of signatures and keys: base64, quoted-printable, numbers, lists (RFC 6376 2.10, 2.11, 3.5)."""

from __future__ import annotations

import base64
import binascii
import re

_WHITE = re.compile(r"[ \t\r\n]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}\Z")
_HEX = frozenset("0123456789ABCDEF")


def without_blanks(text: str) -> str:
    """The text with every blank, tab and line break removed."""
    return _WHITE.sub("", text)


def read_base64(text: str) -> bytes | None:
    """The octets of a base64string (RFC 6376 2.10), white space allowed; None when it is none or holds nothing.

    The grammar makes the padding optional, so what is missing is put back.
    """
    bare = without_blanks(text)
    if not _BASE64.match(bare):
        return None
    body = bare.rstrip("=")
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    except binascii.Error:
        return None


def read_quoted(text: str) -> str:
    """A dkim-quoted-printable value decoded (RFC 6376 2.11); an "=" without two hex digits stays as it stands."""
    pieces = without_blanks(text).split("=")
    octets = bytearray(pieces[0].encode("utf-8", "replace"))
    for piece in pieces[1:]:
        if len(piece) >= 2 and set(piece[:2].upper()) <= _HEX:
            octets.append(int(piece[:2], 16))
            octets += piece[2:].encode("utf-8", "replace")
        else:
            octets += b"=" + piece.encode("utf-8", "replace")
    return octets.decode("utf-8", "replace")


def read_number(text: str, digits: int) -> int | None:
    """A number of 1 to `digits` ASCII digits, else None."""
    return int(text) if 0 < len(text) <= digits and text.isascii() and text.isdigit() else None


def read_list(text: str) -> tuple[str, ...]:
    """The words of a colon-separated list in their order, blanks removed; empty places are left out."""
    words = (without_blanks(word) for word in text.split(":"))
    return tuple(word for word in words if word)
