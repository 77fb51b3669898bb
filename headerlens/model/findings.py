"""Findings: ids with parameters. Their words live in the catalogue, one file per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters to the reader; the order of listing."""

    PROBLEM = "problem"
    WARNING = "warning"
    NOTE = "note"
    GOOD = "good"


class Confidence(StrEnum):
    """How sure a finding is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    CANNOT_TELL = "cannot-tell"


class Level(StrEnum):
    """The level of the verdict (interface.md 3)."""

    PASS = "pass"  # noqa: S105  a protocol word, no password
    PARTIAL = "partial"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Where:
    """A place a finding points at: a header field, octets of the source, or a DNS question ("TXT name").

    `pane` names a whole pane of the evidence: "spf", "path" or "arc", "" for none.
    """

    field_index: int | None = None
    start: int | None = None
    end: int | None = None
    question: str | None = None
    signature: int | None = None
    pane: str = ""


@dataclass(frozen=True, slots=True)
class RecordEdit:
    """The records of one type at one name as they are and as they should be, each in presentation form without quotes.

    `before` is empty where nothing is published, `after` where everything should go. `condition` is a phrase id for
    when this holds ("" always), such as "if your mail is sent by no other service"; `params` fill it.
    """

    name: str
    rtype: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    condition: str = ""
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `id` names its catalogue entry, `params` fill the texts and hold plain values only.

    `because` are ids of findings this one follows from: it is shown under them. `edits` are the records to change.
    """

    id: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    where: tuple[Where, ...] = ()
    because: tuple[str, ...] = ()
    edits: tuple[RecordEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The one answer: a level and a situation (S1…S25 of the catalogue, and S30) with the values of its texts."""

    level: Level
    situation: str
    params: Mapping[str, str | int] = field(default_factory=dict)
