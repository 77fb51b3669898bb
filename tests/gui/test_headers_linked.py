"""A finding and its headers: choosing one chooses the other, in a wide window and in a narrow one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.engine import LiveEngine
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.headers import HeadersPane
from headerlens.gui.pages.result import ResultPage
from headerlens.gui.sources import of_sample
from headerlens.gui.widgets.findings import FindingCard
from headerlens.samples import samples


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program with its real engine, in English; samples bring their answers."""
    path = tmp_path / "settings.json"
    path.write_text('{"language": "en", "look_at_clipboard": false, "offline": true}')
    made = Program(qapp, LiveEngine(), path)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.close()


def opened(program: Program, qtbot: QtBot, name: str, width: int) -> ResultPage:
    window: MainWindow = program.window
    window.resize(width, 800)
    with qtbot.waitSignal(window.session.finished, timeout=10_000):
        window.open_sources([of_sample(next(one for one in samples() if one.name == name))])
    qtbot.waitUntil(window.body.result.isVisible)
    return window.body.result


def card_of(result: ResultPage, start: str) -> FindingCard:
    headers = result.evidence.headers
    line = next(n for n, text in enumerate(headers.view.toPlainText().split("\n")) if text.startswith(start))
    (found, *_rest) = headers._findings_at(line)
    return next(card for card in result.findings.cards() if card.finding() == found)


def highlighted(headers: HeadersPane) -> list[str]:
    texts = headers.view.toPlainText().split("\n")
    return [texts[band.first] for band in headers.view.bands() if band.ground == "selected"]


def test_the_finding_that_is_open_at_first_has_its_headers_highlighted(program: Program, qtbot: QtBot) -> None:
    result = opened(program, qtbot, "spoofed", 1440)
    first = result.findings.cards()[0].finding()
    assert result.evidence.headers.selected == first
    assert result.evidence.headers.view.verticalScrollBar().value() == 0


def test_opening_a_finding_highlights_its_headers(program: Program, qtbot: QtBot) -> None:
    result = opened(program, qtbot, "spoofed", 1440)
    card = card_of(result, "Reply-To:")
    card.set_open(opened=True)
    assert result.evidence.headers.selected == card.finding()
    assert any(text.startswith("Reply-To:") for text in highlighted(result.evidence.headers))


def test_a_glyph_opens_its_finding_and_keeps_the_keyboard(program: Program, qtbot: QtBot) -> None:
    result = opened(program, qtbot, "spoofed", 1440)
    program.window.activateWindow()
    headers, card = result.evidence.headers, card_of(result, "Reply-To:")
    line = next(n for n, text in enumerate(headers.view.toPlainText().split("\n")) if text.startswith("Reply-To:"))
    button = headers.gutter.button_of(line)
    assert button is not None
    headers.view.go_to(line)
    button.setFocus()
    assert not card.is_open()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert card.is_open()
    assert QApplication.focusWidget() is button


def test_a_narrow_window_has_the_findings_beside_the_source(program: Program, qtbot: QtBot) -> None:
    result = opened(program, qtbot, "spoofed", 900)
    result.show_tab(0)
    headers = result.evidence.headers
    qtbot.waitUntil(headers.column.isVisible)
    assert [one.entry.view for one in headers.column.buttons()] == list(headers._findings)
    button = headers.column.buttons()[1]
    button.click()
    assert headers.selected == button.entry.view
    assert button.is_chosen()
    assert headers.strip.isVisible() == bool(headers._places)


def test_a_wide_window_has_them_in_the_answer_only(program: Program, qtbot: QtBot) -> None:
    result = opened(program, qtbot, "spoofed", 1440)
    assert not result.evidence.headers.column.isVisible()
