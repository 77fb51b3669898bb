"""Files that macOS hands over: a double-click, "Open with", a drop on the Dock. They come as events, not arguments."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent

TOGETHER_MS = 100
"""Several files chosen in the Finder come as one event each; those that follow so soon belong together."""


class FileOpener(QObject):
    """A filter for the application object. `opened` carries a list of paths."""

    opened = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[Path] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TOGETHER_MS)
        self._soon.timeout.connect(self._hand_on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pick the files out."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self._waiting.append(Path(event.file()))
            self._soon.start()
            return True
        return super().eventFilter(watched, event)

    def _hand_on(self) -> None:
        paths, self._waiting = self._waiting, []
        self.opened.emit(paths)
