"""Where the messages of an mbox stand (RFC 4155 and its dialects: mboxo, mboxrd, mboxcl2, Thunderbird).

A message begins with a From_ line: "From ", a date with a year, and a header field in the line after; every one but the
first has an empty line before it. mboxcl2 leaves such lines in bodies as they are and gives each body's length instead.
Only offsets are kept, so that a mailbox of any size costs the memory of one block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from headerlens.model.limits import MAX_LENGTHS_WRONG

Span = tuple[int, int]
"""From the first octet of the From_ line to the end of the message, without the empty line that ends it."""

_BLOCK_OCTETS = 1024 * 1024
_SMALL_BLOCK_OCTETS = 16 * 1024
_LOOK_BACK = 4
_LOOK_AHEAD = 1200
"""A From_ line, its line end and the name of the field after it."""

_PROBED = 16
"""Messages whose lengths are tried before a mailbox counts as mboxcl2."""

_HEADER_OCTETS = (8 * 1024, 128 * 1024)
"""How much is read to find the end of a header: first this, and once more."""

_FROM_LINE = re.compile(
    rb"From (?=\S)([^\r\n]{1,998}+)(?:\r\n|\n|\r)(?=>From |[A-Za-z][A-Za-z0-9_.-]{0,75}+[ \t]{0,8}:)"
)
_YEAR = re.compile(rb"\b[12]\d{3}\b")
_EMPTY_LINE = re.compile(rb"(?:\r\n|\n|\r)(\r\n|\n|\r)\Z")
_HEADER_END = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n")
_LENGTH = re.compile(rb"^Content-Length[ \t]*:[ \t]*(\d{1,12})[ \t]*$", re.MULTILINE | re.IGNORECASE)
_LINE_ENDS = re.compile(rb"(?:\r\n|\n|\r){0,2}")


def is_from_line(octets: bytes, start: int = 0) -> bool:
    """Whether a From_ line stands at `start`, by itself and the line after it."""
    found = _FROM_LINE.match(octets, start)
    return found is not None and _YEAR.search(found[1]) is not None


def begins_mbox(head: bytes) -> bool:
    """Whether the first octets of a file are those of an mbox; empty lines before them do not matter."""
    return is_from_line(head, len(head) - len(head.lstrip(b"\r\n")))


def spans(stream: BinaryIO, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Span]:
    """The messages of an mbox in their order; nothing when it is none. Ends early once `cancelled()` is true.

    Lengths are believed where the first messages all have right ones, so that no sender can hide the mails behind his
    own; a wrong one falls back to the next From_ line.
    """
    head = stream.read(_LOOK_AHEAD + _SMALL_BLOCK_OCTETS)
    first = len(head) - len(head.lstrip(b"\r\n"))
    if is_from_line(head, first):
        size = stream.seek(0, 2)
        yield from (
            _by_lengths(stream, first, size, cancelled)
            if _has_lengths(stream, first, size)
            else _by_lines(stream, first, size, cancelled)
        )


def from_lines(
    stream: BinaryIO, start: int, cancelled: Callable[[], bool] = lambda: False, block: int = _BLOCK_OCTETS
) -> Iterator[Span]:
    """Every From_ line behind `start`: where the message before it ends, and where the line begins."""
    base = max(0, start - _LOOK_BACK)
    window, place, mark = b"", max(0, start - base - 1), b""
    stream.seek(base)
    while not cancelled():
        more = stream.read(block)
        window += more
        # with the line end before it: bodies are full of "From " within their lines
        mark = mark or (b"\nFrom " if b"\n" in window else b"\rFrom ")
        ready = len(window) - (_LOOK_AHEAD if more else 0)
        while 0 <= (found := window.find(mark, place)) < ready:
            place = found + len(mark)
            empty = _EMPTY_LINE.search(window, max(0, found + 1 - _LOOK_BACK), found + 1)
            if empty and is_from_line(window, found + 1):
                yield base + empty.start(1), base + found + 1
        if not more:
            return
        place = max(place, ready)
        done = max(0, place - _LOOK_BACK)
        window, base, place = window[done:], base + done, place - done
        block = min(block * 2, _BLOCK_OCTETS)


def _by_lines(stream: BinaryIO, start: int, size: int, cancelled: Callable[[], bool]) -> Iterator[Span]:
    for end, following in from_lines(stream, start + 5, cancelled):
        yield start, end
        start = following
    if not cancelled():
        yield start, _end_of_last(stream, size)


def _by_lengths(stream: BinaryIO, start: int, size: int, cancelled: Callable[[], bool]) -> Iterator[Span]:
    """By Content-Length; where it is wrong, by the next From_ line; after too many wrong ones, by these alone."""
    wrong = 0
    while start < size and not cancelled():
        found = _by_length(stream, start, size)
        if found is None:
            wrong += 1
            found = next(from_lines(stream, start + 5, cancelled, _SMALL_BLOCK_OCTETS), None)
        if found is None or wrong > MAX_LENGTHS_WRONG:
            yield from _by_lines(stream, start, size, cancelled)
            return
        yield start, found[0]
        start = found[1]


def _has_lengths(stream: BinaryIO, start: int, size: int) -> bool:
    """Whether the first messages have a right Content-Length, all of them."""
    for _ in range(_PROBED):
        found = _by_length(stream, start, size)
        if found is None:
            return False
        start = found[1]
        if start >= size:
            break
    return True


def _by_length(stream: BinaryIO, start: int, size: int) -> Span | None:
    """Where the message at `start` ends and the next begins, when its one length leads to a From_ line or the end."""
    head, body = _header(stream, start)
    lengths = _LENGTH.findall(head.replace(b"\r", b"\n"))
    end = start + body + int(lengths[0]) if body and len(lengths) == 1 else size + 1
    if end > size:
        return None
    stream.seek(end)
    after = stream.read(_LOOK_AHEAD)
    line_ends = _LINE_ENDS.match(after)
    skipped = line_ends.end() if line_ends else 0
    if skipped == len(after):
        return end, size
    return (end, end + skipped) if is_from_line(after, skipped) else None


def _header(stream: BinaryIO, start: int) -> tuple[bytes, int]:
    """The header at `start` and where its body begins, counted from `start`; 0 when no end is near."""
    for octets in _HEADER_OCTETS:
        stream.seek(start)
        head = stream.read(octets)
        found = _HEADER_END.search(head)
        if found:
            return head[: found.start()], found.end()
    return b"", 0


def _end_of_last(stream: BinaryIO, size: int) -> int:
    """The end of the last message: the empty line that ends it is the mailbox's."""
    stream.seek(max(0, size - _LOOK_BACK))
    tail = stream.read(_LOOK_BACK)
    empty = _EMPTY_LINE.search(tail)
    return size - len(tail) + empty.start(1) if empty else size
