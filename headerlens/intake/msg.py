"""Outlook's .msg: the header as it came is kept in a MAPI property; the body was converted (MS-OXMSG 2.1, MS-CFB).

olefile follows whatever a file says of itself, so its sizes are held against the size of the file before it may.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

import olefile

from headerlens.intake.blocks import begins_mail
from headerlens.intake.repair.line_ends import with_crlf
from headerlens.model.limits import MAX_ATTACHED, MAX_HEADER_OCTETS, MAX_OLE_ENTRIES
from headerlens.model.message import RawMessage, Refusal, Repair, SourceKind

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<24xHHHHH6xLLL4xLLLLL")
_PROPERTIES = "__properties_version1.0"
_STREAM = "__substg1.0_"
_HEADERS = "007D"  # PidTagTransportMessageHeaders
_MESSAGE_CLASS = "001A"
_ATTACHED_NAMES = ("3707", "3704", "3001")  # long file name, file name, display name
_ATTACHMENT = "__attach_version1.0_"
_ATTACHED_OBJECT = "__substg1.0_3701000D"
_ATTACHED_DATA = "__substg1.0_37010102"
_TEMPLATE_CLASS = "0006F046-0000-0000-C000-000000000046"
_OLD_FIRST_LINE = b"microsoft mail internet headers version"
_MARKS = tuple(name.encode("utf-16-le") for name in (_STREAM, _PROPERTIES))
_MAX_NAME_OCTETS = 2_000

_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A mail that is attached to a .msg: its name, and all of it, or its header only (`is_whole` false)."""

    name: str
    octets: bytes
    is_whole: bool


def is_msg(octets: bytes) -> bool:
    """Whether this begins like Outlook's format, and like all old office documents."""
    return octets.startswith(_MAGIC)


def read_msg(octets: bytes, name: str) -> RawMessage | Refusal:
    """The header of the message, as it came, without a body; a refusal where Outlook kept none.

    A message without a header of its own (a draft, or one that never left Exchange) that carries exactly one mail
    gives that mail, with its own name in `inside`. Never raises, whatever is in the file.
    """
    content = _read(octets)
    if content is None:
        is_ours = name.lower().endswith((".msg", ".oft")) or any(mark in octets for mark in _MARKS)
        return _refused("refusal.msg-damaged", name) if is_ours else Refusal("refusal.office", (("name", name),))
    if content.header:
        return _message(content.header, name, octets)
    if len(content.enclosed) == 1:
        (inner,) = content.enclosed
        found = enclosed_message(inner, octets)
        return replace(found, name=inner.name or name, kind=SourceKind.ATTACHED, inside=(name,))
    is_template = content.is_template or name.lower().endswith(".oft")
    if is_template:
        return _refused("refusal.oft", name, client="outlook-classic")
    is_note = content.message_class.upper().startswith(("IPM.NOTE", "REPORT.")) or not content.message_class
    return _refused("refusal.msg-no-headers" if is_note else "refusal.msg-item", name)


def enclosed_in(octets: bytes) -> tuple[Enclosed, ...]:
    """The mails attached to a .msg, in the order of the file; empty for anything that is none."""
    content = _read(octets)
    return content.enclosed if content else ()


def enclosed_message(inner: Enclosed, original: bytes) -> RawMessage:
    """A mail attached to the .msg `original` as a message."""
    if not inner.is_whole:
        return _message(inner.octets, inner.name, original)
    repaired = with_crlf(inner.octets)
    if repaired is None:
        return RawMessage(inner.octets, inner.name)
    return RawMessage(repaired[0], inner.name, repairs=(repaired[1],), original=inner.octets)


@dataclass(frozen=True, slots=True)
class _Content:
    """What was found in a .msg; `header` is empty where none was kept."""

    header: bytes
    message_class: str
    is_template: bool
    enclosed: tuple[Enclosed, ...]


class _BoundedOle(olefile.OleFileIO):  # type: ignore[misc]  # olefile has no types
    """olefile without what takes quadratic time, and with a limit to the directory.

    WORKAROUND for olefile 0.47: it looks up each entry in a list of all before, for a warning that nobody reads.
    """

    def __init__(self, octets: bytes) -> None:
        self._entries_left = MAX_OLE_ENTRIES
        super().__init__(io.BytesIO(octets))

    def _check_duplicate_stream(self, *_: object, **__: object) -> None:
        """Streams may share sectors: they are only read, and no further than their size."""

    def _load_direntry(self, sid: int) -> object:
        self._entries_left -= 1
        if self._entries_left < 0:
            raise olefile.OleFileError("too many entries")
        return super()._load_direntry(sid)


def _read(octets: bytes) -> _Content | None:
    """What is in the file, None where it is no message or cannot be read."""
    if not is_msg(octets) or not _has_honest_sizes(octets):
        return None
    try:
        with _BoundedOle(octets) as ole:
            # all small streams are read in one: as much as the root says, however often its sectors repeat
            is_readable = ole.root.size <= len(octets) and ole.exists(_PROPERTIES)
            return _content(ole, len(octets)) if is_readable else None
    except Exception:  # noqa: BLE001  olefile raises whatever a wrong number leads to
        return None


