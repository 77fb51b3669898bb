"""Reads from Mach-O files which macOS and libraries they need; on any system, so that wheels can be judged anywhere."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_FAT = (0xCAFEBABE, 0xCAFEBABF)
_THIN = 0xFEEDFACF
_VERSION_MIN, _BUILD_VERSION = 0x24, 0x32
"""LC_VERSION_MIN_MACOSX and LC_BUILD_VERSION (mach-o/loader.h)."""

_LOAD = (0x0C, 0x80000018, 0x8000001F)
"""LC_LOAD_DYLIB, weakly, and to be passed on."""

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Command:
    kind: int
    octets: bytes


def minimum(octets: bytes) -> Version | None:
    """The newest of the macOS versions that the parts of a Mach-O file ask for; None for any other file."""
    return max((version for one in _commands(octets) if (version := _asked(one)) is not None), default=None)


def needed(octets: bytes) -> frozenset[str]:
    """The libraries a Mach-O file loads, by their paths; empty for any other file."""
    return frozenset(_library(one) for one in _commands(octets) if one.kind in _LOAD)


def _commands(octets: bytes) -> Iterator[_Command]:
    for start in _parts(octets):
        if struct.unpack_from("<I", octets, start)[0] != _THIN:
            continue
        at = start + 32
        for _ in range(struct.unpack_from("<I", octets, start + 16)[0]):
            kind, length = struct.unpack_from("<II", octets, at)
            yield _Command(kind, octets[at : at + length])
            at += length


def _parts(octets: bytes) -> list[int]:
    """Where the file of each processor begins."""
    if len(octets) < 32:
        return []
    magic, count = struct.unpack(">II", octets[:8])
    if magic in _FAT and count < 10:
        step, form = (20, ">I") if magic == _FAT[0] else (32, ">Q")
        places = range(16, 16 + count * step, step)
        return [int(struct.unpack_from(form, octets, place)[0]) for place in places]
    return [0] if struct.unpack("<I", octets[:4])[0] == _THIN else []


def _asked(command: _Command) -> Version | None:
    if command.kind not in {_VERSION_MIN, _BUILD_VERSION}:
        return None
    packed = struct.unpack_from("<I", command.octets, 12 if command.kind == _BUILD_VERSION else 8)[0]
    return packed >> 16, packed >> 8 & 0xFF


def _library(command: _Command) -> str:
    at = struct.unpack_from("<I", command.octets, 8)[0]
    return command.octets[at:].partition(b"\0")[0].decode("utf-8", "replace")
