"""A program that a person uses: the real engine over the answers of one recorded day, in either language."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.main_window import MainWindow
from tests.support.journey import DayEngine

Start = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """As in the running program (`gui/garbage.py`): no worker destroys a widget. Between tests Python may search."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(params=["en", "ja"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages, one after the other."""
    return str(request.param)


@pytest.fixture
def engine() -> DayEngine:
    """The real engine, answers recorded."""
    return DayEngine()


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, engine: DayEngine, language: str, tmp_path: Path) -> Iterator[Start]:
    """Opens the program as on somebody's computer, with its own settings; `offline` has no network at all."""
    programs: list[Program] = []
    QGuiApplication.clipboard().clear()

    def begin(*, offline: bool = False) -> MainWindow:
        settings = tmp_path / f"person-{len(programs)}" / "settings.json"
        settings.parent.mkdir()
        trusted = "[]" if offline else '["mx.google.com"]'
        wanted = f'"language": "{language}", "offline": {str(offline).lower()}, "trusted": {trusted}'
        settings.write_text(f'{{{wanted}, "theme": "light", "look_at_clipboard": false}}')
        made = Program(qapp, None if offline else engine, settings)
        programs.append(made)
        qtbot.addWidget(made.window)
        made.window.resize(1280, 860)
        with qtbot.waitExposed(made.window):
            made.window.show()
        made.window.activateWindow()
        # nobody presses a key within the moment after the first paint in which the shortcuts are made
        qtbot.waitUntil(lambda: bool(made.window.actions()))
        return made.window

    yield begin
    engine.many.go.set()
    for made in programs:
        made.close()


@pytest.fixture
def window(start: Start) -> MainWindow:
    """The window of the one person most journeys are about."""
    return start()
