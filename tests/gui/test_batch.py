"""Many messages in the window: opened, filtered, sorted, read and taken away, with mouse, keyboard and drop."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.batch_run import Batch, Phase
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.batch import BatchPage
from headerlens.gui.widgets.batch_model import DMARC, RECEIVED, RESULT, SENDER, SUBJECT
from headerlens.samples import samples
from tests.support.batch import RecordedEngine, write_samples
from tests.support.outline import compare, outline

COPIES = 3


@pytest.fixture
def engine() -> RecordedEngine:
    """The real engine, answers recorded."""
    return RecordedEngine()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, engine: RecordedEngine, tmp_path: Path) -> Iterator[Program]:
    settings = tmp_path / "settings.json"
    settings.write_text('{"language": "en", "theme": "light"}')
    made = Program(qapp, engine, settings)
    qtbot.addWidget(made.window)
    made.window.resize(1280, 860)
    with qtbot.waitExposed(made.window):
        made.window.show()
    yield made
    engine.many.go.set()
    made.close()


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The samples three times, and a text that calls itself a mail."""
    box = tmp_path / "november"
    box.mkdir()
    list(write_samples(box, COPIES))
    (box / "list.eml").write_bytes(b"")
    return box


TOTAL = len(samples()) * COPIES + 1


def batch_of(window: MainWindow) -> Batch:
    assert window.entry is not None
    assert window.entry.batch is not None
    return window.entry.batch


def open_all(qtbot: QtBot, window: MainWindow, *paths: Path) -> BatchPage:
    window.open_paths(list(paths))
    qtbot.waitUntil(lambda: window.entry is not None and window.entry.batch is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not batch_of(window).running, timeout=60_000)
    assert window.body.page is window.body.batch
    return window.body.batch


def column(page: BatchPage, number: int) -> list[str]:
    return [str(page.model.index(row, number).data()) for row in range(page.model.rowCount())]


click, press = QTest.mouseClick, QTest.keyClick


def place_named(page: BatchPage, name: str) -> int:
    assert page.batch is not None
    return next(at for at, line in enumerate(page.batch.lines) if line.locator.name == name)


