"""The requirements of receivers in words, a line each with its mark."""

from __future__ import annotations

from headerlens.findings.facts import facts_of
from headerlens.findings.requirements import Met, Ruling, requirements, rule_on
from headerlens.model.case import Case
from headerlens.present.views import Glyph, RequirementLine, RequirementsView, RequirementView
from headerlens.present.words import Words

_GLYPHS = {Met.YES: Glyph.PASS, Met.NO: Glyph.WARN, Met.UNSEEN: Glyph.UNKNOWN}


def present_requirements(case: Case, words: Words) -> RequirementsView | None:
    """The section below the findings, None for a mail that nobody was asked to take."""
    rulings = rule_on(facts_of(case))
    if not rulings:
        return None
    missed = sum(any(met is Met.NO for _rule, met in (*one.rules, *one.bulk)) for one in rulings)
    return RequirementsView(
        heading=words.phrase("require.heading"),
        summary=words.phrase("require.missed" if missed else "require.none-missed", {"n": missed, "m": len(rulings)}),
        note=words.phrase("require.note", {"date": requirements().as_of}),
        receivers=tuple(_receiver(one, words) for one in rulings),
    )


def _receiver(ruling: Ruling, words: Words) -> RequirementView:
    lines = [_line(words, rule, met, bulk=False) for rule, met in ruling.rules]
    lines += [_line(words, rule, met, bulk=True) for rule, met in ruling.bulk]
    unseen = ", ".join(words.phrase(f"require.{one}") for one in ruling.receiver.unseen)
    return RequirementView(
        id=ruling.receiver.id,
        name=ruling.receiver.names[words.language],
        lines=tuple(lines),
        unseen=words.phrase("require.unseen", {"what": unseen}, {"what": "ready"}) if unseen else "",
        source=words.phrase(
            "require.source",
            {"what": ruling.receiver.source[words.language], "date": ruling.receiver.since},
            {"what": "ready"},
        ),
    )


def _line(words: Words, rule: str, met: Met, *, bulk: bool) -> RequirementLine:
    text = words.phrase(f"require.{rule}")
    told = words.phrase("require.bulk", {"what": text}, {"what": "ready"}) if bulk else text[:1].upper() + text[1:]
    return RequirementLine(rule, met.value, _GLYPHS[met], told, words.phrase(f"require-met.{met.value}"), bulk)
