"""Unpacks members of zips and gzip files in memory, within limits whatever their headers say (RFC 1951, 1952).

Nothing is ever written to a disk, and names inside archives are only shown.
"""

from __future__ import annotations

import bz2
import struct
import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import BinaryIO

from headerlens.intake import zip_keys
from headerlens.intake.zip_directory import AES_METHOD, Member
from headerlens.intake.zip_keys import AesKeys, Broken, WrongPassword
from headerlens.model.limits import MAX_ENCRYPTED_OCTETS, MAX_PACKED_RATIO, PACKED_RATIO_FROM_OCTETS

_LOCAL = struct.Struct("<4s5H3L2H")
_CHUNK = 64 * 1024  # a multiple of AES's block
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_STRONG = 0x0040
_NO_CHECKSUM = 2
_GZIP = 31
_MAX_GZIP_MEMBERS = 10_000
"""Each costs a copy of the block it stands in; what is gzipped in blocks of 64 kB has 2,000 in the largest file."""


class Trouble(StrEnum):
    """Why something could not be unpacked; the last part of a refusal's id."""

    DAMAGED = "zip-damaged"
    TOO_LARGE = "zip-too-large"
    PASSWORD = "zip-password"  # noqa: S105  the name of a trouble
    METHOD = "zip-method"


def unpack_member(stream: BinaryIO, member: Member, limit: int, head: int | None = None) -> bytes | Trouble:
    """The octets of one member, at most `limit`, or its first `head` octets, which are not checked then."""
    refused = _beyond_us(member, is_whole=head is None)
    if refused:
        return refused
    # one in 256 wrong passwords passes the check of the old encryption; then nothing fits
    unfit = Trouble.PASSWORD if member.is_encrypted and member.aes is None else Trouble.DAMAGED
    try:
        octets = _gathered(_plain(_opened(stream, member), member.method), member.packed, limit, head)
    except WrongPassword:
        return Trouble.PASSWORD
    except (Broken, zlib.error, OSError, ValueError, EOFError):
        return unfit
    return octets if isinstance(octets, Trouble) or head is not None or _is_right(octets, member) else unfit


def _beyond_us(member: Member, *, is_whole: bool) -> Trouble | None:
    """What stands against unpacking a member, before an octet of it is read."""
    if member.is_encrypted and (member.flags & _STRONG or (member.aes is None and member.method == AES_METHOD)):
        return Trouble.PASSWORD
    if member.method not in (_STORED, _DEFLATED, _BZIP2):
        return Trouble.METHOD
    slow = member.is_encrypted and member.aes is None and member.packed > MAX_ENCRYPTED_OCTETS
    return Trouble.TOO_LARGE if slow and is_whole else None


def unpack_gzip(stream: BinaryIO, limit: int, head: int | None = None) -> bytes | Trouble:
    """What a gzip file holds, its members one after the other (RFC 1952 2.2), or its first `head` octets."""
    packed = stream.seek(0, 2)
    stream.seek(0)
    try:
        return _gathered(_gunzipped(iter(lambda: stream.read(_CHUNK), b"")), packed, limit, head)
    except (zlib.error, OSError, EOFError):
        return Trouble.DAMAGED


def _opened(stream: BinaryIO, member: Member) -> Iterator[bytes]:
    """The compressed octets of a member, decrypted."""
    stream.seek(member.offset)
    local = stream.read(_LOCAL.size)
    if len(local) < _LOCAL.size or not local.startswith(b"PK\3\4"):
        raise Broken
    *_, name_length, extra_length = _LOCAL.unpack(local)
    stream.seek(name_length + extra_length, 1)
    left = member.packed
    if not member.is_encrypted:
        return _chunks(stream, left)
    if member.aes is None:
        header = _exactly(stream, zip_keys.OLD_HEADER_OCTETS)
        return zip_keys.opened_old(_chunks(stream, left - len(header)), header, member)
    return _opened_aes(stream, member, left)


def _opened_aes(stream: BinaryIO, member: Member, left: int) -> Iterator[bytes]:
    if member.aes is None or not 1 <= member.aes.strength <= 3:
        raise Broken
    salt = _exactly(stream, zip_keys.aes_salt_octets(member.aes))
    check = _exactly(stream, zip_keys.AES_CHECK_OCTETS)
    left -= len(salt) + len(check) + zip_keys.AES_MARK_OCTETS
    keys = AesKeys(member.aes, salt, check)
    start = stream.tell()
    stream.seek(start + max(0, left))
    mark = _exactly(stream, zip_keys.AES_MARK_OCTETS)
    stream.seek(start)
    return keys.opened(_chunks(stream, left), mark)


def _chunks(stream: BinaryIO, left: int) -> Iterator[bytes]:
    """The next `left` octets; raises Broken when there are fewer."""
    if left < 0:
        raise Broken
    while left:
        chunk = _exactly(stream, min(left, _CHUNK))
        left -= len(chunk)
        yield chunk


def _exactly(stream: BinaryIO, length: int) -> bytes:
    octets = stream.read(length)
    if len(octets) < length:
        raise Broken
    return octets


def _plain(chunks: Iterator[bytes], method: int) -> Iterator[bytes]:
    """Octets decompressed, never more than a chunk at once. Raises Broken, zlib.error or OSError."""
    if method == _STORED:
        return chunks
    if method == _BZIP2:
        return _bunzipped(chunks)
    return _inflated(chunks)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-15)
    for chunk in chunks:
        rest = chunk
        while rest and not inflate.eof:
            yield inflate.decompress(rest, _CHUNK)
            rest = inflate.unconsumed_tail
    while not inflate.eof:
        more = inflate.decompress(b"", _CHUNK)
        if not more:
            raise Broken
        yield more


def _bunzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    expand = bz2.BZ2Decompressor()
    for chunk in chunks:
        if expand.eof:
            continue  # the authentication code behind is read by going on
        yield expand.decompress(chunk, _CHUNK)
        while not expand.needs_input and not expand.eof:
            yield expand.decompress(b"", _CHUNK)
    if not expand.eof:
        raise Broken


def _gunzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Member after member; what stands behind the last one and begins none is passed over, as gzip does."""
    inflate = zlib.decompressobj(_GZIP)
    members = 0
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflate.eof:
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                if not rest.startswith(b"\x1f"):
                    return
                members += 1
                if members > _MAX_GZIP_MEMBERS:
                    raise EOFError
                inflate = zlib.decompressobj(_GZIP)
            begun = True
            yield inflate.decompress(rest, _CHUNK)
            rest = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    while begun and not inflate.eof:
        more = inflate.decompress(b"", _CHUNK)
        if not more:
            raise EOFError
        yield more


def _gathered(chunks: Iterator[bytes], packed: int, limit: int, head: int | None) -> bytes | Trouble:
    """The octets together, stopping at the limit, at a bomb's ratio, or at `head`."""
    gathered = bytearray()
    for chunk in chunks:
        gathered += chunk
        if head is not None and len(gathered) >= head:
            return bytes(gathered[:head])
        if len(gathered) > limit or _is_bomb(len(gathered), packed):
            return Trouble.TOO_LARGE
    return bytes(gathered)


def _is_bomb(size: int, packed: int) -> bool:
    return size > PACKED_RATIO_FROM_OCTETS and size > MAX_PACKED_RATIO * max(packed, 1)


def _is_right(octets: bytes, member: Member) -> bool:
    """Whether the checksum fits; version 2 of AES has none."""
    if member.aes is not None and member.aes.version == _NO_CHECKSUM:
        return True
    return zlib.crc32(octets) == member.checksum
