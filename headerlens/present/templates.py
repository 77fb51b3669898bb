"""Fills templates of the catalogue: {name} takes a value, **...** is emphasis of the template itself.

A template is split before any value comes in, so that a value can add neither emphasis nor a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from headerlens.present.views import Rich, Span

Piece = tuple[str, str, bool]
"""(literal text, "", strong) or ("", name of a placeholder, strong)."""

_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


@lru_cache(maxsize=4096)
def pieces(template: str) -> tuple[Piece, ...]:
    """A template as literals and placeholders, in order."""
    found: list[Piece] = []
    for place, part in enumerate(template.split("**")):
        for number, text in enumerate(_PLACEHOLDER.split(part)):
            if text:
                is_name = number % 2 == 1
                found.append(("" if is_name else text, text if is_name else "", place % 2 == 1))
    return tuple(found)


def placeholders(template: str) -> frozenset[str]:
    """The names that a template wants filled."""
    return frozenset(name for _, name, _ in pieces(template) if name)


def fill(template: str, value_of: Callable[[str], str]) -> Rich:
    """The template with its values, as spans; neighbours of the same weight are one span."""
    spans: list[Span] = []
    for literal, name, strong in pieces(template):
        text = value_of(name) if name else literal
        if spans and spans[-1].strong == strong:
            spans[-1] = Span(spans[-1].text + text, strong)
        elif text:
            spans.append(Span(text, strong))
    return tuple(spans)
