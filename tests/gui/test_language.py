"""Both languages, plurals, and Qt's own words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from headerlens.gui.language import Speaker, read_ts, spoken


@pytest.fixture
def speaker(qapp: QApplication) -> Iterator[Speaker]:
    made = Speaker(qapp)
    yield made
    made.silence()


def say(context: str, text: str, n: int = -1) -> str:
    return QCoreApplication.translate(context, text, "", n)


def test_japanese_words_replace_english_ones_and_go_again(speaker: Speaker) -> None:
    speaker.speak("ja")
    assert say("Toolbar", "Re-check") == "再検証"
    speaker.speak("en")
    assert say("Toolbar", "Re-check") == "Re-check"


def test_counts_have_an_english_singular(speaker: Speaker) -> None:
    speaker.speak("en")
    assert say("BatchPage", "%n message(s)", 1) == "1 message"
    assert say("BatchPage", "%n message(s)", 0) == "0 messages"
    speaker.speak("ja")
    assert say("BatchPage", "%n message(s)", 1) == "1件のメール"


def test_the_buttons_of_qt_speak_japanese_too(speaker: Speaker) -> None:
    speaker.speak("ja")
    assert say("QPlatformTheme", "Cancel") == "キャンセル"


def test_an_unfinished_translation_is_not_used() -> None:
    text = (
        '<TS><context><name>A</name><message><source>x</source><translation type="unfinished">y</translation></message>'
        "<message><source>z</source><translation>w</translation></message></context></TS>"
    )
    assert read_ts(text) == {("A", "z", ""): ("w",)}


def test_the_system_decides_unless_the_person_does() -> None:
    japanese, german = QLocale("ja_JP"), QLocale("de_DE")
    assert spoken("system", japanese) == "ja"
    assert spoken("system", german) == "en"
    assert spoken("en", japanese) == "en"
