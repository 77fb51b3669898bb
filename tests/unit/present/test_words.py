"""Words: templates, values, dates; and values of hostile mails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from headerlens.model.findings import Finding, Judgement, Level
from headerlens.model.limits import MAX_SHOWN_CHARACTERS
from headerlens.model.message import Refusal
from headerlens.present.templates import fill, placeholders
from headerlens.present.views import Span, plain
from headerlens.present.words import Words, harmless

EN, JA = Words("en"), Words("ja")


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x1b",
        "\x07",
        "\x7f",
        "\x9b",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
        "\ufeff",
        "\U000e0041",
        "\ud800",
        "\u00ad",
    ],
)
def test_a_hostile_character_becomes_a_visible_code(character: str) -> None:
    assert harmless(f"a{character}b") == f"a[U+{ord(character):04X}]b"


def test_line_ends_of_every_kind_become_one_blank() -> None:
    assert harmless("a\r\n\t b\u2028c\u2029d\x85e") == "a b c d e"


def test_a_long_value_is_cut_and_says_so() -> None:
    shown = harmless("x" * 1_000_000)
    assert len(shown) == MAX_SHOWN_CHARACTERS
    assert shown.endswith("…")


def test_a_tower_of_marks_is_cut_down() -> None:
    assert len(harmless("e" + "\u0301" * 500)) == 4


def test_letters_written_from_right_to_left_stay_inside_their_place() -> None:
    assert harmless("שלום") == "\u2068שלום\u2069"


def test_joiners_stay_in_emoji_and_show_among_letters() -> None:
    assert harmless("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"
    assert harmless("pay\u200dpal") == "pay[U+200D]pal"


def test_japanese_and_ordinary_text_stay_as_they_are() -> None:
    assert harmless("旅館やまなみ（本店） Müller & Söhne") == "旅館やまなみ（本店） Müller & Söhne"


def test_emphasis_belongs_to_the_template_alone() -> None:
    spans = fill("Is **{d}** it? {d}", lambda _name: "**x** {d}")
    assert spans == (Span("Is "), Span("**x** {d}", strong=True), Span(" it? **x** {d}"))


def test_placeholders_are_named() -> None:
    assert placeholders("{a} and **{b}**, not {C} or {}") == {"a", "b"}


def test_a_missing_value_or_phrase_shows_without_a_brace() -> None:
    assert EN.phrase("subtitle.key") == "key s=?"
    assert EN.phrase("no.such{x}phrase") == "no.such?phrase"
    assert EN.phrase_or("border.brand-new", "border.other") == EN.phrase("border.other")


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        Words("fr")


@pytest.mark.parametrize("words", [EN, JA])
def test_a_display_name_cannot_add_words_or_emphasis(words: Words) -> None:
    name = "**OK** {d}\r\nAuthenticated\u202e"
    params = {"d": "a.example", "o": "b.example", "x": "c.example", "wish": "wish.reject", "name": name}
    texts = words.situation(Judgement(Level.FAIL, "S6", params))
    assert not any(span.strong for span in texts.headline if "OK" in span.text)
    assert "\n" not in texts.action
    assert "\u202e" not in texts.action


def test_a_phrase_kind_is_told_in_the_language_and_a_text_never_is() -> None:
    assert (
        "set aside"
        in EN.finding(Finding("dmarc.policy", {"domain": "a.example", "wish": "wish.quarantine", "policy": "x"})).title
    )
    told = EN.finding(Finding("recorded.untrusted", {"other": "wish.quarantine"}))
    assert "wish.quarantine" in told.happened


def test_a_receiver_goes_by_its_friendly_name_in_sentences() -> None:
    texts = EN.situation(Judgement(Level.WARN, "S17", {"r": "mx.google.com"}))
    assert texts.sentence.startswith("Gmail recorded")


def test_a_deceptive_domain_stands_as_in_dns() -> None:
    texts = EN.situation(Judgement(Level.PASS, "S20", {"d": "xn--pypal-4ve.example"}))
    assert plain(texts.headline) == "Authenticated as xn--pypal-4ve.example"
    assert plain(JA.situation(Judgement(Level.PASS, "S20", {"d": "xn--r8jz45g.jp"})).headline).startswith("例え.jp ")


def test_dates_stand_as_each_language_writes_them() -> None:
    moment = datetime(2026, 11, 20, 5, 26, tzinfo=UTC)
    tokyo = timezone(timedelta(hours=9))
    assert EN.moment(moment, tokyo) == "20 Nov 2026, 14:26"
    assert JA.moment(moment, tokyo) == "2026年11月20日 14:26"
    assert EN.short_moment(moment, tokyo) == "20 Nov, 14:26"
    assert JA.short_moment(moment, tokyo) == "11/20 14:26"


def test_a_date_in_the_verdict_is_that_of_the_reader() -> None:
    judgement = Judgement(
        Level.WARN, "S16", {"o": "a.example", "r": "mx", "k": "k1", "date": "2026-11-20T20:00:00+00:00"}
    )
    assert "on 21 Nov 2026." in EN.situation(judgement, timezone(timedelta(hours=9))).sentence
    undated = Judgement(Level.WARN, "S16", {**judgement.params, "date": ""})
    assert "on an unknown date." in EN.situation(undated).sentence


def test_sizes_of_a_refusal_are_told_in_megabytes() -> None:
    refusal = Refusal("refusal.too-large", (("name", "big.eml"), ("size", "80000000"), ("limit", "67108864")))
    assert "big.eml has 76 MB" in EN.refusal(refusal).sentence
    assert "64 MB" in JA.refusal(refusal).sentence


def test_an_unknown_refusal_still_says_something() -> None:
    assert EN.refusal(Refusal("refusal.brand-new")).headline == "This isn't an email source"


def test_no_blank_stands_between_a_japanese_name_and_the_japanese_text_beside_it() -> None:
    kinds, template = {"service": "service"}, "次は {service} から送信されています。"
    assert (
        plain(JA.fill(template, {"service": "yoyakuban-489ban"}, kinds)) == "次は予約番（489ban）から送信されています。"
    )
    assert plain(JA.fill(template, {"service": "amazon-ses"}, kinds)) == "次は Amazon SES から送信されています。"
