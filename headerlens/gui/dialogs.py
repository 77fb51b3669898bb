"""The dialogs over the window, loaded when they are first asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from headerlens.gui.engine import NOT_CHOSEN, Engine
from headerlens.gui.settings import Settings
from headerlens.gui.theme import Theme
from headerlens.gui.workers import Crew

if TYPE_CHECKING:
    from headerlens.gui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class DialogContext:
    """What a dialog may need to know of the program."""

    theme: Theme
    engine: Engine
    crew: Crew
    settings: Settings
    language: str
    client: str = ""
    """Whose page the help opens at, "" for the first."""


def open_dialog(name: str, context: DialogContext, window: MainWindow) -> QDialog:
    """Open the dialog called `name`: "paste", "settings", one about the mail on the page, or one about the program."""
    dialog = _make(name, context, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def _make(name: str, context: DialogContext, window: MainWindow) -> QDialog:
    # imported here: no dialog is needed before the first paint
    from headerlens.gui.pages.paste import PasteDialog
    from headerlens.gui.pages.preferences import PreferencesDialog
    from headerlens.gui.pages.source_help import SourceHelpDialog

    if name == "paste":
        paste = PasteDialog(context.theme, context.engine, context.crew, window)
        paste.source_given.connect(lambda source: window.open_sources([source]))
        paste.carried_given.connect(window.ways_in.take)
        return paste
    if name == "settings":
        preferences = PreferencesDialog(context.theme, context.settings, window)
        preferences.accepted.connect(lambda: window.settings_changed.emit(preferences.chosen()))
        return preferences
    dialog = _about_the_mail(name, context, window)
    if dialog is not None:
        return dialog
    if name == "source_help":
        return SourceHelpDialog(context.theme, lambda: window.language, context.client, window)
    return _about_the_program(name, context, window)


def _about_the_program(name: str, context: DialogContext, window: MainWindow) -> QDialog:
    """The dialogs on HeaderLens itself; "about" for anything else."""
    from headerlens.gui.pages.about import AboutDialog
    from headerlens.gui.pages.first_steps import FirstStepsDialog
    from headerlens.gui.pages.licences import LicencesDialog

    if name == "first_steps":
        return FirstStepsDialog(context.theme, lambda: window.language, window)
    if name == "licences":
        return LicencesDialog(context.theme, lambda: window.language, window)
    about = AboutDialog(context.theme, window)
    about.licences_asked.connect(lambda: open_dialog("licences", context, window))
    return about


def _about_the_mail(name: str, context: DialogContext, window: MainWindow) -> QDialog | None:
    """The dialogs that need a mail; None for the others, or when there is no such mail any more."""
    from headerlens.gui.pages.judge_by import JudgeByDialog
    from headerlens.gui.pages.letter import LetterDialog
    from headerlens.gui.pages.questions import QuestionsDialog

    entry = window.entry
    if name == "letter" and entry is not None and entry.case is not None:
        return LetterDialog(context, entry, window)
    if name == "judge_by" and entry is not None and entry.case is not None:
        judge_by = JudgeByDialog(context.theme, context.engine, entry.case, lambda: window.language, window)
        judge_by.chosen.connect(lambda values: window.judging.judge_by(entry, values))
        return judge_by
    source = window.judging.source() if name == "questions" else None
    if source is not None:
        asking = replace(window.session.asking, spf=NOT_CHOSEN if entry is None else entry.spf)
        return QuestionsDialog(context, source, asking, window)
    return None
