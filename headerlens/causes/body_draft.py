"""A body with some changes undone already, and the texts in it that a reader sees (RFC 2045, RFC 2046)."""

from __future__ import annotations

import base64
import binascii
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from headerlens.causes.body_edits import Edit, Places, apply, composed
from headerlens.causes.body_quoted import CRLF, QuotedLine, Quoting, fitting_ways, quoted_lines
from headerlens.model.causes import Change
from headerlens.model.causes import Part as Half
from headerlens.model.limits import MAX_SHOWN_CHARACTERS
from headerlens.parse.mime import Part, each, walk

Needs = tuple[tuple[str, bytes | None], ...]
Span = tuple[int, int]

_BASE64_BODY = re.compile(rb"[A-Za-z0-9+/=\r\n]*+")
_ENDED_ONCE = re.compile(rb"[A-Za-z0-9+/ \t\r\n]*+={0,2}[ \t\r\n]*+")


@dataclass(frozen=True, slots=True)
class Undo:
    """One way to undo a change of a draft, not hashed yet; offsets are into the draft's body.

    `head` is the header the body would have then, None for the same. `is_base` is true where something else may have
    been changed beside it, so that a further search is worth its time.
    """

    edits: tuple[Edit, ...]
    changes: tuple[Change, ...]
    needs: Needs = ()
    head: bytes | None = None
    is_base: bool = False


@dataclass(frozen=True)
class Draft:
    """A header (only what it says of the body counts), the body below it, and how it came from the one at hand.

    `edits` and `changes` hold offsets into the body at hand. `needs` are the header fields that belong to it.
    """

    head: bytes = field(repr=False)
    body: bytes = field(repr=False)
    edits: tuple[Edit, ...] = ()
    changes: tuple[Change, ...] = ()
    needs: Needs = ()

    @cached_property
    def tree(self) -> Part:
        """The parts; offsets into `head + body`."""
        return walk(self.head + self.body)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The texts for readers, in the order they stand."""
        texts = [
            part for part in each(self.tree) if part.is_text and not part.parts and part.disposition != "attachment"
        ]
        regions = (Region(self.body, part, len(self.head)) for part in texts[:_MOST_REGIONS])
        return tuple(region for region in regions if region.is_clear)

    def after(self, undo: Undo) -> Draft:
        """The draft with this undone."""
        return self.then(undo.edits, undo.changes, undo.needs, undo.head)

    def then(
        self, edits: Sequence[Edit], changes: Iterable[Change], needs: Needs = (), head: bytes | None = None
    ) -> Draft:
        """The draft with more undone; offsets are into this draft's body."""
        places = Places(self.edits)
        moved = tuple(_moved(change, places) for change in changes)
        return Draft(
            self.head if head is None else head,
            apply(self.body, edits),
            composed(self.edits, tuple(edits), self.body),
            self.changes + moved,
            self.needs + needs,
        )


_MOST_REGIONS = 12
_NONE: Mapping[str, str | int] = MappingProxyType({})
_CHARSET = re.compile(
    r"utf-8|us-ascii|iso-[\d-]+|iso-2022-jp|windows-\d+|cp\d+|shift_jis|euc-(?:jp|kr)|gb\d+|big5|koi8-r"
)
"""Charsets by name; Python's other codecs are no charsets, and some of them are slow."""


