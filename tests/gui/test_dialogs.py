"""Dialogs follow a change of language while they are open, and keep what was typed into them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.pages.judge_by import JudgeByDialog
from headerlens.gui.pages.letter import LetterDialog
from headerlens.gui.pages.paste import PasteDialog
from headerlens.gui.pages.preferences import PreferencesDialog
from headerlens.gui.pages.source_help import SourceHelpDialog
from headerlens.gui.widgets.ladder_legend import LegendPopover
from tests.support.outline import outline

NAMES = ("paste", "settings", "judge_by", "questions", "letter", "source_help", "first_steps", "licences", "about")


@pytest.fixture
def opened(program: Program, qtbot: QtBot, mails: Path) -> Program:
    """A checked mail on the page: some dialogs are about one."""
    program.window.open_paths([mails / "spoofed.eml"])
    qtbot.waitUntil(lambda: program.window.entry is not None and program.window.entry.has_case)
    return program


def switch(program: Program, qtbot: QtBot, language: str = "ja") -> None:
    program.change(program.settings._replace(language=language))
    qtbot.wait(150)


def spoken(widget: QWidget) -> str:
    return f"{widget.windowTitle()}\n{outline(widget)}"


def open_dialog(program: Program, qtbot: QtBot, name: str) -> QDialog:
    dialog = program.window.open_dialog(name)
    qtbot.wait(150)
    return dialog


@pytest.mark.parametrize("name", NAMES)
def test_an_open_dialog_comes_to_speak_as_one_opened_in_the_other_language(
    opened: Program, qtbot: QtBot, name: str
) -> None:
    dialog = open_dialog(opened, qtbot, name)
    english = spoken(dialog)
    if isinstance(dialog, LetterDialog):
        dialog.language.set_current(1)  # the letter itself stays in its language
    switch(opened, qtbot)
    after = spoken(dialog)
    dialog.close()
    fresh = open_dialog(opened, qtbot, name)
    assert after == spoken(fresh)
    assert after != english
    fresh.close()


def test_settings_keep_what_was_typed_and_say_what_is_wrong_in_the_new_language(opened: Program, qtbot: QtBot) -> None:
    dialog = open_dialog(opened, qtbot, "settings")
    assert isinstance(dialog, PreferencesDialog)
    dialog.trusted.setPlainText("mx one")
    dialog.seconds.setValue(9)
    dialog.offline.setChecked(True)
    dialog.accept()
    english = dialog.problem.text()
    switch(opened, qtbot)
    assert dialog.isVisible()
    assert "mx one" in dialog.problem.text() != english
    assert (dialog.trusted.toPlainText(), dialog.seconds.value(), dialog.offline.isChecked()) == ("mx one", 9.0, True)
    dialog.close()


def test_judge_by_keeps_hop_and_values(opened: Program, qtbot: QtBot) -> None:
    dialog = open_dialog(opened, qtbot, "judge_by")
    assert isinstance(dialog, JudgeByDialog)
    chosen = [one.row() for one in dialog.hops.selectionModel().selectedRows()]
    dialog.client_ip.setText("not one")
    dialog.helo.setText("mx.example")
    dialog.accept()
    english = dialog.problem.text()
    switch(opened, qtbot)
    assert [one.row() for one in dialog.hops.selectionModel().selectedRows()] == chosen
    assert (dialog.client_ip.text(), dialog.helo.text()) == ("not one", "mx.example")
    assert "not one" in dialog.problem.text() != english
    dialog.close()


def test_a_letter_keeps_its_language_and_what_was_written_into_it(opened: Program, qtbot: QtBot) -> None:
    dialog = open_dialog(opened, qtbot, "letter")
    assert isinstance(dialog, LetterDialog)
    dialog.body.setPlainText("Dear colleague")
    switch(opened, qtbot)
    assert dialog.body.toPlainText() == "Dear colleague"
    assert dialog.language.current() == 0
    dialog.close()


def test_a_paste_stays_as_it_came(opened: Program, qtbot: QtBot) -> None:
    dialog = open_dialog(opened, qtbot, "paste")
    assert isinstance(dialog, PasteDialog)
    dialog.field.take("From: a@example.com\n\u00a0x")
    switch(opened, qtbot)
    assert dialog.field.text() == "From: a@example.com\n\u00a0x"
    assert dialog.field.exact is not None
    dialog.close()


def test_the_help_stays_with_the_program_that_was_chosen(opened: Program, qtbot: QtBot) -> None:
    dialog = open_dialog(opened, qtbot, "source_help")
    assert isinstance(dialog, SourceHelpDialog)
    dialog.list.setCurrentRow(3)
    chosen = dialog.client
    switch(opened, qtbot)
    assert dialog.client == chosen
    assert dialog.page.accessibleName() == dialog.list.item(3).text()
    dialog.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_legend_is_put_into_the_new_language(opened: Program, qtbot: QtBot) -> None:
    ladder = opened.window.body.result.ladder
    assert ladder._view is not None
    ladder.show_legend()
    popover = ladder.findChild(LegendPopover)
    assert popover is not None
    # the engine of this window speaks English only
    ladder._view = replace(ladder._view, legend=("実線", "破線", "「=」", "「≠」", "灰色"))
    switch(opened, qtbot)
    assert popover.accessibleName() == "実線 破線 「=」 「≠」 灰色"
    assert "EditableText 破線" in outline(popover)
    popover.close()


def test_fields_of_a_dialog_are_never_written_by_a_change_of_language(opened: Program, qtbot: QtBot) -> None:
    dialog = open_dialog(opened, qtbot, "settings")
    before = [one.toPlainText() for one in dialog.findChildren(QPlainTextEdit)]
    switch(opened, qtbot)
    switch(opened, qtbot, "en")
    assert [one.toPlainText() for one in dialog.findChildren(QPlainTextEdit)] == before
    dialog.close()
