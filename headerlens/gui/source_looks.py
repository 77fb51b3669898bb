"""How the lines of a source are written: names bold, folds paler, changes on a ground, words of ours apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from headerlens.gui.source_lines import OWN, Kind, SourceLines, units
from headerlens.gui.source_places import Mark, covered, marks_of, not_believed
from headerlens.gui.source_text import decoded, trust_border

if TYPE_CHECKING:
    from headerlens.model.case import Case

_FIELD_NAME = re.compile(r"[!-9;-~]{1,200}[ \t]*:")


class Look(NamedTuple):
    """How columns `start` to `end` of a line are written; `ink` is a token. Words of ours are in the window's font."""

    start: int
    end: int
    ink: str
    bold: bool = False
    struck: bool = False
    ground: str = ""
    ours: bool = False


class Band(NamedTuple):
    """Whole lines on a ground, with a bar at the left edge and a dashed line above: tokens, "" for none."""

    first: int
    last: int
    ground: str
    bar: str = ""
    edge: str = ""


class Marking(NamedTuple):
    """What of a case is drawn into its source: it is filled anew when one of these is another."""

    border: int | None = None
    unbelieved: frozenset[int] = frozenset()
    marks: tuple[Mark, ...] = ()
    covered: tuple[tuple[int, tuple[int, ...]], ...] = ()


def marking_of(case: Case) -> Marking:
    """The marking of a case."""
    slots = tuple(sorted(covered(case).items()))
    return Marking(trust_border(case), not_believed(case), marks_of(case), slots)


def looks_of(model: SourceLines, number: int, marking: Marking) -> list[Look]:
    """The looks of a line; where they overlap the later one counts."""
    if not 0 <= number < len(model):
        return []
    line = model.lines[number]
    whole, own = units(line.text), units(line.text[: line.own])
    if line.kind in OWN:
        ink = {Kind.GAP: "text3", Kind.DECODED: "info_fg"}.get(line.kind, "warn_fg")
        return [Look(0, whole, ink, ours=True)]
    looks = [Look(0, own, "text" if line.first or line.kind is Kind.BODY else "text2")]
    if own < whole:
        looks.append(Look(own, whole, "warn_fg", ours=True))
    name = _FIELD_NAME.match(line.text) if line.first else None
    begin = name.end() if name else 0
    if line.field in marking.unbelieved:
        looks.append(Look(begin, own, "text3", struck=True))
    if name:
        looks.append(Look(0, begin, "text", bold=True))
    return [*looks, *_changes(model, number, own, marking)]


def own_band(number: int, kind: Kind) -> Band | None:
    """The ground of a line of ours, None for a line of the source."""
    if kind is Kind.BORDER:
        return Band(number, number, "warn_bg", edge="warn_line")
    if kind is Kind.SIGNED:
        return Band(number, number, "warn_bg", "warn_solid")
    return Band(number, number, "info_bg") if kind is Kind.DECODED else None


def taken(model: SourceLines, first: tuple[int, int], last: tuple[int, int]) -> str | None:
    """What was received between two places (line and column), as text; None where only words of ours stand there."""
    start, end = model.offset_of(*first), model.offset_of(*last)
    if start >= end:
        return None
    lines = model.lines[first[0] : last[0] + 1]
    pieces = (model.octets[max(start, one.start) : min(end, one.end)] for one in lines if one.kind not in OWN)
    # a caret behind a line's text stands before its line end
    return decoded(b"".join(pieces)).replace("\r\n", "\n").removesuffix("\n" if last[1] else "")


def _changes(model: SourceLines, number: int, own: int, marking: Marking) -> list[Look]:
    line = model.lines[number]
    looks = []
    for mark in marking.marks:
        if mark.start < line.end and mark.end > line.start:
            first = model.column_of(number, max(mark.start, line.start))
            last = model.column_of(number, mark.end) if mark.end < line.end else own
            looks.append(Look(first, last, "warn_fg", bold=True, ground="warn_bg"))
    return looks
