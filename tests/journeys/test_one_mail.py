"""Three people with one mail each: office, help desk, administrator (product.md 1), by drop, by keyboard, by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.evidence import DNS
from tests.support import dropped
from tests.support.journey import (
    CONTROL,
    PATIENCE,
    SHIFT,
    DayEngine,
    answered,
    button,
    choose,
    click,
    copied,
    drop,
    named,
    of_corpus,
    press,
    seen,
    tab_to,
)

HEADLINE = {
    "en": "Not authenticated as bank.example.co.jp",
    "ja": "bank.example.co.jp からのメールとは認証できません",
}
ACTION = {
    "en": "Don't reply, and don't open its links or attachments.",
    "ja": "返信せず、リンクや添付ファイルも開かないでください。",
}
NOT_COUNTED = {
    "en": "Different organisation. Does not count for DMARC.",
    "ja": "別の組織。DMARC に無効。",
}
AUTHENTICATED = {"en": "Authenticated as example.co.jp", "ja": "example.co.jp からのメールとして認証されました"}
COPY = {"en": "Copy", "ja": "コピー"}
COPY_ANSWER = {"en": "Copy answer", "ja": "判定をコピー(A)"}
COPY_TICKET = {"en": "Copy summary for a ticket", "ja": "チケット用の要約をコピー(T)"}

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def write(folder: Path, name: str) -> Path:
    """A shipped example as a file on somebody's desktop."""
    path = folder / f"{name}.eml"
    path.write_bytes(named(name).message().octets)
    return path


def on_clipboard(name: str) -> None:
    """The source as Gmail's "Copy to clipboard" gives it."""
    text = named(name).message().octets.decode()
    QGuiApplication.clipboard().setText(text.replace("\r\n", "\n"))


# -- office: a suspicious mail -----------------------------------------------------------------------------------------


