"""One line about each of many messages: what is kept of a case, small enough for ten thousand of them.

`summarise` runs in the worker and keeps the words of every language, made by the very functions that make the page of
the opened message: the line of the table and the page can't differ, and the language may change at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from headerlens.findings.scripts import for_the_eye
from headerlens.findings.verdict import exit_status
from headerlens.model.case import Case
from headerlens.model.message import Refusal
from headerlens.model.verdicts import Comparison, SecondOpinion
from headerlens.present.findings import leading_cause
from headerlens.present.harmless import harmless
from headerlens.present.ladder import present_ladder
from headerlens.present.verdict import present_verdict
from headerlens.present.views import ChipView, Glyph, LadderRow, RowKind, Tone, plain
from headerlens.present.words import LANGUAGES, Words

_LONGEST = 200
"""Characters kept of a subject or an address: more never fits a line of the table."""

SHARED_FROM = 3
"""Messages that make a shared cause worth a strip of its own (interface.md 4.5)."""


@dataclass(frozen=True, slots=True)
class Chips:
    """The results of one line; `between` as in the ladder."""

    spf: ChipView
    dkim: ChipView
    recorded: ChipView
    now: ChipView
    between: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message in one language. `cause` is the title of its first finding that is a problem or a warning, or ""."""

    headline: str
    cause: str
    chips: Chips


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One checked message. `domain` is the shown sender's, readable; texts are harmless, "" where there is none.

    `spf`, `dkim`, `dmarc` are RFC 8601's words of now, `recorded` those of the believed receiver for the three, with
    None where nothing is recorded. `dkim` speaks of the signature that tells most about the sender.
    """

    level: str
    situation: str
    status: int
    glyph: Glyph
    tone: Tone
    address: str
    domain: str
    subject: str
    date: datetime | None
    received: datetime | None
    spf: str
    spf_domain: str
    dkim: str
    dkim_domain: str
    dmarc: str
    policy: str
    recorded: tuple[str | None, str | None, str | None]
    finding: str
    said: tuple[Said, ...]

    def in_words(self, language: str) -> Said:
        """The message in `language`."""
        return self.said[LANGUAGES.index(language)]


@dataclass(frozen=True, slots=True)
class SharedCause:
    """A cause of several messages: `key` names it whatever the language, `rows` are their places."""

    key: tuple[str, str]
    title: str
    rows: tuple[int, ...]


def summarise(case: Case, _second: tuple[SecondOpinion, ...] = ()) -> BatchRow:
    """What is kept of `case`. The time of receipt is the border's, the time of Date where there is none."""
    verdict = present_verdict(case, Words(LANGUAGES[0]))
    ladders = [present_ladder(case, Words(language)).rows for language in LANGUAGES]
    rows = ladders[0]
    author = case.message.shown_author
    dkim_row = _of_kind(rows, RowKind.DKIM)
    check = next((one for one in case.dkim if one.index == dkim_row.signature), None)
    return BatchRow(
        level=verdict.level,
        situation=verdict.situation,
        status=exit_status(case),
        glyph=verdict.glyph,
        tone=verdict.tone,
        address=harmless(author.address, _LONGEST) if author is not None else "",
        domain=harmless(for_the_eye(author.domain), _LONGEST) if author is not None and author.domain else "",
        subject=harmless(case.message.subject, _LONGEST),
        date=case.message.date,
        received=case.received_at or case.message.date,
        spf=case.spf.result.value,
        spf_domain=harmless(case.spf.domain, _LONGEST),
        dkim=check.result.value if check is not None else "none",
        dkim_domain=harmless(check.signature.domain, _LONGEST) if check is not None else "",
        dmarc=case.dmarc.result.value,
        policy=case.dmarc.policy or "",
        recorded=_recorded(case.comparison, dkim_row.signature),
        finding=leading_cause(case, Words(LANGUAGES[0]))[0],
        said=tuple(_said(case, Words(language), of) for language, of in zip(LANGUAGES, ladders, strict=True)),
    )


