"""How a mail gets into the window: chosen, dropped, or on the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from headerlens.gui.drops import Carried, carried, offers_something, on_clipboard
from headerlens.gui.shown import advice
from headerlens.gui.sources import Source, of_octets, of_path, of_text
from headerlens.gui.widgets.drop_zone import Hover


class WaysIn(QObject):
    """Turns what the person hands over into sources to check, or into a line that says why it can't be checked.

    `advised` tells the line and the mail program whose help leads on, "" for none in particular.
    """

    given = Signal(list)
    told = Signal(str)
    advised = Signal(str, str)
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
            self.tr(
                "Saved emails and mailboxes (*.eml *.emlx *.mbox *.msg *.zip *.gz *.txt *.html *.hlcase);;All files (*)"
            ),
        )
        self.given.emit([of_path(Path(name)) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder of saved mails."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Open a folder of saved emails"))
        if name:
            self.given.emit([of_path(Path(name))])

    def check_clipboard(self) -> None:
        """Check what the clipboard holds."""
        self.take(carried(on_clipboard()))

    def take(self, what: Carried) -> None:
        """Check what was dropped or pasted, or say why it can't be."""
        if what.unusable is not None:
            self.advised.emit(advice(what.unusable, what.client), what.client)
            return
        self.given.emit(self._sources(what))
        if what.left:
            self.told.emit(self.tr("%n more file(s) were left out.", "", what.left))

    def _sources(self, what: Carried) -> list[Source]:
        if what.paths:
            return [of_path(path) for path in what.paths]
        if what.files:
            return [of_octets(octets, name) for name, octets in what.files]
        return [of_text(what.text or "", self.tr("Pasted text"), what.html)]

    def enter(self, event: QDragEnterEvent) -> None:
        """Say at once whether this could be checked. What can't is taken too, to be answered with a reason."""
        self.hovered.emit(Hover.USABLE if offers_something(event.mimeData()) else Hover.UNUSABLE)
        accept_copy(event)

    def drop(self, event: QDropEvent) -> None:
        """Take what fell on the window."""
        accept_copy(event)
        self.take(carried(event.mimeData()))


def accept_copy(event: QDropEvent) -> None:
    """Accept as a copy, whatever is proposed: a mail program deletes what somebody accepts as moved."""
    possible = event.possibleActions()
    for action in (Qt.DropAction.CopyAction, Qt.DropAction.LinkAction):
        if possible & action:
            event.setDropAction(action)
            event.accept()
            return
    event.ignore()
