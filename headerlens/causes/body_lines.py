"""Lines that mailers escape, fold, double or drop on the way (RFC 4155, RFC 5321 4.5.2, RFC 3676)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from headerlens.causes.body_draft import Draft, Undo, change, readable
from headerlens.causes.body_edits import Edit

CRLF = b"\r\n"
_MOST = 10_000
_ONE_BY_ONE = 8
_BASES = frozenset({"from-escaped", "dots-doubled", "carriage-returns"})
_BOUND = 998
_ALONE = {"lines-doubled": "blank-lines", "lines-halved": "blank-lines"}
"""What a kind is called where it happened in one place only."""

_PREAMBLES = tuple(
    text + end
    for text in (
        b"This is a multi-part message in MIME format.\r\n",
        b"This is a multi-part message in MIME format\r\n",
        b"This is a MIME-encapsulated message\r\n",
        b"This is a cryptographically signed message in MIME format.\r\n",
    )
    for end in (b"", CRLF)
)

_ESCAPED = (
    ("from-escaped", re.compile(rb"^>(?=From )", re.MULTILINE), b""),
    ("from-escaped", re.compile(rb"^>(?=>*From )", re.MULTILINE), b""),
    ("from-unescaped", re.compile(rb"^(?=From )", re.MULTILINE), b">"),
    ("from-unescaped", re.compile(rb"^(?=>*From )", re.MULTILINE), b">"),
    ("dots-doubled", re.compile(rb"^\.(?=\.)", re.MULTILINE), b""),
    ("dots-lost", re.compile(rb"^(?=\.)", re.MULTILINE), b"."),
    ("carriage-returns", re.compile(rb"\r(?!\n)"), b""),
    ("carriage-returns", re.compile(rb"\r(?!\n)"), CRLF),
    ("lines-doubled", re.compile(rb"\r\n\r\n"), CRLF),
    ("lines-doubled", re.compile(rb"(?<=\r\n)\r\n(?!\r\n)"), b""),
    ("lines-halved", re.compile(rb"\r\n"), CRLF + CRLF),
    ("line-folded", re.compile(rb"!\r\n "), b""),
    ("line-folded", re.compile(rb"\r\n (?=[^ \r\n])"), b""),
)


def relined(draft: Draft) -> Iterator[Undo]:
    """Escapes, line ends, blank lines and folds."""
    for kind, pattern, signed in _ESCAPED:
        yield from substitutions(draft, kind, pattern, signed)
    yield from _blank_lines(draft)
    yield from _refolded(draft)
    if draft.tree.is_multipart:
        yield from (
            Undo((Edit(0, 0, text),), (change("preamble-lost", 0, 0, signed=readable(text)),)) for text in _PREAMBLES
        )


def substitutions(draft: Draft, kind: str, pattern: re.Pattern[bytes], signed: bytes) -> Iterator[Undo]:
    """Every match replaced; then, where there are few, each alone."""
    edits = []
    for match in pattern.finditer(draft.body):
        edits.append(Edit(match.start(), match.end(), signed))
        if len(edits) > _MOST:
            return
    if edits:
        yield replaced(draft, kind, edits)
    if 1 < len(edits) <= _ONE_BY_ONE:
        yield from (replaced(draft, _ALONE.get(kind, kind), [edit]) for edit in edits)


def replaced(draft: Draft, kind: str, edits: Iterable[Edit], **params: str | int) -> Undo:
    """The edits as one change that tells how many places there are."""
    made = tuple(edits)
    start, end = made[0].start, made[-1].end
    one = made[0]
    shown = change(
        kind,
        start,
        end,
        signed=readable(_line(draft.body, one, one.signed)),
        now=readable(_line(draft.body, one, draft.body[one.start : one.end])),
        measures={"count": len(made), **params},
    )
    return Undo(made, (shown,), is_base=kind in _BASES)


def _line(body: bytes, edit: Edit, middle: bytes) -> bytes:
    """The line of the first place, with something in its middle."""
    low = max(body.rfind(CRLF, 0, edit.start) + 2 if CRLF in body[: edit.start] else 0, edit.start - 200)
    high = body.find(CRLF, edit.end)
    return body[low : edit.start] + middle + body[edit.end : min(high if high >= 0 else len(body), edit.end + 200)]


def _blank_lines(draft: Draft) -> Iterator[Undo]:
    """Empty lines lost at the start, at the end and before delimiters, or put there."""
    body = draft.body
    for count in (1, 2, 3):
        yield _blanks(0, 0, CRLF * count)
        end = len(body)
        yield _blanks(end, end, CRLF * count if body.endswith(CRLF) else CRLF * (count + 1))
    boundary = draft.tree.boundary
    if boundary:
        before = re.compile(rb"(?<=\r\n)(?=--" + re.escape(boundary) + rb"(?:--)?[ \t]*\r\n)")
        yield from substitutions(draft, "blank-lines", before, CRLF)
        one_less = re.compile(rb"\r\n(?=\r\n--" + re.escape(boundary) + rb")")
        yield from substitutions(draft, "blank-lines", one_less, b"")


def _blanks(start: int, end: int, signed: bytes) -> Undo:
    return Undo((Edit(start, end, signed),), (change("blank-lines", start, end, count=signed.count(CRLF)),))


def _refolded(draft: Draft) -> Iterator[Undo]:
    """Long lines cut at a width: joined again where the next word would not have fitted."""
    if draft.body.count(CRLF) > _MOST:
        return
    lines = draft.body.split(CRLF)
    longest = max(map(len, lines), default=0)
    for width in dict.fromkeys((longest, 72, 76, 78, 80)):
        if not 20 < width <= _BOUND or longest > width:
            continue
        for glue in (b" ", b""):
            edits = list(_joints(lines, width, glue))
            if edits:
                yield replaced(draft, "lines-wrapped", edits, width=width)


def _joints(lines: list[bytes], width: int, glue: bytes) -> Iterator[Edit]:
    at = 0
    for line, following in pairwise(lines):
        at += len(line) + 2
        word = following.partition(b" ")[0]
        is_full = len(line) + 1 + len(word) > width if glue else len(line) == width
        if line.strip() and following.strip() and is_full:
            yield Edit(at - 2, at, glue)
