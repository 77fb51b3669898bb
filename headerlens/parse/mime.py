"""The parts of a mail and where each stands, over the octets as they came (RFC 2045, RFC 2046).

Nothing is copied or written anew: a part is a range. Each multipart is searched once for its own delimiter, from the
outside in, so that the delimiter of an outer one ends all that is inside (RFC 2046 5.1.2).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from headerlens.model.limits import (
    MAX_MIME_DEPTH,
    MAX_MIME_FIELD_OCTETS,
    MAX_MIME_FIELDS_OCTETS,
    MAX_MIME_PARTS,
    MAX_MIME_SEARCHED_OCTETS,
)
from headerlens.parse.header import unfold
from headerlens.parse.mime_fields import NOTHING, Described, describe, filename, media_type

MAIL_TYPES = frozenset({"message/rfc822", "message/global", "message/news"})
"""Types whose body is a mail (RFC 2046 5.2.1, RFC 6532 3.7, RFC 5537 4.1)."""

HEADER_TYPES = frozenset({"text/rfc822-headers", "text/rfc822", "message/rfc822-headers", "message/global-headers"})
"""Types whose body is the header of a mail (RFC 6522 4, RFC 6533 6.2), and how it is misspelt."""

_MIME_FIELD = re.compile(
    rb"^content-(type|transfer-encoding|disposition)[ \t]*:([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.MULTILINE | re.IGNORECASE
)
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_TAIL = re.compile(rb"(--)?[ \t]*+(?:\r?\n|\Z)")
_PLAIN_ENCODINGS = frozenset({"", "7bit", "8bit", "binary"})
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_MAX_BOUNDARY_OCTETS = 250  # RFC 2046 5.1.1 allows 70
_FIND_OCTETS = 500  # what a line like a delimiter costs, in octets searched


_Delimiter = tuple[int, int, bool]
"""Where the part before a delimiter line ends, where the one behind it begins, and whether it is the last."""


@dataclass(frozen=True, slots=True)
class Part:
    """One entity: its header from `start`, its body from `body_start` to `end`, all offsets into the octets walked.

    `end` leaves out the line end that belongs to the delimiter behind (RFC 2046 5.1.1). `content_type` is in lower
    case, with its default where none is written; `params` are those of Content-Type, names in lower case, values for
    the eye; `encoding` and `disposition` in lower case, "" for none. `boundary` is empty but for a multipart that has
    one. `parts` are the children of a multipart, `nested` the mail inside a message part whose body is not encoded.
    """

    start: int
    body_start: int
    end: int
    content_type: str = "text/plain"
    params: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    disposition: str = ""
    filename: str = ""
    boundary: bytes = b""
    parts: tuple[Part, ...] = ()
    nested: Part | None = None

    @property
    def is_text(self) -> bool:
        """Whether this is text of some kind."""
        return self.content_type.startswith("text/")

    @property
    def is_multipart(self) -> bool:
        """Whether this consists of parts, found or not."""
        return self.content_type.startswith("multipart/")


def walk(octets: bytes, start: int = 0, end: int | None = None) -> Part:
    """The mail or part in `octets[start:end]`, with everything inside it. Never raises.

    A closing delimiter may be missing; a line is a delimiter only when nothing but blanks follows the boundary.
    Past the limits of `model.limits` what is inside is not told apart any more: the rest belongs to the last part.
    """
    last = len(octets) if end is None else max(0, min(end, len(octets)))
    return _Walk(octets).entity(max(0, min(start, last)), last, "text/plain", 0)


def each(part: Part) -> Iterator[Part]:
    """The part and all that are inside it, in the order they stand."""
    waiting = [part]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.parts))
        if one.nested:
            waiting.append(one.nested)


def decode_body(octets: bytes, part: Part) -> bytes:
    """The body of a part without its transfer encoding; what does not fit the encoding is passed over."""
    body = octets[part.body_start : part.end]
    if part.encoding == "base64":
        return _from_base64(body)
    return _from_quoted_printable(body) if part.encoding == "quoted-printable" else body


class _Walk:
    """One walk: what it may still spend."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._parts_left = MAX_MIME_PARTS
        self._field_octets_left = MAX_MIME_FIELDS_OCTETS
        self._search_left = MAX_MIME_SEARCHED_OCTETS

    def entity(self, start: int, end: int, default_type: str, depth: int) -> Part:
        """The entity between two offsets."""
        self._parts_left -= 1
        body_start = _body_start(self._octets, start, end)
        fields = self._fields(start, body_start)
        described = fields.get("type", NOTHING)
        disposition = fields.get("disposition", NOTHING)
        content_type = media_type(described.word, default_type)
        encoding = fields.get("transfer-encoding", NOTHING).word
        boundary = _boundary(content_type, described)
        inner = depth < MAX_MIME_DEPTH
        is_mail = inner and content_type in MAIL_TYPES and encoding in _PLAIN_ENCODINGS and self._parts_left > 0
        return Part(
            start=start,
            body_start=body_start,
            end=end,
            content_type=content_type,
            params=tuple((one.name, one.text) for one in described.parameters),
            encoding=encoding,
            disposition=disposition.word,
            filename=filename(disposition, described),
            boundary=boundary,
            parts=self._children(body_start, end, content_type, boundary, depth) if inner and boundary else (),
            nested=self.entity(body_start, end, "text/plain", depth + 1) if is_mail else None,
        )

    def _fields(self, start: int, end: int) -> dict[str, Described]:
        """The MIME fields of a header, the topmost of each name."""
        found: dict[str, Described] = {}
        for match in _MIME_FIELD.finditer(self._octets[start:end]):
            name = match[1].decode("ascii").lower()
            body = match[2][: min(MAX_MIME_FIELD_OCTETS, self._field_octets_left)]
            if name not in found:
                self._field_octets_left -= len(body)
                found[name] = describe(unfold(body))
        return found

    def _children(self, start: int, end: int, content_type: str, boundary: bytes, depth: int) -> tuple[Part, ...]:
        """The parts between the delimiters."""
        default_type = "message/rfc822" if content_type == "multipart/digest" else "text/plain"
        spans = _spans(self._delimiters(start, end, boundary), end, self._parts_left)
        # all spans are taken from what is left before any is entered: an inner part cannot take an outer one's place
        self._parts_left -= len(spans)
        children: list[Part] = []
        for first, last in spans:
            self._parts_left += 1
            children.append(self.entity(first, last, default_type, depth + 1))
        return tuple(children)

    def _delimiters(self, start: int, end: int, boundary: bytes) -> Iterator[_Delimiter]:
        """The delimiter lines, until what may be spent on searching is spent."""
        octets, mark = self._octets, b"\n--" + boundary
        if first := _delimiter(octets, start, start - 1, end, mark):
            yield first
        place = start
        while self._search_left > 0:
            found = octets.find(mark, place, end)
            self._search_left -= (found if found >= 0 else end) - place + _FIND_OCTETS
            if found < 0:
                return
            if line := _delimiter(octets, start, found, end, mark):
                yield line
            place = found + len(mark)


