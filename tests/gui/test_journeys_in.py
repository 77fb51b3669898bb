"""Whole ways of a person from a mail program to the answer, by keyboard alone and by drop, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.paste import PasteDialog
from headerlens.gui.pages.source_help import SourceHelpDialog
from tests.gui.conftest import MAIL
from tests.gui.test_insides import forwarded
from tests.support import dropped

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(params=["en", "ja"])
def speaking(request: pytest.FixtureRequest, program: Program) -> MainWindow:
    """The window in one of the languages."""
    program.window.change(language=request.param)
    program.window.activateWindow()
    return program.window


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def tab_to(wanted: Callable[[QWidget], bool]) -> QWidget:
    """Tab until the focus is where it is wanted."""
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        if wanted(focus):
            return focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError


def drop(window: MainWindow, mime: QMimeData) -> None:
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def help_of(window: MainWindow, qtbot: QtBot) -> SourceHelpDialog:
    def found() -> list[SourceHelpDialog]:
        return [one for one in window.findChildren(SourceHelpDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    dialog = found()[0]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.list)
    return dialog


def test_by_keyboard_from_the_help_to_a_saved_original(
    speaking: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = speaking
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Qt.Key.Key_F1)
    dialog = help_of(window, qtbot)
    while dialog.client != "thunderbird":
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Escape)
    window.activateWindow()  # the offscreen platform does not give the window its turn back
    qtbot.waitUntil(window.isActiveWindow)
    QGuiApplication.clipboard().setText(MAIL.decode().replace("\r\n", "\n"))
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window, Qt.Key.Key_V, CONTROL)
    assert window.body.page is window.body.result
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "kept.eml"), ""))
    QTest.keyClick(window, Qt.Key.Key_S, BOTH)
    assert (tmp_path / "kept.eml").read_bytes() == MAIL.replace(b"\r\n", b"\n")
    assert "kept.eml" in window.body.notice_text


def test_by_keyboard_through_the_paste_dialog(speaking: MainWindow, qtbot: QtBot) -> None:
    window = speaking
    QTest.keyClick(window, Qt.Key.Key_V, BOTH)
    dialog = window.findChild(PasteDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.field)
    QGuiApplication.clipboard().setText(MAIL.decode())
    press(Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(dialog.check.isEnabled)
    tab_to(lambda focus: focus is dialog.check)
    with qtbot.waitSignal(window.session.finished):
        press(Qt.Key.Key_Space)
    assert window.body.page is window.body.result


def test_by_drop_out_of_outlook_to_its_steps_and_then_with_the_saved_file(
    speaking: MainWindow, qtbot: QtBot, mails: Path
) -> None:
    window = speaking
    drop(window, dropped.classic_outlook())
    window.toolbar._more.setFocus()
    button = tab_to(lambda focus: focus is window.body.notice_button)
    assert isinstance(button, QPushButton)
    assert "Outlook" in button.text()
    press(Qt.Key.Key_Space)
    assert help_of(window, qtbot).client == "outlook-classic"
    press(Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.session.finished):
        drop(window, dropped.files(mails / "invoice.eml"))
    assert window.body.page is window.body.result
    assert window.body.notice_text == ""


def test_by_drop_of_a_forwarded_mail_to_the_mail_inside(speaking: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = speaking
    (tmp_path / "forwarded.eml").write_bytes(forwarded(MAIL))
    with qtbot.waitSignal(window.session.finished):
        drop(window, dropped.thunderbird(tmp_path / "forwarded.eml"))
    strip = window.body.result.insides
    qtbot.waitUntil(strip.inside.isVisible)
    assert "Invoice 2026-1182" in strip.accessibleName()
    assert strip.inside.accessibleDescription() == strip.accessibleName()
    with qtbot.waitSignal(window.session.finished):
        strip.inside.click()
    assert window.entry is not None
    assert window.entry.case is not None
    assert window.entry.case.raw.octets == MAIL


def test_a_copy_of_the_reading_pane_is_answered_with_the_steps_of_its_program(
    speaking: MainWindow, qtbot: QtBot
) -> None:
    window = speaking
    QGuiApplication.clipboard().setText(
        "差出人: みどり商店 <billing@shop.example.co.jp>\n送信日時: 2026年11月20日 9:12\n"
        "宛先: 私\n件名: 請求書\n\nこんにちは\n"
    )
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window, Qt.Key.Key_V, CONTROL)
    assert window.body.page is window.body.refusal
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert help_of(window, qtbot).client == "outlook-classic"
