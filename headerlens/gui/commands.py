"""What each action of the window does: one table, so that a command is found at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from headerlens.gui.panes import move_pane

if TYPE_CHECKING:
    from headerlens.gui.history import History
    from headerlens.gui.main_window import MainWindow

Command = Callable[[], object]

SETTINGS = ("evidence_pane", "menu_bar", "offline", "mask_recipients")
"""Commands that switch a setting of their name."""


def connect_commands(window: MainWindow) -> None:
    """Tie every action to its command."""
    actions = window.actions_of_window

    @cache
    def table() -> dict[str, Command]:
        # made at the first command: it asks for pages that are not there before the first paint
        return {**_of_messages(window), **_of_the_page(window), **_of_the_window(window)}

    for name in actions.names():
        if name not in SETTINGS:
            actions[name].triggered.connect(lambda _checked=False, key=name: table()[key]())
    for name in SETTINGS:
        actions[name].triggered.connect(lambda checked, key=name: window.change(**{key: checked}))
    groups = (("language", actions.languages), ("theme", actions.themes), ("text_size", actions.text_sizes))
    for kind, group in groups:
        group.triggered.connect(lambda action, key=kind: window.change(**{key: action.data()}))


def _of_messages(window: MainWindow) -> dict[str, Command]:
    from headerlens.gui.documents import Manner

    take_away = window.take_away

    def manner() -> Manner:
        return Manner(window.language, window.settings.mask_recipients)

    return {
        "open": window.ways_in.choose_files,
        "open_folder": window.ways_in.choose_folder,
        "paste": lambda: window.open_dialog("paste"),
        "check_clipboard": window.check_clipboard,
        "start": window.show_start,
        "save_original": lambda: take_away.save_original(window.entry),
        "save_checked": lambda: take_away.save_checked(window.entry),
        "save_report": lambda: take_away.save_report(window.entry, manner()),
        "save_case": lambda: take_away.save_case(window.entry),
        "print": lambda: take_away.print_report(window.entry, manner()),
        "letter": lambda: window.open_dialog("letter"),
        "copy_ticket": lambda: take_away.copy_ticket(window.entry, manner()),
        "copy_answer": lambda: take_away.copy_answer(window.entry, window.language),
        "copy_diagram": lambda: take_away.copy_diagram(window.body.result.diagram()),
        "recheck": window.recheck,
        "judge_by": window.judging.choose,
        "questions": window.judging.list_questions,
        "stop": window.escape,
        "check_domain": window.domains.open,
    }


def _of_the_page(window: MainWindow) -> dict[str, Command]:
    from headerlens.gui.pages.evidence import DNS, HEADERS, PATH, SIGNATURES, SPF
    from headerlens.gui.pages.result import ANSWER

    result, history = window.body.result, window.furnish().history
    return {
        "find": result.open_find,
        "find_next": result.evidence.headers.find_next,
        "find_previous": lambda: result.evidence.headers.find_next(backwards=True),
        "answer": lambda: result.show_part(ANSWER),
        "headers": lambda: result.show_tab(HEADERS),
        "signatures": lambda: result.show_tab(SIGNATURES),
        "spf": lambda: result.show_tab(SPF),
        "path": lambda: result.show_tab(PATH),
        "dns": lambda: result.show_tab(DNS),
        "back": lambda: _back(window, history),
        "forward": lambda: _forward(window, history),
        "next_finding": result.next_finding,
        "previous_finding": result.previous_finding,
        "legend": result.show_legend,
    }


def _back(window: MainWindow, history: History) -> None:
    """To where the person was on this mail, else up from it."""
    if not (window.body.shows("result") and history.back()):
        window.go_back()


def _forward(window: MainWindow, history: History) -> None:
    """Where the person came back from, else on to the evidence."""
    from headerlens.gui.pages.result import EVIDENCE

    if window.body.shows("result") and not history.forward():
        window.body.result.show_part(EVIDENCE)


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
        "first_steps": lambda: window.open_dialog("first_steps"),
        "about": lambda: window.open_dialog("about"),
        "menu": window.menu.toggle,
    }
