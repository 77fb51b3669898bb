"""Back and forward between what was seen of one mail."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.evidence import DNS, HEADERS, SPF
from headerlens.gui.pages.result import ANSWER, EVIDENCE


def checked(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([path])


def back(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def forward(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)


def test_alt_left_goes_the_way_back_and_alt_right_the_way_again(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    window.resize(900, 640)
    checked(window, qtbot, mails / "invoice.eml")
    result = window.body.result
    result.show_tab(SPF)
    result.show_tab(DNS)
    result.show_part(ANSWER)
    seen = []
    for _ in range(3):
        back(window)
        seen.append((result.part, result.evidence.tabs.currentIndex()))
    assert seen == [(EVIDENCE, DNS), (EVIDENCE, SPF), (EVIDENCE, HEADERS)]
    back(window)
    assert result.part == ANSWER
    assert not window.menuBar().isVisible()
    forward(window)
    assert result.part == EVIDENCE


def test_in_a_wide_window_it_walks_the_tabs(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    window.resize(1440, 900)
    checked(window, qtbot, mails / "invoice.eml")
    tabs = window.body.result.evidence.tabs
    window.body.result.show_tab(SPF)
    window.body.result.show_tab(DNS)
    back(window)
    assert tabs.currentIndex() == SPF
    back(window)
    assert tabs.currentIndex() == HEADERS
    forward(window)
    forward(window)
    assert tabs.currentIndex() == DNS


def test_another_mail_begins_anew(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    window.resize(900, 640)
    checked(window, qtbot, mails / "invoice.eml")
    window.body.result.show_tab(DNS)
    checked(window, qtbot, mails / "spoofed.eml")
    back(window)
    assert window.body.result.part == ANSWER
    assert window.body.shows("result")


def test_without_a_way_back_a_step_forward_opens_the_evidence(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    window.resize(900, 640)
    checked(window, qtbot, mails / "invoice.eml")
    forward(window)
    assert window.body.result.part == EVIDENCE
