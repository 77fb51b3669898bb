"""Loads and builds, a little at a time after the first paint, what the first check needs (conventions.md 7)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from headerlens.gui.icons import app_icon

if TYPE_CHECKING:
    from headerlens.gui.main_window import MainWindow

AFTER_PAINT_MS = 15
"""The window is painted, and what it did meanwhile on the screen's behalf is done."""

SLICE = 0.008
"""Seconds of work between two looks at keys and mouse; a step that has begun is finished."""

MODULES = (
    "headerlens.model.findings",
    "headerlens.present.views",
    "headerlens.gui.widgets.text",
    "headerlens.gui.widgets.ladder_parts",
    "headerlens.gui.widgets.ladder_columns",
    "headerlens.gui.widgets.ladder_layout",
    "headerlens.gui.widgets.ladder_paint",
    "headerlens.gui.widgets.ladder",
    "headerlens.gui.widgets.findings",
    "headerlens.gui.widgets.verdict_card",
    "headerlens.gui.widgets.message_line",
    "headerlens.gui.widgets.session_list",
    "headerlens.gui.widgets.progress_card",
    "headerlens.gui.widgets.batch_model",
    "headerlens.gui.widgets.batch_table",
    "headerlens.gui.pages.dns_table",
    "headerlens.gui.pages.headers",
    "headerlens.gui.pages.evidence",
    "headerlens.gui.pages.result",
    "headerlens.gui.pages.progress",
    "headerlens.gui.pages.trouble",
    "headerlens.gui.pages.batch",
    "headerlens.gui.widgets.domain_form",
    "headerlens.gui.widgets.domain_rows",
    "headerlens.gui.pages.domain",
    "headerlens.gui.opening",
    "headerlens.gui.drops",
    "headerlens.gui.workers",
    "headerlens.gui.session",
    "headerlens.gui.announce",
    "headerlens.gui.judging",
    "headerlens.gui.batching",
    "headerlens.gui.rooms",
)
"""Leaves first, so that no step is long. They are named by import statements too, where freezers find them."""


class MovingIn(QObject):
    """Runs while nothing else happens; whatever the person asks for before it has come is built at once instead."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._steps = _steps(window)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(AFTER_PAINT_MS)

    @Slot()
    def _go_on(self) -> None:
        self._timer.setInterval(0)
        began = monotonic()
        for _ in self._steps:
            if monotonic() - began >= SLICE:
                return
        self._timer.stop()
        self._window.moved_in.emit()
        self.deleteLater()


def _steps(window: MainWindow) -> Iterator[None]:
    window.take_hold()
    yield
    window.ask_desktop()
    yield
    window.show_samples()
    yield
    QGuiApplication.setWindowIcon(app_icon())
    yield
    for name in MODULES:
        import_module(name)
        yield
    for part in ("result", "progress", "refusal", "failure", "batch", "list"):
        getattr(window.body, part)
        yield
    window.furnish()
    yield
    window.crew.warm(window.engine.warm)
