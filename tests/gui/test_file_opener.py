"""Files that macOS hands over as events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.file_opener import FileOpener


@pytest.fixture
def opener(qapp: QApplication) -> Iterator[FileOpener]:
    filtering = FileOpener(qapp)
    qapp.installEventFilter(filtering)
    yield filtering
    qapp.removeEventFilter(filtering)
    filtering.deleteLater()


def test_files_that_come_together_are_opened_together(qtbot: QtBot, qapp: QApplication, opener: FileOpener) -> None:
    first, second = "/mails/受信 メール.eml", "/mails/b.eml"
    with qtbot.waitSignal(opener.opened) as opened:
        qapp.sendEvent(qapp, QFileOpenEvent(first))
        qapp.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(second)))
    assert opened.args == [[Path(first), Path(second)]]


def test_a_later_file_is_opened_by_itself(qtbot: QtBot, qapp: QApplication, opener: FileOpener) -> None:
    for name in ("/mails/a.eml", "/mails/b.eml"):
        with qtbot.waitSignal(opener.opened) as opened:
            qapp.sendEvent(qapp, QFileOpenEvent(name))
        assert opened.args == [[Path(name)]]


def test_an_address_that_is_no_file_is_not_opened(qtbot: QtBot, qapp: QApplication, opener: FileOpener) -> None:
    with qtbot.assertNotEmitted(opener.opened, wait=200):
        qapp.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.com/mail")))
