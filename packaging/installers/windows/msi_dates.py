"""Takes chance and the clock out of an .msi: wixl writes a random package code and the time of day into it.

They stand in the property set that describes the file (MS-OLEPS 2.21), which is stored in one piece.
"""

from __future__ import annotations

import struct
from pathlib import Path

from installers.commands import Broken

SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
"""FMTID_SummaryInformation as it is stored; it stands once in a file."""

PACKAGE_CODE, CREATED, SAVED = 9, 12, 13
TEXT, TIME = 0x1E, 0x40
"""Kinds of values: octets with their length before, and FILETIME."""

EPOCH_OF_WINDOWS = -11_644_473_600
"""1601-01-01 in seconds since 1970; FILETIME counts tenths of a microsecond from there."""


def settle(file: Path, package_code: str, epoch: int) -> None:
    """Write the GUID `package_code` and the time `epoch` (seconds since 1970) into the package `file`."""
    octets = bytearray(file.read_bytes())
    places = _properties(octets)
    code = f"{{{package_code.upper()}}}\0".encode("ascii")
    _put(octets, places[PACKAGE_CODE], struct.pack("<II", TEXT, len(code)), code)
    moment = struct.pack("<Q", (epoch - EPOCH_OF_WINDOWS) * 10_000_000)
    for one in (CREATED, SAVED):
        _put(octets, places[one], struct.pack("<I", TIME), moment)
    file.write_bytes(octets)


def _properties(octets: bytearray) -> dict[int, int]:
    """Where the value of each property stands."""
    if octets.count(SUMMARY) != 1:
        raise Broken("the package has no description of the known form")
    found = octets.index(SUMMARY)
    # the header of the stream is 28 octets; offsets count from its start, those of values from the section's
    section = found - 28 + int.from_bytes(octets[found + 16 : found + 20], "little")
    _, count = struct.unpack_from("<II", octets, section)
    pairs = struct.iter_unpack("<II", octets[section + 8 : section + 8 + 8 * count])
    return {number: section + offset for number, offset in pairs}


def _put(octets: bytearray, place: int, kind: bytes, value: bytes) -> None:
    """Overwrite one value by another of the same kind and length."""
    if octets[place : place + len(kind)] != kind:
        raise Broken("a property of the package is not of the expected kind")
    start = place + len(kind)
    octets[start : start + len(value)] = value
