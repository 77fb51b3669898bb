"""Makes headerlens.ico and welcome.bmp of packaging/windows from the SVG icons, after those changed.

`python -m installers.windows.icon`. The files are kept in the tree so that building needs no Qt; a test holds the icon
to the drawings.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installers.source import ROOT

ICON = ROOT / "packaging/windows/headerlens.ico"
WELCOME = ROOT / "packaging/windows/welcome.bmp"
WELCOME_SIZE = (328, 628)
"""The side of the installer's first and last page is half as large; sharp screens show all of it."""

WELCOME_GROUND = "#E8EEFB"
WELCOME_ICON = (84, 96, 160)
"""Left, top and size of the icon."""

DRAWINGS = ROOT / "resources/icons"

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""What Windows asks for between 100 % and 250 % scaling: lists, title bars, the taskbar, large icons."""

SMALL = 24
"""Up to here the drawing with fewer lines is used: the other one turns to mud."""

PACKED = 256
"""From this size on an icon holds a PNG (Windows Vista and later); below plain pixels, which everything reads."""


def drawing(size: int) -> Path:
    """The SVG that an icon of `size` pixels is made from."""
    return DRAWINGS / ("headerlens-small.svg" if size <= SMALL else "headerlens.svg")


def rows(size: int) -> bytes:
    """The icon as `size` rows from the top, each pixel as blue, green, red, alpha; not premultiplied."""
    image = _picture(size)
    lines = (image.constScanLine(row) for row in range(size))
    return b"".join(bytes(line)[: size * 4] for line in lines)  # type: ignore[call-overload]  # Qt's stubs say object


def ico(pictures: list[tuple[int, bytes]]) -> bytes:
    """An .ico file of (size, content) pairs; a content is what `_content` makes."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place, entries = len(head) + 16 * len(pictures), b""
    for size, content in pictures:
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(content), place)
        place += len(content)
    return head + entries + b"".join(content for _, content in pictures)


def _content(size: int) -> bytes:
    if size >= PACKED:
        return _png(size)
    pixels = rows(size)
    line = size * 4
    upside_down = b"".join(pixels[start : start + line] for start in range(len(pixels) - line, -1, -line))
    mask = bytes((size + 31) // 32 * 4 * size)  # all zero: the alpha channel says what shows
    header = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0)
    return header + upside_down + mask


def _picture(size: int) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing(size))).render(painter)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def _png(size: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _picture(size).save(buffer, "PNG", 0)  # type: ignore[call-overload]  # the stubs are wrong, it takes no bytes
    return bytes(buffer.data().data())


def _welcome() -> None:
    image = QImage(*WELCOME_SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(WELCOME_GROUND))
    left, top, size = WELCOME_ICON
    painter = QPainter(image)
    QSvgRenderer(str(drawing(size))).render(painter, QRectF(left, top, size, size))
    painter.end()
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    plain.save(str(WELCOME), "BMP")  # type: ignore[call-overload]  # the stubs are wrong, it takes no bytes


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    ICON.write_bytes(ico([(size, _content(size)) for size in SIZES]))
    _welcome()
