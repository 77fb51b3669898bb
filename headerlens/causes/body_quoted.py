"""Quoted-printable as programs write it (RFC 2045 6.7): the ways differ in where lines break and what is encoded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

CRLF = b"\r\n"
_SOFT_BREAK = b"=\r\n"
_SAMPLE = 8
_SAMPLE_OCTETS = 60
_ESCAPE = re.compile(rb"=([0-9A-Fa-f]{2})")
_SOFT = re.compile(rb"=[ \t]*\r?\n")
_LOWER = re.compile(rb"=(?:[0-9A-F][a-f]|[a-f][0-9A-Fa-f])")
_MUST = frozenset(range(32)) - {9} | frozenset(range(127, 256)) | {ord("=")}
_WIDTHS = (
    (75, 76),
    (75, 75),
    (77, 78),
    (73, 76),
    (72, 73),
    (72, 72),
    (74, 75),
    (73, 73),
    (71, 72),
    (74, 74),
    (73, 74),
    (71, 71),
)


@dataclass(frozen=True, slots=True)
class Escaping:
    """What is encoded: what must be and the octets of `also`; those of `first` where a line begins.

    A blank that ends a line is encoded, or protected by a soft break behind it where `soft_blank` is true.
    """

    upper: bool = True
    also: frozenset[int] = frozenset()
    first: frozenset[int] = frozenset()
    soft_blank: bool = False

    def line(self, line: bytes) -> bytes:
        """One line of the text, not broken yet."""
        if not line:
            return line
        head = self._one(line[0]) if line[0] in self.first else b""
        tail = self._one(line[-1]) if line[-1] in b" \t" and not self.soft_blank and len(line) > bool(head) else b""
        inner = line[1 if head else 0 : -1 if tail else None]
        return head + b"".join(map(_table(self.also, upper=self.upper).__getitem__, inner)) + tail

    def _one(self, octet: int) -> bytes:
        return (b"=%02X" if self.upper else b"=%02x") % octet


@dataclass(frozen=True, slots=True)
class Breaking:
    """Where lines break: behind at most `width` octets, unless no more than `last` are left.

    `at_blank` breaks behind the last blank that fits; `whole` keeps the octets of one UTF-8 character together.
    """

    width: int = 75
    last: int = 76
    at_blank: bool = False
    whole: bool = False

    def line(self, encoded: bytes) -> bytes:
        """One encoded line with its soft breaks."""
        pieces, start = [], 0
        while len(encoded) - start > self.last:
            cut = self._cut(encoded, start)
            pieces.append(encoded[start:cut])
            start = cut
        pieces.append(encoded[start:])
        if len(pieces[-1]) and pieces[-1][-1] in b" \t":
            pieces.append(b"")
        return _SOFT_BREAK.join(pieces)

    def _cut(self, encoded: bytes, start: int) -> int:
        cut = start + self.width
        back = 1 if encoded[cut - 1] == 61 else 2 if encoded[cut - 2] == 61 else 0  # "=" begins an escape
        cut -= back
        while self.whole and cut - start > 12 and encoded[cut] == 61 and encoded[cut + 1] in b"89ABab":
            cut -= 3
        blank = encoded.rfind(b" ", start, cut) if self.at_blank else -1
        return cut if blank < 0 else blank + 1


@dataclass(frozen=True, slots=True)
class Quoting:
    """One way of writing quoted-printable."""

    escaping: Escaping = Escaping()
    breaking: Breaking = Breaking()

    def line(self, line: bytes) -> bytes:
        """One line of the text, encoded and broken."""
        return self.breaking.line(self.escaping.line(line))


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line of the text: where it stands encoded, from `start` to `end` without its CRLF, and where decoded."""

    start: int
    end: int
    text_start: int
    text: bytes


def quoted_lines(octets: bytes) -> tuple[QuotedLine, ...]:
    """The lines of the text in a quoted-printable body, soft breaks joined."""
    found: list[QuotedLine] = []
    start, text_start = 0, 0
    for end in _hard_breaks(octets):
        text = decode(octets[start:end])
        found.append(QuotedLine(start, end, text_start, text))
        text_start += len(text) + 2
        start = end + 2
    return tuple(found)


def decode(octets: bytes) -> bytes:
    """The octets of a line or of several; what is no escape stays."""
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), _SOFT.sub(b"", octets))


def fitting_ways(octets: bytes, lines: Sequence[QuotedLine]) -> tuple[Quoting, ...]:
    """All ways, those first that would write most of these lines as they stand there."""
    long = [line for line in lines if line.end - line.start > _SAMPLE_OCTETS][:_SAMPLE]
    sample = tuple((line.text, octets[line.start : line.end]) for line in long)
    return _fitting(sample, escapings(octets))


@lru_cache(maxsize=8)
def _fitting(sample: tuple[tuple[bytes, bytes], ...], ways: tuple[Escaping, ...]) -> tuple[Quoting, ...]:
    """Kept because every draft of one mail asks again."""
    scored: list[tuple[int, Quoting]] = []
    for escaping in ways:
        encoded = [(escaping.line(text), written) for text, written in sample]
        for breaking in breakings():
            score = sum(breaking.line(line) == written for line, written in encoded)
            scored.append((-score, Quoting(escaping, breaking)))
    return tuple(quoting for _, quoting in sorted(scored, key=lambda each: each[0]))


def escapings(octets: bytes = b"") -> tuple[Escaping, ...]:
    """Ways to encode; `octets` are quoted-printable that shows what its program encodes beyond what must be."""
    upper = not _LOWER.search(octets)
    seen = frozenset(int(match, 16) for match in set(_ESCAPE.findall(octets))) - _MUST
    beyond, first = seen - frozenset(b" \t.F"), seen & frozenset(b".F")
    also = (beyond, frozenset[int]()) if beyond else (frozenset[int](),)
    firsts = (first, frozenset[int]()) if first else (frozenset[int](), frozenset(b".F"))
    return tuple(Escaping(upper, *each) for each in product(also, firsts, (False, True)))


def breakings() -> tuple[Breaking, ...]:
    """Ways to break lines, the most usual first."""
    return tuple(Breaking(*width, *each) for each in _KINDS for width in _WIDTHS)


_KINDS = ((False, False), (False, True), (True, False))


@lru_cache(maxsize=8)
def _table(also: frozenset[int], *, upper: bool) -> tuple[bytes, ...]:
    """What is written for each octet."""
    form = b"=%02X" if upper else b"=%02x"
    return tuple(form % one if one in _MUST or one in also else bytes([one]) for one in range(256))


def _hard_breaks(octets: bytes) -> Iterator[int]:
    """Where the lines of the text end."""
    at = 0
    while (found := octets.find(CRLF, at)) >= 0:
        if not octets[max(at, found - 80) : found].rstrip(b" \t").endswith(b"="):
            yield found
        at = found + 2
    yield len(octets)
