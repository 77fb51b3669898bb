"""A checked mail goes to a colleague as a case file, and says the same there, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from headerlens.gui.main_window import MainWindow
from tests.journeys.conftest import Start
from tests.support import dropped
from tests.support.journey import CONTROL, DayEngine, answered, button, choose, copied, drop, named, press, seen

HEADLINE = {
    "en": "Not authenticated as bank.example.co.jp",
    "ja": "bank.example.co.jp からのメールとは認証できません",
}
COPY = {"en": "Copy", "ja": "コピー"}
SAVE = {"en": "Save case…", "ja": "ケースを保存(E)…"}
KEPT = {"en": "It holds the whole message, recipients included.", "ja": "受信者を含むメール全体が入っています"}
NOTICE = {"en": "From a case file of 21 Nov 2026", "ja": "2026年11月21日 08:20 のケースファイルです。"}
FROM_FILE = {"en": "Its DNS answers come from the file", "ja": "DNS 応答はファイルに保存されたもの"}

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def saved(window: MainWindow, language: str, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Drop the suspicious mail, save its case by the menu; the answer that was copied."""
    mail = path.parent / "spoofed.eml"
    mail.write_bytes(named("spoofed").message().octets)
    drop(window, dropped.files(mail))
    answered(window, qtbot, HEADLINE[language])
    press(Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    choose(button(window.toolbar, COPY[language]), SAVE[language])
    assert path.name in window.body.notice_text
    assert KEPT[language] in window.body.notice_text
    return copied()


def test_a_colleague_drops_the_case_and_reads_the_same(
    start: Start, language: str, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "spoofed.hlcase"
    mine = saved(start(), language, qtbot, path, monkeypatch)
    colleague = start(offline=True)
    drop(colleague, dropped.files(path))
    told = answered(colleague, qtbot, HEADLINE[language])
    assert NOTICE[language] in told
    assert FROM_FILE[language] in told
    press(Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert copied().startswith(mine)
    assert FROM_FILE[language] in copied()


def test_a_colleague_opens_the_case_by_keyboard_and_sees_the_same_ladder(
    start: Start, language: str, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "spoofed.hlcase"
    mine = start()
    saved(mine, language, qtbot, path, monkeypatch)
    ladder = seen(mine.body.result.ladder)
    colleague = start(offline=True)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    press(Qt.Key.Key_O, CONTROL)
    answered(colleague, qtbot, HEADLINE[language])
    assert seen(colleague.body.result.ladder) == ladder


def test_the_case_does_not_depend_on_what_dns_says_by_then(
    start: Start, engine: DayEngine, language: str, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "spoofed.hlcase"
    mine = saved(start(), language, qtbot, path, monkeypatch)
    engine.day = named("all-pass").lookup()
    later = start()
    drop(later, dropped.files(path))
    answered(later, qtbot, HEADLINE[language])
    press(Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert copied().startswith(mine)
    assert FROM_FILE[language] in copied()