@dataclass(frozen=True)
class Region:
    """One text: `part` says where it stands in head and body together, `head` how long the head is."""

    body: bytes = field(repr=False)
    part: Part
    head: int

    @property
    def start(self) -> int:
        """Where the text begins in the body."""
        return self.part.body_start - self.head

    @property
    def end(self) -> int:
        """Where it ends, the line end of the delimiter left out."""
        return self.part.end - self.head

    @property
    def is_html(self) -> bool:
        """Whether banners there are tags."""
        return self.part.content_type == "text/html"

    @property
    def encoding(self) -> str:
        """The transfer encoding, base64 or quoted-printable, or an empty text for none."""
        return self.part.encoding if self.part.encoding in ("base64", "quoted-printable") else ""

    @cached_property
    def is_clear(self) -> bool:
        """Whether all programs read the same: what stands behind the end of base64 is shown by some and not by others.

        Whoever changes a mail may write another text there, which no undoing of ours would tell.
        """
        return self.encoding != "base64" or _ENDED_ONCE.fullmatch(self.raw) is not None

    @cached_property
    def raw(self) -> bytes:
        """The octets as they stand there."""
        return self.body[self.start : self.end]

    @cached_property
    def text(self) -> bytes:
        """Without the transfer encoding. Its offsets are those of `edits`."""
        if self.encoding == "quoted-printable":
            return CRLF.join(line.text for line in self.lines)
        return from_base64(self.raw) if self.encoding == "base64" else self.raw

    @cached_property
    def lines(self) -> tuple[QuotedLine, ...]:
        """The lines of quoted-printable."""
        return quoted_lines(self.raw)

    @cached_property
    def ways(self) -> tuple[Quoting, ...]:
        """The ways of quoted-printable, the one seen here first."""
        return fitting_ways(self.raw, self.lines)

    @property
    def line_end(self) -> bytes:
        """CRLF, or LF where the text was encoded with bare ones."""
        return CRLF if CRLF in self.text or b"\n" not in self.text else b"\n"

    @property
    def charset(self) -> str:
        """As the part names it, in lower case."""
        return dict(self.part.params).get("charset", "").lower()

    def edits(self, swaps: Sequence[Edit], way: int = 0) -> tuple[Edit, ...]:
        """What has to change in the body so that the text reads as after `swaps` (offsets into `text`).

        `way` counts the ways to write it; () where there are no more.
        """
        if self.encoding == "quoted-printable":
            return self._quoted(swaps, way)
        if way:
            return ()
        return self._base64(swaps) if self.encoding else tuple(swap.moved(self.start) for swap in swaps)

    def _base64(self, swaps: Sequence[Edit]) -> tuple[Edit, ...]:
        """From the first line that changes on all is written anew, with lines as long as they are."""
        if self._grid is None:
            return ()
        width, length = self._grid
        first = swaps[0].start // (width // 4 * 3)
        line = min(first * (width + 2), length)
        text = apply(self.text[first * (width // 4 * 3) :], [swap.moved(-first * (width // 4 * 3)) for swap in swaps])
        return (Edit(self.start + line, self.start + length, to_base64(text, width)),)

    @cached_property
    def _grid(self) -> tuple[int, int] | None:
        """Characters per line and the length of all lines of base64; None where the lines differ in length."""
        content = self.raw.rstrip(CRLF)
        width = content.find(CRLF) if CRLF in content else max(76, len(content) + -len(content) % 4)
        lines = content.split(CRLF)
        is_even = width >= 4 and not width % 4 and all(len(line) == width for line in lines[:-1])
        is_even = is_even and len(lines[-1]) <= width and _BASE64_BODY.fullmatch(content) is not None
        return (width, len(content)) if is_even else None

    def _quoted(self, swaps: Sequence[Edit], way: int) -> tuple[Edit, ...]:
        """Lines of the text that change only in part are encoded and broken anew."""
        if way and way >= len(self.ways):
            return ()
        made: list[Edit] = []
        starts = self._starts
        for group in self._grouped(swaps):
            first, last = (_line_at(starts, group[0].start), _line_at(starts, group[-1].end))
            low = starts[first]
            text = apply(self.text[low : starts[last] + len(self.lines[last].text)], [s.moved(-low) for s in group])
            # nothing to write where whole lines go
            written = CRLF.join(self.ways[way].line(line) for line in text.split(CRLF)) if text else b""
            edit = Edit(self.start + self.lines[first].start, self.start + self.lines[last].end, written)
            made.append(self._kept(edit, group, first, last))
        return tuple(made)

    def _kept(self, edit: Edit, group: Sequence[Edit], first: int, last: int) -> Edit:
        """Lines at both ends that stay whole keep their spelling."""
        start, end = group[0].start, group[-1].end
        lines = self.lines
        if len(group) > 1 or group[0].signed:
            return edit
        if start == self._starts[first] and end == self._starts[last]:
            return Edit(edit.start, self.start + lines[last].start)
        first_end = self._starts[first] + len(lines[first].text)
        if start == first_end and end == self._starts[last] + len(lines[last].text):
            return Edit(self.start + lines[first].end, self.start + lines[last].end)
        return edit

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(line.text_start for line in self.lines)

    def _grouped(self, swaps: Sequence[Edit]) -> list[list[Edit]]:
        """Swaps that touch the same lines, together."""
        groups: list[list[Edit]] = []
        reached = -1
        for swap in swaps:
            first = _line_at(self._starts, swap.start)
            if groups and first <= reached:
                groups[-1].append(swap)
            else:
                groups.append([swap])
            reached = _line_at(self._starts, swap.end)
        return groups


def _line_at(starts: Sequence[int], place: int) -> int:

    return max(0, bisect_right(starts, place) - 1)


def from_base64(octets: bytes) -> bytes:
    """What the characters of the alphabet say; nothing where they say nothing."""
    clean = octets.translate(None, b" \t\r\n").rstrip(b"=")
    try:
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
    except binascii.Error:
        return b""


def to_base64(octets: bytes, width: int) -> bytes:
    """Lines of `width` characters; no line end behind the last."""
    encoded = base64.b64encode(octets)
    return CRLF.join(encoded[at : at + width] for at in range(0, len(encoded), width))


def readable(octets: bytes, charset: str = "") -> str:
    """Text for the eye, cut to a bound."""
    octets = octets[: MAX_SHOWN_CHARACTERS * 4]
    name = charset if _CHARSET.fullmatch(charset) else "utf-8"
    try:
        text = octets.decode(name, "replace")
    except LookupError:
        text = octets.decode("utf-8", "replace")
    return text[:MAX_SHOWN_CHARACTERS]


def change(
    kind: str,
    start: int,
    end: int,
    *,
    signed: str = "",
    now: str = "",
    measures: Mapping[str, str | int] = _NONE,
    **params: str | int,
) -> Change:
    """A change of the body; `measures` and `params` together fill the texts."""
    return Change(kind, Half.BODY, start, end, signed, now, params=(*measures.items(), *params.items()))


def _moved(change: Change, places: Places) -> Change:
    start, end = places.before(change.start, at_end=False), places.before(change.end, at_end=True)
    return replace(change, start=min(start, end), end=max(start, end))
