"""The dialogs on the program itself: About, its licences, the first steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from headerlens import __version__
from headerlens.gui.app import Program
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages import about as page
from headerlens.gui.pages.about import AboutDialog
from headerlens.gui.pages.first_steps import FirstStepsDialog
from headerlens.gui.pages.licences import LicencesDialog
from headerlens.gui.widgets.text import RichLabel
from headerlens.present import licences as list_of
from headerlens.present.guides import TONES, guide, system_here
from headerlens.present.guides import page as page_named
from headerlens.present.origin import Origin

BUILT = Origin("0.1.0", "38763c6d2a11", "2026-11-22", "deb", "https://example.org/releases")


def opened(window: MainWindow, name: str) -> QDialog:
    window.actions_of_window[name].trigger()
    return window.findChildren(QDialog)[-1]


def about(window: MainWindow, monkeypatch: pytest.MonkeyPatch, made: Origin | None) -> AboutDialog:
    monkeypatch.setattr(page, "origin", lambda: made)
    dialog = opened(window, "about")
    assert isinstance(dialog, AboutDialog)
    return dialog


# -- About -------------------------------------------------------------------------------------------------------------


def test_a_build_says_its_version_commit_and_day(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = about(window, monkeypatch, BUILT)
    assert dialog.build.text() == "Version 0.1.0, built on 2026-11-22 from 38763c6d2a11"


def test_a_checkout_says_that_it_is_one(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert about(window, monkeypatch, None).build.text() == f"Version {__version__}, run from its source"


def test_it_says_where_new_versions_are(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told = about(window, monkeypatch, BUILT).news.text()
    assert told.startswith("New versions: https://example.org/releases")
    assert "does not look there by itself" in told


@pytest.mark.parametrize("made", [None, Origin("0.1.0", "abc", "2026-11-22", "windows")])
def test_without_an_address_they_come_from_where_this_one_came(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, made: Origin | None
) -> None:
    assert "come from where this one came from" in about(window, monkeypatch, made).news.text()


def test_the_address_can_be_copied_and_not_clicked(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = about(window, monkeypatch, BUILT)
    flags = dialog.news.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByMouse
    assert not flags & Qt.TextInteractionFlag.LinksAccessibleByMouse
    assert not [one for one in dialog.findChildren(QLabel) if one.openExternalLinks()]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [100, 150])
def test_every_line_of_it_can_be_read(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, language: str, size: int
) -> None:
    program.window.change(language=language, text_size=size)
    dialog = about(program.window, monkeypatch, BUILT)
    qtbot.waitExposed(dialog)
    qtbot.wait(50)
    for one in (*dialog.findChildren(QLabel), *dialog.findChildren(RichLabel)):
        assert one.height() >= one.heightForWidth(one.width()), one.accessibleName() or one


# -- licences ----------------------------------------------------------------------------------------------------------


def licences(window: MainWindow) -> LicencesDialog:
    dialog = window.open_dialog("licences")
    assert isinstance(dialog, LicencesDialog)
    return dialog


def test_about_leads_to_the_licences(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    about(window, monkeypatch, BUILT).licences.click()
    assert window.findChild(LicencesDialog) is not None


def test_the_first_entry_says_what_has_to_be_said_of_all(window: MainWindow) -> None:
    assert licences(window).text.toPlainText() == list_of.notice("en")


def test_the_keyboard_reaches_the_list_and_the_text(window: MainWindow, qtbot: QtBot) -> None:
    dialog = licences(window)
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.list.hasFocus)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.text.toPlainText().startswith("HeaderLens")
    QTest.keyClick(dialog.list, Qt.Key.Key_Tab)
    assert dialog.text.hasFocus()
    QTest.keyClick(dialog.text, Qt.Key.Key_Tab)
    assert not dialog.text.hasFocus()


def test_each_entry_shows_its_terms_and_texts(window: MainWindow) -> None:
    dialog = licences(window)
    for place, one in enumerate(list_of.components("en"), 1):
        dialog.list.setCurrentRow(place)
        shown = dialog.text.toPlainText()
        assert f"Licence: {one.licence}" in shown
        assert f"Source: {one.source}" in shown
        assert dialog.text.accessibleName() == one.title
        for name in one.texts:
            assert list_of.text_of(name).split("\n", 1)[0] in shown


def test_it_stays_at_its_entry_when_the_language_changes(window: MainWindow, qtbot: QtBot) -> None:
    dialog = licences(window)
    dialog.list.setCurrentRow(2)
    window.change(language="ja")
    qtbot.wait(150)
    assert dialog.list.currentRow() == 2
    assert "プログラムの実行" in dialog.text.toPlainText()
    assert dialog.windowTitle() == "ライセンス"


# -- first steps -------------------------------------------------------------------------------------------------------


def first_steps(window: MainWindow) -> FirstStepsDialog:
    dialog = opened(window, "first_steps")
    assert isinstance(dialog, FirstStepsDialog)
    return dialog


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_help_menu_opens_the_guide_of_the_language(window: MainWindow, qtbot: QtBot, language: str) -> None:
    window.change(language=language)
    qtbot.wait(100)
    dialog = first_steps(window)
    shown = "\n".join(one.text() for one in dialog.findChildren(RichLabel))
    words = guide(system_here(), language)
    for told in (words.title, words.lead, *words.check[1], words.call[1], words.remove[1]):
        assert told in shown
    for row in words.answer[1]:
        assert row.tone in TONES
        assert row.means in shown


def test_the_page_with_pictures_can_be_saved_for_others(window: MainWindow, tmp_path: Path) -> None:
    dialog = first_steps(window)
    dialog.write(tmp_path / "guide.html")
    assert (tmp_path / "guide.html").read_bytes() == page_named(f"{system_here()}-en.html")
    assert "saved" in dialog.note.text()
    dialog.write(tmp_path / "nowhere" / "guide.html")
    assert "could not be saved" in dialog.note.text()


def test_the_guide_is_scrolled_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    dialog = first_steps(window)
    dialog.resize(500, 300)
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.area.hasFocus)
    QTest.keyClick(dialog.area, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: dialog.area.verticalScrollBar().value() > 0)
