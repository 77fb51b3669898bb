"""The source of a mail as lines for a view, each octet of it found again: offsets to places in the view and back.

A line is bounded in length, the whole in lines, because a view lays out what it is given: one line of a megabyte would
hold it for minutes. What is left out is said in a line or at the end of one. Pure text, no Qt: a place in the view is
a line and a column, columns counted in UTF-16 units as QTextDocument counts them.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from headerlens.gui.source_text import visible

if TYPE_CHECKING:
    from headerlens.model.message import HeaderField

LONGEST_LINE = 1_000
"""Characters of one line: SMTP allows 998 octets (RFC 5321 4.5.3.1.6), so real mail is shown whole."""

MOST_HEADER_LINES = 25_000
"""Lines of header; 20,000 fields are the most that are read."""

PORTION = 4_000
"""Lines of body that one press adds: more than most mails have, and filled in a tenth of a second."""

AROUND = 40
"""Lines shown on either side of a place far down in the body."""

MOST_ANCHORS = 20
"""Places in the body that are shown out of their turn."""

NO_BREAK = "\u00a0"
"""The blanks of a remark: its few words are not torn apart at the edge of a narrow view."""

_CONTINUATION = bytes(range(0x80, 0xC0))


class Kind(StrEnum):
    """What a line of the view is. From BORDER on it is our own and stands for no octets, GAP for those left out."""

    FIELD = "field"
    LOOSE = "loose"
    BODY = "body"
    BORDER = "border"
    DECODED = "decoded"
    SIGNED = "signed"
    GAP = "gap"


OWN = frozenset({Kind.BORDER, Kind.DECODED, Kind.SIGNED, Kind.GAP})


class Line(NamedTuple):
    """One line. `start` and `end` are its octets, line end included; equal for an own line, which stands before them.

    The first `own` characters of `text` are the source, what follows is a remark of ours. `field` is the index of the
    header field it belongs to; `first` tells the line with the field's name.
    """

    kind: Kind
    text: str
    start: int
    end: int
    own: int
    field: int | None = None
    first: bool = False


class Remarks(NamedTuple):
    """Our own words: for `n` characters or lines that are left out."""

    characters: Callable[[int], str]
    lines: Callable[[int], str]


class Insert(NamedTuple):
    """A line of ours before the first line of the source at or after octet `at`."""

    at: int
    kind: Kind
    text: str
    field: int | None = None


class Suffix(NamedTuple):
    """A remark at the end of the line that holds octet `at`."""

    at: int
    text: str


def header_lines(octets: bytes, end: int, fields: Sequence[HeaderField], remarks: Remarks) -> Iterator[Line]:
    """The lines of `octets[:end]`, those in no field and the empty one among them; at most MOST_HEADER_LINES."""
    owners = iter(fields)
    owner = next(owners, None)
    for number, (start, stop) in enumerate(_bounds(octets, 0, end)):
        if number >= MOST_HEADER_LINES:
            yield _gap(octets, start, end, remarks)
            return
        while owner is not None and owner.end <= start:
            owner = next(owners, None)
        if owner is not None and owner.start <= start:
            yield _line(Kind.FIELD, octets, (start, stop), remarks, owner.index, first=owner.start == start)
        else:
            yield _line(Kind.LOOSE, octets, (start, stop), remarks)


def body_lines(octets: bytes, ranges: Iterable[tuple[int, int]], end: int, remarks: Remarks) -> Iterator[Line]:
    """The lines of `ranges`, which stand on line bounds in order, with a line for what lies between and after them."""
    place: int | None = None
    for first, last in ranges:
        if place is not None and place < first:
            yield _gap(octets, place, first, remarks)
        for bounds in _bounds(octets, first, last):
            yield _line(Kind.BODY, octets, bounds, remarks)
        place = last
    if place is not None and place < end:
        yield _gap(octets, place, end, remarks)


def body_ranges(octets: bytes, start: int, portions: int, anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of the body at `start` to show: `portions` times PORTION lines, and the lines around each of `anchors`."""
    place = start
    for _ in range(portions * PORTION):
        found = octets.find(b"\n", place)
        place = found + 1 or len(octets)
        if place >= len(octets):
            break
    wanted = [(start, place)]
    for first, last in anchors[:MOST_ANCHORS]:
        if last > place:
            begin, finish = _back(octets, start, first), _on(octets, first)
            wanted.append((begin, finish))
            if last > finish:
                wanted.append((_back(octets, start, last), _on(octets, last)))
    return _merged(wanted)


def annotated(lines: Iterable[Line], inserts: Iterable[Insert], suffixes: Iterable[Suffix]) -> Iterator[Line]:
    """`lines` with our own between them and remarks at their ends; what belongs to no shown line is left out."""
    before, behind = deque(sorted(inserts, key=_place)), deque(sorted(suffixes, key=_place))
    last = 0
    for line in lines:
        while before and before[0].at <= line.start:
            yield _own(before.popleft(), line.start)
        shown = line
        while behind and behind[0].at < line.end:
            one = behind.popleft()
            if one.at >= line.start and line.kind is not Kind.GAP:
                shown = shown._replace(text=f"{shown.text}   {one.text.replace(' ', NO_BREAK)}")
        yield shown
        last = line.end
    for left in before:
        if left.at <= last:
            yield _own(left, last)


