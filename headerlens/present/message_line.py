"""The line above the verdict: who, what, when, and what kind of copy this is (interface.md 4.3)."""

from __future__ import annotations

from datetime import tzinfo

from headerlens.model.case import Case
from headerlens.model.message import BodyState, Message, RawMessage, SourceKind
from headerlens.present.harmless import harmless
from headerlens.present.views import MessageLine, Tone
from headerlens.present.words import Words
from headerlens.verify.body import is_copied

_MAX_LINE = 300
"""Characters of a subject or display name: more never fits a line."""

_TONES = {"complete": Tone.UNKNOWN, "pasted": Tone.WARN, "headers": Tone.WARN, "converted": Tone.WARN}


def present_line(case: Case, words: Words, zone: tzinfo | None = None) -> MessageLine:
    """The line of a finished check."""
    return line_of(case.message, case.body_state, words, zone)


def line_of(message: Message, body: BodyState, words: Words, zone: tzinfo | None = None) -> MessageLine:
    """The line in words; the address is what the message claims, the display name stands in quotes."""
    author = message.shown_author
    display = harmless(author.display, _MAX_LINE) if author is not None else ""
    pill = _pill(message, body)
    written = next((field.value for field in message.fields if field.key == "date"), "")
    return MessageLine(
        address=_address(message, words),
        display=words.phrase("name.quoted", {"name": display}, {"name": "ready"}) if display else "",
        subject=harmless(message.subject, _MAX_LINE) or words.phrase("line.no-subject"),
        date=words.moment(message.date, zone) if message.date is not None else words.phrase("line.no-date"),
        date_written=harmless(written, _MAX_LINE),
        source_name=_source_name(message.raw, words),
        pill=pill,
        pill_text=words.phrase(f"pill.{pill}"),
        pill_tone=_TONES[pill],
    )


def _address(message: Message, words: Words) -> str:
    """The address as claimed; where there are several, that there are."""
    author, more = message.shown_author, len(message.author) - 1
    if author is None:
        return words.phrase("line.no-sender")
    address = harmless(author.address, _MAX_LINE)
    if more < 1:
        return address
    return words.phrase("line.more-senders", {"address": address, "n": more}, {"address": "ready"})


def pill_of(case: Case) -> str:
    """Which pill: "converted", "headers", "pasted" or "complete"."""
    return _pill(case.message, case.body_state)


def _source_name(raw: RawMessage, words: Words) -> str:
    """What was handed over; a mail inside another one goes by the name of that one, its own is mostly its subject."""
    if raw.kind is SourceKind.ATTACHED and raw.inside:
        return words.phrase("line.attached", {"name": harmless(raw.inside[-1], _MAX_LINE)}, {"name": "ready"})
    return harmless(raw.name, _MAX_LINE)


def _pill(message: Message, body: BodyState) -> str:
    if message.raw.kind is SourceKind.MSG:
        return "converted"
    if body is BodyState.MISSING:
        return "headers"
    return "pasted" if is_copied(message) else "complete"
