"""The guides for staff are the words of words.toml, whole, small, and load nothing."""

from __future__ import annotations

import re

import pytest

from headerlens.assets import asset
from headerlens.gui.actions import SHORTCUTS
from headerlens.gui.help_pages import pages_in
from headerlens.gui.language import read_ts
from headerlens.present.guides import LANGUAGES, SYSTEMS, TONES, guide, names, page
from tests.house.test_translations import BANNED
from tests.support.guides import page_of, pictures_in


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_what_its_words_would_make_now(system: str, language: str) -> None:
    """`python -m tests.support.guides --words` writes it anew."""
    text = page(f"{system}-{language}.html").decode()
    assert page_of(guide(system, language), language, pictures_in(text)) == text


@pytest.mark.parametrize("name", names())
def test_a_page_is_small_and_loads_nothing(name: str) -> None:
    octets = page(name)
    text = octets.decode()
    assert len(octets) < 400_000
    assert "default-src 'none'" in text
    assert not re.findall(r"""(?:src|href)=["'](?!data:)""", text)
    assert not re.findall(r"url\((?!#)|@import|<script|<link|<iframe", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_system_has_the_same_parts(language: str) -> None:
    for system in SYSTEMS:
        words = guide(system, language)
        assert [row.tone for row in words.answer[1]] == list(TONES)
        assert len(words.install[1]) >= 2
        assert words.install[2]
        assert len(words.call[2]) == 3
        assert "{" not in " ".join((*words.check[1], words.call[1]))


def test_the_keys_are_those_of_the_program() -> None:
    assert SHORTCUTS["check_clipboard"] == ("Ctrl+V",)
    assert SHORTCUTS["copy_answer"] == ("Ctrl+Shift+C",)
    for system in ("windows", "linux"):
        words = guide(system, "en")
        assert "Ctrl+V" in words.check[1][-1]
        assert "Ctrl+Shift+C" in words.call[1]


def test_the_words_of_the_menu_and_the_count_of_programs_are_right() -> None:
    """What the guide tells people to look for has to be there under that name."""
    japanese = read_ts(asset("i18n", "headerlens_ja.ts").read_text(encoding="utf-8"))
    menu = {source: forms[0] for (context, source, _), forms in japanese.items() if context == "Actions"}
    for language, name in (("en", "Where do I find the source?"), ("ja", "ソースの取り出し方")):
        told = guide("linux", language).check[2]
        assert name in told
        assert str(len(pages_in(language)["client"])) in told
    assert menu["&Where do I find the source?"].startswith("ソースの取り出し方")
    assert menu["&Help"].startswith("ヘルプ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_taught_to_click_a_warning_away(language: str) -> None:
    for system in SYSTEMS:
        note = guide(system, language).install[2]
        assert "administrator" in note or "管理者" in note
        for words in ("Run anyway", "More info", "Open Anyway", "実行", "詳細情報", "このまま開く"):
            assert words not in note


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_promises_what_nobody_checked(language: str) -> None:
    text = " ".join(str(guide(system, language)) for system in SYSTEMS)
    assert not [word for word in BANNED if word in text]
