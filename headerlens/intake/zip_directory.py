"""What a zip says it holds (PKWARE APPNOTE.TXT 4.3): its central directory, read within bounds and never trusted.

The standard library reads the whole directory into objects and stops at the first odd name; an attacker chooses both.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import BinaryIO

from headerlens.model.limits import MAX_ARCHIVE_DIRECTORY_OCTETS, MAX_ARCHIVE_MEMBERS, MAX_MEMBER_NAME

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_TAIL_OCTETS = 65_535 + _END.size
_FULL_32 = 0xFFFFFFFF
_EXTRA_ZIP64, _EXTRA_AES, _EXTRA_UNICODE_NAME = 0x0001, 0x9901, 0x7075
_JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
_ENCRYPTED, _UTF_8 = 0x0001, 0x0800

AES_METHOD = 99
"""The method of a member under WinZip's AES; how it is compressed stands in its extra field."""


@dataclass(frozen=True, slots=True)
class Aes:
    """WinZip's AES: its version (2 has no checksum) and strength (1, 2, 3 for 128, 192, 256 bits)."""

    version: int
    strength: int


@dataclass(frozen=True, slots=True)
class Member:
    """One member, as the directory has it. `offset` is where its local header stands; sizes may be lies."""

    number: int
    name: str
    method: int
    flags: int
    time: int
    checksum: int
    packed: int
    size: int
    offset: int
    aes: Aes | None = None

    @property
    def is_encrypted(self) -> bool:
        """Whether a password is needed."""
        return bool(self.flags & _ENCRYPTED)

    @property
    def is_folder(self) -> bool:
        """Whether this only names a folder."""
        return self.name.endswith(("/", "\\"))


@dataclass(frozen=True, slots=True)
class Directory:
    """The first members, at most `MAX_ARCHIVE_MEMBERS`; `cut` when there are more."""

    members: tuple[Member, ...]
    cut: bool = False


def read_directory(stream: BinaryIO) -> Directory | None:
    """The members in the order of the directory, None when this is no zip or its end is lost."""
    size = stream.seek(0, 2)
    place = _find_directory(stream, size)
    if place is None:
        return None
    start, length, shift = place
    stream.seek(start)
    octets = stream.read(min(length, MAX_ARCHIVE_DIRECTORY_OCTETS))
    members: list[Member] = []
    at = 0
    while len(members) < MAX_ARCHIVE_MEMBERS:
        read = _member(octets, at, len(members), shift)
        if read is None:
            break
        member, at = read
        members.append(member)
    whole = at >= length
    return Directory(tuple(members), cut=not whole) if members or whole else None


def _find_directory(stream: BinaryIO, size: int) -> tuple[int, int, int] | None:
    """Start and length of the directory, and how far all offsets are shifted by what stands before the zip."""
    stream.seek(max(0, size - _TAIL_OCTETS))
    tail = stream.read(_TAIL_OCTETS)
    at = tail.rfind(b"PK\5\6", 0, max(0, len(tail) - _END.size + 4))
    if at < 0:
        return None
    end = size - len(tail) + at
    *_, length, offset, _comment = _END.unpack_from(tail, at)
    wide = _zip64(stream, end)  # also where all fits: packers that write to a pipe do not know beforehand
    if wide is not None:
        end, length, offset = wide
    start = end - length
    return None if start < 0 or offset > start else (start, length, start - offset)


def _zip64(stream: BinaryIO, end: int) -> tuple[int, int, int] | None:
    """The same of the wide end record: where it stands, the directory's length and offset."""
    stream.seek(max(0, end - _LOCATOR_64.size))
    found = stream.read(_LOCATOR_64.size)
    if len(found) < _LOCATOR_64.size or not found.startswith(b"PK\6\7"):
        return None
    # where the record stands is told from the start of the zip; it stands right before its locator
    at = end - _LOCATOR_64.size - _END_64.size
    if at < 0:
        return None
    stream.seek(at)
    record = stream.read(_END_64.size)
    if not record.startswith(b"PK\6\6"):
        return None
    *_, length, offset = _END_64.unpack(record)
    return at, length, offset


def _member(octets: bytes, at: int, number: int, shift: int) -> tuple[Member, int] | None:
    """The entry at `at` and where the next one begins."""
    if at + _ENTRY.size > len(octets):
        return None
    (mark, _, _, _, _, flags, method, time, _, checksum, packed, size, name_len, extra_len, comment_len, _, _, _,
     offset) = _ENTRY.unpack_from(octets, at)  # fmt: skip
    if mark != b"PK\1\2":
        return None
    name_at = at + _ENTRY.size
    name = octets[name_at : name_at + name_len]
    extra = _extra(octets[name_at + name_len : name_at + name_len + extra_len])
    size, packed, offset = _wide(extra.get(_EXTRA_ZIP64, b""), size, packed, offset)
    aes = None
    if method == AES_METHOD and len(extra.get(_EXTRA_AES, b"")) >= 7:
        version, _, strength, method = struct.unpack_from("<H2sBH", extra[_EXTRA_AES])
        aes = Aes(version, strength)
    shown = _name(name, extra, is_utf8=bool(flags & _UTF_8))
    member = Member(number, shown, method, flags, time, checksum, packed, size, offset + shift, aes)
    return member, name_at + name_len + extra_len + comment_len


def _extra(octets: bytes) -> dict[int, bytes]:
    """The extra fields by their number, the first of each."""
    fields: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(octets):
        number, length = struct.unpack_from("<2H", octets, at)
        fields.setdefault(number, octets[at + 4 : at + 4 + length])
        at += 4 + length
    return fields


def _wide(extra: bytes, *values: int) -> list[int]:
    """Size, packed size and offset, those that did not fit taken from the zip64 field in this order (4.5.3)."""
    wide = []
    at = 0
    for value in values:
        if value == _FULL_32 and at + 8 <= len(extra):
            wide.append(struct.unpack_from("<Q", extra, at)[0])
            at += 8
        else:
            wide.append(value)
    return wide


def _name(octets: bytes, extra: dict[int, bytes], *, is_utf8: bool) -> str:
    """The name as the packer meant it: UTF-8 when said or fitting, Shift_JIS as Windows writes it in Japan, else DOS's.

    It is only shown and compared, never used as a path.
    """
    octets = extra.get(_EXTRA_UNICODE_NAME, b"")[5:] or octets
    try:
        name = octets.decode("utf-8", "replace" if is_utf8 else "strict")
    except UnicodeDecodeError:
        japanese = octets.decode("cp932", "replace")
        name = japanese if _JAPANESE.search(japanese) and "\ufffd" not in japanese else octets.decode("cp437")
    return name[:MAX_MEMBER_NAME]
