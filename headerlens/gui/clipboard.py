"""Looks whether the clipboard holds a mail when the window is activated, and offers to check it.

Only a short beginning that looks like a header is read, in a worker; nothing is kept but the From domain. A clipboard
that has not changed is not fetched again: 25 MB of it would be felt.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from headerlens.gui.drops import on_clipboard
from headerlens.gui.engine import Engine
from headerlens.gui.sources import of_text
from headerlens.gui.workers import Cancelled, Crew, Task

BEGINNING = 200_000
"""Characters looked at: a header is seldom longer, and the rest says nothing about who sent it."""


class ClipboardWatch(QObject):
    """`found` tells the From domain, or "" when the clipboard holds no mail."""

    found = Signal(str)

    def __init__(self, engine: Engine, crew: Crew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._crew = engine, crew
        self._task: Task | None = None
        self._beginning: str | None = None
        QGuiApplication.clipboard().dataChanged.connect(self._forget)

    def look(self, *, wanted: bool) -> None:
        """Look now; not `wanted` takes an offer back without looking."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        text = self._text() if wanted else ""
        if not looks_like_header(text):
            self.found.emit("")
            return
        source, engine = of_text(text, ""), self._engine

        def glance(_cancelled: Cancelled) -> object:
            return engine.look(source).domain or ""

        self._task = Task(glance)
        self._task.done.connect(self._tell)
        self._crew.start(self._task)

    def _text(self) -> str:
        if self._beginning is None:
            mime = on_clipboard()
            text = mime.text()[:BEGINNING] if mime.hasFormat("text/plain") else ""
            self._beginning = text if looks_like_header(text) else ""
        return self._beginning

    @Slot()
    def _forget(self) -> None:
        self._beginning = None

    @Slot(object)
    def _tell(self, domain: str) -> None:
        self.found.emit(domain)


def looks_like_header(text: str) -> bool:
    """A first sieve, so that ordinary clipboards never reach a worker: a From line and more than two lines."""
    folded = text.casefold()
    return text.count("\n") > 2 and ("\nfrom:" in folded or folded.startswith("from:"))
