"""What the next start still knows, and that it knows nothing of any mail."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.pages.preferences import PreferencesDialog
from headerlens.gui.pages.result import WIDEST_PANE
from tests.support.fake_engine import FakeEngine


def start(qapp: QApplication, qtbot: QtBot, path: Path) -> Program:
    program = Program(qapp, FakeEngine(), path)
    qtbot.addWidget(program.window)
    with qtbot.waitExposed(program.window):
        program.window.show()
    return program


def test_a_session_leaves_nothing_of_its_mails_behind(
    program: Program, qtbot: QtBot, mails: Path, tmp_path: Path
) -> None:
    before = {one for one in tmp_path.rglob("*") if one.is_file()}
    for name in ("invoice.eml", "spoofed.eml"):
        with qtbot.waitSignal(program.window.session.finished):
            program.window.open_paths([mails / name])
    program.window.trust("mx.google.com")
    program.close()
    assert {one for one in tmp_path.rglob("*") if one.is_file()} == before
    stored = (tmp_path / "configuration" / "settings.json").read_text(encoding="utf-8")
    for secret in ("invoice", "spoofed", "Midori", "shop.example", "billing", str(tmp_path)):
        assert secret not in stored
    assert json.loads(stored)["trusted"] == ["mx.google.com"]


def test_size_and_border_come_back(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    first = start(qapp, qtbot, path)
    first.window.resize(700, 600)
    result = first.window.body.result
    first.window.body.show_page(result)
    result.set_pane_width(500)
    first.close()
    second = start(qapp, qtbot, path)
    assert (second.window.width(), second.window.height()) == (700, 600)
    assert second.window.body.result.pane == 500
    second.close()


def test_a_border_moved_too_far_by_hand_in_the_file_is_bounded(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"pane_width": 9000}')
    program = start(qapp, qtbot, path)
    assert program.window.body.result.pane == WIDEST_PANE
    program.close()


def test_the_width_of_the_evidence_survives_hiding_it(program: Program, qtbot: QtBot) -> None:
    window = program.window
    window.resize(1440, 900)
    result = window.body.result
    window.body.show_page(result)
    result.setSizes([result.width() - 560, 560])
    result.splitterMoved.emit(0, 0)
    for wanted in (False, True):
        program.change(program.settings._replace(evidence_pane=wanted))
    qtbot.waitUntil(lambda: result.evidence.width() in range(555, 566))


def test_calm_is_chosen_in_the_settings(program: Program) -> None:
    dialog = program.window.open_dialog("settings")
    assert isinstance(dialog, PreferencesDialog)
    dialog.calm.setChecked(True)
    dialog.accept()
    assert program.settings.reduced_motion
    assert program.theme.reduced_motion
