"""The catalogue: complete in both languages, used by the rules, and written as the design asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headerlens.findings.catalogue import entries, read_table, situations
from headerlens.model.findings import Finding, Judgement, Level
from headerlens.model.verdicts import Drift
from headerlens.present.templates import placeholders
from headerlens.present.views import plain
from headerlens.present.words import LANGUAGES, Words

HOUSE = Path(__file__).resolve().parents[2] / "headerlens"
PARTS = ("headline", "sentence", "action", "footnote")
BOOKS: dict[str, dict[str, Any]] = {language: read_table(f"{language}.toml") for language in LANGUAGES}
SAMPLES: dict[str, str | int] = {
    "domain": "inn.example.co.jp",
    "label": "k2026",
    "text": "pass",
    "number": 3,
    "ip": "192.0.2.25",
    "address": "a@example.co.jp",
    "receiver": "mx.google.com",
    "date": "2026-11-20T00:12:00+00:00",
    "phrase": "wish.reject",
    "ready": "two lines",
    "service": "amazon-ses",
}

BANNED = {
    "en": r"\b(safe|secure|trusted sender|verified|legitimate|genuine mail|phishing|virus)\b",
    "ja": "安全|本物|詐欺メール|正規メール",
}


def _finding_texts(language: str, identifier: str) -> list[str]:
    table = BOOKS[language]["findings"][identifier]
    return [table["title"], table["happened"], table["means"], *table["do"]]


def _situation_texts(language: str, identifier: str) -> list[str]:
    table = BOOKS[language]["situations"][identifier]
    tables = [table, *table.get("variants", {}).values()]
    return [_resolved(language, one[part]) for one in tables for part in PARTS if part in one]


def _resolved(language: str, text: str) -> str:
    return str(BOOKS[language]["phrases"][text[1:]]) if text.startswith("@") else text


def _texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text with its id."""
    book = BOOKS[language]
    for identifier in book["findings"]:
        yield from ((identifier, text) for text in _finding_texts(language, identifier))
    for identifier in book["situations"]:
        yield from ((identifier, text) for text in _situation_texts(language, identifier))
    for identifier, table in book["refusals"].items():
        yield from ((identifier, text) for text in table.values())
    yield from book["phrases"].items()


def _names(texts: list[str]) -> frozenset[str]:
    return frozenset().union(*map(placeholders, texts))


@pytest.mark.parametrize("kind", ["findings", "situations", "refusals", "phrases"])
def test_both_languages_say_the_same_things(kind: str) -> None:
    assert set(BOOKS["en"][kind]) == set(BOOKS["ja"][kind])


