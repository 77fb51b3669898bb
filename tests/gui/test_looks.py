"""The keyboard, the accessible tree, both languages and both schemes, small and large windows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from headerlens.dns.servers import parse_server
from headerlens.gui.app import Program
from headerlens.gui.main_window import SMALLEST, MainWindow
from headerlens.gui.pages.about import AboutDialog
from headerlens.gui.pages.preferences import PreferencesDialog, is_receiver, is_server
from headerlens.gui.pages.result import ANSWER, EVIDENCE
from headerlens.gui.pages.start import StartPage
from headerlens.model.findings import Where
from tests.support.outline import compare, outline


def checked(window: MainWindow, qtbot: QtBot, *paths: Path) -> None:
    window.open_paths(list(paths))
    qtbot.waitUntil(lambda: window.session.running is None and bool(window.session.entries))


def walk(start: QWidget) -> list[QWidget]:
    """The widgets that Tab visits, until the first comes again."""
    start.setFocus()
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and focus not in seen and len(seen) < 200:
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return seen


def test_the_start_page_can_be_worked_by_keyboard_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: bool(window.body.start._sample_buttons))
    names = [one.text() for one in walk(window.body.start._open) if hasattr(one, "text")]
    assert names[:2] == ["Open a saved email…", "Paste source"]
    assert names[2:4] == ["All checks pass", "Spoofed"]
    assert names[8] == "Where do I find the source?"


def test_tab_walks_the_result_in_the_order_of_reading(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    window.resize(1440, 900)
    window.activateWindow()
    checked(window, qtbot, mails / "invoice.eml")
    checked(window, qtbot, mails / "spoofed.eml")
    order = walk(window.toolbar._list)
    result = window.body.result

    def place(holder: QWidget) -> int:
        return next(i for i, one in enumerate(order) if one is holder or holder.isAncestorOf(one))

    wanted = [window.toolbar, window.body.list, result.verdict, result.ladder, result.findings, result.evidence]
    places = [place(one) for one in wanted]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_outline_of_the_start_page(program: Program, qtbot: QtBot, language: str) -> None:
    window = program.window
    speak(program, qtbot, language)
    qtbot.waitUntil(lambda: bool(window.body.start._sample_buttons))
    window.body.start.offer_clipboard("bank.example.co.jp")
    compare(f"start-{language}", outline(window.body.start))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_outline_of_the_result(program: Program, qtbot: QtBot, mails: Path, language: str) -> None:
    window = program.window
    window.resize(1440, 900)
    speak(program, qtbot, language)
    checked(window, qtbot, mails / "invoice.eml")
    # the evidence comes one turn of the event loop after the answer
    assert window.body.result.evidence.isVisible()
    compare(f"toolbar-{language}", outline(window.toolbar))
    compare(f"result-{language}", outline(window.body.result))


def speak(program: Program, qtbot: QtBot, language: str) -> None:
    program.change(program.settings._replace(language=language))
    word = {"en": "Paste source", "ja": "ソースを貼り付け"}[language]
    qtbot.waitUntil(lambda: program.window.body.start._paste.text() == word)


def test_a_change_of_language_reaches_every_page(program: Program, qtbot: QtBot) -> None:
    speak(program, qtbot, "ja")
    body = program.window.body
    qtbot.waitUntil(lambda: body.start._open.text() == "保存したメールを開く…")
    assert body.result.evidence.tabs.tabText(0) == "ヘッダー"
    assert program.window.actions_of_window["recheck"].text() == "再検証(&R)"
    assert program.window.menuBar().actions()[0].text() == "ファイル(&F)"


def test_both_schemes_paint_their_own_ground(program: Program, qtbot: QtBot) -> None:
    grounds = []
    for theme in ("light", "dark"):
        program.change(program.settings._replace(theme=theme))
        qtbot.wait(20)
        picture = program.window.grab().toImage()
        grounds.append(QColor(picture.pixel(4, picture.height() - 4)).name())
    assert grounds == ["#f3f5f8", "#12151a"]


@pytest.mark.parametrize("size", [100, 150])
def test_the_smallest_window_shows_everything_of_the_start_page_by_scrolling_down_only(
    program: Program, qtbot: QtBot, size: int
) -> None:
    window = program.window
    program.change(program.settings._replace(text_size=size))
    window.resize(SMALLEST)
    qtbot.waitUntil(lambda: window.width() == SMALLEST.width())
    start: StartPage = window.body.start
    assert start.horizontalScrollBar().maximum() == 0


def test_a_wide_window_shows_answer_and_evidence_a_narrow_one_either(
    window: MainWindow, qtbot: QtBot, mails: Path
) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    result = window.body.result
    window.resize(1300, 800)
    assert result.answer.isVisible()
    assert result.evidence.isVisible()
    window.resize(900, 640)
    assert result.answer.isVisible()
    assert not result.evidence.isVisible()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert result.part == EVIDENCE
    assert window.toolbar._parts.current() == EVIDENCE
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert result.part == ANSWER


def test_the_toolbar_of_the_start_page_shows_the_menu_only(window: MainWindow) -> None:
    visible = [
        one
        for one in window.toolbar.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert visible == [window.toolbar._more]


def test_a_place_opens_its_header_lines(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    result = window.body.result
    result.show_place(Where(field_index=1))
    headers = result.evidence.headers
    assert headers.marked_lines == (3, 3)
    assert headers.view.textCursor().block().text().startswith("From: Midori Supply")


def test_the_trust_border_stands_below_the_receivers_last_line(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    lines = window.body.result.evidence.headers.view.toPlainText().split("\n")
    assert lines[0].startswith("Received: from mail.example.co.jp")
    assert "Trust border" in lines[2]


def test_a_question_is_found_in_the_dns_table(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    result = window.body.result
    result.show_place(Where(question="TXT _dmarc.shop.example.co.jp"))
    table = result.evidence.dns
    row = table.view.currentIndex().row()
    assert table.model.rows[row].name == "_dmarc.shop.example.co.jp"
    assert table.model.rows[row].answer == "no such name (NXDOMAIN)"


def test_find_goes_round(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    headers = window.body.result.evidence.headers
    window.actions_of_window["find"].trigger()
    headers._find.setText("2026")
    places = set()
    for _ in range(8):
        assert headers.find_next()
        places.add(headers.view.textCursor().position())
    assert len(places) == 3
    headers._find.setText("no such text")
    assert not headers.find_next()


def test_f6_visits_every_pane_and_comes_round(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    window.resize(1440, 900)
    window.activateWindow()
    checked(window, qtbot, mails / "invoice.eml")
    result = window.body.result
    visited = []
    for _ in range(5):
        window.actions_of_window["next_pane"].trigger()
        focus = QApplication.focusWidget()
        assert focus is not None
        panes = [window.toolbar, *window.body.panes()]
        visited.append(next(pane for pane in panes if pane is focus or pane.isAncestorOf(focus)))
    assert set(visited) == {window.toolbar, result.verdict, result.ladder, result.findings, result.evidence}


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_alt_shows_the_menu_bar_and_f10_too(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.menuBar().isVisible()
    QTest.keyClick(window, Qt.Key.Key_F10)
    assert window.menuBar().isVisible()
    close_menu()
    qtbot.waitUntil(lambda: not window.menuBar().isVisible())
    QTest.keyPress(window, Qt.Key.Key_Alt)
    QTest.keyRelease(window, Qt.Key.Key_Alt)
    assert window.menuBar().isVisible()
    close_menu()


def close_menu() -> None:
    menu = QApplication.activePopupWidget()
    if menu is not None:
        QTest.keyClick(menu, Qt.Key.Key_Escape)


def test_every_command_of_a_result_sleeps_on_the_start_page(window: MainWindow) -> None:
    for name in ("copy_answer", "save_report", "recheck", "headers", "next_finding"):
        assert not window.actions_of_window[name].isEnabled()


def test_the_settings_name_a_wrong_line(program: Program) -> None:
    dialog = program.window.open_dialog("settings")
    assert isinstance(dialog, PreferencesDialog)
    dialog.by_servers.setChecked(True)
    dialog.servers.setPlainText("dns example com")
    dialog.accept()
    assert dialog.isVisible()
    assert "dns example com" in dialog.problem.text()
    dialog.servers.setPlainText("192.0.2.53\n[2001:db8::53]:5353\ndns.example.com:5353")
    dialog.trusted.setPlainText("MX.Google.com\n")
    dialog.accept()
    assert program.settings.servers == ("192.0.2.53", "[2001:db8::53]:5353", "dns.example.com:5353")
    assert program.settings.trusted == ("mx.google.com",)
    assert program.window.session.asking.servers == program.settings.servers


def test_dns_is_asked_over_https_or_of_servers_never_both(program: Program) -> None:
    program.change(program.settings._replace(servers=("192.0.2.53",)))
    dialog = program.window.open_dialog("settings")
    assert isinstance(dialog, PreferencesDialog)
    assert dialog.by_servers.isChecked()
    dialog.by_https.setChecked(True)
    assert not dialog.servers.isEnabled()
    for wrong in ("", "http://dns.example/dns-query", "dns.example", "https://user@dns.example/"):
        dialog.doh.setText(wrong)
        dialog.accept()
        assert dialog.isVisible(), wrong
    dialog.doh.setText("https://dns.example/dns-query{?dns}")
    dialog.accept()
    assert not dialog.isVisible()
    assert program.settings.servers == ()
    assert program.window.session.asking.doh == "https://dns.example/dns-query{?dns}"


def test_offline_leaves_the_resolver_and_its_choice_asleep(program: Program) -> None:
    program.change(program.settings._replace(doh="https://dns.example/dns-query"))
    dialog = program.window.open_dialog("settings")
    assert isinstance(dialog, PreferencesDialog)
    assert dialog.by_https.isChecked()
    dialog.offline.setChecked(True)
    assert not dialog.doh.isEnabled()
    assert not dialog.by_system.isEnabled()
    dialog.accept()
    assert program.settings.offline
    assert program.settings.doh == "https://dns.example/dns-query"


GOOD_SERVERS = (
    "192.0.2.1", "192.0.2.1:53", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:53", "dns.google", "dns.google:5353",
    "localhost", "resolver", "dns.example.",
)  # fmt: skip
BAD_SERVERS = (
    "", "192.0.2.1:", "192.0.2.1:99999", "[2001:db8::1", "[2001:db8::1]53", "fe80::1%eth0", "2001:db8::1:53:x",
    "999.1.1.1", "dns google", "dns..google", "-dns.google", "dns.google:", "dns.google:0", "https://dns.google",
    "dns.google/dns-query", ":53",
)  # fmt: skip


@pytest.mark.parametrize("text", GOOD_SERVERS)
def test_a_server_is_what_the_terminal_takes(text: str) -> None:
    assert is_server(text)
    assert parse_server(text) is not None


@pytest.mark.parametrize("text", BAD_SERVERS)
def test_what_no_server_can_be_called_is_named_at_once(text: str) -> None:
    assert not is_server(text)


def test_receivers_are_names() -> None:
    assert is_receiver("mx.google.com")
    assert not is_receiver("mx google")
    assert not is_receiver("")


def test_the_about_page_says_what_leaves_the_computer(window: MainWindow) -> None:
    dialog = window.open_dialog("about")
    assert isinstance(dialog, AboutDialog)
    assert "Only domain names" in outline(dialog)


def test_a_bad_setting_is_mentioned_at_the_start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    from tests.support.fake_engine import FakeEngine

    path = tmp_path / "settings.json"
    path.write_text('{"language": "en", "theme": "purple"}')
    program = Program(qapp, FakeEngine(), path)
    qtbot.addWidget(program.window)
    program.window.show()
    assert "theme" in program.window.body.notice_text
    program.close()
