"""Undoing the encryption of zip members: PKWARE's old one (APPNOTE.TXT 6.1) and WinZip's AES (AE-1, AE-2).

Samples of suspicious mail are handed on in zips with the password "infected". AES is built from what HeaderLens has
already: pyzipper would bring 10 MB of a second cryptography library for one function.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import pbkdf2_hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from headerlens.intake.zip_directory import Aes, Member

PASSWORD = b"infected"
"""The password by custom among those who exchange harmful mails."""

OLD_HEADER_OCTETS = 12
AES_CHECK_OCTETS = 2
AES_MARK_OCTETS = 10

_AES_ROUNDS = 1000
_HAS_DESCRIPTOR = 0x0008
_WORD = 0xFFFFFFFF


class WrongPassword(Exception):  # noqa: N818  it is caught where members are unpacked
    """The password does not open this member."""


class Broken(Exception):  # noqa: N818  it is caught where members are unpacked
    """What was read is not what was packed."""


def opened_old(chunks: Iterable[bytes], header: bytes, member: Member) -> Iterator[bytes]:
    """The octets of a member under the old encryption. Raises WrongPassword, for 255 of 256 wrong ones."""
    keys = _OldKeys(PASSWORD)
    check = keys.opened(header)[-1:]
    # 6.1.6: with a data descriptor the checksum was not known yet, and the time stands for it
    expected = member.time >> 8 if member.flags & _HAS_DESCRIPTOR else member.checksum >> 24
    if check != bytes([expected & 0xFF]):
        raise WrongPassword
    return map(keys.opened, chunks)


def aes_salt_octets(aes: Aes) -> int:
    """How many octets of salt precede the encrypted ones."""
    return 4 + 4 * aes.strength


class AesKeys:
    """The keys of one member. Raises WrongPassword, for all but one of 65,536 wrong ones."""

    def __init__(self, aes: Aes, salt: bytes, check: bytes) -> None:
        bits = 8 + 8 * aes.strength
        material = pbkdf2_hmac("sha1", PASSWORD, salt, _AES_ROUNDS, 2 * bits + AES_CHECK_OCTETS)
        if not hmac.compare_digest(material[2 * bits :], check):
            raise WrongPassword
        # WinZip counts blocks from 1 in little endian, which no library's counter mode does: it is built from ECB
        self._blocks = Cipher(algorithms.AES(material[:bits]), modes.ECB()).encryptor()  # noqa: S305
        self._mark = hmac.new(material[bits : 2 * bits], digestmod="sha1")
        self._next = 1

    def opened(self, chunks: Iterable[bytes], mark: bytes) -> Iterator[bytes]:
        """The octets; raises Broken at their end when the authentication code does not fit. Chunks of 16 n octets."""
        for chunk in chunks:
            self._mark.update(chunk)
            yield self._xor(chunk)
        if not hmac.compare_digest(self._mark.digest()[:AES_MARK_OCTETS], mark):
            raise Broken

    def _xor(self, chunk: bytes) -> bytes:
        blocks = -(-len(chunk) // 16)
        counters = b"".join(number.to_bytes(16, "little") for number in range(self._next, self._next + blocks))
        self._next += blocks
        stream = self._blocks.update(counters)[: len(chunk)]
        return (int.from_bytes(chunk, "little") ^ int.from_bytes(stream, "little")).to_bytes(len(chunk), "little")


class _OldKeys:
    """The three keys of 6.1.5, which each octet changes."""

    def __init__(self, password: bytes) -> None:
        self._keys = (0x12345678, 0x23456789, 0x34567890)
        table = _table()
        for octet in password:
            self._keys = _updated(*self._keys, octet, table)

    def opened(self, octets: bytes) -> bytes:
        table, masks = _table(), _masks()
        key0, key1, key2 = self._keys
        plain = bytearray(octets)
        for place, octet in enumerate(octets):
            octet ^= masks[key2 & 0xFFFF]  # noqa: PLW2901  the octet itself is opened
            plain[place] = octet
            key0 = (key0 >> 8) ^ table[(key0 ^ octet) & 0xFF]
            key1 = ((key1 + (key0 & 0xFF)) * 134775813 + 1) & _WORD
            key2 = (key2 >> 8) ^ table[(key2 ^ (key1 >> 24)) & 0xFF]
        self._keys = (key0, key1, key2)
        return bytes(plain)


def _updated(key0: int, key1: int, key2: int, octet: int, table: tuple[int, ...]) -> tuple[int, int, int]:
    key0 = (key0 >> 8) ^ table[(key0 ^ octet) & 0xFF]
    key1 = ((key1 + (key0 & 0xFF)) * 134775813 + 1) & _WORD
    return key0, key1, (key2 >> 8) ^ table[(key2 ^ (key1 >> 24)) & 0xFF]


@cache
def _masks() -> bytes:
    """What an octet is mixed with, by the lower half of the third key (6.1.5)."""
    return bytes(((low | 2) * ((low | 2) ^ 1) >> 8) & 0xFF for low in range(0x10000))


@cache
def _table() -> tuple[int, ...]:
    """The table of CRC-32, octet by octet."""
    table = []
    for octet in range(256):
        for _ in range(8):
            octet = (octet >> 1) ^ (0xEDB88320 if octet & 1 else 0)  # noqa: PLW2901  eight steps of one octet
        table.append(octet)
    return tuple(table)
