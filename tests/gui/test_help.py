"""The help on where the source is: its pages in both languages, its dialog, and the ways that lead to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.drops import _HOSTS, _MAIL_SCHEMES
from headerlens.gui.help_pages import name_of, pages_in
from headerlens.gui.helping import _CLIENTS, Helping
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.source_help import SourceHelpDialog
from headerlens.gui.virtual_files import _SIGNS
from headerlens.gui.widgets.text import RichLabel
from headerlens.model.message import Refusal

LANGUAGES = ("en", "ja")
WANTED = {
    "gmail", "outlook-new", "outlook-classic", "outlook-mac", "apple-mail", "iphone", "thunderbird", "yahoo",
    "yahoo-japan", "icloud", "proton", "fastmail", "zoho", "roundcube", "becky", "windows-live-mail", "active-mail",
    "deep-mail", "softbank", "docomo-au", "phone-apps", "colleague", "other",
}  # fmt: skip


def speak(program: Program, language: str) -> None:
    program.window.change(language=language)


def opened(window: MainWindow) -> SourceHelpDialog:
    dialog = window.findChild(SourceHelpDialog)
    assert dialog is not None
    return dialog


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_program_has_a_whole_page(language: str) -> None:
    content = pages_in(language)
    assert content.keys() == {"title", "lead", "badges", "client"}
    ids = [client["id"] for client in content["client"]]
    assert len(set(ids)) == len(ids)
    assert set(ids) == WANTED
    for client in content["client"]:
        assert client.keys() == {"id", "name", "badge", "gives", "steps", "note", "as_of", "source"}
        assert client["badge"] in content["badges"]
        assert client["name"]
        assert client["gives"]
        assert len(client["steps"]) >= 1
        assert date.fromisoformat(client["as_of"]).year >= 2026
        assert client["source"]


def test_both_languages_say_the_same_of_each_program() -> None:
    english, japanese = ({one["id"]: one for one in pages_in(language)["client"]} for language in LANGUAGES)
    for client, page in english.items():
        other = japanese[client]
        assert (page["badge"], page["as_of"], page["source"]) == (other["badge"], other["as_of"], other["source"])
        assert len(page["steps"]) == len(other["steps"]), client
        assert bool(page["note"]) == bool(other["note"]), client


def test_a_menu_nobody_could_look_up_is_not_named() -> None:
    for client in pages_in("ja")["client"]:
        assert ("menus not established" in client["source"]) <= (client["badge"] == "unknown"), client["id"]


@pytest.mark.parametrize("word", ["safe", "secure", "verified", "genuine", "phishing", "安全", "本物", "詐欺"])
def test_no_page_promises_anything(word: str) -> None:
    for language in LANGUAGES:
        for client in pages_in(language)["client"]:
            assert word not in " ".join([client["gives"], client["note"], *client["steps"]])


def test_every_program_that_a_drop_names_has_a_page() -> None:
    named = {*_HOSTS.values(), *_MAIL_SCHEMES.values(), *(client for _, client in _SIGNS), *_CLIENTS.values()} - {""}
    assert named <= WANTED
    assert name_of("no such program", "en") == ""


def test_the_list_is_worked_by_keyboard_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.body.start._help.setFocus()
    QTest.keyClick(window.body.start._help, Qt.Key.Key_Space)
    dialog = opened(window)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.list)
    assert dialog.client == "gmail"
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.client == "outlook-new"
    QTest.keyClick(dialog.list, Qt.Key.Key_P)
    assert dialog.client == "proton"
    assert dialog.page.accessibleName() == "Proton Mail"
    QTest.keyClick(dialog.list, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.page
    QTest.keyClick(dialog.page, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_f1_opens_it_on_the_start_page_and_explains_the_ladder_on_a_result(
    window: MainWindow, qtbot: QtBot, mails: Path
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    opened(window).reject()
    actions = window.actions_of_window
    assert not actions["legend"].isEnabled()
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([mails / "invoice.eml"])
    assert actions["legend"].isEnabled()
    assert actions["source_help"].shortcuts() == []


def test_a_refusal_leads_to_the_program_it_names(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([mails / "list.txt"])
    assert window.entry is not None
    window.entry.refusal = Refusal("refusal.reading-pane", (("name", "x"), ("client", "outlook-classic")))
    window.show_entry(window.entry)
    button = window.body.refusal._help
    assert button.text() == "How to get it from Classic Outlook for Windows"
    button.click()
    assert opened(window).client == "outlook-classic"
    opened(window).reject()
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert {one.client for one in window.findChildren(SourceHelpDialog)} == {"outlook-classic"}


@pytest.mark.parametrize(
    ("refusal", "client"),
    [
        (Refusal("refusal.not-mail"), ""),
        (Refusal("refusal.tnef"), "outlook-classic"),
        (Refusal("refusal.tnef", (("client", "gmail"),)), "gmail"),
    ],
)
def test_the_program_of_a_refusal(refusal: Refusal, client: str) -> None:
    assert Helping.client_of(refusal) == client


def test_a_refusal_that_names_a_program_without_a_page_gets_the_general_words(
    window: MainWindow, qtbot: QtBot, mails: Path
) -> None:
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([mails / "list.txt"])
    assert window.entry is not None
    window.entry.refusal = Refusal("refusal.reading-pane", (("client", "no-such"),))
    window.show_entry(window.entry)
    assert window.body.refusal._help.text() == "Where do I find the source?"
    window.body.refusal._help.click()
    assert opened(window).client == "gmail"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dialog_shows_every_step(program: Program, language: str) -> None:
    speak(program, language)
    dialog = program.window.open_dialog("source_help", "thunderbird")
    assert isinstance(dialog, SourceHelpDialog)
    shown = {label.text() for label in dialog.page.findChildren(RichLabel)}
    page = next(one for one in pages_in(language)["client"] if one["id"] == "thunderbird")
    assert {*page["steps"], page["gives"], page["note"], page["name"]} <= shown
