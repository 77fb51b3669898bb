"""The SPF pane: what was checked, each term with what became of it, and the limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from headerlens.model.case import Choices
from headerlens.model.verdicts import Result, SpfNode, SpfTerm, TermState
from headerlens.present.evidence_views import SpfRow, SpfView
from headerlens.present.spf_tree_view import spf_view
from headerlens.present.views import Glyph, Tone
from headerlens.present.words import Words
from tests.support.corpus_cases import corpus_case

EN, JA = Words("en"), Words("ja")


def view(name: str) -> SpfView:
    return spf_view(corpus_case(name), EN)


def rows(row: SpfRow | None) -> Iterator[SpfRow]:
    if row is not None:
        yield row
        for child in row.children:
            yield from rows(child)


def row(name: str, text: str) -> SpfRow:
    return next(one for one in rows(view(name).root) if one.text == text)


def test_the_sentence_names_domain_and_server() -> None:
    assert view("plain").sentence == "example.com lists 192.0.2.25"
    assert view("forwarded").sentence == "example.com doesn't list 203.0.113.9"
    assert spf_view(corpus_case("plain"), JA).sentence == "example.com に 192.0.2.25 の登録あり"


def test_it_is_told_which_hand_over_and_which_identity_was_checked() -> None:
    assert view("plain").checked_for == (
        "Checked for the connection from mail.example.com to mx.google.com (hop 1). Identity: MAIL FROM."
    )
    assert "Identity: HELO" in view("bounce-pass").checked_for


def test_values_of_ones_own_are_told() -> None:
    case = replace(corpus_case("plain"), choices=Choices(client_ip="192.0.2.9"))
    assert spf_view(case, EN).checked_for.endswith("With values you chose.")


def test_the_deciding_term_is_filled_and_what_follows_was_not_reached() -> None:
    record = view("plain").root
    assert record is not None
    assert (record.text, record.state) == ("v=spf1  example.com", "record")
    listed, rest = record.children
    assert (listed.value, listed.tone, listed.decides) == ("matches → pass", Tone.PASS, True)
    assert (rest.value, rest.glyph, rest.decides) == ("not reached", Glyph.WAIT, False)


def test_a_term_that_fails_the_mail_is_red() -> None:
    denied = row("forwarded", "-all")
    assert (denied.value, denied.glyph, denied.tone) == ("matches → fail", Glyph.FAIL, Tone.FAIL)


def test_an_included_record_that_says_no_only_ends_the_include() -> None:
    includes = [one for one in rows(view("spf-too-many-lookups").root) if one.text == "include:i0.example.com"]
    (include,) = includes
    assert include.value == "not matched"
    assert [(child.value, child.decides) for child in include.children][-1] == ("ends include", False)


def test_look_ups_are_numbered_and_those_past_ten_marked() -> None:
    counted = [one for one in rows(view("spf-too-many-lookups").root) if one.count]
    assert [one.count for one in counted] == [str(number) for number in range(1, 12)]
    assert [one.over for one in counted] == [False] * 10 + [True]
    assert counted[-1].value == "look-ups used up"


def test_the_meters_show_both_limits() -> None:
    lookups, voids = view("spf-too-many-lookups").meters
    assert (lookups.text, lookups.accessible) == ("11 / 10", "DNS look-ups: 11 of 10")
    assert (voids.text, voids.limit) == ("0 / 2", 2)


def test_a_redirect_leads_to_the_term_behind_it() -> None:
    redirect = row("spf-redirect", "redirect=_spf.example.com")
    assert redirect.value == "redirected → pass"
    assert [child.decides for child in redirect.children] == [True, False]


def test_macros_show_before_and_after() -> None:
    (macro,) = [one for one in rows(view("spf-telltale").root) if one.expanded]
    assert "%{l}" in macro.text
    assert "%" not in macro.expanded
    assert f"with macros filled in: {macro.expanded}" in macro.accessible
    assert [fact.label for fact in macro.facts][:2] == ["Term", "After macros"]


def test_a_modifier_is_no_part_of_the_result() -> None:
    case = corpus_case("plain")
    term = SpfTerm("exp=why.example.com", 7, "exp", "", TermState.NOT_REACHED)
    tree = SpfNode("example.com", "v=spf1 exp=why.example.com", Result.NEUTRAL, (term,))
    root = spf_view(replace(case, spf=replace(case.spf, tree=tree)), EN).root
    assert root is not None
    assert root.children[0].value == "no part of the result"


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("spf-none", "example.com publishes no list"),
        ("spf-two-records", "Several SPF records"),
        ("spf-include-of-nothing", "nothing.example.net is included"),
        ("spf-too-many-lookups", "example.com needs 11 look-ups"),
        ("dns-all-time-out", "No answer from DNS"),
    ],
)
def test_each_trouble_has_a_sentence(name: str, begins: str) -> None:
    sentence = view(name).sentence
    assert sentence.startswith(begins) or begins.split(" ", 1)[1] in sentence


def test_a_question_leads_to_dns() -> None:
    assert row("spf-redirect", "redirect=_spf.example.com").question == "TXT _spf.example.com"
    assert row("plain", "-all").question == ""


def test_without_a_record_there_is_no_tree() -> None:
    assert view("spf-none").root is None
    assert view("spf-none").meters == ()
