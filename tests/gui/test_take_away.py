"""Saving the message: as it was handed over, and as it was checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from headerlens.gui.main_window import MainWindow
from headerlens.gui.sources import of_text
from headerlens.gui.take_away import file_name
from headerlens.gui.widgets.notice import Notice
from tests.gui.conftest import MAIL
from tests.support import views

LF = MAIL.replace(b"\r\n", b"\n")


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("invoice.eml", "invoice.eml"),
        ("Pasted text", "Pasted text.eml"),
        ("../../etc/passwd", "passwd.eml"),
        ("C:\\Windows\\x.msg", "x.eml"),
        ("a\x00b\nc<d>|e?.eml", "a b c d e.eml"),
        ("txt.\u202elme.exe", "txt. lme.eml"),
        ("CON.eml", "message CON.eml"),
        ("lpt1", "message lpt1.eml"),
        ("...", "message.eml"),
        ("", "message.eml"),
        ("forwarded.eml › attached mail", "forwarded attached mail.eml"),
        ("請求書.eml", "請求書.eml"),
        ("x" * 300, "x" * 80 + ".eml"),
    ],
)
def test_the_proposed_name_is_harmless_everywhere(name: str, proposed: str) -> None:
    assert file_name(name, ".eml") == proposed


@pytest.fixture
def answered(window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A mail is on the page; the file dialog answers with the proposed name in a folder, and tells it."""
    told: list[str] = []

    def answer(_parent: object, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        told.append(proposed)
        return str(tmp_path / proposed), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    with qtbot.waitSignal(window.session.finished):
        window.open_sources([of_text(LF.decode(), "Pasted text")])
    return told


def test_the_original_is_saved_as_it_was_handed_over(window: MainWindow, tmp_path: Path, answered: list[str]) -> None:
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert answered == ["Pasted text.eml"]
    assert (tmp_path / "Pasted text.eml").read_bytes() == LF
    assert window.body.notice_text == "Message saved as Pasted text.eml"


def test_the_message_is_saved_as_it_was_checked(window: MainWindow, tmp_path: Path, answered: list[str]) -> None:
    window.actions_of_window["save_checked"].trigger()
    assert answered == ["Pasted text-checked.eml"]
    assert (tmp_path / "Pasted text-checked.eml").read_bytes() == MAIL


def test_what_cannot_be_written_is_said(
    window: MainWindow, tmp_path: Path, answered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.eml"), ""))
    window.actions_of_window["save_original"].trigger()
    assert answered == []
    assert "could not be saved" in window.body.notice_text


def test_saving_sleeps_without_a_result(window: MainWindow) -> None:
    for name in ("save_original", "save_checked"):
        assert not window.actions_of_window[name].isEnabled()


def test_a_folder_is_opened_by_its_own_command(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    with qtbot.waitSignal(window.ways_in.given) as given:
        QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [source.path for source in given.args[0]] == [tmp_path]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    window.ways_in.choose_folder()


def test_the_notice_of_a_repair_leads_to_the_original(window: MainWindow, tmp_path: Path, answered: list[str]) -> None:
    view = replace(views.all_pass(), notices=("Blanks were restored.", "Quotation marks were removed (8)."))
    assert window.entry is not None
    assert window.entry.case is not None
    result = window.body.result
    result.show_result(view, window.entry.case)
    first, last = result._notices
    assert isinstance(first, Notice)
    assert isinstance(last, Notice)
    assert first.button.isHidden()
    assert last.button.text() == "Save the original…"
    last.button.click()
    assert answered == ["Pasted text.eml"]
    assert (tmp_path / "Pasted text.eml").read_bytes() == LF
