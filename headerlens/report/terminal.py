"""Characters, widths and colours of a terminal, for the readable report."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass

from headerlens.present.views import Rich, Tone

_COLOURS = {Tone.PASS: "32", Tone.WARN: "33", Tone.FAIL: "31", Tone.UNKNOWN: "2", Tone.INFO: "34"}

_PLAIN_CHARACTERS = str.maketrans({
    "✓": "+", "✗": "x", "▲": "!", "◐": "~", "≠": "#", "┃": "|", "┊": ":", "│": "|", "─": "-", "·": "-", "→": ">",
    "“": '"', "”": '"', "’": "'", "…": "...",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How a terminal wants its text: `width` in columns, colours, and characters outside ASCII."""

    width: int = 96
    colour: bool = False
    unicode: bool = True

    def paint(self, text: str, tone: Tone | None = None, *, bold: bool = False) -> str:
        """`text` in the colour of `tone`; as it is without colours."""
        if not self.colour or not text:
            return text
        codes = [code for code in ("1" if bold else "", _COLOURS.get(tone, "") if tone else "") if code]
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes else text

    def rich(self, text: Rich) -> str:
        """Spans with the strong ones in bold."""
        return "".join(self.paint(span.text, bold=span.strong) for span in text)

    def finish(self, text: str) -> str:
        """The whole report, reduced to ASCII signs where the terminal knows no others."""
        return text if self.unicode else text.translate(_PLAIN_CHARACTERS)


def columns(text: str) -> int:
    """How many terminal columns `text` takes: East Asian wide characters take two, combining ones none."""
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def pad(text: str, width: int) -> str:
    """`text` with blanks up to `width` columns."""
    return text + " " * max(0, width - columns(text))


def wrap(text: str, width: int, indent: str) -> list[str]:
    """Lines of at most `width` columns, each after `indent`; Japanese may break between any two characters."""
    room = max(20, width - columns(indent))
    if columns(text) == len(text):
        return [indent + line for line in textwrap.wrap(text, room, break_on_hyphens=False)] or [indent]
    return [indent + line for line in _wrap_wide(text, room)]


_NEVER_FIRST = "、。，．）」』】・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ！？：；)]}.,:;!?"


def _wrap_wide(text: str, room: int) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text):
        if line and columns(line + piece) > room and piece[0] not in _NEVER_FIRST:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line]


def _pieces(text: str) -> list[str]:
    """Runs of narrow characters stay together (a domain is never broken), wide ones stand alone."""
    pieces: list[str] = []
    for character in text:
        narrow = _columns_of(character) == 1 and character != " "
        if narrow and pieces and _columns_of(pieces[-1][-1]) == 1 and pieces[-1][-1] != " ":
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
