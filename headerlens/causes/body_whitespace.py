"""Blanks, tabs, no-break spaces and other signs that nobody sees (RFC 3676 4.1, Unicode)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from headerlens.causes.body_draft import Draft, Region, Undo, change
from headerlens.causes.body_edits import Edit
from headerlens.causes.body_lines import replaced, substitutions

CRLF = b"\r\n"
_MOST_LINES = 10_000
_TABS_OCTETS = 1024 * 1024

_PATTERNS = (
    ("blanks-added", re.compile(rb"(?<![ \t])[ \t]++(?=\r\n)"), b""),
    ("blanks-added", re.compile(rb" (?=\r\n)"), b""),
    ("blanks-trimmed", re.compile(rb"^--(?=\r\n)", re.MULTILINE), b"-- "),
    ("tabs-added", re.compile(rb"\t"), b" "),
    ("tabs-added", re.compile(rb"\t"), b" " * 8),
    ("tabs-added", re.compile(rb"\t"), b" " * 4),
    ("tabs-lost", re.compile(rb" {8}"), b"\t"),
    ("tabs-lost", re.compile(rb" {4}"), b"\t"),
    ("tabs-lost", re.compile(rb"^ {8}", re.MULTILINE), b"\t"),
    ("tabs-lost", re.compile(rb"^ {4}", re.MULTILINE), b"\t"),
    ("tabs-lost", re.compile(rb"^ ", re.MULTILINE), b"\t"),
)
_SIGNS = (
    ("no-break-spaces", "\u00a0", (" ",)),
    ("byte-order-mark", "\ufeff", ("",)),
    ("line-separators", "\u2028", ("\r\n", "", " ")),
    ("zero-width", "\u200b", ("",)),
    ("zero-width", "\u00ad", ("",)),
)


def reblanked(draft: Draft) -> Iterator[Undo]:
    """White space and invisible characters."""
    for kind, pattern, signed in _PATTERNS:
        yield from substitutions(draft, kind, pattern, signed)
    yield from _unexpanded(draft)
    yield from _flowed(draft)
    for region in draft.regions:
        yield from _signs(region)
    yield from _entities(draft)


def _entities(draft: Draft) -> Iterator[Undo]:
    for region in draft.regions:
        if region.is_html:
            for signed in (b" ", b"\xc2\xa0"):
                yield from _swapped(region, "no-break-spaces", b"&nbsp;", signed)
        for run in (b" \xc2\xa0", b"\xc2\xa0 "):
            yield from _swapped(region, "no-break-spaces-lost", b"  ", run)


def _signs(region: Region) -> Iterator[Undo]:
    """Characters that a program put where the signer had a blank or nothing."""
    for kind, sign, signed in _SIGNS:
        written = sign.encode()
        if region.charset in ("iso-8859-1", "windows-1252", "iso-8859-15") and ord(sign) < 256:
            written = bytes([ord(sign)])
        for one in signed:
            yield from _swapped(region, kind, written, one.encode())


def _swapped(region: Region, kind: str, now: bytes, signed: bytes) -> Iterator[Undo]:
    """Every `now` of a text replaced, written in the ways of its encoding."""
    if not 0 < region.text.count(now) <= _MOST_LINES:
        return
    swaps = [Edit(match.start(), match.end(), signed) for match in re.finditer(re.escape(now), region.text)]
    for way in range(3):
        edits = region.edits(swaps, way)
        if not edits:
            return
        shown = change(kind, edits[0].start, edits[-1].end, count=len(swaps), encoding=region.encoding or "none")
        yield Undo(edits, (shown,), is_base=way == 0)
        if not region.encoding:
            return


def _unexpanded(draft: Draft) -> Iterator[Undo]:
    """Tabs that became blanks up to the next column of 8 or 4."""
    if b"  " not in draft.body or len(draft.body) > _TABS_OCTETS:
        return
    for width in (8, 4):
        for least in (2, 1):
            edits = list(_stops(draft.body, width, least))
            if edits:
                yield replaced(draft, "tabs-lost", edits, width=width)


def _stops(body: bytes, width: int, least: int) -> Iterator[Edit]:
    """Runs of blanks that end at a column stop, as the tabs they may have been."""
    start = 0
    for line in body.split(CRLF):
        moved = 0  # what earlier tabs of the line hide does not count: columns are those of the expanded line
        for run in re.finditer(rb" +", line):
            low, high = run.start() + moved, run.end() + moved
            if high % width == 0 and high - low >= least:
                tabs = high // width - low // width
                yield Edit(start + run.start(), start + run.end(), b"\t" * tabs)
        start += len(line) + 2


def _flowed(draft: Draft) -> Iterator[Undo]:
    """Blanks at the ends of flowed lines (RFC 3676 4.1): lines that go on in the next one had one."""
    if draft.body.count(CRLF) > _MOST_LINES:
        return
    lines = draft.body.split(CRLF)
    longest = max(map(len, lines), default=0)
    for width in dict.fromkeys((longest + 1, 72, 76, 78, 66, 0)):
        edits = list(_soft(lines, width))
        if edits:
            yield replaced(draft, "blanks-trimmed", edits)


def _soft(lines: list[bytes], width: int) -> Iterator[Edit]:
    at = 0
    for line, following in pairwise(lines):
        at += len(line)
        is_soft = bool(line) and bool(following) and len(line) + 1 + len(following.partition(b" ")[0]) > width
        if line == b"--" or (is_soft and not line.startswith(b"--") and not following.startswith(b"--")):
            yield Edit(at, at, b" ")
        at += 2