def test_facts_and_words_have_the_same_ids() -> None:
    assert set(entries()) == set(BOOKS["en"]["findings"])
    assert set(situations()) == set(BOOKS["en"]["situations"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_tells_each_of_its_parameters_and_no_other(language: str) -> None:
    for identifier, entry in entries().items():
        assert _names(_finding_texts(language, identifier)) == set(entry.params), identifier


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_situation_uses_only_its_parameters_and_has_its_variants(language: str) -> None:
    inner = {"wish": {""}, "recorded": {"o"}}
    for identifier, facts in situations().items():
        named = _names(_situation_texts(language, identifier))
        assert named <= set(facts.params), identifier
        assert all(inner.get(name, set()) <= {*facts.params, ""} for name in named)
        assert set(BOOKS[language]["situations"][identifier].get("variants", {})) == set(facts.variants), identifier


def test_phrases_and_refusals_take_the_same_values_in_both_languages() -> None:
    without_name = {"action.A1"}
    for identifier in set(BOOKS["en"]["phrases"]) - without_name:
        english, japanese = (BOOKS[language]["phrases"][identifier] for language in LANGUAGES)
        assert placeholders(english) == placeholders(japanese), identifier
    for identifier in BOOKS["en"]["refusals"]:
        english, japanese = (BOOKS[language]["refusals"][identifier] for language in LANGUAGES)
        assert _names(list(english.values())) == _names(list(japanese.values())), identifier


def test_codes_are_unique_and_of_their_hundred() -> None:
    codes = [entry.code for entry in entries().values()]
    assert len(set(codes)) == len(codes)
    hundreds = {"spf": "1", "dkim": "2", "dmarc": "3", "recorded": "4", "arc": "4", "identity": "5", "headers": "5"}
    hundreds |= {
        "path": "6",
        "domain": "6",
        "neighbour": "7",
        "publish": "3",
        "provider": "8",
        "cause": "2",
        "intake": "9",
        "repair": "9",
        "input": "9",
        "dns": "9",
    }
    for identifier, entry in entries().items():
        assert re.fullmatch(rf"HL-{hundreds[identifier.partition('.')[0]]}\d\d", entry.code), identifier


def test_every_finding_has_a_source_and_hides_only_what_exists() -> None:
    for identifier, entry in entries().items():
        assert entry.source, identifier
        assert set(entry.hides) <= set(entries()), identifier


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_must_act_is_told_what_to_do(language: str) -> None:
    for identifier, entry in entries().items():
        steps = BOOKS[language]["findings"][identifier]["do"]
        assert bool(steps) == (entry.actor != "nobody"), identifier


def _literals(*rooms: str) -> set[str]:
    sources = (path.read_text("utf-8") for room in rooms for path in (HOUSE / room).rglob("*.py"))
    return {found for source in sources for found in re.findall(r'"([a-z]+\.[a-z0-9-]+(?:\.[a-z_]+)?)"', source)}


def test_every_finding_is_raised_by_a_rule() -> None:
    assert set(entries()) - _literals("findings") == set()


def test_every_id_in_a_finding_of_the_rules_exists() -> None:
    sources = "".join(path.read_text("utf-8") for path in (HOUSE / "findings").glob("*.py"))
    raised = set(re.findall(r'Finding\(\s*"([^"]+)"', sources))
    assert raised
    assert raised <= set(entries())


@pytest.mark.parametrize("prefix", ["border", "trust"])
def test_every_reason_of_the_checks_has_words(prefix: str) -> None:
    used = {literal for literal in _literals("verify") if literal.startswith(f"{prefix}.")}
    assert used <= set(BOOKS["en"]["phrases"])


def test_every_drift_refusal_and_repair_has_words() -> None:
    assert {f"drift.{drift}" for drift in Drift} <= set(BOOKS["en"]["phrases"])
    used = _literals("intake")
    assert {one for one in used if one.startswith("refusal.")} <= set(BOOKS["en"]["refusals"])
    assert {one for one in used if one.startswith("repair.")} <= set(entries())


@pytest.mark.parametrize(
    "prefix", ["row.", "chip.", "caption.", "heading.", "legend.", "accessible.", "relation.", "counts."]
)
def test_every_phrase_of_the_picture_is_used_and_exists(prefix: str) -> None:
    literals = {one for one in _all_literals() if one.startswith(prefix)}
    assert {one for one in literals if not one.endswith(".")} <= set(BOOKS["en"]["phrases"])


def _all_literals() -> set[str]:
    sources = (path.read_text("utf-8") for path in (HOUSE / "present").glob("*.py"))
    return {found for source in sources for found in re.findall(r'"([a-z]+\.[a-z0-9.-]+)"', source)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_open_when_filled(language: str) -> None:
    words = Words(language)
    for identifier, entry in entries().items():
        params = {name: SAMPLES[kind] for name, kind in entry.params.items()}
        texts = words.finding(Finding(identifier, params))
        for text in (texts.title, texts.happened, texts.means, *texts.steps):
            assert text
            assert not set("{}?") & set(text.replace("?all", "")), (identifier, text)
            assert "**" not in text
    for identifier, facts in situations().items():
        for variant in ("", *facts.variants):
            params = {name: SAMPLES[kind] for name, kind in facts.params.items()} | {"variant": variant}
            told = words.situation(Judgement(Level.WARN, identifier, params))
            for text in (plain(told.headline), told.sentence, told.action, told.footnote):
                assert text
                assert not set("{}?*@") & set(text), (identifier, text)


def _is_exempt(identifier: str) -> bool:
    """Footnotes, S18 and the copied answer deny these words (interface.md 4.6, 11)."""
    return identifier.startswith("footnote.") or identifier in {"S18", "answer.text"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_banned_word_is_used(language: str) -> None:
    exempt = {text for identifier, text in _texts(language) if _is_exempt(identifier)}
    for identifier, text in _texts(language):
        if text not in exempt:
            assert not re.search(BANNED[language], text, re.IGNORECASE), (identifier, text)


_JAPANESE = "\u3041-\u30ff\u4e00-\u9fff"


def test_japanese_is_set_as_japanese() -> None:
    for identifier, text in _texts("ja"):
        bare = re.sub(r"\{[a-z]+\}", "X", text.replace("**", ""))
        assert not re.search(f"[{_JAPANESE}][(),.:;!?]|[(),:;!?][{_JAPANESE}]", bare), (identifier, text)
        assert not re.search(f"[{_JAPANESE}][A-Wa-z]{{2,}}|[A-Za-z]{{2,}}[{_JAPANESE}]", bare), (identifier, text)
        assert not re.search("[、。（）「」：] | [、。（）」：]", bare), (identifier, text)
        assert "\u3000" not in bare, identifier


def test_japanese_headlines_fit_their_line() -> None:
    for identifier, table in BOOKS["ja"]["situations"].items():
        for one in (table, *table.get("variants", {}).values()):
            bare = re.sub(r"\{[a-z]+\}|\*\*", "", one.get("headline", ""))
            assert len(bare) < 26, (identifier, bare)


def test_japanese_sets_a_blank_between_its_words_and_a_name() -> None:
    for identifier, entry in entries().items():
        names = "|".join(name for name, kind in entry.params.items() if kind not in {"number", "phrase"})
        for text in _finding_texts("ja", identifier):
            assert not names or not re.search(rf"[{_JAPANESE}]\{{({names})\}}|\{{({names})\}}[{_JAPANESE}]", text), (
                identifier,
                text,
            )


def test_japanese_sentences_are_polite_and_end_in_a_full_stop() -> None:
    ending = re.compile(
        r"(す|せん|した|さい|\{reason\}|\{tag\}|\{names\}|\{testimony\})(（[^）]*）)?。$|^\{(how|origin)\}$"
    )
    for identifier in BOOKS["ja"]["findings"]:
        for text in _finding_texts("ja", identifier):
            assert ending.search(text), (identifier, text)


def test_english_sentences_end_in_a_full_stop() -> None:
    for identifier in BOOKS["en"]["findings"]:
        for text in _finding_texts("en", identifier):
            # some sentences are phrases as a whole; those are looked at below
            assert text.endswith(".") or text in {"{how}", "{origin}"}, (identifier, text)
    whole = [text for name, text in BOOKS["en"]["phrases"].items() if name.startswith(("undone.", "origin."))]
    assert whole
    assert all(text.endswith(".") for text in whole)
