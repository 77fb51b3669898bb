"""Makes values of a message fit to be shown: nothing in them may reorder, hide or overwrite what stands around them."""

from __future__ import annotations

import re
import unicodedata

from headerlens.model.limits import MAX_SHOWN_CHARACTERS

_BLANKS = re.compile("[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")
_HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: a terminal obeys them
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # invisible
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidi marks, embeddings, overrides, isolates
    "\u3164\ufeff\uffa0\ufff9-\ufffb"  # fillers, byte order mark, annotation marks
    "\ud800-\udfff\U000e0000-\U000e007f]"  # lone surrogates, tags
)
_MARKS = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")
_JOINERS = re.compile("[\u200c\u200d]")

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def harmless(value: str, limit: int = MAX_SHOWN_CHARACTERS) -> str:
    """`value` on one line, at most `limit` characters long.

    Controls, bidi marks and invisible characters become visible codes such as [U+202E]. Letters of right-to-left
    scripts stay, between isolates, so that they cannot turn the sentence around.
    """
    if len(value) <= limit and value.isascii() and value.isprintable() and "  " not in value:
        return value.strip(" ")  # most values, a hundred for each page
    cut = value[: limit * 4]
    text = _BLANKS.sub(" ", cut).strip()
    text = _HOSTILE.sub(_code, _STACKED.sub(r"\1", text))
    text = _joined(text)
    if len(text) > limit or len(cut) < len(value):
        text = text[: limit - 1] + "…"
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if is_right_to_left(text) else text


def is_right_to_left(text: str) -> bool:
    """Whether any letter belongs to a script written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


def _code(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def _joined(text: str) -> str:
    """Joiners keep their place in emoji and in scripts that need them; between ASCII characters they only hide."""
    return _JOINERS.sub(lambda m: _code(m) if _among_ascii(text, m.start()) else m[0], text)


def _among_ascii(text: str, place: int) -> bool:
    around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return around.isascii()
