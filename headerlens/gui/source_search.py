"""Finding words in the lines of a source: places as line, column and length, columns in UTF-16 units. No Qt."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from headerlens.gui.source_lines import Line, units

MOST_MATCHES = 2_000
"""Places that are counted; "e" stands in a long mail more often than anybody wants to step."""


class Match(NamedTuple):
    """One place, in the order of reading."""

    line: int
    column: int
    length: int


class Matches:
    """All places of `words` in what `lines` show of the source and say of their own."""

    def __init__(self, words: str = "", lines: Sequence[Line] = (), *, exact: bool = False) -> None:
        self.places: list[Match] = []
        self.more = False
        if words:
            self._search(re.compile(re.escape(words), re.NOFLAG if exact else re.IGNORECASE), lines)

    def __len__(self) -> int:
        return len(self.places)

    def after(self, line: int, column: int) -> int | None:
        """Number of the first place at or behind a caret, from the beginning when there is none behind it."""
        if not self.places:
            return None
        return bisect_left(self.places, (line, column, 0)) % len(self.places)

    def before(self, line: int, column: int) -> int | None:
        """Number of the last place before a caret, from the end when there is none."""
        if not self.places:
            return None
        return (bisect_left(self.places, (line, column, 0)) - 1) % len(self.places)

    def within(self, first: int, last: int) -> list[Match]:
        """The places in the lines `first` to `last`."""
        begin = bisect_left(self.places, (first, 0, 0))
        return self.places[begin : bisect_right(self.places, (last + 1, 0, 0))]

    def _search(self, pattern: re.Pattern[str], lines: Sequence[Line]) -> None:
        for number, line in enumerate(lines):
            for found in pattern.finditer(line.text):
                self.places.append(_match(number, line.text, found))
                if len(self.places) >= MOST_MATCHES:
                    self.more = True
                    return


def _match(number: int, text: str, found: re.Match[str]) -> Match:
    if text.isascii():
        return Match(number, found.start(), found.end() - found.start())
    return Match(number, units(text[: found.start()]), units(found[0]))
