"""Lines added behind or before the signed body, with one running hash over all line boundaries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from headerlens.causes.body_edits import Edit
from headerlens.causes.body_target import CRLF, Checker, canonical_lines, line_start
from headerlens.model.limits import CAUSE_LINES
from headerlens.model.records import Canonicalization

_GLUED_LINES = 400
_GLUED_OCTETS = 2_000
_RANGE_LINES = 20_000
_LINE_COST = 500
"""What looking for the end of a line costs, an empty one too (see `Budget.work`)."""

_MIDDLE_LINES = 1_000


def find_footer(checker: Checker, *, deep: bool = True) -> tuple[Edit, ...] | None:
    """The lines behind the signed body, as one edit; with `deep` also those that begin in the middle of a line."""
    if checker.target.length is not None:  # l= does not sign what stands behind
        return None
    text = checker.text
    start = _start_of_last(text, CAUSE_LINES)
    if not checker.budget.spend(len(text), 0):
        return None
    hashed = hashlib.sha256(memoryview(text)[:start])
    found = _scan(checker, hashed, start)
    place = checker.source_offset(found) if found is not None else _glued(checker) if deep else None
    return None if place is None else (Edit(_trimmed(checker, place), len(checker.body)),)


def find_range(checker: Checker, starts: int) -> tuple[Edit, ...] | None:
    """Lines added at the top, with or without lines added at the bottom as well."""
    text, budget, length = checker.text, checker.budget, checker.target.length
    ends = list(_line_ends(text, 0, len(text), _RANGE_LINES))
    lines = min(text.count(CRLF), CAUSE_LINES)
    for start in ends[:starts]:
        if length is not None:
            if budget.spend(length) and hashlib.sha256(text[start : start + length]).digest() == checker.target.digest:
                return _outside(checker, start, None) if len(text) - start >= length else None
            continue
        budget.work(lines * _LINE_COST)
        if not budget.spend(len(text) - start, 0):
            return None
        place = _scan(checker, hashlib.sha256(), start)
        if place is not None:
            return _outside(checker, start, place)
    return None


def find_lines(checker: Checker) -> tuple[Edit, ...] | None:
    """Whole lines added anywhere, in one place."""
    places = _line_starts(checker.body, _MIDDLE_LINES)
    for first, start in enumerate(places):
        for end in places[first + 1 :]:
            edit = (Edit(start, end),)
            if checker.matches(edit):
                return edit
            if not checker.budget.has_room:
                return None
    return None


def _outside(checker: Checker, start: int, end: int | None) -> tuple[Edit, ...]:
    """All but the lines between two places of the canonical text."""
    top = Edit(0, checker.source_offset(start))
    if end is None:
        return (top,)
    cut = _trimmed(checker, checker.source_offset(end))
    return (top, Edit(cut, len(checker.body))) if cut < len(checker.body) else (top,)


def _scan(checker: Checker, hashed: hashlib._Hash, start: int) -> int | None:
    """Where the signed body ends, as a place of the canonical text; None without one.

    A line with something in it may be the last; empty ones behind it do not count.
    """
    text, view, digest = checker.text, memoryview(checker.text), checker.target.digest
    budget = checker.budget
    at = last_end = start
    for line_end in _line_ends(text, start, len(text), CAUSE_LINES):
        if line_end - 2 == last_end:  # nothing in it
            last_end = line_end
            continue
        last_end = line_end
        hashed.update(view[at:line_end])
        at = line_end
        if hashed.digest() == digest:
            return line_end
        if not budget.spend(0):
            return None
    return None


def _glued(checker: Checker) -> int | None:
    """Where a footer begins in the middle of a line, because the signed body had no line end behind its last line."""
    text = checker.text
    at = _start_of_last(text, _GLUED_LINES)
    hashed = hashlib.sha256(memoryview(text)[:at])
    is_relaxed = checker.target.how is Canonicalization.RELAXED
    for line_end in _line_ends(text, at, len(text), _GLUED_LINES + 1):
        line = text[at : line_end - 2]
        if not checker.budget.spend(len(line) * min(len(line), _GLUED_OCTETS) // 2, min(len(line), _GLUED_OCTETS)):
            return None
        for cut in range(1, min(len(line), _GLUED_OCTETS)):
            if is_relaxed and line[cut - 1] == 32:
                continue
            tried = hashed.copy()
            tried.update(line[:cut] + CRLF)
            if tried.digest() == checker.target.digest:
                return checker.source_offset(at) + _source_cut(checker, at, line[:cut])
        hashed.update(text[at:line_end])
        at = line_end
    return None


def _source_cut(checker: Checker, place: int, wanted: bytes) -> int:
    """How many octets of the line in the body give `wanted` when they are made canonical."""
    if checker.target.how is Canonicalization.SIMPLE:
        return len(wanted)
    start = checker.source_offset(place)
    for cut in range(len(wanted), len(wanted) * 8 + 64):
        if canonical_lines(checker.body[start : start + cut], checker.target.how) == wanted + CRLF:
            return cut
    return len(wanted)


def _trimmed(checker: Checker, place: int) -> int:
    """The place behind the empty lines that follow: they do not count, and the smallest change is told."""
    body = checker.body
    if line_start(body, place) != place:
        return place
    while place < len(body):
        line_end = body.find(CRLF, place)
        if line_end < 0 or canonical_lines(body[place : line_end + 2], checker.target.how) != CRLF:
            break
        place = line_end + 2
    return place


def _line_ends(text: bytes, start: int, end: int, most: int) -> Iterator[int]:
    """Where lines end, CRLF included; at most so many."""
    for _ in range(most):
        found = text.find(CRLF, start, end)
        if found < 0:
            return
        start = found + 2
        yield start


def _line_starts(body: bytes, most: int) -> list[int]:
    ends = list(_line_ends(body, 0, len(body), most))
    return [0, *ends] if not ends or ends[-1] == len(body) or len(ends) == most else [0, *ends, len(body)]


def _start_of_last(text: bytes, lines: int) -> int:
    """Where the last lines begin, so many of them."""
    at = len(text)
    for _ in range(lines + 1):
        found = text.rfind(CRLF, 0, at)
        if found < 0:
            return 0
        at = found
    return at + 2
