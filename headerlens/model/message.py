"""A message as it was handed over: octets, header fields with their offsets, addresses and hops (RFC 5322)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from headerlens.model.records import ArcSet, DkimSignature, Fault, ReceivedSpf, RecordedField


class SourceKind(StrEnum):
    """What the person handed over; it decides how far a failing hash may be blamed on the sender."""

    EML = "eml"
    PASTE = "paste"
    GMAIL_PAGE = "gmail-page"
    OUTLOOK_HEADERS = "outlook-headers"
    EMLX = "emlx"
    MBOX = "mbox"
    MSG = "msg"
    """Outlook's own format: the headers are kept as they came, the body was converted."""
    ATTACHED = "attached"
    """A mail that came inside another one."""


class BodyState(StrEnum):
    """Whether the body at hand can be the body that was signed."""

    COMPLETE = "complete"
    MISSING = "missing"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Repair:
    """One change intake made to the octets it was given, named so that it can be shown and undone.

    `id` is a catalogue id (`repair.line-ends`); `count` is how many places were changed.
    """

    id: str
    count: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RawMessage:
    """The octets every later room works on: CRLF line ends, the first octet belongs to the first field.

    `original` holds what was handed over when a repair changed it, else None. `inside` names what the message was taken
    out of, outermost first. `body_kept` is false where the source keeps no body, or only a part of it. `page_rows` are
    method and result as Gmail's page above the source showed them, such as ("spf", "pass 192.0.2.1").
    """

    octets: bytes = field(repr=False)
    name: str
    kind: SourceKind = SourceKind.EML
    repairs: tuple[Repair, ...] = ()
    original: bytes | None = field(default=None, repr=False)
    inside: tuple[str, ...] = ()
    body_kept: bool = True
    page_rows: tuple[tuple[str, str], ...] = ()
    copied: bool = False
    """Whether it was taken out of a mail that came over a clipboard, which may have changed the octets."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an input cannot be taken as a message.

    `id` is a catalogue id (`refusal.empty`); `params` fill its texts. `unreadable` tells a file that could not be
    read (exit status 66) from one that is not a mail (65).
    """

    id: str
    params: tuple[tuple[str, str], ...] = ()
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One field of the header, `raw` exactly as it stands in `RawMessage.octets[start:end]`, final CRLF included.

    `name` keeps its spelling; compare with `key`. `value` is unfolded, trimmed and decoded as UTF-8 (else as raw
    Japanese where that gives Japanese words, else Latin-1), MIME words left as they are. `value_start` is the offset of
    the octet after the colon.
    """

    index: int
    name: str
    raw: bytes
    value: str
    start: int
    value_start: int
    end: int

    @property
    def key(self) -> str:
        """The name in lower case."""
        return self.name.lower()

    @property
    def body(self) -> bytes:
        """Everything after the colon, folds and final CRLF included; offsets into it are `value_start` + n."""
        return self.raw[self.value_start - self.start :]


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox (RFC 5322 3.4).

    `domain` holds A-labels in lower case without a final dot, or "" where there is none or it is a literal;
    `domain_written` is the domain as written. `display` is decoded and may say anything.
    """

    display: str
    local: str
    domain: str
    domain_written: str
    start: int = 0
    end: int = 0

    @property
    def address(self) -> str:
        """The mailbox as a person writes it."""
        return f"{self.local}@{self.domain_written}" if self.domain_written else self.local


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received field (RFC 5321 4.4), as claimed by whoever wrote it. Unknown is None.

    `helo` is the word after "from", `rdns` the name inside the brackets, `by` the writing host, `ip` in canonical
    text form without brackets or "IPv6:". `internal` is true for loopback, RFC 1918/4193 and link-local addresses.
    `has_client` is true where a from clause speaks of a client, readable or not.
    """

    field_index: int
    helo: str | None
    rdns: str | None
    ip: str | None
    by: str | None
    protocol: str | None
    tls: str | None
    envelope_from: str | None
    time: datetime | None
    internal: bool = False
    has_client: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A parsed message. `fields` stand in the order of the octets; `hops` likewise, so the newest hop is first.

    `body_start` is the offset of the first body octet, or None when no blank line ends the header.
    `from_fields` are the indexes of the From fields; `author` the mailboxes of all of them together.
    `return_path` is "" for the null reverse path and None when there is no such field.
    """

    raw: RawMessage
    fields: tuple[HeaderField, ...]
    body_start: int | None
    from_fields: tuple[int, ...]
    author: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    date: datetime | None
    message_id: str | None
    return_path: str | None
    hops: tuple[Hop, ...]
    signatures: tuple[DkimSignature, ...]
    arc: tuple[ArcSet, ...]
    recorded: tuple[RecordedField, ...]
    received_spf: tuple[ReceivedSpf, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def body(self) -> bytes:
        """The body octets, empty when there are none."""
        return b"" if self.body_start is None else self.raw.octets[self.body_start :]

    @property
    def shown_author(self) -> Address | None:
        """The mailbox that stands for the mail in a line of text: the first with a domain, else the first."""
        return next((one for one in self.author if one.domain), self.author[0] if self.author else None)
