"""The evidence panes over the whole corpus: words for everything, nothing left open, nothing hostile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC

import pytest

from headerlens.findings.catalogue import read_table
from headerlens.model.findings import Where
from headerlens.present.evidence_panes import present_evidence
from headerlens.present.evidence_views import CardView, EvidenceView, SpfRow
from headerlens.present.findings import places
from headerlens.present.words import LANGUAGES, Words
from tests.support.corpus_cases import NAMES, corpus_case

PHRASES = set(read_table("en.toml")["phrases"])


def texts(value: object) -> Iterator[str]:
    """Every text in a view."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def cards(view: EvidenceView) -> tuple[CardView, ...]:
    return (*view.signatures.cards, *view.signatures.arc_cards)


def rows(row: SpfRow) -> Iterator[SpfRow]:
    yield row
    for child in row.children:
        yield from rows(child)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_has_words_for_every_pane(name: str, language: str) -> None:
    view = present_evidence(corpus_case(name), Words(language), zone=UTC)
    assert all(not re.search(r"(?<!%)\{|\*\*", text) for text in texts(view))
    assert not {text for text in texts(view) if text in PHRASES}
    for card in cards(view):
        assert card.pill
        assert card.title
        assert card.summary
        assert card.accessible
        assert all(step.title and step.accessible.startswith(step.accessible[:1]) for step in card.steps)
    assert view.spf.sentence
    assert view.spf.checked_for
    assert view.path.stops or view.path.empty
    assert all(stop.name and stop.accessible for stop in view.path.stops)
    assert len(view.dns.lines) == len(corpus_case(name).evidence) + len(corpus_case(name).foreseen)
    assert all(line.answer and line.accessible for line in view.dns.lines)


@pytest.mark.parametrize("name", NAMES)
def test_one_term_at_most_gives_the_result_on_each_level(name: str) -> None:
    root = present_evidence(corpus_case(name), Words("en"), zone=UTC).spf.root
    for row in rows(root) if root is not None else ():
        assert sum(child.decides for child in row.children) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_at_most_one_step_of_a_card_is_open_and_it_is_the_first_that_failed(name: str) -> None:
    for card in cards(present_evidence(corpus_case(name), Words("en"), zone=UTC)):
        failed = [step.glyph.value == "fail" for step in card.steps]
        assert [step.opened for step in card.steps] == [
            bad and number == failed.index(True) for number, bad in enumerate(failed)
        ]


def test_hostile_names_cannot_turn_the_text_around() -> None:
    case = corpus_case("plain")
    hop = replace(case.message.hops[0], by="mx\u202eelgoog.com", helo="a\nb")
    message = replace(case.message, hops=(hop, *case.message.hops[1:]))
    view = present_evidence(replace(case, message=message), Words("en"), zone=UTC)
    joined = "".join(texts(view))
    assert "\u202e" not in joined
    assert "[U+202E]" in joined


def test_a_sample_says_that_nothing_was_looked_up() -> None:
    dns = present_evidence(corpus_case("plain"), Words("en"), sample=True).dns
    assert dns.heading.endswith("recorded answers")
    assert [notice.text for notice in dns.notices] == [
        "These answers were recorded with the example; nothing was looked up."
    ]


def links(name: str, prefix: str) -> list[tuple[str, Where]]:
    case = corpus_case(name)
    found = next(one for one in case.findings if one.id.startswith(prefix))
    return [(place.text, place.where) for place in places(case, Words("en"), found)]


def test_a_finding_about_spf_leads_to_its_steps_first() -> None:
    assert links("spf-too-many-lookups", "spf.")[0] == ("SPF steps", Where(pane="spf"))


def test_a_finding_about_a_signature_leads_to_its_card_and_to_its_line() -> None:
    found = links("list-footer", "dkim.")
    texts_of = [text for text, _ in found]
    assert texts_of[0].startswith("Signature ")
    assert found[0][1].field_index is None
    assert texts_of[1].startswith("DKIM-Signature, line ")
    assert found[1][1].signature is None


def test_a_finding_about_arc_leads_to_the_sets() -> None:
    assert links("forwarded-with-arc", "arc.")[0] == ("ARC", Where(pane="arc"))
