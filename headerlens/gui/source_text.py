"""The header as text for a pane: every octet shown, nothing in it able to re-order or hide what stands beside it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headerlens.model.case import Case

HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs"})
"""Categories of characters that have no shape of their own, bidi controls among them."""


def visible(text: str) -> str:
    """`text` with every shapeless character but the tab written as its number."""
    # what Python calls printable is in no hidden category, and is told a hundred times as fast
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else _shown(one) for one in text)


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


def trust_border(case: Case) -> int | None:
    """Index of the last field the trusted receiver added, None when no border is known (interface.md 1, row rspamd)."""
    from headerlens.model.verdicts import Trust

    if case.sender.border is None:
        return None
    hop = case.message.hops[case.sender.border].field_index
    believed = [one.field_index for one in case.trust if one.trust is not Trust.UNTRUSTED]
    return max([hop, *believed])
