"""What the faces draw: small frozen records of finished, harmless text, the same for window and terminal.

Every string has been through `words`: placeholders filled, control and bidi characters made visible, length bounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from headerlens.model.findings import RecordEdit, Where


@dataclass(frozen=True, slots=True)
class Span:
    """A run of plain text; `strong` asks for emphasis (the domain of a headline, the point of a sentence)."""

    text: str
    strong: bool = False


Rich = tuple[Span, ...]


def plain(text: Rich) -> str:
    """The characters alone."""
    return "".join(span.text for span in text)


class Tone(StrEnum):
    """The colour families of interface.md 8.1: consequence for the shown sender, never the protocol result."""

    PASS = "pass"  # noqa: S105  a colour family, no password
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unk"
    INFO = "info"


class Glyph(StrEnum):
    """Status shapes, one per meaning (interface.md 8.4)."""

    PASS = "pass"  # noqa: S105  a shape, no password
    FAIL = "fail"
    WARN = "warn"
    UNKNOWN = "unk"
    INFO = "info"
    HALF = "half"
    OTHER = "neq"
    WAIT = "wait"
    RUN = "run"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The card. `level` is one of pass partial warn fail unknown running."""

    level: str
    glyph: Glyph
    tone: Tone
    situation: str
    headline: Rich
    sentence: str
    action: str
    footnote: str


@dataclass(frozen=True, slots=True)
class MessageLine:
    """Who, what and where from. `pill` is "complete", "pasted" or "headers"; `pill_text` its words."""

    address: str
    display: str
    subject: str
    date: str
    date_written: str
    source_name: str
    pill: str
    pill_text: str
    pill_tone: Tone


@dataclass(frozen=True, slots=True)
class ChipView:
    """A result chip. `dashed` outlines what is no result (none, not recorded, offline, waiting)."""

    word: str
    tone: Tone
    glyph: Glyph
    dashed: bool = False


class TileState(StrEnum):
    """How a DNS label relates to the one of From in its column (interface.md 6.4)."""

    DECIDING = "deciding"
    OTHER = "other"
    EQUAL = "equal"
    DIFFERENT = "different"
    IGNORED = "ignored"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class TileView:
    """One DNS label. `column` counts from the right, 0 is the top-level label. "" for a missing one."""

    label: str
    column: int
    state: TileState


class Line(StrEnum):
    """The connection to From: solid counts, dotted is undecided, dashed stops before From."""

    SOLID = "solid"
    DOTTED = "dotted"
    DASHED = "dashed"
    NONE = "none"


class RowKind(StrEnum):
    """What a row of the ladder stands for."""

    SPF = "spf"
    FROM = "from"
    DKIM = "dkim"


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One identity. `tiles` from left to right; `fence` counts the labels from the right that form its zone.

    `foreign_fence` is the boundary this identity's own organisation declares, when labels match but organisations
    differ (interface.md 6.6). `between` is "same", "differs" or "" between the chips. `signature` is the index of a
    DKIM row, `folded` how many signatures a folded row stands for. `policy` is From's line of policy and mode.
    `placeholder` replaces the tiles where there is no name (a dotted tile).
    """

    kind: RowKind
    title: str
    subtitle: str
    name: str
    tiles: tuple[TileView, ...]
    fence: int
    recorded: ChipView
    now: ChipView
    between: str
    line: Line
    node: Glyph
    node_tone: Tone
    sentence: Rich
    accessible: str
    tooltip: str = ""
    policy: str = ""
    placeholder: str = ""
    foreign_fence: int | None = None
    signature: int | None = None
    folded: int = 0

    @property
    def spoken(self) -> str:
        """The sentence for a screen reader, which would read an arrow out by its name."""
        return plain(self.sentence).replace(" → ", ": ")


@dataclass(frozen=True, slots=True)
class LadderView:
    """The alignment ladder. `zone` counts the labels from the right that must match (0: no zone)."""

    title: Rich
    vouched_heading: str
    recorded_heading: str
    receiver: str
    now_heading: str
    checked: str
    caption: str
    caption_tooltip: str
    zone: int
    rows: tuple[LadderRow, ...]
    folded_rows: tuple[LadderRow, ...]
    accessible: str
    legend: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A DNS record as it should be: lines of pieces, each "same", "remove" or "add" with its text."""

    heading: str
    lines: tuple[tuple[tuple[str, str], ...], ...]
    copy_text: str


@dataclass(frozen=True, slots=True)
class TagRow:
    """One tag of a record: its name and value as written, and what it means."""

    tag: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TagTable:
    """A record explained tag by tag."""

    heading: str
    rows: tuple[TagRow, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A link into the evidence, with its words."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. `code` is HL-nnn; `why` is `happened` and `means` together; `consequences` are folded under it."""

    id: str
    code: str
    severity: str
    glyph: Glyph
    tone: Tone
    title: str
    why: str
    steps: tuple[str, ...]
    happened: str = ""
    means: str = ""
    confidence: str = "certain"
    params: Mapping[str, str | int] = field(default_factory=dict)
    where: tuple[Where, ...] = ()
    evidence: tuple[str, ...] = ()
    changes: tuple[RecordChange, ...] = ()
    edits: tuple[RecordEdit, ...] = ()
    table: TagTable | None = None
    places: tuple[Place, ...] = ()
    consequences: tuple[FindingView, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One rule of a receiver: `met` is "yes", "no" or "unseen", `state` its word; `bulk` holds for bulk senders."""

    rule: str
    met: str
    glyph: Glyph
    text: str
    state: str
    bulk: bool


@dataclass(frozen=True, slots=True)
class RequirementView:
    """What one receiver asks of senders."""

    id: str
    name: str
    lines: tuple[RequirementLine, ...]
    unseen: str
    source: str


@dataclass(frozen=True, slots=True)
class RequirementsView:
    """What receivers ask of senders and how this mail does: notes beside the answer, never part of it."""

    heading: str
    summary: str
    note: str
    receivers: tuple[RequirementView, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """Everything the answer page shows. `notices` are repairs and sample notices above the verdict."""

    line: MessageLine
    verdict: VerdictView
    ladder: LadderView
    findings_heading: str
    findings_count: str
    findings: tuple[FindingView, ...]
    notices: tuple[str, ...] = ()
    requirements: RequirementsView | None = None


@dataclass(frozen=True, slots=True)
class RefusalView:
    """The card for what could not be taken as a mail: what it is and what to do."""

    id: str
    headline: str
    sentence: str
    action: str


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The running card: headline and one line per check (glyph, name, what exactly).

    `ladder` has every row in its place as soon as the message is read, None before. `began` and `times` (for each line
    when it began and ended) are seconds of the monotonic clock, None for what has not happened; `waiting` is the word
    that stands where the time will.
    """

    headline: str
    asked: int
    answered: int
    lines: tuple[tuple[Glyph, str, str], ...]
    ladder: LadderView | None = None
    began: float | None = None
    times: tuple[tuple[float | None, float | None], ...] = ()
    waiting: str = ""
