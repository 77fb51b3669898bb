"""What of a mail's source is marked: what each signature covers, what is not believed, what was changed, and findings.

Everything is given as octets of the source, so that a view can find it whatever it shows. Pure values, no Qt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from headerlens.gui.source_text import visible
from headerlens.model.causes import Part

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.causes import Change
    from headerlens.model.findings import Where
    from headerlens.model.message import HeaderField, Message
    from headerlens.present.views import FindingView

SLOTS = 3
"""Signatures with a bar of their own; more would leave the gutter no room for the findings."""

MOST_MARKS = 60
"""Proved changes that are marked; a re-encoded mail has one per part, rewritten links one each."""

LONGEST_QUOTE = 300
"""Characters of the signed original in its line."""

MOST_DECODED = 2_000
"""Header fields whose encoded words are shown decoded."""


class Mark(NamedTuple):
    """A proved change: octets `start` to `end`, equal where something is gone; `what` is added, changed or removed.

    `signed` is what the signed original said, one harmless line, "" where there was nothing. `after` is the octet the
    line with it stands before.
    """

    start: int
    end: int
    what: str
    signed: str
    after: int


def covered(case: Case) -> dict[int, tuple[int, ...]]:
    """Signatures, counted from 0, that cover each header field; the first SLOTS signatures only."""
    slots: dict[int, tuple[int, ...]] = {}
    for slot, check in enumerate(case.dkim[:SLOTS]):
        for field in sorted({one.field_index for one in check.signed_fields if one.field_index is not None}):
            slots[field] = (*slots.get(field, ()), slot)
    return slots


def signers(case: Case) -> tuple[str, ...]:
    """The domains of the signatures that have a bar."""
    return tuple(visible(one.signature.domain or one.signature.domain_written) for one in case.dkim[:SLOTS])


def not_believed(case: Case) -> frozenset[int]:
    """Fields with recorded results that count for nothing."""
    from headerlens.model.verdicts import Trust

    return frozenset(one.field_index for one in case.trust if one.trust is Trust.UNTRUSTED)


def octets_of(message: Message, where: Where) -> tuple[int, int] | None:
    """The octets a place means: its whole header field, or a part of the body; None for a place of DNS."""
    field = _field_of(message, where)
    if field is not None:
        return field.start, field.end
    if where.start is None:
        return None
    start = min(where.start, len(message.raw.octets))
    return start, max(start, min(where.end or start, len(message.raw.octets)))


def places_of(message: Message, view: FindingView) -> tuple[tuple[int, int], ...]:
    """The octets a finding and its consequences point at, in the order they stand, each once."""
    wheres = [*view.where, *(place.where for place in view.places)]
    found = {octets for where in wheres if (octets := octets_of(message, where)) is not None}
    return tuple(sorted(found.union(*(places_of(message, one) for one in view.consequences))))


def decoded_fields(fields: Sequence[HeaderField]) -> Iterator[tuple[HeaderField, str]]:
    """Fields with encoded words (RFC 2047) and what these say."""
    from headerlens.parse.encoded_words import decode_words

    left = MOST_DECODED
    for field in fields:
        if "=?" in field.value and left:
            text = decode_words(field.value[: 4 * LONGEST_QUOTE])
            if text != field.value:
                left -= 1
                yield field, visible(text)


def marks_of(case: Case) -> tuple[Mark, ...]:
    """All proved changes, each once, in the order they stand."""
    changes = dict.fromkeys(change for cause in case.causes for change in cause.changes)
    marks = {mark: None for change in changes if (mark := _mark(case.message, change)) is not None}
    return tuple(sorted(marks))[:MOST_MARKS]


def _mark(message: Message, change: Change) -> Mark | None:
    octets = message.raw.octets
    start, end = min(change.start, len(octets)), min(change.end, len(octets))
    if start > end:
        return None
    signed = _quote(change)
    if change.part is Part.HEADER:
        field = next((one for one in message.fields if one.start <= start < one.end), None)
        after = field.end if field is not None and start < end else end
        first, last, what = _difference(octets, start, end, change)
        return Mark(first, last, what, signed, after)
    return Mark(start, end, _what(start, end, signed), signed, max(start, end))


def _what(start: int, end: int, signed: str) -> str:
    if start == end:
        return "removed"
    return "changed" if signed else "added"


def _quote(change: Change) -> str:
    text = " ".join(change.signed.split())
    if text and change.field:
        text = f"{change.field}: {text}"
    shown = visible(text[:LONGEST_QUOTE])
    return shown + "…" if len(text) > LONGEST_QUOTE else shown


def _difference(octets: bytes, start: int, end: int, change: Change) -> tuple[int, int, str]:
    """The octets of a field's value that the signed one did not have, where both are plain text on one line."""
    what = _what(start, end, change.signed)
    raw = octets[start:end]
    bare = raw.strip(b" \t\r\n")
    old = change.signed.strip().encode()
    if not bare or not old or b"\n" in bare or change.now.strip().encode() != bare:
        return start, end, what
    place = start + raw.index(bare)
    head = _common(bare, old)
    tail = _common(bare[head:][::-1], old[head:][::-1])
    # no cut inside a character
    while head and bare[head : head + 1] and 0x80 <= bare[head] < 0xC0:
        head -= 1
    while tail and 0x80 <= bare[len(bare) - tail] < 0xC0:
        tail -= 1
    first, last = place + head, place + len(bare) - tail
    if first >= last:
        return start, end, what
    return first, last, "added" if head + tail >= len(old) else what


def _common(one: bytes, other: bytes) -> int:
    """How many octets both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _field_of(message: Message, where: Where) -> HeaderField | None:
    if where.field_index is not None:
        return message.fields[where.field_index] if 0 <= where.field_index < len(message.fields) else None
    if where.start is None:
        return None
    return next((one for one in message.fields if one.start <= where.start < one.end), None)
