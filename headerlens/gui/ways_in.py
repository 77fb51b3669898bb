"""How a mail gets into the window: chosen, dropped, or on the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from headerlens.gui.drops import Carried, carried, offers_something, on_clipboard
from headerlens.gui.shown import advice
from headerlens.gui.sources import of_path, of_text
from headerlens.gui.widgets.drop_zone import Hover


class WaysIn(QObject):
    """Turns what the person hands over into sources to check, or into a line that says why it can't be checked."""

    given = Signal(list)
    told = Signal(str)
    hovered = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open a saved email"),
            "",
            self.tr("Saved emails (*.eml *.txt);;All files (*)"),
        )
        self.given.emit([of_path(Path(name)) for name in names])

    def check_clipboard(self) -> None:
        """Check what the clipboard holds."""
        self.take(carried(on_clipboard()))

    def take(self, what: Carried) -> None:
        """Check what was dropped or pasted, or say why it can't be."""
        if what.unusable is not None:
            self.told.emit(advice(what.unusable))
        elif what.paths:
            self.given.emit([of_path(path) for path in what.paths])
            if what.left:
                self.told.emit(self.tr("%n more file(s) were left out.", "", what.left))
        elif what.text is not None:
            self.given.emit([of_text(what.text, self.tr("Pasted text"))])

    def enter(self, event: QDragEnterEvent) -> None:
        """Say at once whether this could be checked. What can't is taken too, to be answered with a reason."""
        self.hovered.emit(Hover.USABLE if offers_something(event.mimeData()) else Hover.UNUSABLE)
        event.acceptProposedAction()

    def drop(self, event: QDropEvent) -> None:
        """Take what fell on the window."""
        event.acceptProposedAction()
        self.take(carried(event.mimeData()))
