"""Signature cards: the steps in order, what failed and why, what is covered, and what a second program says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from headerlens.model.case import Case
from headerlens.model.causes import Cause, Change, Part
from headerlens.model.findings import Where
from headerlens.model.verdicts import Match, Opinion, SecondOpinion
from headerlens.present.evidence_views import CardView, SignaturesView, StepView
from headerlens.present.signature_cards import signature_cards
from headerlens.present.views import Glyph, Tone
from headerlens.present.words import Words
from tests.support.corpus_cases import corpus_case

EN, JA = Words("en"), Words("ja")
TITLES = ["Key found in DNS", "Key is usable", "Headers unchanged", "Body unchanged", "Not expired", "Matches From"]


def view(name: str, words: Words = EN, *second: SecondOpinion) -> SignaturesView:
    return signature_cards(corpus_case(name), words, second, UTC)


def card(name: str, number: int = 0) -> CardView:
    return view(name).cards[number]


def step(name: str, title: str, number: int = 0) -> StepView:
    return next(one for one in card(name, number).steps if one.title == title)


def test_the_steps_stand_in_the_verifiers_order() -> None:
    assert [one.title for one in card("plain").steps] == TITLES
    japanese = [one.title for one in view("plain", JA).cards[0].steps]
    assert japanese[0] == "鍵が DNS にある"
    assert japanese[-1] == "From と一致"


def test_an_author_signature_is_told_from_a_third_partys() -> None:
    service = view("yoyakuban-third-party")
    pills = {(one.pill, one.pill_tone, one.icon) for one in (*service.cards, *view("plain").cards)}
    assert ("author signature", Tone.PASS, "eq") in pills
    assert ("third-party signature", Tone.UNKNOWN, "neq") in pills


def test_a_pass_of_somebody_else_stays_calm_and_folded() -> None:
    listed = view("list-footer").cards
    assert [(one.pill, one.line, one.opened) for one in listed] == [
        ("third-party signature", "line", False),
        ("author signature", "fail_line", True),
    ]
    assert listed[0].summary == "Valid signature, but of a different organisation."
    assert listed[0].steps[-1].glyph is Glyph.OTHER


def test_the_first_failing_step_opens_with_both_hashes_and_later_ones_are_told() -> None:
    steps = card("list-footer", 1).steps
    changed = steps[3]
    assert (changed.title, changed.value, changed.opened) == ("Body changed", "hashes differ", True)
    assert [fact.label for fact in changed.facts] == ["Signed hash", "Hash now"]
    assert changed.facts[0].value != changed.facts[1].value
    assert [one.title for one in steps[4:]] == ["Not expired", "Matches From"]


def test_changed_headers_show_the_hash_that_rsa_gives_back() -> None:
    changed = step("header-changed", "Headers changed")
    assert [fact.label for fact in changed.facts] == ["Signed hash", "Hash now"]
    assert all(fact.value.endswith("=") for fact in changed.facts)


@pytest.mark.parametrize(
    ("name", "title", "glyph"),
    [
        ("key-none", "No key in DNS", Glyph.FAIL),
        ("key-revoked", "Key can't be used", Glyph.FAIL),
        ("key-512-bits", "Key can't be used", Glyph.FAIL),
        ("other-key", "Made with another key", Glyph.FAIL),
        ("sig-expired", "Expired", Glyph.FAIL),
        ("sig-future", "Dated in the future", Glyph.FAIL),
        ("sig-syntax", "Signature is written wrongly", Glyph.FAIL),
        ("headers-pasted", "Body not included", Glyph.HALF),
        ("length-appended", "Body unchanged", Glyph.WARN),
        ("dns-all-time-out", "Key found in DNS", Glyph.UNKNOWN),
    ],
)
def test_each_kind_of_trouble_has_its_step(name: str, title: str, glyph: Glyph) -> None:
    assert step(name, title).glyph is glyph


def test_a_copy_that_may_have_been_altered_accuses_nobody() -> None:
    whole = card("paste-spoilt-unrecorded")
    assert (whole.glyph, whole.line) == (Glyph.UNKNOWN, "line")
    assert whole.summary == "The headers are as signed; the body of this copy isn't."
    changed = next(one for one in whole.steps if one.title == "Body changed")
    assert (changed.glyph, changed.tone) == (Glyph.UNKNOWN, Tone.UNKNOWN)
    assert "This copy may have changed it" in changed.remarks[0].text


def test_a_proved_cause_stands_under_the_step_it_explains() -> None:
    case = corpus_case("list-footer")
    footer = Change("footer", Part.BODY, 10, 20, params=(("lines", 7),))
    tag = Change("subject-tag", Part.HEADER, 1, 2, field="Subject", params=(("tag", "[list]"),))
    proved = replace(case, causes=(Cause(1, (footer, tag), header=False, body=True, whole=True),))
    told = signature_cards(proved, EN, (), UTC).cards[1]
    assert [remark.text for remark in told.steps[3].remarks] == [
        "Undone, the hash matches: 7 lines were added at the end."
    ]
    assert not told.steps[2].remarks


def test_what_was_proved_of_a_signature_is_not_said_of_an_arc_set() -> None:
    case = corpus_case("forwarded-with-arc")
    arc = case.arc.sets[0]
    assert arc.message_signature is not None
    broken = replace(arc, message_signature=replace(arc.message_signature, body_hash=Match.MISMATCH))
    footer = Change("footer", Part.BODY, 10, 20, params=(("lines", 7),))
    made = replace(
        case,
        arc=replace(case.arc, sets=(broken,)),
        causes=(Cause(arc.set.instance, (footer,), header=False, body=True, whole=True),),
    )
    (told,) = signature_cards(made, EN, (), UTC).arc_cards
    changed = next(one for one in told.steps if one.title == "Body changed")
    assert changed.remarks == ()


def test_chips_tell_signed_doubled_and_uncovered_names() -> None:
    over = card("oversigned")
    assert any(chip.doubled and chip.signed for chip in over.chips)
    bare = card("subject-unsigned")
    (subject,) = [chip for chip in bare.chips if chip.name == "Subject"]
    assert not subject.signed
    assert subject.accessible == "Subject: not signed"


def test_remarks_warn_of_l_and_note_a_test() -> None:
    assert any("(l=)" in remark.text and remark.tone is Tone.WARN for remark in card("length-appended").remarks)
    assert any("(t=y)" in remark.text and remark.tone is Tone.INFO for remark in card("key-testing").remarks)
    assert any("1024 bits" in remark.text for remark in card("key-1024-bits").remarks)


def test_canonicalisation_is_told_in_words() -> None:
    (fact,) = [fact for fact in card("plain").facts if fact.label == "Canonicalisation"]
    assert fact.value == "relaxed/relaxed (spacing changes are ignored)"


def test_signatures_beyond_the_limit_are_told() -> None:
    many = view("many-signatures")
    assert "weren't checked" in many.notes[0].text
    unchecked = [one for one in many.cards if not one.steps]
    assert unchecked
    assert all("wasn't checked" in one.remarks[0].text for one in unchecked)
    assert not any(one.opened for one in unchecked)


def test_the_second_opinion_stands_on_its_card() -> None:
    told = view("list-footer", EN, SecondOpinion(1, Opinion.AGREES)).cards
    assert [remark.text for remark in told[1].remarks][-1] == "Second opinion: dkimpy agrees."
    assert not [remark for remark in told[0].remarks if "dkimpy" in remark.text]


def test_links_lead_to_the_field_and_to_the_key() -> None:
    case = corpus_case("plain")
    places = [link.where for link in card("plain").links]
    assert places == [
        Where(field_index=case.message.signatures[0].field_index),
        Where(question="TXT s1._domainkey.example.com"),
    ]


def test_no_signature_is_said() -> None:
    empty = signature_cards(_without(corpus_case("plain")), EN)
    assert empty.cards == ()
    assert empty.empty == "This message carries no DKIM signature."


def _without(case: Case) -> Case:
    return replace(case, dkim=())


def test_arc_is_testimony_and_no_proof() -> None:
    sealed = view("forwarded-with-arc")
    (only,) = sealed.arc_cards
    assert (only.pill, only.counter, only.title, only.line) == ("testimony", "ARC set 1 of 1", "example.org", "line")
    assert [one.title for one in only.steps] == [
        "First in the chain", "Seal fits", "Headers unchanged", "Body unchanged",
    ]  # fmt: skip
    assert sealed.arc_remarks[-1].text == "It is the word of those servers, no proof of the sender."
    assert ("It recorded", "spf=pass, dmarc=pass") in [(fact.label, fact.value) for fact in only.facts]


def test_a_broken_chain_says_why() -> None:
    broken = view("arc-broken")
    assert broken.arc_remarks[0].tone is Tone.WARN
    assert any(step.glyph is Glyph.FAIL for one in broken.arc_cards for step in one.steps)


def test_without_arc_there_is_no_heading() -> None:
    assert view("plain").arc_heading == ""
    assert view("plain").arc_remarks == ()