def _said(case: Case, words: Words, rows: tuple[LadderRow, ...]) -> Said:
    spf, dkim, author = (_of_kind(rows, kind) for kind in (RowKind.SPF, RowKind.DKIM, RowKind.FROM))
    return Said(
        headline=plain(present_verdict(case, words).headline),
        cause=leading_cause(case, words)[1],
        chips=Chips(spf.now, dkim.now, author.recorded, author.now, author.between),
    )


def _of_kind(rows: tuple[LadderRow, ...], kind: RowKind) -> LadderRow:
    """The first row of its kind; the ladder has one of each."""
    return next(row for row in rows if row.kind is kind)


def _recorded(comparison: tuple[Comparison, ...], signature: int | None) -> tuple[str | None, str | None, str | None]:
    def word(method: str, index: int | None) -> str | None:
        found = (one.recorded for one in comparison if one.method == method and one.index == index)
        first = next(found, None)
        return harmless(first, _LONGEST) if first is not None else None

    return word("spf", None), word("dkim", signature), word("dmarc", None)


def shared_causes(rows: Iterable[tuple[int, BatchRow]], language: str) -> tuple[SharedCause, ...]:
    """What at least SHARED_FROM messages have in common, the commonest first.

    The title tells whose mistake it is, so that two findings with one title in English are one cause.
    """
    groups: dict[tuple[str, str], list[tuple[int, BatchRow]]] = {}
    for place, row in rows:
        cause = row.said[0].cause
        if cause:
            groups.setdefault((row.finding, cause), []).append((place, row))
    shared = [
        SharedCause(key, members[0][1].in_words(language).cause, tuple(place for place, _ in members))
        for key, members in groups.items()
        if len(members) >= SHARED_FROM
    ]
    return tuple(sorted(shared, key=lambda one: -len(one.rows)))


def time_text(moment: datetime | None, words: Words, this_year: int, zone: tzinfo | None = None) -> str:
    """Such as "21 Nov, 17:20", for another year "3 Mar 2025"; "" for an unknown time."""
    if moment is None:
        return ""
    at = moment.astimezone(zone)
    return words.short_moment(moment, zone) if at.year == this_year else words.day(moment, zone)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of an exported table: a checked message, or why there is no result. `broken` is a program mistake."""

    name: str
    row: BatchRow | None = None
    checked_at: datetime | None = None
    refusal: Refusal | None = None
    broken: str = ""


def columns_of(one: Listed, words: Words) -> dict[str, str]:
    """The line as column and text; the names of the columns are the same in every language and a contract."""
    row = one.row
    said = row.in_words(words.language) if row is not None else None
    spf, dkim, dmarc = row.recorded if row is not None else (None, None, None)
    return {
        "file": harmless(one.name, _LONGEST),
        "result": row.level if row is not None else "",
        "situation": row.situation if row is not None else "",
        "exit_status": str(row.status) if row is not None else "",
        "headline": said.headline if said is not None else "",
        "from": row.address if row is not None else "",
        "from_domain": row.domain if row is not None else "",
        "subject": row.subject if row is not None else "",
        "date": _iso(row.date if row is not None else None),
        "received": _iso(row.received if row is not None else None),
        "spf": row.spf if row is not None else "",
        "spf_domain": row.spf_domain if row is not None else "",
        "dkim": row.dkim if row is not None else "",
        "dkim_domain": row.dkim_domain if row is not None else "",
        "dmarc": row.dmarc if row is not None else "",
        "policy": row.policy if row is not None else "",
        "recorded_spf": spf or "",
        "recorded_dkim": dkim or "",
        "recorded_dmarc": dmarc or "",
        "finding": row.finding if row is not None else "",
        "finding_title": said.cause if said is not None else "",
        "checked_at": _iso(one.checked_at),
        "problem": _problem(one, words),
    }


def _problem(one: Listed, words: Words) -> str:
    if one.refusal is not None:
        return words.refusal(one.refusal).headline
    return harmless(one.broken, _LONGEST)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment is not None else ""
