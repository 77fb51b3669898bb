"""Looks whether the clipboard holds a mail when the window is activated, and offers to check it.

Only a short beginning that looks like a header is read, in a worker; nothing is kept but the From domain.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

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

    def look(self, *, wanted: bool) -> None:
        """Look now; not `wanted` takes an offer back without looking."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        mime = on_clipboard()
        text = mime.text()[:BEGINNING] if wanted and mime.hasText() else ""
        if not looks_like_header(text):
            self.found.emit("")
            return
        source, engine = of_text(text, ""), self._engine

        def glance(_cancelled: Cancelled) -> object:
            return engine.look(source).domain or ""

        self._task = Task(glance)
        self._task.done.connect(self._tell)
        self._crew.start(self._task)

    @Slot(object)
    def _tell(self, domain: str) -> None:
        self.found.emit(domain)


def looks_like_header(text: str) -> bool:
    """A first sieve, so that ordinary clipboards never reach a worker: a From line and more than two lines."""
    folded = text.casefold()
    return text.count("\n") > 2 and ("\nfrom:" in folded or folded.startswith("from:"))
