"""One window for each test, around an engine that can be held."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.main_window import MainWindow
from tests.support.fake_engine import FakeEngine

MAIL = (
    b"Received: from mail.example.co.jp (mail.example.co.jp [192.0.2.25])\r\n\tby mx.google.com with ESMTPS;"
    b" Fri, 20 Nov 2026 00:12:02 +0000\r\n"
    b"From: Midori Supply <billing@shop.example.co.jp>\r\n"
    b"Subject: Invoice 2026-1182\r\nDate: Fri, 20 Nov 2026 09:12:00 +0900\r\n\r\nThe invoice.\r\n"
)


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """As in the running program (`gui/garbage.py`): no worker destroys a widget. Between tests Python may search."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def engine() -> FakeEngine:
    """The engine of the window."""
    return FakeEngine()


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    """A folder with three mails and one text that is none."""
    for name in ("invoice.eml", "spoofed.eml", "broken.eml"):
        (tmp_path / name).write_bytes(MAIL)
    (tmp_path / "list.txt").write_bytes(b"milk\r\nbread\r\n")
    return tmp_path


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, engine: FakeEngine, tmp_path: Path) -> Iterator[Program]:
    """The program, in English, shown at its usual size."""
    QGuiApplication.clipboard().clear()
    settings = tmp_path / "configuration" / "settings.json"
    settings.parent.mkdir()
    settings.write_text('{"language": "en", "theme": "light"}')
    made = Program(qapp, engine, settings)
    qtbot.addWidget(made.window)
    made.window.resize(1080, 760)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.window.take_hold()  # no person presses a key in the first hundredth of a second; tests do
    yield made
    engine.go.set()
    made.close()


@pytest.fixture
def window(program: Program) -> MainWindow:
    """Its window."""
    return program.window
