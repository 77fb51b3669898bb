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
    if len(edit.before) == len(edit.after) == 1:
        yield from _compared(edit.before[0], edit.after[0])
        return
    stays = set(edit.before) & set(edit.after)
    for text in edit.before:
        yield (("same" if text in stays else "remove", harmless(text)),)
    for text in edit.after:
        if text not in stays:
            yield (("add", harmless(text)),)


def _compared(before: str, after: str) -> Iterator[tuple[Piece, ...]]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > _MOST_PIECES:
        yield (("remove", harmless(before)),)
        yield (("add", harmless(after)),)
        return
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(("remove", "".join(old[a:b])))
        if d > c:
            pieces.append(("add", "".join(new[c:d])))
    yield tuple((kind, harmless(text)) for kind, text in pieces)