def test_office_drops_a_suspicious_mail_and_sends_the_answer_on(
    window: MainWindow, language: str, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(window, dropped.files(write(tmp_path, "spoofed")))
    told = answered(window, qtbot, HEADLINE[language], ACTION[language], NOT_COUNTED[language])
    assert "support@bank.example.co.jp" in told
    assert "bank.example.co.jp" in window.windowTitle()
    choose(button(window.toolbar, COPY[language]), COPY_ANSWER[language])
    assert HEADLINE[language] in copied()
    assert ACTION[language] in copied()


def test_office_by_keyboard_hears_the_result_first_and_copies_it(
    window: MainWindow, language: str, qtbot: QtBot
) -> None:
    on_clipboard("spoofed")
    press(Qt.Key.Key_V, CONTROL)
    answered(window, qtbot, HEADLINE[language])
    card = tab_to(lambda focus: focus is window.body.result.verdict)
    assert HEADLINE[language] in card.accessibleName()
    assert ACTION[language] in card.accessibleDescription()
    press(Qt.Key.Key_C, CONTROL | SHIFT)
    assert HEADLINE[language] in copied()
    assert ACTION[language] in copied()


# -- help desk: from a pasted source to a ticket -----------------------------------------------------------------------


def test_help_desk_pastes_copies_the_ticket_and_takes_the_next_mail(
    window: MainWindow, language: str, engine: DayEngine, qtbot: QtBot
) -> None:
    on_clipboard("spoofed")
    press(Qt.Key.Key_V, CONTROL)
    answered(window, qtbot, HEADLINE[language])
    press(Qt.Key.Key_T, CONTROL | SHIFT)
    ticket = copied()
    assert ticket.startswith(f"**✗ {HEADLINE[language]}**\n")
    assert "`<5f1c@mailer-7.example.net>`" in ticket
    assert "HL-302" in ticket
    engine.day = named("all-pass").lookup()
    on_clipboard("all-pass")
    press(Qt.Key.Key_V, CONTROL)
    answered(window, qtbot, AUTHENTICATED[language], "billing@shop.example.co.jp")
    press(Qt.Key.Key_T, CONTROL | SHIFT)
    assert AUTHENTICATED[language] in copied()
    assert "bank.example.co.jp" not in copied()
    listed = seen(window.body.list)
    assert "bank.example.co.jp" in listed
    assert "shop.example.co.jp" in listed


def test_help_desk_by_mouse_from_the_start_page_to_the_ticket(window: MainWindow, language: str, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    sample = named("spoofed").title_in(language)
    qtbot.waitUntil(lambda: sample in seen(window.body.start), timeout=PATIENCE)  # they come after the first paint
    click(button(window.body.start, sample))
    answered(window, qtbot, HEADLINE[language])
    choose(button(window.toolbar, COPY[language]), COPY_TICKET[language])
    assert copied().startswith(f"**✗ {HEADLINE[language]}**\n")
    assert ACTION[language] in copied()


def test_help_desk_drops_the_second_mail_on_the_answer_of_the_first(
    window: MainWindow, language: str, engine: DayEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(window, dropped.files(write(tmp_path, "spoofed")))
    answered(window, qtbot, HEADLINE[language])
    engine.day = named("all-pass").lookup()
    drop(window, dropped.files(write(tmp_path, "all-pass")))
    told = answered(window, qtbot, AUTHENTICATED[language])
    assert "bank.example.co.jp" not in told


# -- administrator: the broken record ----------------------------------------------------------------------------------

DOUBLED = {
    "en": "The key was published under a doubled name.",
    "ja": "鍵が、ドメイン名の重複した名前で公開されています。",
}
PUBLISH = {
    "en": "To be published: TXT at s1._domainkey.example.com",
    "ja": "公開するレコード：s1._domainkey.example.com の TXT",
}
WRONG_PLACE = "s1._domainkey.example.com.example.com"
LINK = {"en": f"DNS: {WRONG_PLACE}", "ja": f"DNS：{WRONG_PLACE}"}


def broken_record(engine: DayEngine, folder: Path) -> Path:
    """A mail whose key stands under s1._domainkey.example.com.example.com, and its day."""
    octets, engine.day, engine.now = of_corpus("publish-doubled-key")
    path = folder / "newsletter.eml"
    path.write_bytes(octets)
    return path


def test_administrator_by_mouse_finds_the_record_copies_it_and_sees_the_question(
    window: MainWindow, language: str, engine: DayEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(window, dropped.files(broken_record(engine, tmp_path)))
    told = answered(window, qtbot, DOUBLED[language])
    assert PUBLISH[language] in told
    card = window.body.result.findings.cards()[0]
    click(button(card, COPY[language]))
    assert copied().startswith("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0B")
    assert "\n" not in copied()
    click(button(card, LINK[language]))
    evidence = window.body.result.evidence
    qtbot.waitUntil(evidence.dns.isVisible, timeout=PATIENCE)
    assert evidence.tabs.currentIndex() == DNS
    chosen = str(evidence.dns.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    assert WRONG_PLACE in chosen
    assert "v=DKIM1" in chosen


def test_administrator_by_keyboard_alone(
    window: MainWindow, language: str, engine: DayEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    octets = broken_record(engine, tmp_path).read_bytes()
    QGuiApplication.clipboard().setText(octets.decode())
    press(Qt.Key.Key_V, CONTROL)
    answered(window, qtbot, DOUBLED[language])
    press(Qt.Key.Key_F8)
    card = window.body.result.findings.cards()[0]
    assert DOUBLED[language] in card.header.accessibleName()
    assert card.header.hasFocus()
    tab_to(lambda focus: isinstance(focus, QPushButton) and focus.text() == COPY[language] and card.isAncestorOf(focus))
    press(Qt.Key.Key_Space)
    assert copied().startswith("v=DKIM1; k=rsa; p=")
    press(Qt.Key.Key_6, CONTROL)
    view = window.body.result.evidence.dns.view
    assert view.hasFocus()
    rows = [
        str(view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        for row in range(view.model().rowCount())
    ]
    wanted = next(at for at, row in enumerate(rows) if WRONG_PLACE in row)
    press(Qt.Key.Key_Home)
    for _ in range(wanted):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_C, CONTROL)
    assert copied().startswith(f"{WRONG_PLACE} TXT\n")
    assert "v=DKIM1; k=rsa" in copied()


def test_administrator_sees_the_mended_record_after_a_recheck(
    window: MainWindow, language: str, engine: DayEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(window, dropped.files(broken_record(engine, tmp_path)))
    answered(window, qtbot, DOUBLED[language])
    click(button(window.body.result.findings.cards()[0], COPY[language]))
    engine.publish("s1._domainkey.example.com", copied())
    press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: DOUBLED[language] not in seen(window.body.result.answer), timeout=PATIENCE)
    mended = {"en": "Authenticated as example.com", "ja": "example.com からのメールとして認証されました"}
    answered(window, qtbot, mended[language])
