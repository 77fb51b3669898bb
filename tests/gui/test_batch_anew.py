"""A table stays true: other trusted receivers, a message checked again by itself, and stored cases among the mails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.casefile import save_case
from headerlens.gui.app import Program
from headerlens.gui.batch_run import Batch, Phase
from headerlens.gui.engine import Asking
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.batch import BatchPage
from headerlens.gui.widgets.batch_model import DMARC
from headerlens.model.dns import Answer, Lookup, Question
from headerlens.model.message import Refusal
from headerlens.model.progress import Cancelled
from headerlens.samples import samples
from tests.support.batch import RecordedEngine, RecordedMany, write_samples
from tests.support.corpus_cases import CORPUS, corpus_case

CHOSEN = "mx.recipient.example"
"""The receiver whose word counts in the case postfix-opendkim only when it is chosen."""


class CountingMany(RecordedMany):
    """Says how often DNS was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Question] = []

    def answers(self, asking: Asking) -> Callable[[Cancelled], Lookup]:
        """The recorded ones, each noted."""
        make = super().answers(asking)

        def noting(cancelled: Cancelled) -> Lookup:
            ask = make(cancelled)

            def note(question: Question) -> Answer:
                self.asked.append(question)
                return ask(question)

            return note

        return noting


class CountingEngine(RecordedEngine):
    """The same for the window."""

    def __init__(self) -> None:
        super().__init__()
        self._many = CountingMany()

    @property
    def many(self) -> CountingMany:
        """The same one each time."""
        assert isinstance(self._many, CountingMany)
        return self._many


@pytest.fixture
def engine() -> CountingEngine:
    return CountingEngine()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, engine: CountingEngine, tmp_path: Path) -> Iterator[Program]:
    settings = tmp_path / "settings.json"
    settings.write_text('{"language": "en", "theme": "light", "offline": false}')
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
    """The samples, and the mail whose recorded results count by choice only."""
    box = tmp_path / "november"
    box.mkdir()
    list(write_samples(box))
    (box / "chosen.eml").write_bytes((CORPUS / "postfix-opendkim" / "message.eml").read_bytes())
    return box


def batch_of(window: MainWindow) -> Batch:
    assert window.entry is not None
    assert window.entry.batch is not None
    return window.entry.batch


def opened(qtbot: QtBot, window: MainWindow, *paths: Path) -> BatchPage:
    window.open_paths(list(paths))
    qtbot.waitUntil(lambda: window.entry is not None and window.entry.batch is not None, timeout=10_000)
    at_rest(qtbot, batch_of(window))
    return window.body.batch


def at_rest(qtbot: QtBot, batch: Batch) -> None:
    qtbot.waitUntil(lambda: not batch.running and not batch.wants_judging, timeout=60_000)


def place_named(batch: Batch, name: str) -> int:
    return next(at for at, line in enumerate(batch.lines) if line.locator.name == name)


def recorded(batch: Batch, name: str) -> tuple[str | None, ...]:
    row = batch.lines[place_named(batch, name)].row
    assert row is not None
    return row.recorded


# -- other receivers


def test_a_table_is_judged_anew_by_the_receivers_trusted_now_and_nobody_is_asked(
    qtbot: QtBot, window: MainWindow, engine: CountingEngine, folder: Path
) -> None:
    page = opened(qtbot, window, folder)
    batch = batch_of(window)
    counts, moments = dict(batch.counts), [one.checked.checked_at for one in batch.lines if one.checked]
    assert recorded(batch, "chosen.eml") == (None, None, None)
    engine.many.asked.clear()
    phases: list[Phase] = []
    batch.changed.connect(lambda: phases.append(batch.phase))
    window.trust(CHOSEN)
    at_rest(qtbot, batch)
    assert recorded(batch, "chosen.eml") == (None, "pass", None)
    assert (phases[0], phases[-1]) == (Phase.JUDGING, Phase.DONE)
    assert batch.doubted == 0
    assert engine.many.asked == []
    assert [one.checked.checked_at for one in batch.lines if one.checked] == moments
    assert dict(batch.counts) == counts
    assert batch.done == len(batch.lines)
    row = page.model.row_of(place_named(batch, "chosen.eml"))
    assert page.model.index(row, DMARC).data() is not None


