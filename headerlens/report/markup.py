"""HTML out of parts: text is escaped on its way in, so that nothing a mail wrote can become markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import NewType

from headerlens.assets import asset
from headerlens.present.views import Glyph, Rich

Markup = NewType("Markup", str)
"""A piece of finished HTML."""

EMPTY = Markup("")

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
"""What HTML forbids or what turns a line around; `harmless` has made codes of them before, this is the second fence."""

_VOID = frozenset({"meta", "br"})


def text(value: str) -> Markup:
    """A value as text that stands for itself."""
    return Markup(html.escape(_CONTROLS.sub("\ufffd", value), quote=True))


def tag(name: str, /, *children: Markup, **attributes: str | int | None) -> Markup:
    """An element; `kind` is its class, "_" in a name becomes "-", and an attribute of None is left out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{''.join(children)}</{name}>")


def _attribute(key: str, value: str | int) -> str:
    name = "class" if key == "kind" else key.rstrip("_").replace("_", "-")
    return f' {name}="{text(str(value))}"'


def joined(parts: Iterable[Markup], between: str = "") -> Markup:
    """Pieces one after the other; `between` is markup of our own."""
    return Markup(between.join(parts))


def rich(spans: Rich) -> Markup:
    """Text with its emphasis."""
    return joined(tag("strong", text(span.text)) if span.strong else text(span.text) for span in spans)


# ---- the drawings of resources/icons, in the colour of the text around them

_AS_LINE = {"pass": "ok", "neq": "neq_c", "none": "unk"}
_SOLID = frozenset({"pass", "fail", "warn", "unk", "info", "half", "neq"})


def status(glyph: Glyph, size: int = 20) -> Markup:
    """The filled shape of a result; it has no words of its own, they stand beside it."""
    if glyph.value in _SOLID:
        return _drawn("status", glyph.value, size)
    return chip_icon(glyph, size)


def chip_icon(glyph: Glyph, size: int = 14) -> Markup:
    """The line drawing of a result."""
    return line_icon(_AS_LINE.get(glyph.value, glyph.value), size)


def line_icon(name: str, size: int = 16) -> Markup:
    """One of the line drawings."""
    return _drawn("line", name, size)


@cache
def _drawn(folder: str, name: str, size: int) -> Markup:
    drawing = asset("icons", folder, f"{name}.svg").read_text("utf-8").strip()
    drawing = drawing.replace('stroke="#FFFFFF"', 'class="on"').replace(' xmlns="http://www.w3.org/2000/svg"', "")
    return Markup(drawing.replace("<svg", f'<svg width="{size}" height="{size}" aria-hidden="true"', 1))