def test_a_folder_becomes_a_table_with_every_message(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    assert page.model.rowCount() == TOTAL
    assert batch_of(window).phase is Phase.DONE
    assert batch_of(window).counts["trouble"] == 1
    assert page.detail.isVisible()


def test_worker_processes_fill_the_table_as_one_process_does(
    qtbot: QtBot, window: MainWindow, engine: RecordedEngine, folder: Path
) -> None:
    engine.many.jobs = 2
    open_all(qtbot, window, folder)
    batch = batch_of(window)
    assert batch.done == TOTAL
    assert all(line.checked is not None or line.group == "trouble" for line in batch.lines)
    assert batch.counts["pass"] == COPIES * (len(samples()) - 2)


def test_the_first_line_is_chosen_when_the_table_is_complete(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    assert page.current() == page.model.place_of(0)
    qtbot.waitUntil(page.detail.verdict.isVisible, timeout=20_000)


def test_the_pane_beside_the_table_can_be_put_away(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    window.actions_of_window["evidence_pane"].trigger()
    assert not page.detail.isVisible()
    assert page.open.isVisible()


def test_the_worst_stand_first(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    words = column(open_all(qtbot, window, folder), RESULT)
    groups = [batch_of(window).lines[place].group for place in window.body.batch.model.places()]
    order = ["fail", "warn", "trouble", "unknown", "pass"]
    assert groups == sorted(groups, key=order.index)
    assert "Authenticated" in words
    assert "Not read" in words


def test_several_files_become_one_table_and_one_file_stays_a_message(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    page = open_all(qtbot, window, folder / "000-all-pass.eml", folder / "000-spoofed.eml")
    assert page.model.rowCount() == 2
    window.change(offline=True)
    window.open_paths([folder / "001-all-pass.eml"])
    qtbot.waitUntil(lambda: window.body.page is window.body.result, timeout=20_000)
    assert [entry.batch is not None for entry in window.session.entries] == [True, False]


def test_a_mailbox_of_two_becomes_a_table(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    mails = [one.message().octets.replace(b"\r\n", b"\n") for one in samples()[:2]]
    box = tmp_path / "box.mbox"
    box.write_bytes(b"".join(b"From a@example.com Fri Nov 20 00:00:00 2026\n" + one + b"\n" for one in mails))
    page = open_all(qtbot, window, box)
    assert page.model.rowCount() == 2
    assert window.windowTitle() == "box.mbox – HeaderLens"


def test_a_drop_of_a_folder_opens_it(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(50, 300), actions, mime, buttons, keys))
    qtbot.waitUntil(lambda: window.body.page is window.body.batch, timeout=20_000)
    qtbot.waitUntil(lambda: not batch_of(window).running, timeout=60_000)
    assert window.body.batch.model.rowCount() == TOTAL


def test_a_chip_filters_and_all_brings_everything_back(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    counts = batch_of(window).counts
    click(page.chips.chip("pass"), Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == counts["pass"]
    assert set(column(page, RESULT)) == {"Authenticated"}
    assert page.chips.chip("pass").accessibleName() == f"Authenticated {counts['pass']}"
    click(page.chips.chip(""), Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == TOTAL


def test_a_shared_cause_is_told_and_shows_its_messages(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    strip = page.strips[0]
    assert strip.isVisible()
    assert "share one cause" in strip.accessibleName()
    click(strip.button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == COPIES
    click(strip.button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == TOTAL


def test_a_title_sorts_and_turns_the_order_round(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    page.table.sort_by(SENDER)
    senders = [one.casefold() for one in column(page, SENDER)]
    assert senders == sorted(senders)
    page.table.sort_by(SENDER)
    assert [one.casefold() for one in column(page, SENDER)] == sorted(senders, reverse=True)


def test_every_column_sorts_both_ways(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    for number in range(7):
        for _ in range(2):
            page.table.sort_by(number)
            assert sorted(page.model.places()) == list(range(TOTAL))


def test_the_chosen_line_stays_chosen_when_the_order_changes(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    place = place_named(page, "001-spoofed.eml")
    page.table.choose(place)
    page.table.sort_by(RECEIVED)
    assert page.current() == place


def test_the_chosen_message_stands_beside_the_table(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    page.table.choose(place_named(page, "000-spoofed.eml"))
    qtbot.waitUntil(page.detail.verdict.isVisible, timeout=20_000)
    assert "bank.example.co.jp" in page.detail.verdict.accessibleName()
    page.table.choose(place_named(page, "list.eml"))
    qtbot.waitUntil(page.detail.refusal.isVisible, timeout=20_000)


def test_enter_opens_a_message_and_escape_comes_back_to_its_line(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    page = open_all(qtbot, window, folder)
    place = place_named(page, "002-spoofed.eml")
    page.table.choose(place)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.body.page is window.body.result, timeout=20_000)
    assert window.body.trail.isVisible()
    assert window.body.trail.accessibleName() == "november"
    assert window.entry is not None
    line = window.session.entries[0].batch
    assert line is not None
    row = line.lines[place].row
    assert row is not None
    assert window.entry.case is not None
    assert window.entry.case.judgement.level.value == row.level
    window.escape()
    assert window.body.page is page
    assert page.current() == place
    assert not window.body.trail.isVisible()


def test_back_leads_from_the_message_to_the_table(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    page.open_asked.emit(place_named(page, "000-forwarded.eml"))
    qtbot.waitUntil(lambda: window.body.page is window.body.result, timeout=20_000)
    window.actions_of_window["back"].trigger()
    assert window.body.page is page


def test_a_refused_line_opens_the_refusal_and_the_way_back(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    page.open_asked.emit(place_named(page, "list.eml"))
    assert window.body.refusal.isVisible()
    click(window.body.trail, Qt.MouseButton.LeftButton)
    assert page.isVisible()


def test_an_opened_message_can_be_checked_again_and_is_no_line_of_the_session(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    page = open_all(qtbot, window, folder)
    page.open_asked.emit(place_named(page, "000-all-pass.eml"))
    qtbot.waitUntil(lambda: window.body.page is window.body.result, timeout=20_000)
    assert len(window.session.entries) == 1


def test_stop_keeps_what_is_known_and_recheck_goes_on(
    qtbot: QtBot, window: MainWindow, engine: RecordedEngine, folder: Path
) -> None:
    engine.many.hold = True
    window.open_paths([folder])
    qtbot.waitUntil(lambda: window.body.page is window.body.batch, timeout=10_000)
    qtbot.waitUntil(lambda: len(batch_of(window).lines) == TOTAL, timeout=10_000)
    window.actions_of_window["stop"].trigger()
    qtbot.waitUntil(lambda: not batch_of(window).running, timeout=10_000)
    batch = batch_of(window)
    assert batch.phase is Phase.STOPPED
    assert batch.done < TOTAL
    assert len(batch.lines) == TOTAL
    assert "Waiting" in column(window.body.batch, RESULT)
    engine.many.hold = False
    window.recheck()
    qtbot.waitUntil(lambda: batch.phase is Phase.DONE, timeout=60_000)
    assert (batch.done, len(batch.lines)) == (TOTAL, TOTAL)
    assert sum(batch.counts.values()) == TOTAL


def test_rows_do_not_move_while_they_are_filled(
    qtbot: QtBot, window: MainWindow, engine: RecordedEngine, folder: Path
) -> None:
    engine.many.hold = True
    window.open_paths([folder])
    qtbot.waitUntil(lambda: window.body.page is window.body.batch, timeout=10_000)
    qtbot.waitUntil(lambda: window.body.batch.model.rowCount() == TOTAL, timeout=10_000)
    before, seen = window.body.batch.model.places(), []
    batch_of(window).filled.connect(lambda _places: seen.append(window.body.batch.model.places()))
    engine.many.go.set()
    qtbot.waitUntil(lambda: not batch_of(window).running, timeout=60_000)
    assert seen
    assert all(places == before for places in seen[:-1])


def test_a_table_is_saved_as_it_is_listed(qtbot: QtBot, window: MainWindow, folder: Path, tmp_path: Path) -> None:
    page = open_all(qtbot, window, folder)
    click(page.chips.chip("pass"), Qt.MouseButton.LeftButton)
    for kind in ("csv", "json"):
        with qtbot.waitSignal(window.batching.told, timeout=10_000):
            window.batching.write(tmp_path / f"table.{kind}", kind)
    octets = (tmp_path / "table.csv").read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(octets.decode("utf-8-sig").splitlines()))
    assert {row["result"] for row in rows} == {"pass"}
    assert len(rows) == batch_of(window).counts["pass"]
    table = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    assert [one["file"] for one in table["messages"]] == [row["file"] for row in rows]


def test_a_table_that_can_not_be_saved_says_why(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    open_all(qtbot, window, folder)
    with qtbot.waitSignal(window.batching.told, timeout=10_000) as told:
        window.batching.write(folder / "nowhere" / "table.csv", "csv")
    assert "could not be saved" in told.args[0]


def test_the_language_changes_in_place(qtbot: QtBot, program: Program, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    page.table.choose(place_named(page, "000-spoofed.eml"))
    qtbot.waitUntil(page.detail.verdict.isVisible, timeout=20_000)
    english = column(page, RESULT)
    program.change(program.settings._replace(language="ja"))
    qtbot.waitUntil(lambda: column(page, RESULT) != english, timeout=5_000)
    assert page.model.headerData(SUBJECT, Qt.Orientation.Horizontal) == "件名"
    assert "認証" in page.detail.verdict.accessibleName()
    assert page.current() == place_named(page, "000-spoofed.eml")


def test_a_line_is_one_sentence_for_a_screen_reader(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    row = page.model.row_of(place_named(page, "000-spoofed.eml"))
    said = page.model.index(row, RESULT).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("bank.example.co.jp", "SPF pass", "DKIM", "DMARC recorded:"):
        assert part in said
    assert " / " in page.model.index(row, DMARC).data()


def test_home_end_and_typing_move(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder)
    page.focus_table()
    press(page.table, Qt.Key.Key_End)
    assert page.table.currentIndex().row() == TOTAL - 1
    press(page.table, Qt.Key.Key_Home)
    assert page.table.currentIndex().row() == 0
    press(page.table, Qt.Key.Key_L)
    assert column(page, SENDER)[page.table.currentIndex().row()].startswith("l")


@pytest.mark.parametrize(("width", "height"), [(640, 440), (900, 640), (1440, 900)])
def test_the_table_is_usable_at_every_size(
    qtbot: QtBot, window: MainWindow, folder: Path, width: int, height: int
) -> None:
    page = open_all(qtbot, window, folder)
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.width() == width)
    table = page.table
    assert not table.isColumnHidden(RESULT)
    assert not table.isColumnHidden(SENDER)
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert table.viewport().height() >= 3 * table.rowHeight(0)


def test_a_table_in_the_session_list_says_how_many(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    open_all(qtbot, window, folder)
    window.change(offline=True)
    window.open_paths([folder / "000-spoofed.eml"])
    qtbot.waitUntil(lambda: window.body.page is window.body.result, timeout=20_000)
    first = window.body.list.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert first.startswith("november, 19 message")
    window.body.list.chosen.emit(0)
    assert window.body.page is window.body.batch


def test_the_outline_of_the_table_is_the_approved_one(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = open_all(qtbot, window, folder / "000-all-pass.eml", folder / "000-spoofed.eml")
    page.table.choose(place_named(page, "000-spoofed.eml"))
    qtbot.waitUntil(page.detail.verdict.isVisible, timeout=20_000)
    text = re.sub(r"\d+ Nov( 2026)?(, \d\d:\d\d)?", "(time)", outline(page))
    compare("batch", text)
