"""The finished geometry of the alignment ladder: what `ladder_layout` places and the painter draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF

from headerlens.gui.widgets.ladder_columns import Metrics
from headerlens.present.views import LadderRow, LadderView, Line, Rich, TileState


class SentenceMetrics(Metrics, Protocol):
    """Widths of texts and heights of wrapped sentences."""

    def height(self, spans: Rich, width: float) -> float:
        """Height in px of a sentence wrapped at `width`."""
        ...


@dataclass(frozen=True, slots=True)
class TileLayout:
    """One painted DNS label. `text` may be folded or shortened; `full` never is."""

    rect: QRectF
    text: str
    full: str
    column: int
    state: TileState
    folded: bool = False


@dataclass(frozen=True, slots=True)
class MarkLayout:
    """The round "=" or "≠" on the edge of a tile that faces From."""

    centre: QPointF
    equal: bool


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Where the parts of one identity stand. `fence` and `foreign_fence` are vertical lines as thin rectangles."""

    row: LadderRow
    rect: QRectF
    node: QPointF
    title: QPointF
    subtitle: QRectF
    tiles: tuple[TileLayout, ...]
    dots: tuple[QPointF, ...]
    marks: tuple[MarkLayout, ...]
    fence: QRectF | None
    foreign_fence: QRectF | None
    zone: QRectF | None
    sentence: QRectF
    full_name: QPointF | None
    placeholder: QRectF | None
    recorded: QPointF
    now: QPointF
    policy: QPointF | None


@dataclass(frozen=True, slots=True)
class LinkLayout:
    """A line from a row's node towards From. `lane` 0 is the spine; `end` the point on or before From's edge."""

    line: Line
    start: QPointF
    end: QPointF
    lane_x: float


@dataclass(frozen=True, slots=True)
class LadderLayout:
    """The whole picture. `small` tells that overflow rule 1 shrank the tiles, `elided` that rule 4 was needed."""

    width: float
    height: float
    stacked: bool
    small: bool
    elided: bool
    vouched: QPointF
    recorded_heading: QPointF
    now_heading: QPointF
    heading_room: float
    zone: QRectF | None
    caption: QPointF | None
    from_card: QRectF | None
    rows: tuple[RowLayout, ...]
    links: tuple[LinkLayout, ...]


EMPTY = LadderView(
    title=(),
    vouched_heading="",
    recorded_heading="",
    receiver="",
    now_heading="",
    checked="",
    caption="",
    caption_tooltip="",
    zone=0,
    rows=(),
    folded_rows=(),
    accessible="",
    legend=(),
)
"""What the ladder measures before its first view."""
