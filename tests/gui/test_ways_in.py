"""Drops, the clipboard and the paste dialog, with real QMimeData."""

from __future__ import annotations

import warnings
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.paste import PasteDialog
from headerlens.gui.widgets.drop_zone import Hover
from tests.gui.conftest import MAIL
from tests.support.fake_engine import FakeEngine

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def text(words: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(words)
    return mime


def hover(window: MainWindow, mime: QMimeData) -> QDragEnterEvent:
    with warnings.catch_warnings():
        # Qt before 6.12 has no other constructor
        warnings.simplefilter("ignore", DeprecationWarning)
        event = QDragEnterEvent(QPoint(50, 50), COPY, mime, LEFT, NONE)
    window.dragEnterEvent(event)
    return event


def drop(window: MainWindow, mime: QMimeData) -> None:
    hover(window, mime)
    window.dropEvent(QDropEvent(QPointF(50, 50), COPY, mime, LEFT, NONE))


def test_a_dropped_file_is_checked_and_its_result_shown(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        drop(window, files(mails / "invoice.eml"))
    assert window.body.page is window.body.result
    assert window.windowTitle() == "shop.example.co.jp – Authenticated – HeaderLens"


def test_a_dropped_text_is_checked_to_the_last_octet(window: MainWindow, qtbot: QtBot) -> None:
    source = MAIL.decode().replace("\r\n", "\n") + "\u00a0x\u2028y\n"
    with qtbot.waitSignal(window.session.finished):
        drop(window, text(source))
    case = window.entry.case if window.entry else None
    assert case is not None
    assert case.raw.octets.endswith("\u00a0x\u2028y\r\n".encode())


def test_a_web_address_is_refused_with_a_reason_and_nothing_is_fetched(window: MainWindow, engine: FakeEngine) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/mail.eml")])
    drop(window, mime)
    assert "fetches nothing" in window.body.notice_text
    assert engine.checked == []


def test_a_drop_out_of_a_mail_program_is_answered_with_advice(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setData('application/x-qt-windows-mime;value="FileGroupDescriptorW"', b"\0" * 20)
    mime.setText("From\tSubject\tReceived\nMidori\tInvoice\tFri")
    drop(window, mime)
    assert "Save it to the desktop" in window.body.notice_text


def test_an_address_of_thunderbird_is_no_file(window: MainWindow) -> None:
    drop(window, text("imap-message://me@example.com/INBOX#1"))
    assert "Save it to the desktop" in window.body.notice_text


def test_several_files_are_checked_in_turn_and_listed(
    window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine
) -> None:
    window.resize(1300, 800)
    drop(window, files(mails / "invoice.eml", mails / "spoofed.eml", mails / "list.txt"))
    qtbot.waitUntil(lambda: len(window.session.entries) == 3 and window.session.running is None)
    assert engine.checked == ["invoice.eml", "spoofed.eml", "list.txt"]
    assert window.body.list.isVisible()
    model = window.body.list.view.model()
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert spoken[0].startswith("Authenticated, shop.example.co.jp, Invoice 2026-1182")
    assert spoken[1].startswith("Not authenticated, shop.example.co.jp")
    assert spoken[2].startswith("Not an email, list.txt")


def test_a_row_of_the_list_brings_its_mail_back(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    window.resize(1300, 800)
    drop(window, files(mails / "invoice.eml", mails / "spoofed.eml"))
    qtbot.waitUntil(lambda: len(window.session.entries) == 2 and window.session.running is None)
    window.body.list.view.setCurrentIndex(window.body.list.view.model().index(1, 0))
    assert window.windowTitle().startswith("shop.example.co.jp – Not authenticated")


def test_the_same_file_again_keeps_its_one_line(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    for _ in range(2):
        with qtbot.waitSignal(window.session.finished):
            drop(window, files(mails / "invoice.eml"))
    assert len(window.session.entries) == 1


def hovering(window: MainWindow) -> Hover:
    return window.body.start._zone.hover


def test_the_field_says_what_letting_go_would_do(window: MainWindow, mails: Path) -> None:
    event = hover(window, files(mails / "invoice.eml"))
    assert event.isAccepted()
    assert hovering(window) is Hover.USABLE
    assert window.body.start._headline.text() == "Let go to check"
    window.dragLeaveEvent(QDragLeaveEvent())
    assert hovering(window) is Hover.NOTHING
    hover(window, QMimeData())
    assert window.body.start._headline.text() == "Only saved emails or text"


def test_a_result_takes_drops_too(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        drop(window, files(mails / "invoice.eml"))
    hover(window, files(mails / "spoofed.eml"))
    assert window.body._overlay.isVisible()
    with qtbot.waitSignal(window.session.finished):
        drop(window, files(mails / "spoofed.eml"))
    assert not window.body._overlay.isVisible()
    assert "Not authenticated" in window.windowTitle()


def test_what_is_no_mail_gets_a_refusal(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        drop(window, files(mails / "list.txt"))
    assert window.body.page is window.body.refusal


def test_a_mistake_of_the_program_is_shown_without_a_word_of_the_mail(
    window: MainWindow, qtbot: QtBot, mails: Path
) -> None:
    with qtbot.waitSignal(window.session.finished):
        drop(window, files(mails / "broken.eml"))
    assert window.body.page is window.body.failure
    report = window.body.failure.report.toPlainText()
    assert "ValueError" in report
    assert "secret" not in report


def test_ctrl_v_checks_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(MAIL.decode())
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.body.page is window.body.result
    assert window.entry is not None
    assert window.entry.source.name == "Pasted text"


def test_ctrl_v_with_the_caret_in_the_header_source_checks_too(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        drop(window, files(mails / "spoofed.eml"))
    window.body.result.show_tab(0)
    QGuiApplication.clipboard().setText(MAIL.decode())
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window.body.result.evidence.headers.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(window.session.entries) == 2


def test_an_empty_clipboard_is_answered(window: MainWindow) -> None:
    window.check_clipboard()
    assert window.body.notice_text == "There is no saved email or text in it."


def test_half_a_surrogate_pair_does_no_harm(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.finished):
        drop(window, text(MAIL.decode() + "\ud800"))
    assert window.body.page is window.body.result


def test_the_clipboard_is_offered_by_its_from_domain(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(MAIL.decode())
    window.clipboard.look(wanted=True)
    qtbot.waitUntil(lambda: window.body.start.offered_domain == "shop.example.co.jp")
    window.clipboard.look(wanted=False)
    assert window.body.start.offered_domain == ""


def test_an_ordinary_clipboard_is_not_offered(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("Dear all,\n\nthe room is booked.\n\nBest regards\n")
    with qtbot.waitSignal(window.clipboard.found) as told:
        window.clipboard.look(wanted=True)
    assert told.args == [""]


def paste_dialog(window: MainWindow) -> PasteDialog:
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = window.findChild(PasteDialog)
    assert dialog is not None
    return dialog


def test_the_paste_dialog_says_how_far_it_looks_like_a_mail(window: MainWindow, qtbot: QtBot) -> None:
    dialog = paste_dialog(window)
    assert not dialog.check.isEnabled()
    dialog.field.insertFromMimeData(text(MAIL.decode()))
    qtbot.waitUntil(lambda: dialog.live.text() == "Looks complete: 4 headers, body included")
    dialog.field.setPlainText("Subject: x\n")
    qtbot.waitUntil(lambda: dialog.live.text() in {"No From line yet", "No header lines yet"})


def test_the_paste_dialog_hands_on_the_paste_and_not_what_the_field_made_of_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = paste_dialog(window)
    dialog.field.insertFromMimeData(text(MAIL.decode() + "non\u00a0breaking\r\n"))
    qtbot.waitUntil(dialog.check.isEnabled)
    with qtbot.waitSignal(window.session.finished):
        dialog.check.click()
    assert window.entry is not None
    assert window.entry.case is not None
    assert "non\u00a0breaking".encode() in window.entry.case.raw.octets
