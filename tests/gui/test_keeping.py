"""The session's memory is bounded: older mails are put away compressed, and come back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.engine import LiveEngine
from headerlens.gui.keeping import Keeping, packed, unpacked
from headerlens.gui.main_window import MainWindow
from headerlens.gui.sources import Pasted, Source, of_text

MAIL = (
    "Received: from a.example by mx.example.net; Fri, 20 Nov 2026 00:12:02 +0000\nFrom: a@example.com\nSubject: {n}\n"
)


@pytest.fixture
def live(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window that checks offline, whose session has room for 150,000 octets."""
    settings = tmp_path / "settings.json"
    settings.write_text('{"language": "en", "offline": true, "look_at_clipboard": false}')
    program = Program(qapp, LiveEngine(), settings)
    qtbot.addWidget(program.window, before_close_func=lambda _: program.close())
    program.window.show()
    window = program.window
    window.session._keeping = Keeping(window.crew, window.session, room=150_000)
    return window


def mail(number: int) -> Source:
    return of_text(MAIL.format(n=number) + "\n" + f"line of mail {number}\n" * 2500, f"mail {number}")


def check(window: MainWindow, qtbot: QtBot, source: Source) -> None:
    window.open_sources([source])
    qtbot.waitUntil(lambda: window.session.running is None and window.body.page is window.body.result, timeout=10_000)


def test_older_mails_are_put_away_and_come_back_the_same(live: MainWindow, qtbot: QtBot) -> None:
    check(live, qtbot, mail(1))
    first = live.session.entries[0]
    before, text = first.case, first.source.pasted.text if first.source.pasted is not None else ""
    for number in (2, 3, 4):
        check(live, qtbot, mail(number))
    qtbot.waitUntil(lambda: first.case_at_hand is None)
    qtbot.waitUntil(lambda: sum(one.weight for one in live.session.entries) < 400_000)
    assert live.entry is not None
    assert live.entry.case_at_hand is not None
    assert first.has_case
    assert (first.domain, first.level) == ("example.com", live.session.entries[3].level)
    live.show_entry(first)
    assert live.body.page is live.body.result
    assert first.case == before
    assert first.source.pasted is not None
    assert first.source.pasted.text == text


def test_a_list_of_mails_that_were_put_away_unpacks_none(live: MainWindow, qtbot: QtBot) -> None:
    for number in range(1, 5):
        check(live, qtbot, mail(number))
    first = live.session.entries[0]
    qtbot.waitUntil(lambda: first.case_at_hand is None)
    live.listing.refresh()
    live.change(language="ja")
    assert first.case_at_hand is None
    assert live.body.list.view.model().index(0, 0).data() is not None


def test_a_mail_that_was_put_away_can_be_checked_again(live: MainWindow, qtbot: QtBot) -> None:
    for number in range(1, 5):
        check(live, qtbot, mail(number))
    first = live.session.entries[0]
    qtbot.waitUntil(lambda: first.case_at_hand is None)
    live.show_entry(first)
    before = first.case
    live.recheck()
    qtbot.waitUntil(lambda: live.session.running is None and first.case is not before, timeout=10_000)
    assert first.case is not None
    assert before is not None
    assert first.case.raw.octets == before.raw.octets


def test_a_pasted_text_is_the_same_after_packing() -> None:
    made = Pasted("a\0\udc80日本語" * 1000, "<b>\0")
    text, html, weight = made.text, made.html, made.weight
    made.pack()
    made.pack()
    assert (made.text, made.html) == (text, html)
    assert made.weight < weight


def test_a_packed_case_is_the_case(live: MainWindow, qtbot: QtBot) -> None:
    check(live, qtbot, mail(1))
    case = live.session.entries[0].case
    assert case is not None
    assert unpacked(packed(case)) == case
