"""The header of a message: its fields with their offsets, and where the body begins (RFC 5322 2.1, 2.2, 4.5)."""

from __future__ import annotations

import re

from headerlens.model.limits import MAX_FIELDS, MAX_HEADER_OCTETS
from headerlens.model.message import HeaderField
from headerlens.model.records import Fault
from headerlens.parse.encoded_words import decode_raw

LINE_FAULTS = frozenset({"no-colon", "fold-without-field", "mbox-from-line", "header-too-large", "too-many-fields"})
"""Faults whose octets stand in no field: with the fields, the blank line and the body they make up the message."""

_EMPTY_LINE = re.compile(rb"\r?\n")
_BEFORE_EMPTY_LINE = re.compile(rb"\n(?=\r?\n)")
_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")


def split_fields(octets: bytes) -> tuple[tuple[HeaderField, ...], int | None, tuple[Fault, ...]]:
    """The fields in their order, the offset of the first body octet (None: no empty line), and what is no field.

    A line without a field name is no field and is kept as a fault with its offsets (see `LINE_FAULTS`); such lines in
    a row are one fault. Blanks before the colon are taken (obs-optional, 4.5.8). A line of blanks only is a fold.
    Past `MAX_FIELDS` or `MAX_HEADER_OCTETS` the rest of the header is one fault.
    """
    fields: list[HeaderField] = []
    faults: list[Fault] = []
    place = 0
    while place < len(octets):
        if empty := _EMPTY_LINE.match(octets, place):
            return tuple(fields), empty.end(), tuple(faults)
        end = _unfolded_end(octets, place)
        if over := _limit_reached(end, len(fields) + len(faults)):
            end = _header_end(octets, place)
            faults.append(Fault(over, str(end - place), place, end))
        elif named := _NAME.match(octets, place, end):
            fields.append(_field(len(fields), octets, named, end))
        else:
            _note_line(faults, octets, place, end)
        place = end
    return tuple(fields), None, tuple(faults)


def unfold(octets: bytes) -> bytes:
    """The octets without the line ends of folds and without blanks around (RFC 5322 2.2.3)."""
    return _FOLD.sub(b"", octets).strip(b" \t\r\n")


def _field(index: int, octets: bytes, named: re.Match[bytes], end: int) -> HeaderField:
    """The field whose name was matched and which ends before `end`."""
    value = unfold(octets[named.end() : end])
    return HeaderField(
        index=index,
        name=named[1].decode("ascii"),
        raw=octets[named.start() : end],
        value=decode_raw(value),
        start=named.start(),
        value_start=named.end(),
        end=end,
    )


def _unfolded_end(octets: bytes, start: int) -> int:
    """The offset after the line at `start` and the folds below it; no further than just past the size limit."""
    end = _line_end(octets, start)
    while end <= MAX_HEADER_OCTETS and octets[end : end + 1] in (b" ", b"\t"):
        end = _line_end(octets, end)
    return end


def _line_end(octets: bytes, start: int) -> int:
    """The offset after the line end that follows `start`."""
    return octets.find(b"\n", start) + 1 or len(octets)


def _limit_reached(end: int, count: int) -> str | None:
    """The code of the limit that a chunk ending here, after `count` others, would break."""
    if end > MAX_HEADER_OCTETS:
        return "header-too-large"
    return "too-many-fields" if count >= MAX_FIELDS else None


def _header_end(octets: bytes, start: int) -> int:
    """The offset of the empty line that ends the header, or of the end of the octets."""
    found = _BEFORE_EMPTY_LINE.search(octets, start)
    return found.end() if found else len(octets)


def _note_line(faults: list[Fault], octets: bytes, start: int, end: int) -> None:
    """Keep a line that is no field; a run of the same kind grows into one fault."""
    code = _line_code(octets, start)
    last = faults[-1] if faults else None
    if last is not None and last.code == code and last.end == start:
        faults[-1] = Fault(code, last.detail, last.start, end)
        return
    detail = octets[start : min(end, start + 100)].decode("utf-8", "replace").strip()
    faults.append(Fault(code, detail, start, end))


def _line_code(octets: bytes, start: int) -> str:
    """What is wrong with a line that has no field name."""
    if octets[start : start + 1] in (b" ", b"\t"):
        return "fold-without-field"
    is_from_line = octets.startswith((b"From ", b">From "), start)
    return "mbox-from-line" if is_from_line else "no-colon"