class SourceLines:
    """The lines that are shown so far, and where each octet of the mail stands in them."""

    def __init__(self, octets: bytes = b"") -> None:
        self.octets = octets
        self.lines: list[Line] = []
        self._starts: list[int] = []

    def __len__(self) -> int:
        return len(self.lines)

    def add(self, lines: Iterable[Line]) -> None:
        """Put lines behind the others."""
        for line in lines:
            self.lines.append(line)
            self._starts.append(line.start)

    def cut(self, count: int) -> None:
        """Keep the first `count` lines."""
        del self.lines[count:]
        del self._starts[count:]

    def line_at(self, offset: int) -> int | None:
        """The line that shows the octet at `offset` or stands for it; None where that is not shown."""
        place = bisect_right(self._starts, offset) - 1
        while place >= 0:
            line = self.lines[place]
            if line.start <= offset < line.end:
                return place
            if line.start < line.end:
                break
            place -= 1
        return None

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last line of the octets from `start` to `end`; for no octets, the line they are gone from."""
        first = self.line_at(start)
        if first is None and start >= len(self.octets) > 0:
            first = self.line_at(len(self.octets) - 1)
        if first is None:
            return None
        last = self.line_at(end - 1) if end > start else first
        return first, first if last is None else last

    def column_of(self, number: int, offset: int) -> int:
        """The column where the character of the octet at `offset` begins; the end of the source text past it."""
        line = self.lines[number]
        column = 0
        for place, width, units in _steps(self.octets, line):
            if offset < place + width:
                return column
            column += units
        return column

    def offset_of(self, number: int, column: int) -> int:
        """The octet where the character at `column` begins; the end of the line past the source text."""
        line = self.lines[number]
        if line.kind in OWN:
            return line.start
        passed = 0
        for place, _width, units in _steps(self.octets, line):
            if column < passed + units:
                return place
            passed += units
        return line.end


def _place(one: Insert | Suffix) -> int:
    return one.at


def units(text: str) -> int:
    """UTF-16 units of `text`."""
    return len(text) if text.isascii() else len(text) + sum(one > "\uffff" for one in text)


def _steps(octets: bytes, line: Line) -> Iterator[tuple[int, int, int]]:
    """Offset, octets and UTF-16 units of each character of the source that `line` shows."""
    if line.kind in OWN:
        return
    text, utf8, _rest = _read(octets, line.start, _without_end(octets, line.start, line.end))
    place = line.start
    for character in text:
        width = len(character.encode()) if utf8 else 1
        yield place, width, units(visible(character))
        place += width


def _bounds(octets: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Begin and end of each line, line end included."""
    while start < end:
        stop = octets.find(b"\n", start, end) + 1 or end
        yield start, stop
        start = stop


def _without_end(octets: bytes, start: int, end: int) -> int:
    """Where the line end begins; a bare LF is no line end of mail (RFC 5322 2.3) and is shown as what it is."""
    return end - 2 if end - start >= 2 and octets[end - 2 : end] == b"\r\n" else end


def _read(octets: bytes, start: int, end: int) -> tuple[str, bool, int]:
    """At most LONGEST_LINE characters, whether they are UTF-8 (else Latin-1, so that none is lost), where they end."""
    chunk = octets[start : min(end, start + 4 * LONGEST_LINE)]
    if chunk.isascii():
        return chunk[:LONGEST_LINE].decode("ascii"), True, start + min(len(chunk), LONGEST_LINE)
    try:
        text, used = codecs.utf_8_decode(chunk, "strict", start + len(chunk) == end)
    except UnicodeDecodeError:
        return chunk[:LONGEST_LINE].decode("latin-1"), False, start + min(len(chunk), LONGEST_LINE)
    if len(text) > LONGEST_LINE:
        text = text[:LONGEST_LINE]
        used = len(text.encode())
    return text, True, start + used


def _line(
    kind: Kind,
    octets: bytes,
    bounds: tuple[int, int],
    remarks: Remarks,
    field: int | None = None,
    *,
    first: bool = False,
) -> Line:
    start, end = bounds
    stop = _without_end(octets, start, end)
    if stop - start <= LONGEST_LINE and (plain := octets[start:stop]).isascii():
        shown = visible(plain.decode("ascii"))
        return Line(kind, shown, start, end, len(shown), field, first)
    text, utf8, rest = _read(octets, start, stop)
    shown = visible(text)
    if rest >= stop:
        return Line(kind, shown, start, end, len(shown), field, first)
    left = octets[rest:stop]
    more = len(left.translate(None, _CONTINUATION)) if utf8 else len(left)
    return Line(kind, f"{shown} {remarks.characters(more)}", start, end, len(shown), field, first)


def _gap(octets: bytes, start: int, end: int, remarks: Remarks) -> Line:
    count = octets.count(b"\n", start, end) + (octets[end - 1 : end] != b"\n")
    return Line(Kind.GAP, remarks.lines(count), start, end, 0)


def _own(one: Insert, at: int) -> Line:
    return Line(one.kind, one.text, at, at, 0, one.field)


def _back(octets: bytes, floor: int, place: int) -> int:
    """The beginning of the line AROUND lines above `place`."""
    for _ in range(AROUND + 1):
        found = octets.rfind(b"\n", floor, place)
        if found < 0:
            return floor
        place = found
    return place + 1


def _on(octets: bytes, place: int) -> int:
    """The end of the line AROUND lines below `place`."""
    for _ in range(AROUND + 1):
        place = octets.find(b"\n", place) + 1 or len(octets)
        if place >= len(octets):
            break
    return place


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if result and first <= result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return [(first, last) for first, last in result if first < last]
