"""The records a service asks for, and the questions to DNS, in words."""

from __future__ import annotations

from headerlens.domains.service import is_open
from headerlens.model.dns import Answer, Outcome
from headerlens.model.domain import DomainCase, RowState, ServiceRow
from headerlens.present.domain_views import ServiceLine, ServiceView
from headerlens.present.harmless import harmless
from headerlens.present.views import Glyph, Tone
from headerlens.present.words import Words

_LOOK = {
    RowState.PRESENT: (Glyph.PASS, Tone.PASS),
    RowState.OPTIONAL: (Glyph.NONE, Tone.UNKNOWN),
    RowState.MISSING: (Glyph.FAIL, Tone.FAIL),
    RowState.DIFFERENT: (Glyph.WARN, Tone.WARN),
    RowState.DOUBLED: (Glyph.FAIL, Tone.FAIL),
    RowState.QUOTED: (Glyph.FAIL, Tone.FAIL),
    RowState.SPLIT: (Glyph.INFO, Tone.INFO),
    RowState.COMPARE: (Glyph.INFO, Tone.INFO),
    RowState.UNNAMED: (Glyph.INFO, Tone.INFO),
    RowState.UNANSWERED: (Glyph.UNKNOWN, Tone.UNKNOWN),
}
_MOST_SHOWN = 160


def service_view(case: DomainCase, words: Words) -> ServiceView | None:
    """What the chosen service asks for; None without one."""
    service = case.inquiry.provider
    if not service:
        return None
    params, kinds = {"service": service}, {"service": "service"}
    heading = words.phrase("domain-service.heading", params, kinds)
    empty = "" if case.service else words.phrase("domain-service.nothing", params, kinds)
    return ServiceView(heading, tuple(_line(row, words) for row in case.service), empty)


def _line(row: ServiceRow, words: Words) -> ServiceLine:
    wanted, state = row.wanted, words.phrase(f"domain-service.{row.state.value}")
    params = {"type": wanted.rtype, "name": wanted.name, "state": state}
    if wanted.name:
        text = words.phrase("domain-row", params)
    else:
        purpose = words.phrase(f"domain-purpose.{wanted.purpose}")
        text = words.phrase("domain-row.unnamed", {**params, "purpose": purpose}, {"purpose": "ready"})
    glyph, tone = _LOOK[row.state]
    found = ", ".join(harmless(one, _MOST_SHOWN) for one in row.found[:3])
    wish = words.phrase("domain-wanted", {"value": _wanted(row, words)}, {"value": "ready"})
    there = words.phrase("domain-found", {"value": found}, {"value": "ready"}) if found else ""
    accessible = words.phrase("list").join(part for part in (text, wish, there) if part)
    return ServiceLine(text, state, glyph, tone, wish, there, accessible)


def _wanted(row: ServiceRow, words: Words) -> str:
    """The value, the include that has to stand in it, or where to copy it from."""
    wanted = row.wanted
    includes = [one for one in wanted.includes if not is_open(one)]
    if wanted.purpose == "spf" and includes:
        return f"include:{includes[0]}"
    if not wanted.value or is_open(wanted.value):
        return words.phrase("domain-service.copy")
    return harmless(wanted.value)


def dns_rows(case: DomainCase, words: Words) -> tuple[tuple[str, str], ...]:
    """Every question that was sent, with its answer."""
    answers = (*(one.answer for one in case.evidence), *case.foreseen)
    return tuple((f"{one.question.rtype} {harmless(one.question.name)}", _said(one, words)) for one in answers)


def _said(answer: Answer, words: Words) -> str:
    aliases = [f"CNAME {harmless(alias)}" for alias in answer.aliases]
    if answer.outcome is Outcome.FOUND:
        texts = [harmless(octets.decode("utf-8", "replace")) for octets in answer.texts]
        return " | ".join([*aliases, *texts])
    kind = answer.failure.value if answer.failure is not None else answer.outcome.value
    return " | ".join([*aliases, words.phrase(f"domain-answer.{kind}")])
