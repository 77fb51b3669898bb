"""The header as text for a pane: every octet shown, nothing in it able to re-order or hide what stands beside it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.message import HeaderField

LONGEST_SHOWN = 400_000
"""Characters of header a pane lays out; one line of that length takes it a fifth of a second."""

HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs"})
"""Categories of characters that have no shape of their own, bidi controls among them."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """`lines` of the header; `first` and `last` give each field's lines, `border` the line of the trust border.

    `unnamed` are lines that continue a field: their beginning is no name.
    """

    lines: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    border: int | None
    cut: bool

    def lines_of(self, index: int) -> tuple[int, int] | None:
        """First and last line of field `index`, None beyond the shown part."""
        return self.spans[index] if 0 <= index < len(self.spans) else None


def visible(text: str) -> str:
    """`text` with every shapeless character but the tab written as its number."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(one) for one in text)


def _shown(character: str) -> str:
    if character == "\t" or unicodedata.category(character) not in HIDDEN:
        return character
    return f"⟨U+{ord(character):04X}⟩"


def decoded(octets: bytes) -> str:
    """UTF-8, else Latin-1, so that no octet is lost."""
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def header_text(case: Case, border_words: str) -> SourceText:
    """The fields of `case` in the order they stand, `border_words` on a line of its own below the receiver's last."""
    last_inside = trust_border(case)
    lines: list[str] = []
    spans: list[tuple[int, int]] = []
    border, room = None, LONGEST_SHOWN
    for field in case.message.fields:
        shown = _field_lines(field)
        room -= sum(len(line) for line in shown)
        if room < 0:
            break
        spans.append((len(lines), len(lines) + len(shown) - 1))
        lines.extend(shown)
        if field.index == last_inside:
            border = len(lines)
            lines.append(border_words)
    return SourceText(tuple(lines), tuple(spans), border, cut=room < 0)


def _field_lines(field: HeaderField) -> list[str]:
    text = decoded(field.raw).removesuffix("\r\n")
    return [visible(line) for line in text.split("\r\n")]


def trust_border(case: Case) -> int | None:
    """Index of the last field the trusted receiver added, None when no border is known (interface.md 1, row rspamd)."""
    from headerlens.model.verdicts import Trust

    if case.sender.border is None:
        return None
    hop = case.message.hops[case.sender.border].field_index
    believed = [one.field_index for one in case.trust if one.trust is not Trust.UNTRUSTED]
    return max([hop, *believed])
