"""The container of macOS icons: a head and PNG pictures, each under a four-letter name for its size."""

from __future__ import annotations

import struct
from collections.abc import Mapping

MAGIC = b"icns"
NAMES: Mapping[str, int] = {
    "ic11": 32, "ic12": 64, "ic07": 128, "ic13": 256, "ic08": 256, "ic14": 512, "ic09": 512, "ic10": 1024,
}  # fmt: skip
"""Width in pixels by name. ic11 to ic14 are 16, 32, 128 and 256 points on a Retina screen, ic10 is 512. Those for 16
and 32 points on other screens take no PNG that every version shows; macOS shrinks the next larger ones."""

_PNG = b"\x89PNG\r\n\x1a\n"


def pack(pictures: Mapping[int, bytes]) -> bytes:
    """The icon of `pictures`, PNG files by their width; every width of `NAMES` has to be there."""
    parts = b"".join(_part(name.encode(), pictures[width]) for name, width in NAMES.items())
    return _part(MAGIC, parts)


def unpack(icon: bytes) -> dict[str, bytes]:
    """The parts of an icon by name. Raises ValueError where a length is wrong or a part is no PNG of its size."""
    if icon[:4] != MAGIC or struct.unpack(">I", icon[4:8])[0] != len(icon):
        raise ValueError("this is no icns file")
    parts: dict[str, bytes] = {}
    at = 8
    while at < len(icon):
        name, length = icon[at : at + 4].decode("latin-1"), struct.unpack(">I", icon[at + 4 : at + 8])[0]
        content = icon[at + 8 : at + length]
        if length < 8 or content[:8] != _PNG or _width(content) != NAMES.get(name):
            raise ValueError(f"the part {name!r} is not what its name says")
        parts[name] = content
        at += length
    return parts


def _part(name: bytes, content: bytes) -> bytes:
    return name + struct.pack(">I", len(content) + 8) + content


def _width(png: bytes) -> int:
    return int(struct.unpack(">I", png[16:20])[0])
