"""Text written in the ways in which mail programs write it into a header: RFC 2047 words, or plain UTF-8 (RFC 6532)."""

from __future__ import annotations

import base64
import re
import string
from collections.abc import Iterator

from headerlens.parse.encoded_words import decode_text
from headerlens.parse.header import unfold

_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\s]*)\?=")
_WORD_OCTETS = 75
"""RFC 2047 2: the longest encoded word."""

_CHARSETS = ("UTF-8", "utf-8")
_JAPANESE = ("ISO-2022-JP", "iso-2022-jp")
_INTRODUCED = re.compile(rb"(?<=\?)[BQ](?=\?)")
_STATEFUL = frozenset({"iso-2022-jp"})
_LONG_TEXT = 400
_REPLY = re.compile(r"((?:re|fwd?|aw|wg|sv)\s*:\s*)", re.IGNORECASE)


def is_encoded(body: bytes) -> bool:
    """Whether a field body holds encoded words or raw 8-bit text."""
    return not body.isascii() or _WORD.search(body) is not None


def text_of(body: bytes) -> str:
    """The text that a reader sees."""
    return decode_text(unfold(body))


def spellings(body: bytes) -> Iterator[bytes]:
    """The same encoded words with charset and encoding in other letters: "UTF-8?B" for "utf-8?b"."""
    for charset_upper in (False, True):
        for letter_upper in (False, True):
            yield _WORD.sub(lambda word: _spelt(word, charset_upper, letter_upper), body)  # noqa: B023  used at once


def _spelt(word: re.Match[bytes], charset_upper: bool, letter_upper: bool) -> bytes:  # noqa: FBT001  a pair of switches
    charset = word[1].upper() if charset_upper else word[1].lower()
    letter = word[2].upper() if letter_upper else word[2].lower()
    return b"=?" + charset + b"?" + letter + b"?" + word[3] + b"?="


def writings(text: str, like: bytes = b"", first: int = 9) -> Iterator[bytes]:
    """A text as different programs write it, without a blank in front and without a final CRLF, folds between words.

    `like` is the field as it stands, whose charsets are tried too; `first` is how many octets stand before the text
    on its line ("Subject: "). Nothing for a text too long.
    """
    if len(text) > _LONG_TEXT:
        return
    if text.isascii():
        yield text.encode("ascii")
        return
    yield text.encode("utf-8", "replace")
    for charset in _charsets(text, like):
        for style in _STYLES:
            if style is not _BASE64 and charset.lower() in _STATEFUL:
                continue
            for words in dict.fromkeys(_arranged(text, charset, style, first)):
                yield words
                yield _INTRODUCED.sub(lambda found: found[0].lower(), words)


def _charsets(text: str, like: bytes) -> tuple[str, ...]:
    written = [match[1].decode("ascii", "replace") for match in _WORD.finditer(like)]
    japanese = _JAPANESE if any("\u3040" <= sign <= "\u9fff" for sign in text) else ()
    return tuple(dict.fromkeys((*written[:2], *_CHARSETS, *japanese)))


def _arranged(text: str, charset: str, style: _Style, first: int) -> Iterator[bytes]:
    """All of the text encoded; what follows "Re:"; only the words from the first to the last with foreign letters."""
    yield from _encodings(text, charset, style, first)
    reply = _REPLY.match(text)
    if reply is not None:
        words = _encodings(text[reply.end() :], charset, style, first + reply.end())
        yield from (reply[1].encode("ascii", "replace") + each for each in words)
    words_written = text.split(" ")
    foreign = [place for place, word in enumerate(words_written) if not word.isascii()]
    begin, end = foreign[0], foreign[-1] + 1
    if len(words_written) == end - begin:
        return
    before, after = " ".join(words_written[:begin]).encode(), " ".join(words_written[end:]).encode()
    for encoded in _encodings(" ".join(words_written[begin:end]), charset, style, first + len(before)):
        yield b" ".join(part for part in (before, encoded, after) if part)


def _encodings(text: str, charset: str, style: _Style, first: int) -> Iterator[bytes]:
    """One word for all; words as long as the standard allows; such that also the first line stays within 76."""
    if not _holds(text, charset):
        return
    front, overhead = f"=?{charset}?{style.letter}?".encode(), len(charset) + 7
    yield front + style.written(text.encode(charset)) + b"?="
    for used in dict.fromkeys((0, first)):
        pieces = _cut(text, charset, style, (_WORD_OCTETS - overhead - used, _WORD_OCTETS - overhead))
        words = (front + style.written(piece.encode(charset)) + b"?=" for piece in pieces)
        yield b"\r\n ".join(words)


def _holds(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except (LookupError, UnicodeError, ValueError):
        return False
    return True


def _cut(text: str, charset: str, style: _Style, rooms: tuple[int, int]) -> list[str]:
    """Greedy: each word takes as many characters as fit into the room of the first, or of any further word."""
    pieces: list[str] = []
    start, size = 0, 0
    stateful = charset.lower() in _STATEFUL
    for place, sign in enumerate(text):
        octets = sign.encode(charset)
        grown = len(text[start : place + 1].encode(charset)) if stateful else size + style.size(octets)
        if place > start and style.length(grown) > rooms[bool(pieces)]:
            pieces.append(text[start:place])
            start, grown = place, style.size(octets)
        size = grown
    return [*pieces, text[start:]]


class _Style:
    """One way to write octets into an encoded word: Q with the characters that need no escape, or B without any."""

    def __init__(self, letter: str, plain: str = "") -> None:
        self.letter = letter
        self._table = [bytes((octet,)) if chr(octet) in plain else b"=%02X" % octet for octet in range(256)]
        self._table[0x20] = b"_"

    def written(self, octets: bytes) -> bytes:
        """The octets as they stand in the word."""
        if self.letter == "B":
            return base64.b64encode(octets)
        return b"".join([self._table[octet] for octet in octets])

    def size(self, octets: bytes) -> int:
        """What a character adds: octets before base64, or signs of Q."""
        return len(octets) if self.letter == "B" else sum(len(self._table[octet]) for octet in octets)

    def length(self, size: int) -> int:
        """The signs that so much takes in the word."""
        return (size + 2) // 3 * 4 if self.letter == "B" else size


_BASE64 = _Style("B")
_STYLES = (
    _BASE64,
    _Style("Q", string.ascii_letters + string.digits + "!*+-/"),
    _Style("Q", string.ascii_letters + string.digits + "!*+/.,:;()[]{}@#$%&'|~^<>\"\\-"),
)
"""RFC 2047 5: what is allowed everywhere, and what many programs leave as it is in unstructured fields."""
