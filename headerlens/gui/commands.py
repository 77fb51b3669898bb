"""What each action of the window does: one table, so that a command is found at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from headerlens.gui.pages.result import ANSWER, EVIDENCE
from headerlens.gui.panes import move_pane

if TYPE_CHECKING:
    from headerlens.gui.main_window import MainWindow

Command = Callable[[], object]


def connect_commands(window: MainWindow) -> None:
    """Tie every action to its command."""
    actions = window.actions_of_window
    table = {**_of_messages(window), **_of_the_page(window), **_of_the_window(window)}
    for name, command in table.items():
        actions[name].triggered.connect(lambda _checked=False, run=command: run())
    for name in ("evidence_pane", "menu_bar", "offline"):
        actions[name].triggered.connect(lambda checked, key=name: window.change(**{key: checked}))
    groups = (("language", actions.languages), ("theme", actions.themes), ("text_size", actions.text_sizes))
    for kind, group in groups:
        group.triggered.connect(lambda action, key=kind: window.change(**{key: action.data()}))


def _of_messages(window: MainWindow) -> dict[str, Command]:
    take_away = window.take_away
    return {
        "open": window.ways_in.choose_files,
        "open_folder": window.ways_in.choose_folder,
        "paste": lambda: window.open_dialog("paste"),
        "check_clipboard": window.check_clipboard,
        "start": window.show_start,
        "save_original": lambda: take_away.save_original(window.entry),
        "save_checked": lambda: take_away.save_checked(window.entry),
        "save_report": lambda: take_away.save_report(window.entry),
        "copy_answer": lambda: take_away.copy_answer(window.entry, window.language),
        "copy_diagram": lambda: take_away.copy_diagram(window.body.result.diagram()),
        "recheck": window.recheck,
        "judge_by": window.judging.choose,
        "questions": window.judging.list_questions,
        "stop": window.escape,
    }


def _of_the_page(window: MainWindow) -> dict[str, Command]:
    result = window.body.result
    return {
        "find": result.open_find,
        "find_next": result.evidence.headers.find_next,
        "find_previous": lambda: result.evidence.headers.find_next(backwards=True),
        "answer": lambda: result.show_part(ANSWER),
        "headers": lambda: result.show_tab(0),
        "dns": lambda: result.show_tab(1),
        "back": window.go_back,
        "forward": lambda: result.show_part(EVIDENCE),
        "next_finding": result.next_finding,
        "previous_finding": result.previous_finding,
        "legend": result.show_legend,
    }


def _of_the_window(window: MainWindow) -> dict[str, Command]:
    return {
        "quit": window.close,
        "session_list": window.listing.toggle,
        "next_pane": lambda: move_pane([window.toolbar, *window.body.panes()], 1),
        "previous_pane": lambda: move_pane([window.toolbar, *window.body.panes()], -1),
        "larger": lambda: window.step_text(1),
        "smaller": lambda: window.step_text(-1),
        "normal_size": lambda: window.change(text_size=100),
        "settings": lambda: window.open_dialog("settings"),
        "source_help": window.helping.ask,
        "about": lambda: window.open_dialog("about"),
        "menu": window.menu.toggle,
    }
