"""Domain names as tiles, one per DNS label, compared from the right (interface.md 6.3, 6.4)."""

from __future__ import annotations

from headerlens.findings.scripts import for_the_eye
from headerlens.parse.names import labels
from headerlens.present.harmless import harmless
from headerlens.present.views import TileState, TileView


def author_tiles(domain: str, zone: int) -> tuple[TileView, ...]:
    """From's tiles: those inside the zone decide."""
    shown = shown_labels(domain)
    states = (TileState.DECIDING if column < zone else TileState.OTHER for column in range(len(shown)))
    return _row(dict(enumerate(zip(reversed(shown), states, strict=True))))


def identity_tiles(domain: str, author: str, fence: int, *, strict: bool) -> tuple[TileView, ...]:
    """The tiles of an identity against From's. A label is equal only if all to its right are.

    Inside the fence a different label decides, and so does one too many in strict mode; left of it it does not matter.
    A label that is absent although it must match is an empty tile.
    """
    if not domain:
        return ()
    own, theirs, shown = labels(domain)[::-1], labels(author)[::-1], shown_labels(domain)[::-1]
    row: dict[int, tuple[str, TileState]] = {}
    equal = True
    for column, label in enumerate(own):
        equal = equal and column < len(theirs) and label.lower() == theirs[column].lower()
        decides = column < fence or strict
        state = TileState.EQUAL if equal else TileState.DIFFERENT if decides else TileState.IGNORED
        row[column] = (shown[column], state)
    row.update(dict.fromkeys(range(len(own), fence), ("", TileState.MISSING)))
    return _row(row)


def shown_labels(domain: str) -> tuple[str, ...]:
    """The labels as the reader sees them: U-labels where they cannot deceive. Never shortened."""
    return tuple(harmless(label) for label in labels(for_the_eye(domain)))


def fits(tiles: tuple[TileView, ...]) -> bool:
    """Whether every label that decides is equal."""
    wrong = {TileState.DIFFERENT, TileState.MISSING}
    return bool(tiles) and not any(tile.state in wrong for tile in tiles)


def _row(columns: dict[int, tuple[str, TileState]]) -> tuple[TileView, ...]:
    """Tiles from left to right."""
    return tuple(TileView(label, column, state) for column, (label, state) in sorted(columns.items(), reverse=True))
