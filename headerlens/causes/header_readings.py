"""One way in which a header field may have stood when it was signed, and how likely that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

Params = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What was done to a field: `kind` is a word of the catalogue (change.*)."""

    kind: str
    params: Params = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A raw field, final CRLF included, as it may have been signed; None where there may have been none.

    `weight` grows as the reading gets less likely (0: known from elsewhere, each further point some ten times rarer).
    `marks` say what has happened to the field since, none for the field as it stands.
    """

    raw: bytes | None
    weight: int
    marks: tuple[Mark, ...] = ()

    def then(self, raw: bytes, weight: int, mark: Mark | None) -> Reading:
        """The reading with one more step undone."""
        return replace(self, raw=raw, weight=self.weight + weight, marks=(*self.marks, *((mark,) if mark else ())))


@dataclass(frozen=True, slots=True)
class Value:
    """The same for what stands behind the colon, its folds and final CRLF included."""

    body: bytes
    weight: int
    mark: Mark


def lightest(readings: Iterable[Reading], limit: int) -> tuple[Reading, ...]:
    """Each raw field once, the likeliest first, at most `limit`."""
    best: dict[bytes | None, Reading] = {}
    for one in readings:
        known = best.get(one.raw)
        if known is None or one.weight < known.weight:
            best[one.raw] = one
    return tuple(sorted(best.values(), key=lambda one: one.weight)[:limit])


def with_line_end(body: bytes) -> bytes:
    """A field body that ends as fields do."""
    return body if body.endswith(b"\r\n") else body + b"\r\n"
