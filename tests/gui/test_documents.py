"""What leaves the window: ticket, report in each form, paper, letter, and the case that opens again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from headerlens.gui.actions import COPY
from headerlens.gui.app import Program
from headerlens.gui.documents import Documents, Manner
from headerlens.gui.engine import LiveEngine
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.letter import LetterDialog
from headerlens.gui.sources import of_octets, of_path, of_sample
from headerlens.gui.take_away import report_path
from headerlens.samples import samples
from tests.support.reports import HOSTILE

SPOOFED = next(one for one in samples() if one.name == "spoofed")
PASSING = next(one for one in samples() if one.name == "all-pass")


@pytest.fixture(params=["en", "ja"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def live(qapp: QApplication, qtbot: QtBot, tmp_path: Path, language: str) -> Iterator[MainWindow]:
    """The real engine, offline."""
    path = tmp_path / "settings.json"
    path.write_text(f'{{"language": "{language}", "look_at_clipboard": false, "offline": true}}')
    QGuiApplication.clipboard().clear()
    made = Program(qapp, LiveEngine(), path)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made.window
    made.close()


def opened(window: MainWindow, qtbot: QtBot, source: object) -> None:
    with qtbot.waitSignal(window.session.finished, timeout=10_000):
        window.open_sources([source])  # type: ignore[list-item]  # one of the sources


def answer_with(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, kind: int) -> None:
    """Let the file dialog be answered with a name and the kind at that place of its list."""

    def answer(_parent: object, _title: str, _proposed: str, kinds: str) -> tuple[str, str]:
        return str(folder / name), kinds.split(";;")[kind]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)


def test_the_ticket_is_copied_by_its_shortcut(live: MainWindow, qtbot: QtBot, language: str) -> None:
    opened(live, qtbot, of_sample(SPOOFED))
    QTest.keyClick(live, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    told = QGuiApplication.clipboard().text()
    assert told.startswith("**✗ ")
    assert ("What to do" if language == "en" else "対応") in told


@pytest.mark.parametrize(
    ("kind", "ending", "beginning"),
    [(0, ".html", b"<!DOCTYPE html>"), (1, ".pdf", b"%PDF-"), (2, ".md", b"# "), (3, ".json", b"{")],
)
def test_a_report_is_saved_in_the_chosen_form(
    live: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    kind: int, ending: str, beginning: bytes,
) -> None:  # fmt: skip
    opened(live, qtbot, of_sample(SPOOFED))
    answer_with(monkeypatch, tmp_path, "spoofed.html", kind)
    QTest.keyClick(live, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / f"spoofed{ending}").read_bytes().startswith(beginning)
    assert f"spoofed{ending}" in live.body.notice_text


@pytest.mark.parametrize(
    ("name", "form", "path"),
    [
        ("x.html", ".html", "x.html"),
        ("x.pdf", ".html", "x.pdf"),
        ("x.html", ".pdf", "x.pdf"),
        ("x", ".html", "x.html"),
        ("x.PDF", ".pdf", "x.pdf"),
        ("mail.2026", ".md", "mail.2026.md"),
        ("there.html", ".pdf", "there (2).pdf"),
    ],
)
def test_name_and_form_agree_and_nothing_is_written_over(tmp_path: Path, name: str, form: str, path: str) -> None:
    (tmp_path / "there.pdf").write_bytes(b"")
    assert report_path(tmp_path / name, form) == tmp_path / path


def test_recipients_are_masked_until_that_is_switched_off(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened(live, qtbot, of_octets(HOSTILE, "evil.eml"))
    assert live.entry is not None
    action = live.actions_of_window["mask_recipients"]
    assert action.isChecked()
    live.take_away.write_report(live.entry, tmp_path / "a.html", Manner(live.language, live.settings.mask_recipients))
    action.trigger()
    assert not live.settings.mask_recipients
    live.take_away.write_report(live.entry, tmp_path / "b.html", Manner(live.language, live.settings.mask_recipients))
    assert "hanako@victim.example" not in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "hanako@victim.example" in (tmp_path / "b.html").read_text(encoding="utf-8")


def test_the_report_is_printed_when_the_dialog_is_accepted(
    live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(live, qtbot, of_sample(SPOOFED))
    painted: list[str] = []
    monkeypatch.setattr(Documents, "paint", lambda _self, view, _device: painted.append(view.title))
    for answer in (0, 1):
        monkeypatch.setattr(QPrintDialog, "exec", lambda _self, given=answer: given)
        live.actions_of_window["print"].trigger()
    assert len(painted) == 1
    assert "bank.example.co.jp" in painted[0]


def test_a_page_comes_out_of_a_printer(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    opened(live, qtbot, of_sample(SPOOFED))
    assert live.entry is not None
    assert live.entry.case is not None
    documents = Documents()
    view = documents.view(live.entry.case, (), Manner(live.language), sample=True)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setFullPage(True)
    documents.paint(view, printer)
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")


def test_the_letter_is_written_for_the_mail_on_the_page(live: MainWindow, qtbot: QtBot) -> None:
    opened(live, qtbot, of_sample(SPOOFED))
    live.actions_of_window["letter"].trigger()
    dialog = next(one for one in live.findChildren(LetterDialog))
    assert "bank.example.co.jp" in dialog.subject.toPlainText()
    assert dialog.body.toPlainText()
    dialog.copy_button.click()
    assert "bank.example.co.jp" in QGuiApplication.clipboard().text()
    dialog.close()


def test_a_saved_case_opens_again_offline_and_says_where_its_answers_come_from(
    live: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    opened(live, qtbot, of_sample(PASSING))
    assert live.entry is not None
    before = live.entry.case
    answer_with(monkeypatch, tmp_path, "mine.hlcase", 0)
    live.actions_of_window["save_case"].trigger()
    saved = tmp_path / "mine.hlcase"
    assert "mine.hlcase" in live.body.notice_text
    for source in (of_path(saved), of_octets(saved.read_bytes(), "dropped.hlcase")):
        opened(live, qtbot, source)
        assert live.entry.case is not None
        assert live.entry.case.reopened
        assert live.entry.case.judgement == before.judgement  # type: ignore[union-attr]  # it was there before
        view = live.view_of(live.entry)
        assert view is not None
        assert ("case file" if language == "en" else "ケースファイル") in view.notices[0]


def test_a_check_again_of_a_case_asks_dns(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened(live, qtbot, of_sample(PASSING))
    assert live.entry is not None
    assert live.entry.case is not None
    saved = tmp_path / "mine.hlcase"
    live.take_away.write_case(live.entry.case, saved)
    opened(live, qtbot, of_path(saved))
    origin = live.body.result.origin
    assert origin.isVisibleTo(live)
    with qtbot.waitSignal(live.session.finished, timeout=10_000):
        origin.button.click()
    assert live.entry.case is not None
    assert not live.entry.case.reopened
    assert not origin.isVisibleTo(live)
    # the window is offline: now nothing answers
    assert live.entry.case.judgement.level.value == "unknown"
    # the same file opened once more is the saved case again
    opened(live, qtbot, of_path(saved))
    assert live.entry.case.reopened


def test_a_damaged_case_is_refused(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    saved = tmp_path / "mine.hlcase"
    saved.write_bytes(b'{"schema": "headerlens.case/1", "message": 3}')
    opened(live, qtbot, of_path(saved))
    assert live.entry is not None
    assert live.entry.refusal is not None
    assert live.entry.refusal.id == "refusal.case-damaged"


def test_what_cannot_be_written_is_said(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened(live, qtbot, of_sample(SPOOFED))
    assert live.entry is not None
    assert live.entry.case is not None
    path = tmp_path / "no" / "x.html"
    live.take_away.write_report(live.entry, path, Manner("en"))
    assert live.body.notice_text
    live.body.clear_notice()
    live.take_away.write_case(live.entry.case, path)
    assert live.body.notice_text


def test_the_copy_menu_has_everything_that_can_be_taken_away() -> None:
    wanted = {"copy_answer", "copy_ticket", "copy_diagram", "save_report", "save_case", "print", "letter"}
    assert wanted <= set(COPY)
