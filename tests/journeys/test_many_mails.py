"""A folder of mails becomes a table, a filtered one, and a file for a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from headerlens.gui.main_window import MainWindow
from headerlens.samples import samples
from tests.support import dropped
from tests.support.batch import write_samples
from tests.support.journey import (
    CONTROL,
    PATIENCE,
    SHIFT,
    answered,
    button,
    choose,
    choose_first_by_keys,
    click,
    drop,
    press,
    seen,
    tab_to,
)

EXPORT = {"en": "Export table…", "ja": "一覧を書き出す…"}
AS_CSV = {"en": "As CSV, for a spreadsheet…", "ja": "CSV（表計算ソフト用）…"}
FAILED = {"en": "Not authenticated", "ja": "認証できません"}
HEADLINE = {
    "en": "Not authenticated as bank.example.co.jp",
    "ja": "bank.example.co.jp からのメールとは認証できません",
}

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def november(tmp_path: Path) -> Path:
    """The shipped examples, saved in one folder."""
    folder = tmp_path / "november"
    folder.mkdir()
    list(write_samples(folder))
    return folder


def finished(window: MainWindow, qtbot: QtBot) -> str:
    """Wait until the table is full; all that its page says."""
    qtbot.waitUntil(lambda: window.body.shows("batch"), timeout=PATIENCE)

    def done() -> bool:
        batch = window.body.batch.batch
        return batch is not None and not batch.running

    qtbot.waitUntil(done, timeout=60_000)
    return seen(window.body.batch)


def exported(path: Path) -> list[dict[str, str]]:
    octets = path.read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(octets.decode("utf-8-sig").splitlines()))


def test_a_folder_by_drop_is_filtered_by_mouse_and_exported(
    window: MainWindow, language: str, qtbot: QtBot, november: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(window, dropped.files(november))
    told = finished(window, qtbot)
    assert "november" in told
    expected = [one.expect[0] for one in samples()]
    chip = window.body.batch.chips.chip("fail")
    assert chip.accessibleName() == f"{FAILED[language]} {expected.count('fail')}"
    click(chip)
    assert window.body.batch.table.model().rowCount() == expected.count("fail")
    table = november.parent / "failed.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))
    choose(button(window.body.batch, EXPORT[language]), AS_CSV[language])
    qtbot.waitUntil(lambda: "failed.csv" in window.body.notice_text, timeout=PATIENCE)
    rows = exported(table)
    assert [row["result"] for row in rows] == ["fail"] * expected.count("fail")
    spoofed = next(row for row in rows if row["from_domain"] == "bank.example.co.jp")
    assert spoofed["headline"].rstrip(".。") == HEADLINE[language]
    assert spoofed["file"].endswith("000-spoofed.eml")
    assert (spoofed["exit_status"], spoofed["spf"], spoofed["dmarc"]) == ("1", "pass", "fail")
    assert spoofed["subject"] == "Your account will be suspended"


def test_a_folder_by_keyboard_is_read_line_by_line_and_left_again(
    window: MainWindow, language: str, qtbot: QtBot, november: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(november))
    press(Qt.Key.Key_O, CONTROL | SHIFT)
    finished(window, qtbot)
    page = window.body.batch
    tab_to(lambda focus: focus is page.table)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Return)
    answered(window, qtbot, HEADLINE[language])
    assert window.body.trail.accessibleName() == "november"
    press(Qt.Key.Key_Escape)
    assert window.body.page is page
    assert page.table.hasFocus()
    tab_to(page.chips.isAncestorOf)
    for _ in range(len(samples())):
        if page.chips.chip("fail").hasFocus():
            break
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    failed = [one.expect[0] for one in samples()].count("fail")
    assert page.table.model().rowCount() == failed
    tab_to(lambda focus: focus is button(page, EXPORT[language]))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(november.parent / "by-keys.csv"), ""))
    choose_first_by_keys()
    qtbot.waitUntil(lambda: "by-keys.csv" in window.body.notice_text, timeout=PATIENCE)
    assert [row["result"] for row in exported(november.parent / "by-keys.csv")] == ["fail"] * failed
