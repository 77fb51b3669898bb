"""The status drawings of resources/icons on paper, as vectors in the colours of the light theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from headerlens.assets import asset
from headerlens.present.tokens import LIGHT
from headerlens.present.views import Glyph, Tone

_AS_LINE = {"pass": "ok", "neq": "neq_c", "none": "unk"}
_SOLID = frozenset({"pass", "fail", "warn", "unk", "info", "half", "neq"})


def paint_status(painter: QPainter, glyph: Glyph, tone: Tone, area: QRectF) -> None:
    """The filled shape of a result; nothing for a row that has none."""
    if glyph is Glyph.NONE:
        return
    if glyph.value in _SOLID:
        _drawn("status", glyph.value, str(getattr(LIGHT, f"{tone.value}_solid"))).render(painter, area)
    else:
        paint_line(painter, glyph, tone, area)


def paint_line(painter: QPainter, glyph: Glyph, tone: Tone, area: QRectF) -> None:
    """The line drawing of a result."""
    name = _AS_LINE.get(glyph.value, glyph.value)
    _drawn("line", name, str(getattr(LIGHT, f"{tone.value}_fg"))).render(painter, area)


@cache
def _drawn(folder: str, name: str, ink: str) -> QSvgRenderer:
    drawing = asset("icons", folder, f"{name}.svg").read_text("utf-8").replace("currentColor", ink)
    return QSvgRenderer(QByteArray(drawing.encode()))