def _body_start(octets: bytes, start: int, end: int) -> int:
    """The offset after the empty line that ends the header, or `end` without one."""
    if octets.startswith((b"\n", b"\r\n"), start, end):
        return start + (1 if octets[start] == 10 else 2)
    found = _EMPTY_LINE.search(octets, start, end)
    return found.end() if found else end


def _delimiter(octets: bytes, start: int, place: int, end: int, mark: bytes) -> _Delimiter | None:
    """The delimiter whose line end before it is at `place`, None when more than the boundary stands in the line."""
    if not octets.startswith(mark[1:], place + 1, end):
        return None
    tail = _TAIL.match(octets, place + len(mark), end)
    if tail is None:
        return None
    before = place - 1 if place > start and octets[place - 1] == 13 else place
    return max(before, start), tail.end(), bool(tail[1])


def _boundary(content_type: str, described: Described) -> bytes:
    """The boundary of a multipart, empty where there is none that could stand in a line."""
    found = described.get("boundary") if content_type.startswith("multipart/") else None
    if found is None or len(found.octets) > _MAX_BOUNDARY_OCTETS:
        return b""
    # RFC 2046 5.1.1: it cannot end with a blank
    return found.octets.rstrip(b" \t") if b"\n" not in found.octets and b"\r" not in found.octets else b""


def _spans(delimiters: Iterable[_Delimiter], end: int, limit: int) -> list[tuple[int, int]]:
    """Start and end of each part, at most `limit`; the last reaches to `end` where its delimiter is missing."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for before, behind, closes in delimiters:
        if opened is not None:
            spans.append((opened, max(opened, before)))
            opened = None
        if closes or len(spans) >= limit:
            break
        opened = behind
    if opened is not None:
        spans.append((opened, end))
    elif len(spans) >= limit and spans:
        spans[-1] = (spans[-1][0], end)
    return spans


def _from_base64(body: bytes) -> bytes:
    """Characters outside of the alphabet are passed over; the first "=" ends it (RFC 2045 6.8)."""
    clean = body.translate(None, _NOT_BASE64).partition(b"=")[0]
    clean = clean[:-1] if len(clean) % 4 == 1 else clean
    return base64.b64decode(clean + b"=" * (-len(clean) % 4))


def _from_quoted_printable(body: bytes) -> bytes:
    """Blanks at line ends were added on the way (RFC 2045 6.7 rule 3); a wrong "=" stays as it is."""
    if b" \r\n" in body or b" \n" in body or b"\t\r\n" in body or b"\t\n" in body:
        ending = b"\r\n" if b"\r\n" in body else b"\n"
        body = ending.join(line.rstrip(b" \t\r") for line in body.split(b"\n"))
    return binascii.a2b_qp(body)
