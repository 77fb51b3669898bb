"""Drops, the clipboard and the paste dialog, with real QMimeData."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.paste import SHOWN, PasteDialog, shortened
from headerlens.gui.pages.source_help import SourceHelpDialog
from headerlens.gui.ways_in import accept_copy
from headerlens.gui.widgets.drop_zone import Hover
from tests.gui.conftest import MAIL
from tests.support import dropped
from tests.support.dropped import files, text, uris
from tests.support.fake_engine import FakeEngine

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


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
    drop(window, uris("https://example.com/mail.eml"))
    assert "fetches nothing" in window.body.notice_text
    assert engine.checked == []


@pytest.mark.parametrize(
    ("make", "client", "button"),
    [
        (dropped.classic_outlook, "outlook-classic", "Steps for Classic Outlook for Windows"),
        (dropped.new_outlook, "outlook-new", "Steps for Outlook.com, Outlook on the web, new Outlook"),
        (dropped.apple_mail, "apple-mail", "Steps for Apple Mail (macOS)"),
        (dropped.thunderbird, "thunderbird", "Steps for Thunderbird"),
    ],
)
def test_a_drop_out_of_a_mail_program_is_answered_with_its_own_steps(
    window: MainWindow, engine: FakeEngine, make: Callable[[], QMimeData], client: str, button: str
) -> None:
    drop(window, make())
    assert window.body.notice_text == (
        "The mail program kept the mail back. Save the message first, then drop the file."
    )
    assert engine.checked == []
    steps = window.body.notice_button
    assert isinstance(steps, QPushButton)
    assert steps.text() == button
    steps.click()
    dialog = window.findChild(SourceHelpDialog)
    assert dialog is not None
    assert dialog.client == client


def test_f1_leads_to_the_program_that_the_advice_is_about(window: MainWindow) -> None:
    drop(window, dropped.apple_mail())
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(SourceHelpDialog)
    assert dialog is not None
    assert dialog.client == "apple-mail"


def test_a_drop_is_never_a_move(window: MainWindow, mails: Path) -> None:
    """A mail program deletes the mail that somebody accepts as moved."""
    move, both = Qt.DropAction.MoveAction, Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(50, 50), both, files(mails / "invoice.eml"), LEFT, NONE)
    event.setDropAction(move)
    accept_copy(event)
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(50, 50), move, files(mails / "invoice.eml"), LEFT, NONE)
    accept_copy(event)
    assert not event.isAccepted()
    assert window.isVisible()


def test_a_virtual_file_that_came_is_checked(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.finished):
        drop(window, dropped.new_outlook(MAIL))
    assert window.body.page is window.body.result
    assert window.entry is not None
    assert window.entry.source.name == "Invoice.eml"


def test_the_richer_half_of_a_clipboard_is_checked(window: MainWindow, qtbot: QtBot) -> None:
    source = MAIL.decode().replace("\r\n", "\n")
    page = f"<html><body><pre>{source.replace('<', '&lt;').replace('>', '&gt;')}</pre></body></html>"
    QGuiApplication.clipboard().setMimeData(text(source.replace("\n", " "), page))
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.entry is not None
    assert window.entry.case is not None
    assert len(window.entry.case.message.fields) == 4
    assert window.entry.case.message.body == b"The invoice.\r\n"


def test_files_on_the_clipboard_are_checked(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    QGuiApplication.clipboard().setMimeData(files(mails / "invoice.eml", mails / "spoofed.eml"))
    with qtbot.waitSignal(window.ways_in.given) as given:
        QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [source.path for source in given.args[0]] == [mails / "invoice.eml", mails / "spoofed.eml"]


def drop_in_turn(window: MainWindow, qtbot: QtBot, *paths: Path) -> None:
    """One drop each: several at once would become a table."""
    for path in paths:
        with qtbot.waitSignal(window.session.finished):
            drop(window, files(path))


def test_files_dropped_in_turn_are_checked_and_listed(
    window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine
) -> None:
    window.resize(1300, 800)
    drop_in_turn(window, qtbot, mails / "invoice.eml", mails / "spoofed.eml", mails / "list.txt")
    assert engine.checked == ["invoice.eml", "spoofed.eml", "list.txt"]
    assert window.body.list.isVisible()
    model = window.body.list.view.model()
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert spoken[0].startswith("Authenticated, shop.example.co.jp, Invoice 2026-1182")
    assert spoken[1].startswith("Not authenticated, shop.example.co.jp")
    assert spoken[2].startswith("Not an email, list.txt")


def test_a_row_of_the_list_brings_its_mail_back(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    window.resize(1300, 800)
    drop_in_turn(window, qtbot, mails / "spoofed.eml", mails / "invoice.eml")
    window.body.list.view.setCurrentIndex(window.body.list.view.model().index(0, 0))
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


def test_a_long_paste_is_shown_shortened_and_checked_whole(window: MainWindow, qtbot: QtBot) -> None:
    dialog = paste_dialog(window)
    source = MAIL.decode() + "x" * 72 * 10_000 + "\nthe last line\n"
    dialog.field.insertFromMimeData(text(source))
    assert len(dialog.field.toPlainText()) < SHOWN + 10
    assert dialog.field.isReadOnly()
    qtbot.waitUntil(dialog.check.isEnabled)
    assert dialog.clear.isVisible()
    qtbot.waitUntil(lambda: dialog.live.text().endswith("\nShown shortened; all of it is checked."))
    with qtbot.waitSignal(window.session.finished):
        dialog.check.click()
    assert window.entry is not None
    assert window.entry.case is not None
    assert window.entry.case.raw.octets.endswith(b"the last line\r\n")


def test_no_line_of_the_field_is_long_enough_to_hold_qt_up() -> None:
    source = "a\n" + "x" * 1_000_000 + "\nb\n"
    assert max(map(len, shortened(source).split("\n"))) <= 2_001
    assert shortened(MAIL.decode()) == MAIL.decode()


def test_a_shortened_paste_gives_way_to_another_by_keyboard_alone(window: MainWindow, qtbot: QtBot) -> None:
    dialog = paste_dialog(window)
    dialog.field.insertFromMimeData(text("x" * (SHOWN + 1)))
    QGuiApplication.clipboard().setText(MAIL.decode())
    QTest.keyClick(dialog.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog.source().pasted is not None
    assert dialog.field.text() == MAIL.decode()
    assert not dialog.field.isReadOnly()
    dialog.field.insertFromMimeData(text("y" * (SHOWN + 1)))
    QTest.keyClick(dialog.field, Qt.Key.Key_Delete)
    assert dialog.field.text() == ""
    assert not dialog.field.isReadOnly()
    qtbot.waitUntil(lambda: not dialog.check.isEnabled())


def test_a_second_paste_behind_the_first_keeps_both_as_they_came(window: MainWindow) -> None:
    dialog = paste_dialog(window)
    dialog.field.insertFromMimeData(text("Subject: a\u00a0b\r\n"))
    dialog.field.moveCursor(QTextCursor.MoveOperation.End)
    dialog.field.insertFromMimeData(text("To: c\u00a0d\r\n"))
    assert dialog.field.text() == "Subject: a\u00a0b\r\nTo: c\u00a0d\r\n"


def test_typing_into_a_paste_takes_what_the_field_says(window: MainWindow) -> None:
    dialog = paste_dialog(window)
    dialog.field.insertFromMimeData(text("Subject: a\n"))
    QTest.keyClicks(dialog.field, "X-")
    assert dialog.field.text() == "X-Subject: a\n"


def test_a_drop_on_the_paste_dialog_is_answered_there(window: MainWindow) -> None:
    dialog = paste_dialog(window)
    dialog.field.insertFromMimeData(dropped.classic_outlook())
    assert "Save the message first" in dialog.live.text()


def test_files_in_the_paste_dialog_are_checked(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    dialog = paste_dialog(window)
    with qtbot.waitSignal(window.session.finished):
        dialog.field.insertFromMimeData(files(mails / "invoice.eml"))
    assert window.body.page is window.body.result


def test_an_unchanged_clipboard_is_not_fetched_again(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(MAIL.decode())
    window.clipboard.look(wanted=True)
    qtbot.waitUntil(lambda: window.body.start.offered_domain == "shop.example.co.jp")
    window.clipboard.look(wanted=False)
    with qtbot.waitSignal(window.clipboard.found):
        window.clipboard.look(wanted=True)
    qtbot.waitUntil(lambda: window.body.start.offered_domain == "shop.example.co.jp")
    QGuiApplication.clipboard().setText("milk")
    window.clipboard.look(wanted=True)
    assert window.body.start.offered_domain == ""
