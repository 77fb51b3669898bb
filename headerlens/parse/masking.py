"""Keeps the second octets of raw Japanese characters from being read as "@", "[" or "<" of an address field.

Raw ISO-2022-JP and Shift_JIS in headers break RFC 5322, but old mail has them. A masked octet is a private character
with the octet in its low half, so that offsets hold.
"""

from __future__ import annotations

import re

from headerlens.parse.encoded_words import japanese_text

_PRIVATE = 0xE000
_JIS_SEGMENT = re.compile(rb"(\x1b\$[@B])((?:[!-t][!-~])+)(?=\x1b\()")
_SHIFTED = re.compile(rb"([\x81-\x9f\xe0-\xfc])([@-~])")
# where some mail program may see an address all the same, nothing is masked: a hidden author would go unchecked
_ADDRESS = re.compile(rb"@[A-Za-z0-9-]{1,63}\.[A-Za-z]")
_ADDRESS_AFTER_LEAD = re.compile(rb"[\x81-\x9f\xe0-\xfc]" + _ADDRESS.pattern)
_SHIFT_JIS = frozenset({"shift_jis", "shift-jis", "x-sjis", "cp932", "windows-31j", "ms_kanji"})


def masked(octets: bytes, charset: str = "") -> str:
    """The octets as Latin-1 characters, those inside raw Japanese characters masked. As long as the octets."""
    text = octets.decode("latin-1")
    if b"\x1b$" in octets:
        found = _JIS_SEGMENT.finditer(octets)
        return _masked_at(text, [segment.span(2) for segment in found if not _ADDRESS.search(segment[2])])
    if octets.isascii() or not _is_shift_jis(octets, charset):
        return text
    return _masked_at(text, [found.span(2) for found in _SHIFTED.finditer(octets)])


def _masked_at(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the characters of these spans masked."""
    parts: list[str] = []
    place = 0
    for start, end in spans:
        parts.append(text[place:start])
        parts.append("".join(chr(_PRIVATE + ord(character)) for character in text[start:end]))
        place = end
    return "".join([*parts, text[place:]])


def _is_shift_jis(octets: bytes, charset: str) -> bool:
    """Whether these octets are raw Shift_JIS, by the charset of the body or by the words that come out."""
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        is_named = charset.lower() in _SHIFT_JIS
        return _ADDRESS_AFTER_LEAD.search(octets) is None and (is_named or japanese_text(octets)[0] == "cp932")
    return False


def unmasked(latin: str) -> bytes:
    """The octets again."""
    try:
        return latin.encode("latin-1")
    except UnicodeEncodeError:
        return bytes(ord(character) & 0xFF for character in latin)