def _has_honest_sizes(octets: bytes) -> bool:
    """Whether the tables that the first 512 octets announce can stand in a file of this size."""
    if len(octets) < 1536:
        return False
    _, version, order, shift, mini_shift, _, fats, _, _, _, minis, _, difats = _HEADER.unpack_from(octets)
    sector = {(3, 9): 512, (4, 12): 4096}.get((version, shift))
    if sector is None or mini_shift != 6 or order != 0xFFFE:
        return False
    sectors = len(octets) // sector + 1
    per_sector = sector // 4
    most_fats = sectors // per_sector + 2
    return bool(fats <= most_fats and difats <= most_fats // (per_sector - 1) + 1 and minis <= sectors)


def _content(ole: _BoundedOle, size: int) -> _Content:
    enclosed = tuple(_enclosed(ole, size))
    return _Content(
        header=_header(_property(ole, (), _HEADERS, size)),
        message_class=_text(_property(ole, (), _MESSAGE_CLASS, _MAX_NAME_OCTETS)),
        is_template=str(ole.root.clsid) == _TEMPLATE_CLASS,
        enclosed=enclosed,
    )


def _enclosed(ole: _BoundedOle, size: int) -> Iterator[Enclosed]:
    """Attached messages that have a header, and attached files that are mails."""
    found = 0
    left = size  # entries may point at the same octets over and over
    for kid in ole.root.kids:
        if not kid.name.startswith(_ATTACHMENT) or found >= MAX_ATTACHED:
            continue
        is_whole, octets = _attached(ole, kid.name, left)
        left -= len(octets)
        if octets and (not is_whole or begins_mail(octets)):
            found += 1
            yield Enclosed(_attached_name(ole, kid.name), octets, is_whole)


def _attached(ole: _BoundedOle, storage: str, limit: int) -> tuple[bool, bytes]:
    """Whether the attachment is a file, and its octets; of a message its header."""
    header = _header(_property(ole, (storage, _ATTACHED_OBJECT), _HEADERS, limit))
    return (False, header) if header else (True, _stream(ole, (storage, _ATTACHED_DATA), limit))


def _attached_name(ole: _BoundedOle, storage: str) -> str:
    """What the attachment is called, "" where it has no name."""
    names = (_text(_property(ole, (storage,), number, _MAX_NAME_OCTETS)) for number in _ATTACHED_NAMES)
    return next(filter(None, names), "")


def _property(ole: _BoundedOle, path: _Path, number: str, limit: int) -> tuple[bytes, str]:
    """A property that is text, and its codec: stored as UTF-16 or in some 8-bit charset (MS-OXMSG 2.1.1)."""
    for kind, codec in (("001F", "utf-16-le"), ("001E", "")):
        octets = _stream(ole, (*path, f"{_STREAM}{number}{kind}"), limit)
        if octets:
            return octets, codec
    return b"", ""


def _stream(ole: _BoundedOle, path: _Path, limit: int) -> bytes:
    """A stream, empty where it is not there or says that it is larger than `limit`."""
    where = list(path)
    if not ole.exists(where) or ole.get_size(where) > limit:
        return b""
    with ole.openstream(where) as stream:
        return bytes(stream.read(limit))


def _text(found: tuple[bytes, str]) -> str:
    """A short text for the eye."""
    return found[0].decode(found[1] or "cp1252", "replace").strip("\0 ")


def _header(found: tuple[bytes, str]) -> bytes:
    """The header as octets with CRLF, without what stands around it; empty where there is no field."""
    octets, codec = found
    if codec:
        octets = octets.decode(codec, "replace").encode("utf-8", "replace")
    octets = octets.partition(b"\0")[0][: 2 * MAX_HEADER_OCTETS]
    repaired = with_crlf(octets)
    octets = (repaired[0] if repaired else octets).lstrip(b"\r\n \t")
    if octets.lower().startswith(_OLD_FIRST_LINE):
        octets = octets.partition(b"\r\n")[2].lstrip(b"\r\n")
    # Outlook also stores the headers of the parts, behind empty lines
    octets = octets.partition(b"\r\n\r\n")[0].rstrip(b"\r\n") + b"\r\n"
    return octets if begins_mail(octets) else b""


def _refused(identifier: str, name: str, client: str = "outlook-new") -> Refusal:
    """A refusal whose help opens where a message can be saved as it came: at new Outlook."""
    return Refusal(identifier, (("name", name), ("client", client)))


def _message(header: bytes, name: str, original: bytes) -> RawMessage:
    return RawMessage(
        octets=header,
        name=name,
        kind=SourceKind.MSG,
        repairs=(Repair("repair.msg-headers", 1),),
        original=original,
        body_kept=False,
    )
