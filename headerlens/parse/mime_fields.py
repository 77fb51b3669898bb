"""Content-Type, Content-Disposition and their parameters as raw octets (RFC 2045 5.1, RFC 2183, RFC 2231 3-4)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from headerlens.parse.encoded_words import decode_raw, decode_text, decode_words
from headerlens.parse.lexer import Kind, Token, tokens, unquoted

_TYPE = re.compile(r"[!#-'*+.0-9A-Z^-~-]{1,127}/[!#-'*+.0-9A-Z^-~-]{1,127}\Z", re.IGNORECASE)
_SEGMENT = re.compile(r"([^*]+)(?:\*(\d{1,4}))?(\*)?\Z")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_NAME_CHARACTERS = 255


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name in lower case, its octets as they count, and the charset RFC 2231 gives them, or ""."""

    name: str
    octets: bytes
    charset: str = ""

    @property
    def text(self) -> str:
        """The value for the eye; RFC 2047 words, which do not belong here but are common, decoded as well."""
        if not self.charset:
            return decode_text(self.octets)
        written = base64.b64encode(self.octets).decode("ascii")
        decoded = decode_words(f"=?{self.charset}?B?{written}?=")
        # a charset whose name does not fit an encoded word
        return decode_raw(self.octets) if decoded.startswith("=?") else decoded


@dataclass(frozen=True, slots=True)
class Described:
    """A field: the word before the first semicolon in lower case, and the parameters, each name once."""

    word: str
    parameters: tuple[Parameter, ...] = ()

    def get(self, name: str) -> Parameter | None:
        """The parameter of this name."""
        return next((found for found in self.parameters if found.name == name), None)


NOTHING = Described("")


def describe(octets: bytes) -> Described:
    """The field with this unfolded body. Comments count for nothing; a piece without "=" is passed over.

    Continuations are put together (RFC 2231 3) up to the first that is missing. Where a parameter is given in more
    ways than one, the extended way counts, then continuations, then the first plain one.
    """
    pieces = list(_pieces(octets.decode("latin-1")))
    word = (
        "".join(token.text for token in pieces[0] if token.kind is not Kind.COMMENT).strip().lower() if pieces else ""
    )
    return Described(word, tuple(_assembled(filter(None, map(_pair, pieces[1:])))))


def media_type(word: str, default: str) -> str:
    """The type, or `default` where it is none; a malformed one counts as text/plain (RFC 2045 5.2)."""
    if not word:
        return default
    return word if _TYPE.match(word) else "text/plain"


def filename(disposition: Described, content_type: Described) -> str:
    """What the part is called: filename of the disposition, else name of the type, else ""."""
    found = disposition.get("filename") or content_type.get("name")
    return found.text[:_NAME_CHARACTERS] if found else ""


def _pieces(text: str) -> Iterator[list[Token]]:
    """The tokens between semicolons."""
    piece: list[Token] = []
    for token in tokens(text, specials=';="'):
        if token.kind is Kind.SPECIAL and token.text == ";":
            yield piece
            piece = []
        else:
            piece.append(token)
    yield piece


def _pair(piece: list[Token]) -> tuple[str, bytes] | None:
    """Name in lower case and octets of the value."""
    equals = next((at for at, token in enumerate(piece) if token.kind is Kind.SPECIAL), None)
    if equals is None:
        return None
    name = "".join(token.text for token in piece[:equals] if token.kind is Kind.WORD).lower()
    return (name, _value(name, piece[equals + 1 :]).encode("latin-1")) if name else None


def _value(name: str, piece: list[Token]) -> str:
    """The quoted string, else all that stands there: unquoted file names have blanks and parentheses in them."""
    quoted = next((token for token in piece if token.kind is Kind.QUOTED), None)
    if quoted:
        return unquoted(quoted.text)
    is_name = name.startswith(("name", "filename"))
    written = "".join(token.text for token in piece if is_name or token.kind is not Kind.COMMENT)
    return written.strip(" \t\r\n").removeprefix('"')


def _assembled(pairs: Iterable[tuple[str, bytes]]) -> Iterator[Parameter]:
    """The parameters in the order of their first mention."""
    ways: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for written, octets in pairs:
        segment = _SEGMENT.match(written)
        if segment is None:
            continue
        # -1: the whole value in the extended way, -2: in the plain way
        number = int(segment[2]) if segment[2] else (-1 if segment[3] else -2)
        ways.setdefault(segment[1], {}).setdefault(number, (octets, bool(segment[3])))
    for name, numbered in ways.items():
        found = _parameter(name, numbered)
        if found:
            yield found


def _parameter(name: str, numbered: dict[int, tuple[bytes, bool]]) -> Parameter | None:
    """One parameter out of the ways it is given in."""
    if -1 in numbered:
        return _extended(name, [numbered[-1]])
    if 0 in numbered:
        count = next(number for number in range(len(numbered) + 1) if number not in numbered)
        return _extended(name, [numbered[number] for number in range(count)])
    return Parameter(name, numbered[-2][0]) if -2 in numbered else None


def _extended(name: str, segments: list[tuple[bytes, bool]]) -> Parameter:
    """Segments put together; the first names the charset where it is an extended one (RFC 2231 4.1)."""
    charset = ""
    octets, is_extended = segments[0]
    if is_extended and octets.count(b"'") >= 2:
        named, _, rest = octets.split(b"'", 2)
        charset = named.decode("latin-1").lower()
        segments = [(rest, True), *segments[1:]]
    return Parameter(name, b"".join(_unpercented(one) if extended else one for one, extended in segments), charset)


def _unpercented(octets: bytes) -> bytes:
    return _PERCENT.sub(lambda match: bytes([int(match[1], 16)]), octets)
