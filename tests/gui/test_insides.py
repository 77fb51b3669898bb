"""Mails inside mails: which one is answered for, the strip that says so, and going from one to the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.main_window import MainWindow
from headerlens.gui.opening import SLICE, encoded, read, relatives
from headerlens.gui.sources import Source, of_path, of_text
from headerlens.model.message import RawMessage, SourceKind
from tests.gui.conftest import MAIL
from tests.support.outline import outline

SECOND = MAIL.replace(b"Invoice 2026-1182", b"Reminder\xe2\x80\xae<b>")


def forwarded(*mails: bytes, words: bytes = b"Please look at this.\r\n", cut: bytes = b"cut") -> bytes:
    """A mail of a colleague with `mails` attached."""
    head = (
        b"Received: from pc.example.org ([192.0.2.77]) by mail.example.org; Fri, 20 Nov 2026 01:00:00 +0000\r\n"
        b"From: A Colleague <colleague@example.org>\r\nSubject: Fwd: odd mail\r\n"
        b"Date: Fri, 20 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="' + cut + b'"\r\n\r\n'
    )
    parts = [b"--" + cut + b"\r\nContent-Type: text/plain\r\n\r\n" + words]
    parts += [b"\r\n--" + cut + b"\r\nContent-Type: message/rfc822\r\n\r\n" + mail for mail in mails]
    return head + b"".join(parts) + b"\r\n--" + cut + b"--\r\n"


@pytest.fixture
def wrapped(tmp_path: Path) -> Path:
    """A folder with forwarded mails."""
    (tmp_path / "forwarded.eml").write_bytes(forwarded(MAIL))
    (tmp_path / "silent.eml").write_bytes(forwarded(MAIL, words=b"\r\n"))
    (tmp_path / "two.eml").write_bytes(forwarded(MAIL, SECOND))
    (tmp_path / "nested.eml").write_bytes(forwarded(forwarded(MAIL, cut=b"inner")))
    (tmp_path / "plain.eml").write_bytes(MAIL)
    return tmp_path


def raw_of(source: Source) -> RawMessage:
    raw = read(source)
    assert isinstance(raw, RawMessage)
    return raw


def test_a_mail_with_words_of_its_own_is_checked_itself(wrapped: Path) -> None:
    raw = raw_of(of_path(wrapped / "forwarded.eml"))
    assert b"Subject: Fwd: odd mail" in raw.octets
    assert raw.kind is SourceKind.EML


def test_a_mail_that_says_nothing_gives_way_to_the_one_inside(wrapped: Path) -> None:
    source = of_path(wrapped / "silent.eml")
    raw = raw_of(source)
    assert raw.octets == MAIL
    told = relatives(source, raw)
    assert told.way == (0,)
    assert told.around == "Fwd: odd mail"
    assert told.inside == ()


def test_the_choice_of_the_person_is_followed(wrapped: Path) -> None:
    path = wrapped / "silent.eml"
    assert b"Fwd: odd mail" in raw_of(Source("x", path=path, attached=())).octets
    assert raw_of(Source("x", path=wrapped / "nested.eml", attached=(0, 0))).octets == MAIL


def test_a_way_that_leads_nowhere_is_a_refusal(wrapped: Path) -> None:
    assert not isinstance(read(Source("x", path=wrapped / "plain.eml", attached=(3,))), RawMessage)
    assert not isinstance(read(Source("x", path=wrapped / "nested.eml", attached=(0, 5, 1))), RawMessage)


def test_subjects_of_the_mails_inside_are_made_harmless(wrapped: Path) -> None:
    source = of_path(wrapped / "two.eml")
    told = relatives(source, raw_of(source))
    assert [one.subject for one in told.inside] == ["Invoice 2026-1182", "Reminder[U+202E]<b>"]
    assert [one.way for one in told.inside] == [(0,), (1,)]


def test_a_pasted_mail_has_mails_inside_too() -> None:
    source = of_text(forwarded(MAIL).decode(), "Pasted text")
    assert [one.subject for one in relatives(source, raw_of(source)).inside] == ["Invoice 2026-1182"]


def test_a_clipboard_is_read_from_its_better_half() -> None:
    flat = MAIL.decode().replace("\r\n", " ")
    page = f"<html><body><pre>{MAIL.decode().replace('<', '&lt;').replace('>', '&gt;')}</pre></body></html>"
    assert raw_of(of_text(flat, "x", page)).octets == MAIL
    assert raw_of(of_text(MAIL.decode(), "x", page)).octets == MAIL
    assert raw_of(of_text("", "x", page)).octets == MAIL
    assert raw_of(of_text(MAIL.decode(), "x", "<p>From: nobody</p>")).octets == MAIL


def check(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([path])
    qtbot.waitUntil(window.body.result.insides.isVisible)


def test_the_strip_leads_inwards_and_back_and_each_mail_keeps_its_line(
    window: MainWindow, qtbot: QtBot, wrapped: Path
) -> None:
    window.resize(1300, 800)
    check(window, qtbot, wrapped / "forwarded.eml")
    strip = window.body.result.insides
    assert strip.accessibleName() == (
        "This mail carries another mail: “Invoice 2026-1182”. You see the answer for the mail itself."
    )
    assert not strip.around.isVisible()
    with qtbot.waitSignal(window.session.finished):
        strip.inside.click()
    qtbot.waitUntil(strip.around.isVisible)
    assert window.entry is not None
    assert window.entry.source.name == "forwarded.eml › attached mail"
    assert strip.accessibleName() == (
        "This mail came inside another one: “Fwd: odd mail”. You see the answer for the attached mail."
    )
    strip.around.click()
    assert window.entry.source.name == "forwarded.eml"
    assert strip.inside.isVisible()
    strip.inside.click()
    assert window.entry.source.name == "forwarded.eml › attached mail"
    assert len(window.session.entries) == 2


def test_the_mail_around_a_preferred_one_can_be_checked(window: MainWindow, qtbot: QtBot, wrapped: Path) -> None:
    check(window, qtbot, wrapped / "silent.eml")
    strip = window.body.result.insides
    assert strip.around.isVisible()
    with qtbot.waitSignal(window.session.finished):
        strip.around.click()
    assert window.entry is not None
    assert window.entry.case is not None
    assert window.entry.case.message.subject == "Fwd: odd mail"
    qtbot.waitUntil(strip.inside.isVisible)
    strip.inside.click()
    assert len(window.session.entries) == 2
    assert window.entry.case.raw.octets == MAIL


def test_several_mails_are_chosen_from_a_menu(window: MainWindow, qtbot: QtBot, wrapped: Path) -> None:
    check(window, qtbot, wrapped / "two.eml")
    strip = window.body.result.insides
    assert strip.accessibleName().startswith("This mail carries 2 other mails.")
    menu = strip.inside.menu()
    words = [action.text() for action in menu.actions()]
    assert words[0] == "Invoice 2026-1182 – Midori Supply <billing@shop.example.co.jp>"
    assert words[1].startswith("Reminder[U+202E]<b>")
    with qtbot.waitSignal(window.session.finished):
        menu.actions()[1].trigger()
    assert window.entry is not None
    assert window.entry.source.name == "two.eml › attached mail 2"


def test_a_mail_without_mails_inside_has_no_strip(window: MainWindow, qtbot: QtBot, wrapped: Path) -> None:
    check(window, qtbot, wrapped / "forwarded.eml")
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([wrapped / "plain.eml"])
    assert not window.body.result.insides.isVisible()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_strip_is_reached_and_worked_by_keyboard_alone(
    program: Program, qtbot: QtBot, wrapped: Path, language: str
) -> None:
    window = program.window
    with qtbot.waitSignal(window.settings_changed):
        window.change(language=language)
    window.resize(1440, 900)
    window.activateWindow()
    check(window, qtbot, wrapped / "forwarded.eml")
    window.toolbar._more.setFocus()
    for _ in range(12):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is window.body.result.insides.inside:
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is window.body.result.insides.inside
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window.body.result.insides.inside, Qt.Key.Key_Space)
    assert window.entry is not None
    assert window.entry.source.attached == (0,)
    strip = window.body.result.insides
    qtbot.waitUntil(strip.around.isVisible)
    words = {"en": "Check the mail around it", "ja": "外側のメールを検証"}[language]
    assert f"Button {words}" in outline(strip)


def test_a_long_text_is_encoded_without_a_seam() -> None:
    for text in ("", "x" * (SLICE - 1), "é𝟙" * SLICE, "a" * (SLICE - 1) + "\ud800" + "b"):
        assert encoded(text) == text.encode("utf-8", "surrogatepass")
