"""The mails inside a mail: forwarded as attachment, in a digest, in an abuse report (RFC 5965) or a bounce (RFC 3464).

Each is taken out octet for octet where it is not encoded, else decoded; nothing is ever written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from headerlens.intake.blocks import begins_mail
from headerlens.intake.files import read_octets
from headerlens.intake.msg import Enclosed, enclosed_in, enclosed_message, is_msg, read_msg
from headerlens.intake.repair.line_ends import with_crlf
from headerlens.model.limits import MAX_ATTACHED, MAX_MIME_DEPTH
from headerlens.model.message import RawMessage, Refusal, SourceKind
from headerlens.parse.encoded_words import decode_text
from headerlens.parse.header import unfold
from headerlens.parse.mime import HEADER_TYPES, MAIL_TYPES, Part, decode_body, each, walk
from headerlens.parse.quoted_mail import quoted_mail
from headerlens.parse.reports import Report, role_of
from headerlens.parse.wrapper import shows_nothing


class Extent(StrEnum):
    """How much of the mail is there."""

    FULL = "full"
    HEADERS = "headers"
    """Its header only, or a body that was cut or converted."""


class How(StrEnum):
    """In what role the mail stands in the other one."""

    FORWARDED = "forwarded"
    REPORT = "report"
    BOUNCE = "bounce"
    DIGEST = "digest"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Attached:
    """A mail inside a mail. `start` and `end` are offsets of what holds it, encoded or not, into the outer octets.

    `subject`, `sender` and `name` (the file name) are for the eye, short, as written by whoever wrote them.
    """

    index: int
    kind: Extent
    how: How
    subject: str
    sender: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mail stands: in a part, behind the first `skip` octets of its decoded body."""

    part: Part
    how: How
    extent: Extent
    skip: int = 0
    is_msg: bool = False

    @property
    def is_encoded(self) -> bool:
        """Whether its octets do not stand in the outer mail as they are."""
        return self.part.encoding in {"base64", "quoted-printable"}

    def octets(self, source: bytes) -> bytes:
        """All of the mail."""
        return decode_body(source, self.part)[self.skip :]

    def head(self, source: bytes) -> bytes:
        """The first octets, without decoding the rest."""
        part = self.part
        return decode_body(source, replace(part, end=min(part.end, part.body_start + self.skip + _HEAD_OCTETS)))[
            self.skip :
        ]


