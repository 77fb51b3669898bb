"""A proved combination of edits as changes for people: where, what stands there, what was signed (bounded)."""

from __future__ import annotations

from collections.abc import Iterable

from headerlens.causes.header_options import Edit
from headerlens.causes.header_readings import Mark
from headerlens.causes.header_words import text_of
from headerlens.model.causes import Change, Part
from headerlens.model.limits import CAUSE_SHOWN
from headerlens.model.message import Message


def changes_of(message: Message, edits: Iterable[Edit]) -> tuple[Change, ...]:
    """One change per thing done to a field, in the order of the header; fields that are gone come last."""
    made = [change for edit in edits for change in _changes(message, edit)]
    return tuple(sorted(made, key=lambda change: (change.start, change.end)))


def _changes(message: Message, edit: Edit) -> list[Change]:
    if edit.index is None:
        name = (edit.raw or b"").partition(b":")[0].decode("ascii", "replace")
        end = message.fields[-1].end if message.fields else 0
        return [_change(mark, (end, end), _text(edit.raw), "", name) for mark in edit.marks]
    field = message.fields[edit.index]
    if edit.raw is None:
        return [_change(mark, (field.start, field.end), "", _text(field.raw), field.name) for mark in edit.marks]
    now, signed = _text(field.raw), _text(edit.raw)
    return [_change(mark, (field.value_start, field.end), signed, now, field.name) for mark in edit.marks]


def _change(mark: Mark, place: tuple[int, int], signed: str, now: str, name: str) -> Change:
    return Change(mark.kind, Part.HEADER, *place, signed, now, name, mark.params)


def _text(raw: bytes | None) -> str:
    """The value for reading: decoded, unfolded, cut."""
    body = (raw or b"").partition(b":")[2]
    return text_of(body[: 4 * CAUSE_SHOWN])[:CAUSE_SHOWN]
