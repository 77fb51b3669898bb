"""A record as it is and as it should be, piece by piece, so that the eye finds what changes (interface.md 7.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from headerlens.model.findings import Finding, RecordEdit
from headerlens.present.harmless import harmless
from headerlens.present.views import RecordChange
from headerlens.present.words import Words

_PIECE = re.compile(r"[^\s;]+;?\s*|\s+|;\s*")
_MOST_PIECES = 400
"""Longer records are shown as a whole removed and a whole added: comparing costs the square."""

Piece = tuple[str, str]


def record_changes(finding: Finding, words: Words) -> tuple[RecordChange, ...]:
    """One block for each record to change, in order."""
    return tuple(_change(edit, words) for edit in finding.edits)


def _change(edit: RecordEdit, words: Words) -> RecordChange:
    copy = "\n".join(harmless(text) for text in edit.after)
    return RecordChange(_heading(edit, words), tuple(_lines(edit)), copy)


def _heading(edit: RecordEdit, words: Words) -> str:
    params = {"name": edit.name, "type": edit.rtype}
    if edit.condition:
        condition = words.phrase(edit.condition, dict(edit.params))
        return words.phrase("change.condition", {**params, "condition": condition}, {"condition": "ready"})
    return words.phrase("change.becomes" if edit.before else "change.published", params)


def _lines(edit: RecordEdit) -> Iterator[tuple[Piece, ...]]:
    """One line per record. Where one replaces one, their pieces are compared; otherwise whole records go and come."""
    before, after = (tuple(harmless(text) for text in texts) for texts in (edit.before, edit.after))
    if len(before) == len(after) == 1:
        yield from _compared(before[0], after[0])
        return
    for text in before:
        yield (("same" if text in after else "remove", text),)
    for text in after:
        if text not in before:
            yield (("add", text),)


def _compared(before: str, after: str) -> Iterator[tuple[Piece, ...]]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > _MOST_PIECES:
        yield (("remove", before),)
        yield (("add", after),)
        return
    yield tuple(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[a:b])
            continue
        if b > a:
            yield "remove", "".join(old[a:b])
        if d > c:
            yield "add", "".join(new[c:d])
