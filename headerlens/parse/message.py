"""Puts a message together from its fields: authors, hops, signatures and recorded results (RFC 5322 3.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter

from headerlens.model.limits import (
    MAX_ADDRESSES,
    MAX_HOPS,
    MAX_RECORDED_FIELDS,
    MAX_SIGNATURES_SHOWN,
    MAX_STRUCTURED_OCTETS,
)
from headerlens.model.message import Address, HeaderField, Message, RawMessage
from headerlens.model.records import Fault
from headerlens.parse.address import parse_addresses
from headerlens.parse.arc import parse_arc
from headerlens.parse.authors import hidden_authors, repaired_authors
from headerlens.parse.authres import parse_received_spf, parse_recorded
from headerlens.parse.dates import parse_date
from headerlens.parse.dkim import parse_signature
from headerlens.parse.encoded_words import decode_text
from headerlens.parse.header import split_fields, unfold
from headerlens.parse.names import to_ascii
from headerlens.parse.received import parse_received

_RECORDED = frozenset(
    {"authentication-results", "x-original-authentication-results", "authentication-results-original"}
)
_ONCE = frozenset(
    {
        "from",
        "sender",
        "reply-to",
        "to",
        "cc",
        "bcc",
        "message-id",
        "in-reply-to",
        "references",
        "subject",
        "date",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
    }
)
_STRUCTURED = frozenset({"from", "reply-to", "sender", "received", "date", "return-path"})
_CHARSET = re.compile(rb"charset[ \t]*=[ \t\r\n\"']*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_FIRST_PARTS = 32 * 1024
_ANGLE = re.compile(r"<\s*([^<>]*?)\s*>")
_SIGNER = re.compile(r"(?:^|;)[ \t\r\n]*d[ \t\r\n]*=[ \t\r\n]*([^;\s]{1,253})")
_MESSAGE_ID = re.compile(r"<[^<>]*>")

_Index = dict[str, list[HeaderField]]


def parse(raw: RawMessage) -> Message:
    """The message in these octets. Never raises: what does not fit the grammar is a fault, here or in a record.

    Of fields that may stand once only, the topmost counts (all of them for From); of too many signatures those of
    the sender's own name, then the topmost. `subject` is decoded, `message_id` keeps its brackets. Faults here,
    beside those of `split_fields`: "duplicate-field" and "missing-field" (detail: the name; RFC 5322 3.6),
    "field-too-long", "too-many-addresses", and "many-signatures", "many-hops", "many-recorded-fields",
    "many-received-spf" (detail: how many there are).
    """
    fields, body_start, line_faults = split_fields(raw.octets)
    index = _by_name(fields)
    faults = [*line_faults, *_field_faults(index)]
    charset = _charset(raw.octets, index, body_start)
    author = _mailboxes(index.get("from", ()), charset, faults)
    author += hidden_authors(raw.octets, fields, line_faults, author)
    author += repaired_authors(raw, author)
    recorded = [field for field in fields if field.key in _RECORDED]
    return Message(
        raw=raw,
        fields=fields,
        body_start=body_start,
        from_fields=tuple(field.index for field in index.get("from", ())),
        author=author,
        reply_to=_mailboxes(index.get("reply-to", ()), charset, faults),
        subject=_subject(index, charset),
        date=_date(index),
        message_id=_message_id(index),
        return_path=_return_path(index),
        hops=tuple(map(parse_received, _first(index.get("received", []), MAX_HOPS, "many-hops", faults))),
        signatures=tuple(map(parse_signature, _signatures(index.get("dkim-signature", []), author, faults))),
        arc=parse_arc(fields),
        recorded=tuple(map(parse_recorded, _first(recorded, MAX_RECORDED_FIELDS, "many-recorded-fields", faults))),
        received_spf=tuple(
            parse_received_spf(field)
            for field in _first(index.get("received-spf", []), MAX_RECORDED_FIELDS, "many-received-spf", faults)
        ),
        faults=tuple(sorted(faults, key=attrgetter("start"))),
    )


def _by_name(fields: Iterable[HeaderField]) -> _Index:
    """The fields of each name, in lower case, topmost first."""
    index: _Index = {}
    for field in fields:
        index.setdefault(field.key, []).append(field)
    return index


def _field_faults(index: _Index) -> Iterable[Fault]:
    """What is wrong with the set of fields as such."""
    for name in ("Date", "From"):
        if name.lower() not in index:
            yield Fault("missing-field", name)
    for name in sorted(_ONCE & index.keys()):
        for field in index[name][1:]:
            yield Fault("duplicate-field", field.name, field.start, field.end)
    for name in sorted(_STRUCTURED & index.keys()):
        for field in index[name]:
            if field.end - field.value_start > MAX_STRUCTURED_OCTETS:
                yield Fault("field-too-long", field.name, field.start, field.end)


def _first(fields: list[HeaderField], limit: int, code: str, faults: list[Fault]) -> list[HeaderField]:
    """The topmost fields up to a limit; a fault tells how many there are in all."""
    if len(fields) > limit:
        faults.append(Fault(code, str(len(fields)), fields[limit].start, fields[-1].end))
    return fields[:limit]


def _signatures(fields: list[HeaderField], author: tuple[Address, ...], faults: list[Fault]) -> Iterable[HeaderField]:
    """The signatures to look at, in the order of the header: those of the sender's own name before any other.

    Otherwise worthless signatures on top, which anybody may add, would push out the one that decides.
    """
    if len(fields) <= MAX_SIGNATURES_SHOWN:
        return fields
    domains = frozenset(address.domain for address in author if address.domain)
    above = frozenset(name for domain in domains for name in _upwards(domain))
    ranked = sorted(fields, key=lambda field: not _is_own(field, domains, above))
    kept = {field.index for field in ranked[:MAX_SIGNATURES_SHOWN]}
    left = [field for field in fields if field.index not in kept]
    faults.append(Fault("many-signatures", str(len(fields)), left[0].start, left[-1].end))
    return [field for field in fields if field.index in kept]


def _is_own(field: HeaderField, domains: frozenset[str], above: frozenset[str]) -> bool:
    """Whether d= is one of `domains`, of the names `above` them, or below one.

    Read by one search and looked up in sets: a hostile header has thousands of fields and of senders.
    """
    found = _SIGNER.search(field.value[:MAX_STRUCTURED_OCTETS])
    signer = to_ascii(found[1]) if found else None
    return signer is not None and (signer in above or not domains.isdisjoint(_upwards(signer)))


def _upwards(domain: str) -> list[str]:
    """The name itself and those above it."""
    parts = domain.split(".")
    return [".".join(parts[start:]) for start in range(len(parts))]


def _mailboxes(fields: Iterable[HeaderField], charset: str, faults: list[Fault]) -> tuple[Address, ...]:
    """The mailboxes of all these fields together."""
    found: list[Address] = []
    for field in fields:
        found.extend(parse_addresses(field, charset))
        if len(found) >= MAX_ADDRESSES:
            faults.append(Fault("too-many-addresses", field.name, field.start, field.end))
            return tuple(found[:MAX_ADDRESSES])
    return tuple(found)


def _top(index: _Index, name: str) -> HeaderField | None:
    """The topmost field of a name."""
    return next(iter(index.get(name, ())), None)


def _subject(index: _Index, charset: str) -> str:
    """The topmost Subject as text, "" without one."""
    field = _top(index, "subject")
    return decode_text(unfold(field.body), charset) if field else ""


def _charset(octets: bytes, index: _Index, body_start: int | None) -> str:
    """The charset of the text, by which raw 8-bit headers were written as well; "" where none is named."""
    field = _top(index, "content-type")
    written = b"" if field is None else field.body[:MAX_STRUCTURED_OCTETS]
    if b"multipart" in written.lower() and body_start is not None:
        written += octets[body_start : body_start + _FIRST_PARTS]
    found = _CHARSET.search(written)
    return found[1].decode("ascii").lower() if found else ""


def _date(index: _Index) -> datetime | None:
    """The topmost Date."""
    field = _top(index, "date")
    return parse_date(field.value) if field else None


def _message_id(index: _Index) -> str | None:
    """The topmost Message-ID with its brackets, or all of the value when it has none; None when empty."""
    field = _top(index, "message-id")
    if field is None:
        return None
    found = _MESSAGE_ID.search(field.value)
    return found[0] if found else field.value or None


def _return_path(index: _Index) -> str | None:
    """The topmost reverse path without brackets (Microsoft writes none); "" for "<>"."""
    field = _top(index, "return-path")
    if field is None:
        return None
    found = _ANGLE.search(field.value[:MAX_STRUCTURED_OCTETS])
    return found[1] if found else field.value
