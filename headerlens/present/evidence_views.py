"""What the evidence panes draw (interface.md 7.2): signatures, SPF, path and DNS as records of finished, harmless text.

The tone here is the check's own result, because here the check is the subject (interface.md 7.3).
"""

from __future__ import annotations

from dataclasses import dataclass

from headerlens.model.findings import Where
from headerlens.present.views import Glyph, Tone


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value; `mono` is a value of a record or of the source."""

    label: str
    value: str
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence with its shape and colour."""

    glyph: Glyph
    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a verification. `facts` and `remarks` stand below it where it needs explaining."""

    glyph: Glyph
    tone: Tone
    title: str
    value: str
    accessible: str
    facts: tuple[Fact, ...] = ()
    remarks: tuple[Remark, ...] = ()
    opened: bool = False


@dataclass(frozen=True, slots=True)
class HeaderChip:
    """One header name: `signed` or only present, `doubled` when another one of its name is ruled out as well."""

    name: str
    signed: bool
    doubled: bool
    accessible: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A way to another place of the evidence."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class CardView:
    """One signature, or one ARC set. `icon` is the line icon of the pill; `line` the tone of the card's border.

    `summary` is what the folded card says. `signature` is the index among the signatures, None for an ARC set.
    """

    pill: str
    pill_tone: Tone
    icon: str
    counter: str
    title: str
    summary: str
    tone: Tone
    glyph: Glyph
    line: str
    opened: bool
    accessible: str
    steps: tuple[StepView, ...] = ()
    chips_heading: str = ""
    chips: tuple[HeaderChip, ...] = ()
    chips_note: str = ""
    facts: tuple[Fact, ...] = ()
    remarks: tuple[Remark, ...] = ()
    links: tuple[LinkView, ...] = ()
    signature: int | None = None
    instance: int | None = None


@dataclass(frozen=True, slots=True)
class SignaturesView:
    """All signatures, then the ARC sets with what they are worth. `empty` is said where there is no signature."""

    cards: tuple[CardView, ...]
    empty: str = ""
    notes: tuple[Remark, ...] = ()
    arc_heading: str = ""
    arc_remarks: tuple[Remark, ...] = ()
    arc_cards: tuple[CardView, ...] = ()


@dataclass(frozen=True, slots=True)
class SpfRow:
    """A record (depth 0 and behind include or redirect) or a term. `children` are the terms of the record behind it.

    `state` is "record", "matched", "no-match", "not-reached" or "error". `count` is the look-up's number, "" for none;
    `over` when it is past the limit. `expanded` is the name after macros, `answers` what DNS gave; `facts` tell all of
    it at length. `decides` marks the term that gave the result.
    """

    text: str
    state: str
    glyph: Glyph
    tone: Tone
    value: str
    accessible: str
    count: str = ""
    over: bool = False
    decides: bool = False
    expanded: str = ""
    answers: str = ""
    question: str = ""
    facts: tuple[Fact, ...] = ()
    children: tuple[SpfRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of a limit was used."""

    label: str
    used: int
    limit: int
    text: str
    accessible: str


@dataclass(frozen=True, slots=True)
class SpfView:
    """The evaluation of SPF. `root` is None where nothing was evaluated."""

    glyph: Glyph
    tone: Tone
    sentence: str
    checked_for: str
    root: SpfRow | None
    tree_name: str
    meters: tuple[Meter, ...] = ()
    remarks: tuple[Remark, ...] = ()
    note: str = ""
    links: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class PathStop:
    """One server on the way. `bar` is the delay's length from 0 to 1, None where there is none to draw.

    `trusted` marks what the receiver's own servers wrote; `pill` says that SPF was judged here.
    """

    name: str
    subtitle: str
    time: str
    trusted: bool
    accessible: str
    bar: float | None = None
    delay: str = ""
    slow: bool = False
    pill: str = ""
    warning: str = ""
    field_index: int | None = None


@dataclass(frozen=True, slots=True)
class PathView:
    """The way of the message, oldest first. The band stands above stop number `border`, None when it is unknown."""

    heading: str
    intro: str
    stops: tuple[PathStop, ...]
    border: int | None
    border_text: str
    trust_title: str
    trust_text: str
    button: str
    empty: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class DnsLine:
    """One question with its answer. `aliases` are the names a CNAME led to, in order; `full` has one record a line."""

    glyph: Glyph
    tone: Tone
    name: str
    rtype: str
    answer: str
    time: str
    used_by: tuple[str, ...]
    aliases: tuple[str, ...]
    full: str
    dig: str
    accessible: str


@dataclass(frozen=True, slots=True)
class DnsView:
    """Every question to DNS."""

    heading: str
    notices: tuple[Remark, ...]
    lines: tuple[DnsLine, ...]
    dig: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """All panes but the header source."""

    signatures: SignaturesView
    spf: SpfView
    path: PathView
    dns: DnsView
