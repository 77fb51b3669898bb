"""Running a check: progress, Stop, Re-check, and what stays as it is."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.documents import Manner
from headerlens.gui.main_window import MainWindow
from headerlens.gui.session import State
from tests.support.fake_engine import FakeEngine


def checked(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([path])


def shown(window: MainWindow) -> str:
    return type(window.body.page).__module__


def test_the_work_is_done_in_another_thread(window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    assert threading.get_ident() not in engine.threads


def test_a_fast_check_never_shows_the_progress_page(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    qtbot.wait(350)
    assert window.body.page is window.body.result


def test_a_slow_check_shows_its_progress(window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine) -> None:
    engine.hold = True
    window.open_paths([mails / "invoice.eml"])
    assert "start" in shown(window)
    qtbot.waitUntil(lambda: "progress" in shown(window))
    assert "Stop" in [button.text() for button in (window.toolbar._recheck,)]
    with qtbot.waitSignal(window.session.finished):
        engine.go.set()
    assert "result" in shown(window)


def test_esc_stops_and_shows_what_is_known(window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine) -> None:
    engine.hold = True
    window.open_paths([mails / "invoice.eml"])
    qtbot.waitUntil(lambda: window.body.page is window.body.progress)
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.body.notice_text == "Stopped"
    assert window.body.page is window.body.result
    assert "Can't tell" in window.windowTitle()


def test_a_check_that_does_not_stop_is_given_up(
    window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine
) -> None:
    engine.hold = engine.deaf = True
    window.session._grace.setInterval(10)
    window.open_paths([mails / "invoice.eml"])
    qtbot.waitUntil(lambda: bool(engine.checked))
    with qtbot.waitSignal(window.session.finished):
        window.escape()
    assert window.body.page is window.body.start
    assert window.session.entries == ()
    assert window.windowTitle() == "HeaderLens"


def test_f5_checks_again_and_a_stop_keeps_the_last_result(
    window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine
) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    case = window.entry.case if window.entry else None
    engine.hold = True
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: len(engine.checked) == 2)
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.entry is not None
    assert window.entry.case is case
    assert window.entry.state is State.DONE
    assert window.body.page is window.body.result


def test_f5_replaces_the_case(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    before = window.entry.case if window.entry else None
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.entry is not None
    assert window.entry.case is not before


def test_stop_empties_the_queue(window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine) -> None:
    engine.hold = True
    window.open_paths([mails / "invoice.eml"])
    window.open_paths([mails / "spoofed.eml"])
    qtbot.waitUntil(lambda: len(engine.checked) == 1)
    with qtbot.waitSignal(window.session.finished):
        window.escape()
    assert engine.checked == ["invoice.eml"]
    assert len(window.session.entries) == 1


def test_the_offline_setting_reaches_the_next_check(
    window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine
) -> None:
    window.actions_of_window["offline"].trigger()
    checked(window, qtbot, mails / "invoice.eml")
    assert engine.asked_with[-1].offline


def test_another_language_puts_the_same_case_into_other_words(
    program: Program, qtbot: QtBot, mails: Path, engine: FakeEngine
) -> None:
    window = program.window
    checked(window, qtbot, mails / "invoice.eml")
    case = window.entry.case if window.entry else None
    japanese = next(one for one in window.actions_of_window.languages.actions() if one.data() == "ja")
    japanese.trigger()
    assert engine.checked == ["invoice.eml"]
    assert engine.words[-1] == "ja"
    assert window.entry is not None
    assert window.entry.case is case
    qtbot.waitUntil(lambda: window.toolbar._open.text() == "開く…")
    assert window.windowTitle() == "shop.example.co.jp – 認証済み – HeaderLens"
    assert program.settings.language == "ja"


def test_text_size_and_theme_change_nothing_but_the_looks(
    program: Program, qtbot: QtBot, mails: Path, engine: FakeEngine
) -> None:
    window = program.window
    checked(window, qtbot, mails / "invoice.eml")
    window.actions_of_window["larger"].trigger()
    assert program.theme.scale == 1.15
    dark = next(one for one in window.actions_of_window.themes.actions() if one.data() == "dark")
    dark.trigger()
    assert program.theme.tokens.dark
    assert engine.checked == ["invoice.eml"]


def test_the_answer_is_copied_in_the_language_of_the_window(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    from PySide6.QtGui import QGuiApplication

    checked(window, qtbot, mails / "invoice.eml")
    window.actions_of_window["copy_answer"].trigger()
    assert QGuiApplication.clipboard().text() == "en: pass"


def test_the_diagram_is_copied_at_twice_its_size(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    from PySide6.QtGui import QGuiApplication

    checked(window, qtbot, mails / "invoice.eml")
    window.actions_of_window["copy_diagram"].trigger()
    image = QGuiApplication.clipboard().image()
    assert image.width() == window.body.result.ladder.width() * 2


def test_a_report_is_written_and_a_failure_told(window: MainWindow, qtbot: QtBot, mails: Path, tmp_path: Path) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    assert window.entry is not None
    window.take_away.write_report(window.entry, tmp_path / "report.json", Manner("en"))
    assert "headerlens.report/1" in (tmp_path / "report.json").read_text()
    window.take_away.write_report(window.entry, tmp_path / "no" / "report.json", Manner("en"))
    assert "could not be saved" in window.body.notice_text


def test_closing_ends_every_thread(window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine) -> None:
    engine.hold = True
    window.open_paths([mails / "invoice.eml"])
    qtbot.waitUntil(lambda: bool(engine.checked))
    window.close()
    assert window.crew.join(100)
