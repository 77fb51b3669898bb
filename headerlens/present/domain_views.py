"""What the page and the reports on a domain draw: records of finished, harmless text."""

from __future__ import annotations

from dataclasses import dataclass

from headerlens.present.views import FindingView, Glyph, TagTable, Tone, VerdictView


@dataclass(frozen=True, slots=True)
class TopicView:
    """One subject, such as SPF: its state as a shape and a word, then lines; `records` are as published.

    `heading` is title and word in one.
    """

    id: str
    title: str
    glyph: Glyph
    tone: Tone
    word: str
    heading: str
    lines: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One record a service asks for: where, its state, and what is asked for and found ("" where nothing is)."""

    text: str
    state: str
    glyph: Glyph
    tone: Tone
    wanted: str = ""
    found: str = ""
    accessible: str = ""


@dataclass(frozen=True, slots=True)
class ServiceView:
    """What a service asks to publish; `empty` is said where nothing is known of it."""

    heading: str
    lines: tuple[ServiceLine, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class DomainView:
    """Everything the page on a domain shows. `dns` are questions with what was answered, as lines of text."""

    domain: str
    verdict: VerdictView
    topics: tuple[TopicView, ...]
    findings_heading: str
    findings_count: str
    findings: tuple[FindingView, ...]
    table: TagTable | None = None
    service: ServiceView | None = None
    dns_heading: str = ""
    dns: tuple[tuple[str, str], ...] = ()
