"""The page of a running check, what moves and what does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.main_window import MainWindow
from headerlens.gui.session import Relay
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.ladder import AlignmentLadder
from headerlens.gui.widgets.motion import ARRIVED, Motion
from headerlens.model.progress import Progress, Step
from headerlens.pipeline import analyse
from headerlens.present.progress import present_progress
from headerlens.present.running import present_running
from headerlens.present.views import LadderView, ResultView
from headerlens.present.words import Words
from headerlens.samples import samples
from tests.support import views
from tests.support.fake_engine import FakeEngine


def reports() -> list[Progress]:
    """Those of the sample with two signatures."""
    told: list[Progress] = []
    sample = next(one for one in samples() if one.name == "third-party")
    analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices, progress=told.append)
    return told


def running_ladder() -> LadderView:
    half = next(one for one in reports() if one.so_far is not None and len(one.so_far.dkim) == 1)
    view = present_running(half, Words("en"))
    assert view is not None
    return view


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light")
    return made


def test_the_last_report_arrives_however_fast_they_come(qtbot: QtBot) -> None:
    relay, heard = Relay(), list[Progress]()
    relay.told.connect(heard.append)
    for number in range(200):
        relay.tell(Progress(Step.SPF, 200, number))
    qtbot.waitUntil(lambda: bool(heard) and heard[-1].answered == 199)
    assert len(heard) < 5


def test_the_ladder_stands_under_the_card_while_it_runs(
    program: Program, qtbot: QtBot, mails: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = replace(present_progress(reports()[-1], Words("en")))
    monkeypatch.setattr(engine, "progress", lambda _progress, _language: view)
    window, engine.hold = program.window, True
    window.open_paths([mails / "invoice.eml"])
    page = window.body.progress
    qtbot.waitUntil(page.ladder.isVisible)
    assert page.ladder.y() > page.card.geometry().bottom()
    assert [row.accessibleName() for row in page.ladder.rows()] == [row.accessible for row in view.ladder.rows]  # type: ignore[union-attr]  # it has one
    assert not window.toolbar._parts.isEnabled()
    assert not window.toolbar._copy.isEnabled()


def test_the_running_check_changes_its_language(
    program: Program, qtbot: QtBot, mails: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded = Mock(return_value=views.progress())
    monkeypatch.setattr(engine, "progress", worded)
    engine.hold = True
    program.window.open_paths([mails / "invoice.eml"])
    qtbot.waitUntil(lambda: program.window.body.shows("progress"))
    program.change(program.settings._replace(language="ja"))
    assert worded.call_args.args[1] == "ja"


def test_a_check_that_is_not_seen_is_not_put_into_words(
    window: MainWindow, qtbot: QtBot, mails: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded = Mock(return_value=views.progress())
    monkeypatch.setattr(engine, "progress", worded)
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([mails / "invoice.eml"])
    worded.assert_not_called()


def shown(theme: Theme, qtbot: QtBot) -> AlignmentLadder:
    ladder = AlignmentLadder(theme)
    qtbot.addWidget(ladder)
    ladder.show_view(running_ladder())
    ladder.resize(860, ladder.heightForWidth(860))
    with qtbot.waitExposed(ladder):
        ladder.show()
    return ladder


def final() -> ResultView:
    from headerlens.present.result import present_result

    sample = next(one for one in samples() if one.name == "third-party")
    case = analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices)
    return present_result(case, Words("en"))


def test_chips_and_lines_move_when_the_answer_comes(theme: Theme, qtbot: QtBot) -> None:
    theme.reduced_motion = False
    ladder = shown(theme, qtbot)
    before = ladder.grab().toImage()
    ladder.show_view(final().ladder)
    assert ladder._motion.running
    qtbot.waitUntil(lambda: not ladder._motion.running)
    assert ladder.grab().toImage() != before


def test_with_reduced_motion_the_answer_is_there_at_once(theme: Theme, qtbot: QtBot) -> None:
    theme.reduced_motion = True
    ladder = shown(theme, qtbot)
    assert not ladder._spinner.isActive()
    ladder.show_view(final().ladder)
    assert not ladder._motion.running
    assert ladder._motion.moment == ARRIVED


def test_the_spinner_turns_only_while_something_runs_and_is_seen(theme: Theme, qtbot: QtBot) -> None:
    theme.reduced_motion = False
    ladder = shown(theme, qtbot)
    assert ladder._spinner.isActive()
    ladder.hide()
    assert not ladder._spinner.isActive()
    ladder.show()
    ladder.show_view(final().ladder)
    assert not ladder._spinner.isActive()


def test_another_mail_does_not_fade_in_from_the_last_one(theme: Theme, qtbot: QtBot) -> None:
    theme.reduced_motion = False
    ladder = shown(theme, qtbot)
    ladder.show_view(views.spoofed().ladder)
    assert not ladder._motion.running


def test_the_copied_picture_never_shows_a_change_half_done(theme: Theme, qtbot: QtBot) -> None:
    theme.reduced_motion = False
    ladder = shown(theme, qtbot)
    ladder.show_view(final().ladder)
    half = ladder.grab_picture().toImage()
    qtbot.waitUntil(lambda: not ladder._motion.running)
    assert ladder.grab_picture().toImage() == half


def test_a_motion_says_how_far_it_is(theme: Theme, qtbot: QtBot) -> None:
    theme.reduced_motion = False
    motion = Motion(theme, theme)
    assert motion.start(60)
    assert motion.moment.fade < 1
    qtbot.waitUntil(lambda: motion.moment == ARRIVED)


def test_the_setting_for_calm_holds_whatever_the_desktop_says(program: Program) -> None:
    program.change(program.settings._replace(reduced_motion=True))
    assert program.theme.reduced_motion
    program.change(program.settings._replace(reduced_motion=False))
    assert not program.theme.reduced_motion
