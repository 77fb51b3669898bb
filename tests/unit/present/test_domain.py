"""A domain in words: every mistake in both languages, harmless, with the right tone."""

from __future__ import annotations

import pytest

from headerlens.present.domain import present_domain
from headerlens.present.domain_views import DomainView
from headerlens.present.views import Glyph, Tone, plain
from headerlens.present.words import LANGUAGES, Words
from headerlens.report.domain import domain_json, markdown_domain, text_domain
from headerlens.report.json import report_text
from headerlens.report.terminal import Style
from tests.support.domains import HOME, MISTAKES, Mistake, dmarc, spf


def shown(mistake: Mistake, language: str = "en") -> DomainView:
    return present_domain(mistake.case(), Words(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identifier", MISTAKES)
def test_every_mistake_is_told_whole(identifier: str, language: str) -> None:
    case = MISTAKES[identifier].case()
    view = present_domain(case, Words(language))
    texts = [
        text_domain(view, Style()),
        markdown_domain(view),
        *(topic.heading for topic in view.topics),
    ]
    assert report_text([domain_json(case, view)])
    for text in texts:
        assert text.strip()
        for unfilled in (
            "domain-line.",
            "domain-word.",
            "domain-service.",
            "domain-answer.",
            "spf-fault.",
            "key-fault.",
        ):
            assert unfilled not in text


def test_a_domain_in_order_gets_a_calm_card() -> None:
    view = shown(Mistake())
    assert plain(view.verdict.headline) == f"{HOME} is set up in order."
    assert (view.verdict.level, view.verdict.action) == ("pass", "")
    assert {topic.tone for topic in view.topics} == {Tone.PASS}
    assert [topic.id for topic in view.topics] == ["spf", "dkim", "dmarc", "mx"]


def test_the_card_counts_what_is_to_be_mended_and_begins_with_the_gravest() -> None:
    view = shown(Mistake({**spf("v=spf1 +all"), **dmarc("v=DMARC1; p=strict")}))
    assert plain(view.verdict.headline) == f"2 things to mend at {HOME}."
    assert view.verdict.action


@pytest.mark.parametrize(
    ("identifier", "level"),
    [("domain.no-answer", "unknown"), ("domain.parked", "pass"), ("domain.no-name", "fail"),
     ("domain.key-weak", "warn"), ("domain.offline", "unknown"), ("dmarc.monitoring", "pass")],
)  # fmt: skip
def test_the_level_of_the_card(identifier: str, level: str) -> None:
    assert shown(MISTAKES[identifier]).verdict.level == level


def test_a_topic_bears_the_colour_of_its_gravest_finding() -> None:
    view = shown(MISTAKES["domain.key-short"])
    tones = {topic.id: topic.glyph for topic in view.topics}
    assert tones == {"spf": Glyph.PASS, "dkim": Glyph.FAIL, "dmarc": Glyph.PASS, "mx": Glyph.PASS}


def test_the_policy_is_explained_tag_by_tag() -> None:
    table = shown(Mistake()).table
    assert table is not None
    assert [row.tag for row in table.rows][:3] == ["v", "p", "rua"]


def test_a_name_that_does_not_exist_has_no_rows() -> None:
    view = shown(MISTAKES["domain.no-name"])
    assert (view.topics, view.table, view.service) == ((), None, None)


def test_what_a_service_wants_is_set_beside_what_is_there() -> None:
    service = shown(MISTAKES["domain.service-different"]).service
    assert service is not None
    line = next(one for one in service.lines if "k2._domainkey" in one.text)
    assert (line.wanted, line.found) == ("asked for: dkim2.mcsv.net", "found: dkim9.mcsv.net")


def test_values_of_dns_cannot_turn_the_text_around() -> None:
    case = Mistake(dmarc("v=DMARC1; p=reject; x=\u202etxet")).case()
    text = text_domain(present_domain(case, Words("en")), Style())
    assert "\u202e" not in text
    assert "\u202e" not in markdown_domain(present_domain(case, Words("en")))


def test_other_records_are_named_and_not_judged() -> None:
    view = shown(
        Mistake({f"_mta-sts.{HOME}": {"TXT": [["v=STSv1; id=1"]]}, f"default._bimi.{HOME}": {"TXT": [["v=BIMI1; l="]]}})
    )
    assert view.topics[-1].lines == ("MTA-STS · BIMI",)
    assert view.verdict.level == "pass"