_COPIED = frozenset({SourceKind.PASTE, SourceKind.GMAIL_PAGE})
_HEAD_OCTETS = 128 * 1024
_SHORT = 200
_MAIL_NAMES = (".eml", ".emlx", ".mail", ".mbox", ".nws")
_MSG_TYPES = frozenset({"application/vnd.ms-outlook", "application/msoutlook", "application/x-msg"})
_UNTYPED = frozenset({"application/octet-stream", "application/eml", "application/x-eml", "text/x-eml"})
_REPORTS = {Report.FEEDBACK: How.REPORT, Report.BOUNCE: How.BOUNCE, Report.RECEIPT: How.RECEIPT}
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_IN_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?(?:\d{1,12}[ \t]*\r?\n)?(?:[ \t]*\r?\n)*+(?:>?From [^\r\n]*+\r?\n)?")
_SHOWN_FIELD = re.compile(rb"^(subject|from)[ \t]*:([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.MULTILINE | re.IGNORECASE)


def attached_in(raw: RawMessage) -> tuple[Attached, ...]:
    """The mails that stand directly in this one, in their order; what those contain is found by opening them.

    A part counts by its type, or by its file name or lack of a type when a mail begins with its octets; without any,
    a mail that a bounce quotes in its text. Of Outlook's .msg, the mails attached there (`start` and `end` are 0). At
    most `MAX_ATTACHED`, and none where mails were opened too deep.
    """
    if raw.kind is SourceKind.MSG:
        return tuple(_listed(index, inner) for index, inner in enumerate(enclosed_in(raw.original or b"")))
    return tuple(_described(index, place, raw.octets) for index, place in enumerate(_places(raw)))


def open_attached(raw: RawMessage, index: int) -> RawMessage | Refusal:
    """The mail with this number, its kind ATTACHED and the outer one's name added to `inside`.

    Repairs made on the outer one are kept: they changed these octets too. A refusal where the number is not there or
    the attachment, such as one in Outlook's format, gives no mail.
    """
    if raw.kind is SourceKind.MSG:
        return _open_in_msg(raw, index)
    places = _places(raw)
    if not 0 <= index < len(places):
        return Refusal("refusal.not-mail", (("name", raw.name),))
    place = places[index]
    name = _name(_described(index, place, raw.octets), raw)
    found = _read(place, raw.octets, name)
    if isinstance(found, Refusal):
        return found
    original = raw.original if raw.repairs else found.original
    return replace(
        found,
        kind=SourceKind.ATTACHED,
        repairs=(*raw.repairs, *found.repairs),
        original=original,
        inside=(*raw.inside, raw.name),
        body_kept=found.body_kept and place.extent is Extent.FULL,
        copied=raw.copied or raw.kind in _COPIED,
    )


def preferred(raw: RawMessage) -> int | None:
    """Which attached mail is checked when nobody has chosen; None for the mail itself.

    Whoever wraps a genuine mail into his own must not get his own one judged by it. So the attached one is taken only
    where it is the only one and the outer one shows its reader nothing besides: all its text blank, no picture, no
    other attachment. An abuse report has a text, which anybody can write: there, too, the attached one is only offered.
    """
    places = () if raw.kind is SourceKind.MSG else _places(raw)  # the text of a .msg was converted: not to be judged
    if len(places) != 1 or places[0].how is not How.FORWARDED:
        return None
    return 0 if shows_nothing(raw.octets, walk(raw.octets), places[0].part) else None


def _places(raw: RawMessage) -> tuple[_Place, ...]:
    """All mails directly inside."""
    if len(raw.inside) >= MAX_MIME_DEPTH:
        return ()
    root = walk(raw.octets)
    found = tuple(_structural(raw.octets, root))
    return found or tuple(_in_text(raw.octets, root))


def _structural(octets: bytes, root: Part) -> Iterator[_Place]:
    """Parts that are mails, in order; the mails themselves are not entered."""
    waiting = [(root, How.FORWARDED)]
    count = 0
    while waiting and count < MAX_ATTACHED:
        part, how = waiting.pop()
        if part.parts:
            inner = _role(part) or how
            waiting.extend((child, inner) for child in reversed(part.parts))
        elif place := _place(octets, part, how):
            count += 1
            yield place


def _role(part: Part) -> How | None:
    """In what role a multipart holds a mail, None where it says nothing about it."""
    if part.content_type == "multipart/digest":
        return How.DIGEST
    report = role_of(part)
    return _REPORTS.get(report) if report else None


def _place(octets: bytes, part: Part, how: How) -> _Place | None:
    """The mail that a part without parts holds."""
    name = part.filename.lower()
    if part.content_type in MAIL_TYPES or part.content_type in HEADER_TYPES:
        place = _Place(part, how, Extent.FULL)
        head = place.head(octets)
        if not _FIELD.match(head, _start(head)):
            return None
        has_body = part.content_type in MAIL_TYPES and _has_body(head, how)
        return place if has_body else replace(place, extent=Extent.HEADERS)
    if part.is_multipart:
        return None
    if name.endswith(".msg") or part.content_type in _MSG_TYPES:
        place = _Place(part, how, Extent.HEADERS, is_msg=True)
        return place if is_msg(place.head(octets)) else None
    if part.content_type in _UNTYPED or name.endswith(_MAIL_NAMES):
        place = _Place(part, how, Extent.FULL)
        head = place.head(octets)
        return place if begins_mail(head, _start(head)) else None
    return None


def _in_text(octets: bytes, root: Part) -> Iterator[_Place]:
    """A mail that a bounce quotes in its first text part."""
    text = next((part for part in each(root) if part.content_type == "text/plain"), None)
    found = quoted_mail(decode_body(octets, text)) if text else None
    if text and found:
        place = _Place(text, How.BOUNCE, Extent.FULL, skip=found.start)
        is_whole = found.is_whole and _has_body(place.head(octets), How.BOUNCE)
        yield place if is_whole else replace(place, extent=Extent.HEADERS)


def _start(head: bytes) -> int:
    """Where the header begins, past a mark, the count of an .emlx, empty lines and the line of an mbox."""
    found = _IN_FRONT.match(head)
    return found.end() if found else 0


def _has_body(head: bytes, how: How) -> bool:
    """Whether a body follows the header; an empty one in a report was left out, elsewhere it may have been sent so."""
    end = _EMPTY_LINE.search(head)
    if end is None:
        return len(head) >= _HEAD_OCTETS
    return how in {How.FORWARDED, How.DIGEST} or bool(head[end.end() :].strip(b"\r\n"))


def _described(index: int, place: _Place, octets: bytes) -> Attached:
    """What the list shows of a mail."""
    shown = {} if place.is_msg else _shown(place.head(octets))
    return Attached(
        index=index,
        kind=place.extent,
        how=place.how,
        subject=shown.get("subject", ""),
        sender=shown.get("from", ""),
        name=place.part.filename,
        start=place.part.body_start + (0 if place.is_encoded else place.skip),
        end=place.part.end,
    )


def _shown(head: bytes) -> dict[str, str]:
    """Subject and From of a header, short."""
    shown: dict[str, str] = {}
    end = _EMPTY_LINE.search(head, _start(head))
    for found in _SHOWN_FIELD.finditer(head, 0, end.start() + 1 if end else len(head)):
        name = found[1].decode("ascii").lower()
        shown.setdefault(name, decode_text(unfold(found[2][: 10 * _SHORT]))[:_SHORT])
    return shown


def _listed(index: int, inner: Enclosed) -> Attached:
    """What the list shows of a mail in Outlook's format."""
    shown = _shown(inner.octets[:_HEAD_OCTETS])
    extent = Extent.FULL if inner.is_whole else Extent.HEADERS
    return Attached(
        index, extent, How.FORWARDED, shown.get("subject", ""), shown.get("from", ""), inner.name[:_SHORT], 0, 0
    )


def _open_in_msg(raw: RawMessage, index: int) -> RawMessage | Refusal:
    """A mail attached to a message in Outlook's format."""
    enclosed = enclosed_in(raw.original or b"")
    if not 0 <= index < len(enclosed):
        return Refusal("refusal.not-mail", (("name", raw.name),))
    found = enclosed_message(enclosed[index], raw.original or b"")
    name = _name(_listed(index, enclosed[index]), raw)
    return replace(found, name=name, kind=SourceKind.ATTACHED, inside=(*raw.inside, raw.name))


def _name(one: Attached, raw: RawMessage) -> str:
    """What the mail is called: its file name, its subject, or its number in the outer one."""
    return one.name or one.subject.strip() or f"{raw.name} #{one.index + 1}"


def _read(place: _Place, source: bytes, name: str) -> RawMessage | Refusal:
    """The mail as a message of its own."""
    octets = place.octets(source)
    if place.is_msg:
        return read_msg(octets, name)
    if not _FIELD.match(octets):  # something stands in front of it, as in a file
        return read_octets(octets, name)
    # what is a mail already is taken as it is: repairs that search would find some other mail in its text
    repaired = with_crlf(octets) if place.is_encoded else None
    if repaired is None:
        return RawMessage(octets, name)
    return RawMessage(repaired[0], name, repairs=(repaired[1],), original=octets)