def test_lines_judged_anew_are_those_of_a_table_made_under_the_new_receivers(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    opened(qtbot, window, folder)
    first = batch_of(window)
    window.trust(CHOSEN)
    at_rest(qtbot, first)
    again = {line.locator.name: line.row for line in first.lines}
    window.recheck()
    at_rest(qtbot, batch_of(window))
    assert {line.locator.name: line.row for line in batch_of(window).lines} == again


def test_worker_processes_judge_anew_as_one_process_does(
    qtbot: QtBot, window: MainWindow, engine: CountingEngine, folder: Path
) -> None:
    engine.many.jobs = 2
    opened(qtbot, window, folder)
    engine.many.asked.clear()
    window.trust(CHOSEN)
    at_rest(qtbot, batch_of(window))
    assert recorded(batch_of(window), "chosen.eml") == (None, "pass", None)
    assert engine.many.asked == []


def test_the_message_beside_the_table_follows(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = opened(qtbot, window, folder)
    page.table.choose(place_named(batch_of(window), "chosen.eml"))

    def heard() -> str:
        return " ".join(row.accessibleName() for row in page.detail.ladder.rows())

    qtbot.waitUntil(lambda: "From, example.com." in heard(), timeout=20_000)
    assert f"Recorded by {CHOSEN}" not in heard()
    window.trust(CHOSEN)
    qtbot.waitUntil(lambda: f"Recorded by {CHOSEN}" in heard(), timeout=20_000)


def test_receivers_chosen_while_the_table_fills_hold_for_all_of_it(
    qtbot: QtBot, window: MainWindow, engine: CountingEngine, folder: Path
) -> None:
    engine.many.hold = True
    window.open_paths([folder])
    qtbot.waitUntil(lambda: window.entry is not None and window.entry.batch is not None, timeout=10_000)
    batch = batch_of(window)
    qtbot.waitUntil(lambda: bool(engine.many.asked), timeout=10_000)
    window.trust(CHOSEN)
    assert batch.phase is Phase.RUNNING
    engine.many.go.set()
    at_rest(qtbot, batch)
    assert recorded(batch, "chosen.eml") == (None, "pass", None)


def test_a_stop_leaves_the_rest_marked_and_a_new_check_settles_it(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    page = opened(qtbot, window, folder)
    batch = batch_of(window)
    window.trust(CHOSEN)
    window.escape()
    at_rest(qtbot, batch)
    if batch.doubted:  # a quick machine may have judged all of them
        assert "trusted before" in page._state.text()
    window.recheck()
    at_rest(qtbot, batch)
    assert batch.doubted == 0
    assert recorded(batch, "chosen.eml") == (None, "pass", None)


def test_every_table_of_the_session_is_judged_anew(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    opened(qtbot, window, folder)
    first = batch_of(window)
    opened(qtbot, window, folder / "chosen.eml", folder / "000-spoofed.eml")
    second = batch_of(window)
    assert first is not second
    window.trust(CHOSEN)
    at_rest(qtbot, first)
    at_rest(qtbot, second)
    assert recorded(first, "chosen.eml") == recorded(second, "chosen.eml") == (None, "pass", None)


def test_a_file_that_changed_is_checked_as_it_is_now(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    opened(qtbot, window, folder)
    sample = next(one for one in samples() if one.name == "all-pass")
    (folder / "000-spoofed.eml").write_bytes(sample.message().octets)
    window.trust(CHOSEN)
    at_rest(qtbot, batch_of(window))
    batch = batch_of(window)
    row = batch.lines[place_named(batch, "000-spoofed.eml")].row
    assert row is not None
    assert row.level == "pass"


# -- a message by itself


def open_line(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.batching.open(place_named(batch_of(window), name))
    qtbot.waitUntil(lambda: window.body.page is window.body.result, timeout=20_000)


def test_a_message_checked_again_by_itself_stands_in_its_line(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = opened(qtbot, window, folder)
    batch = batch_of(window)
    place = place_named(batch, "000-spoofed.eml")
    before = batch.lines[place].checked
    assert before is not None
    assert before.kept.level == "fail"
    open_line(qtbot, window, "000-spoofed.eml")
    window.change(offline=True)
    window.recheck()
    qtbot.waitUntil(lambda: batch.lines[place].checked is not before, timeout=20_000)
    qtbot.waitUntil(lambda: not window.crew._under_way, timeout=20_000)
    after = batch.lines[place].checked
    assert after is not None
    assert after.kept.level == "unknown"
    assert after.checked_at > before.checked_at
    assert batch.counts["fail"] == 0
    assert sum(batch.counts.values()) == len(batch.lines)
    window.batching.back()
    qtbot.waitUntil(lambda: "Not re-checked" in page.detail.verdict.accessibleName(), timeout=20_000)


def test_a_message_that_is_gone_says_so_in_its_line(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    opened(qtbot, window, folder)
    batch = batch_of(window)
    open_line(qtbot, window, "000-spoofed.eml")
    (folder / "000-spoofed.eml").unlink()
    window.recheck()
    place = place_named(batch, "000-spoofed.eml")
    qtbot.waitUntil(lambda: isinstance(batch.lines[place].outcome, Refusal), timeout=20_000)
    assert batch.lines[place].group == "trouble"
    assert batch.counts["trouble"] == 1


def test_what_spf_is_judged_by_for_one_look_stays_out_of_the_table(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    opened(qtbot, window, folder)
    batch = batch_of(window)
    place = place_named(batch, "000-all-pass.eml")
    before = batch.lines[place].outcome
    open_line(qtbot, window, "000-all-pass.eml")
    assert window.entry is not None
    values = type(window.entry.spf)(None, "198.51.100.9", None, None)
    with qtbot.waitSignal(window.session.finished, timeout=20_000):
        window.judging.judge_by(window.entry, values)
    qtbot.waitUntil(lambda: not window.crew._under_way, timeout=20_000)
    assert batch.lines[place].outcome is before


def test_the_line_that_was_asked_for_fills_the_page_whatever_is_loaded_beside(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    page = opened(qtbot, window, folder)
    for number, name in enumerate(("000-all-pass.eml", "chosen.eml", "000-forwarded.eml")):
        page.table.choose(page.model.place_of(number))
        window.batching._open_beside()  # as the pause after a key does
        window.batching.open(place_named(batch_of(window), name))
        window.batching._open_beside()
        qtbot.waitUntil(lambda: window.body.page is window.body.result, timeout=20_000)
        assert window.entry is not None
        assert window.entry.source.name == name
        window.batching.back()


# -- stored cases


@pytest.fixture
def stored(folder: Path) -> Path:
    """A case of the corpus, whose answers no recorded one knows, among the mails."""
    path = folder / "old.hlcase"
    path.write_bytes(save_case(corpus_case("key-revoked")))
    return path


def assert_stored(batch: Batch, name: str = "old.hlcase") -> None:
    checked = batch.lines[place_named(batch, name)].checked
    assert checked is not None
    assert checked.checked_at == corpus_case("key-revoked").checked_at
    assert checked.kept.level == "fail"


def test_a_case_file_in_a_folder_is_judged_by_its_own_answers_and_clock(
    qtbot: QtBot, window: MainWindow, folder: Path, stored: Path
) -> None:
    opened(qtbot, window, folder)
    assert_stored(batch_of(window))
    open_line(qtbot, window, stored.name)
    assert window.entry is not None
    assert window.entry.case is not None
    assert window.entry.case.reopened
    assert window.body.result.origin.isVisibleTo(window)


@pytest.mark.usefixtures("stored")
def test_a_case_file_in_an_archive_is_too(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    with ZipFile(folder.parent / "all.zip", "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    opened(qtbot, window, folder.parent / "all.zip")
    assert_stored(batch_of(window))


def test_a_case_file_dropped_with_mails_is_a_line_of_their_table(
    qtbot: QtBot, window: MainWindow, folder: Path, stored: Path
) -> None:
    opened(qtbot, window, folder / "000-spoofed.eml", stored)
    assert len(batch_of(window).lines) == 2
    assert_stored(batch_of(window))


def test_a_case_checked_again_out_of_the_table_asks_and_its_line_tells(
    qtbot: QtBot, window: MainWindow, folder: Path, stored: Path
) -> None:
    opened(qtbot, window, folder)
    batch = batch_of(window)
    place = place_named(batch, stored.name)
    open_line(qtbot, window, stored.name)
    window.change(offline=True)
    window.recheck()
    qtbot.waitUntil(
        lambda: (one := batch.lines[place].checked) is not None and one.kept.level != "fail", timeout=20_000
    )
    open_line_again = batch.lines[place].checked
    assert open_line_again is not None
    assert open_line_again.checked_at != corpus_case("key-revoked").checked_at


def test_a_damaged_case_costs_its_line_only(qtbot: QtBot, window: MainWindow, folder: Path, stored: Path) -> None:
    stored.write_bytes(b'{"schema": "headerlens.case/1", "message": 3}')
    (folder / "note.hlcase").write_bytes(b"shopping list")
    opened(qtbot, window, folder)
    batch = batch_of(window)
    told = batch.lines[place_named(batch, stored.name)].outcome
    assert isinstance(told, Refusal)
    assert told.id == "refusal.case-damaged"
    assert isinstance(batch.lines[place_named(batch, "note.hlcase")].outcome, Refusal)
    assert batch.counts["trouble"] == 2


@pytest.mark.usefixtures("stored")
def test_stored_cases_follow_the_trusted_receivers_and_keep_their_clock(
    qtbot: QtBot, window: MainWindow, engine: CountingEngine, folder: Path
) -> None:
    opened(qtbot, window, folder)
    engine.many.asked.clear()
    window.trust(CHOSEN)
    at_rest(qtbot, batch_of(window))
    assert_stored(batch_of(window))
    assert engine.many.asked == []
