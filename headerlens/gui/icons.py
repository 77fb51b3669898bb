"""The drawn icons of resources/icons, recoloured for the theme (interface.md 8.4)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from headerlens.assets import asset

if TYPE_CHECKING:  # to make the class takes 3 ms, and the first paint needs none
    from PySide6.QtGui import QIcon

STATUS_SHAPES = frozenset({"pass", "fail", "warn", "unk", "info", "half", "neq", "eqs"})
"""Glyphs with a filled two-colour drawing; wait, run and none are drawn with the line icons."""

STATUS_AS_LINE = {"wait": "wait", "run": "run", "none": "wait"}

LINE_OF_GLYPH = {"pass": "ok", "neq": "neq_c", "none": "unk"}
"""Line icons for the glyph names of views.Glyph that are called otherwise."""


@cache
def _drawing(folder: str, name: str) -> str:
    return asset("icons", folder, f"{name}.svg").read_text("utf-8")


DRAWN_STROKE = 'stroke-width="1.75"'


def icon_pixmap(
    name: str, color: QColor | str, size: float, device_ratio: float, *, stroke: float | None = None
) -> QPixmap:
    """The line icon `name`, `size` logical px wide, in one colour; `stroke` on the 24 grid replaces the drawn 1.75."""
    return _rendered("line", name, (_hex(color), ""), size, device_ratio, stroke=stroke)


def status_pixmap(
    name: str, solid: QColor | str, on_solid: QColor | str, size: float, device_ratio: float = 1.0
) -> QPixmap:
    """The status shape of a views.Glyph, filled with `solid` and marked with `on_solid`."""
    if name in STATUS_SHAPES:
        return _rendered("status", name, (_hex(solid), _hex(on_solid)), size, device_ratio)
    return icon_pixmap(STATUS_AS_LINE[name], solid, size, device_ratio)


def chip_pixmap(glyph: str, color: QColor | str, size: float, device_ratio: float) -> QPixmap:
    """The line icon that stands for a glyph inside a chip."""
    return icon_pixmap(LINE_OF_GLYPH.get(glyph, glyph), color, size, device_ratio)


def icon(name: str, color: QColor | str) -> QIcon:
    """The line icon `name` for stock widgets, at 16 to 48 px."""
    from PySide6.QtGui import QIcon

    result = QIcon()
    for size in (16, 20, 24, 32, 48):
        result.addPixmap(icon_pixmap(name, color, size, 1.0))
    return result


def app_icon() -> QIcon:
    """The program's icon: the small drawing up to 32 px, the large one above."""
    from PySide6.QtGui import QIcon

    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        name = "headerlens" if size >= 48 else "headerlens-small"
        result.addPixmap(_paint(asset("icons", f"{name}.svg").read_text("utf-8"), size))
    return result


def app_pixmap(size: float, device_ratio: float) -> QPixmap:
    """The large drawing of the program's icon, `size` logical px wide."""
    pixmap = _paint(asset("icons", "headerlens.svg").read_text("utf-8"), max(1, round(size * device_ratio)))
    pixmap.setDevicePixelRatio(device_ratio)
    return pixmap


def _hex(color: QColor | str) -> str:
    return color if isinstance(color, str) else color.name()


def _rendered(
    folder: str, name: str, colours: tuple[str, str], size: float, device_ratio: float, *, stroke: float | None = None
) -> QPixmap:
    """The drawing from Qt's own pixmap cache, which ends with the application."""
    ink, paper = colours
    pixels = max(1, round(size * device_ratio))
    key = f"headerlens/{folder}/{name}/{ink}/{paper}/{pixels}/{device_ratio}/{stroke}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        text = _drawing(folder, name)
        if stroke is not None:
            text = text.replace(DRAWN_STROKE, f'stroke-width="{stroke}"')
        if paper:
            text = text.replace("#FFFFFF", paper)
        pixmap = _paint(text.replace("currentColor", ink), pixels)
        pixmap.setDevicePixelRatio(device_ratio)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _paint(svg: str, pixels: int) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap
