"""Edits of a body: what stands where now and what the signed original said there, exact to the octet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edit:
    """`signed` belongs where [start, end) stands now. Edits of one list are sorted and do not overlap."""

    start: int
    end: int
    signed: bytes = field(default=b"", repr=False)

    def moved(self, by: int) -> Edit:
        """The same edit of a text that begins `by` octets later."""
        return Edit(self.start + by, self.end + by, self.signed)


def apply(octets: bytes, edits: Iterable[Edit]) -> bytes:
    """The octets with every edit made: what the signer had."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [octets[at : edit.start], edit.signed]
        at = edit.end
    return b"".join((*pieces, octets[at:]))


def narrowed(octets: bytes, edit: Edit) -> Edit:
    """The same edit without what is equal at both its ends, so that only what differs is shown."""
    now, signed = octets[edit.start : edit.end], edit.signed
    head = _common(now, signed)
    tail = _common(now[head:][::-1], signed[head:][::-1])
    return Edit(edit.start + head, edit.end - tail, signed[head : len(signed) - tail])


def _common(one: bytes, other: bytes) -> int:
    """How many octets both begin with: by halving, so that comparing stays at the speed of C."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def composed(first: tuple[Edit, ...], second: tuple[Edit, ...], between: bytes) -> tuple[Edit, ...]:
    """One list that does what `first` and then `second` do; `between` is the text after `first`.

    Edits that overlap or touch become one, so that the ends of a group stand in text that `first` left alone.
    """
    spans: list[tuple[int, int, Edit | None]] = [(low, high, None) for low, high, _ in _spans(first)]
    merged: list[Edit] = []
    places = Places(first)
    for low, high, later in _groups([*spans, *((each.start, each.end, each) for each in second)]):
        signed = apply(between[low:high], (each.moved(-low) for each in later))
        merged.append(Edit(places.before(low, at_end=False), places.before(high, at_end=True), signed))
    return tuple(merged)


class Places:
    """Where places of a text after some edits stood before them."""

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        self._spans = _spans(edits)
        self._ends = [high for _, high, _ in self._spans]

    def before(self, place: int, *, at_end: bool) -> int:
        """The place in the text before; one inside an edit becomes its start, or its end with `at_end`.

        An edit that touches the place is left outside a start's span and inside an end's.
        """
        which = (bisect_right if at_end else bisect_left)(self._ends, place)
        moved = self._spans[which - 1][2].end - self._spans[which - 1][1] if which else 0
        if which < len(self._spans) and self._spans[which][0] < place:
            return self._spans[which][2].end if at_end else self._spans[which][2].start
        return place + moved


def _spans(edits: Iterable[Edit]) -> list[tuple[int, int, Edit]]:
    """Where the octets of each edit stand after all of them."""
    spans, moved = [], 0
    for edit in edits:
        low = edit.start + moved
        spans.append((low, low + len(edit.signed), edit))
        moved += len(edit.signed) - (edit.end - edit.start)
    return spans


def _groups(spans: list[tuple[int, int, Edit | None]]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Spans that overlap or touch, together: their hull and the later edits among them."""
    group: tuple[int, int, list[Edit]] | None = None
    for low, high, edit in sorted(spans, key=lambda span: span[:2]):
        if group is not None and low <= group[1]:
            group = (group[0], max(high, group[1]), group[2])
        else:
            if group is not None:
                yield group
            group = (low, high, [])
        if edit is not None:
            group[2].append(edit)
    if group is not None:
        yield group
