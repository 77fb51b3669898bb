"""What can be taken away from a finished check: its answer, its picture, its report, and the message itself."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from headerlens.gui.announce import announce
from headerlens.gui.engine import Engine
from headerlens.gui.entry import Entry

LONGEST_NAME = 80
"""Characters of a proposed file name."""

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
"""What some system forbids in a file name, and what would turn its ending around."""

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows takes for devices, whatever stands behind the dot."""


def file_name(name: str, ending: str) -> str:
    """A name to propose for what came from `name`: one part of a path, fit for every system, ending in `ending`."""
    outer, _, inner = name.partition(" › ")
    base = outer.replace("\\", "/").rpartition("/")[2]
    told = f"{Path(base).stem} {inner}" if inner else Path(base).stem
    stem = _NOT_IN_NAMES.sub(" ", told).strip(" .")[:LONGEST_NAME].strip(" .")
    if not stem or stem.split(".")[0].lower() in _DEVICES:
        stem = f"message {stem}".strip()
    return f"{stem}{ending}"


class TakeAway(QObject):
    """Copies and saves; `told` says how saving went."""

    told = Signal(str)

    def __init__(self, engine: Engine, window: QWidget) -> None:
        super().__init__(window)
        self._engine, self._window = engine, window

    def copy_answer(self, entry: Entry | None, language: str) -> None:
        """The answer as text on the clipboard."""
        if entry is not None and entry.case is not None:
            QGuiApplication.clipboard().setText(self._engine.answer_text(entry.case, language))
            announce(self._window, self.tr("Answer copied"))

    def copy_diagram(self, diagram: QPixmap) -> None:
        """The ladder as a picture on the clipboard."""
        mime = QMimeData()
        mime.setImageData(diagram.toImage())
        QGuiApplication.clipboard().setMimeData(mime)
        announce(self._window, self.tr("Diagram copied"))

    def save_report(self, entry: Entry | None) -> None:
        """Ask for a file name and write the report as JSON."""
        if entry is None or entry.case is None:
            return
        proposed = file_name(entry.source.name, ".json")
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save report"), proposed, self.tr("JSON (*.json)"))
        if name:
            self.write_report(entry, Path(name))

    def write_report(self, entry: Entry, path: Path) -> None:
        """Write the report of `entry` to `path`, or say why not."""
        if entry.case is None or entry.view is None:
            return
        text = self._engine.report_json(entry.case, entry.view, entry.opinions)
        try:
            path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
        except OSError as error:
            self.told.emit(self.tr("The report could not be saved: {reason}").format(reason=error.strerror))
        else:
            self.told.emit(self.tr("Report saved as {name}").format(name=path.name))

    def save_original(self, entry: Entry | None) -> None:
        """Ask for a file name and write the octets as they were handed over, before any repair."""
        if entry is not None and entry.case is not None:
            raw = entry.case.raw
            octets = raw.octets if raw.original is None else raw.original
            self._save_mail(octets, file_name(entry.source.name, ".eml"), self.tr("Save the original"))

    def save_checked(self, entry: Entry | None) -> None:
        """Ask for a file name and write the message as it was checked, every repair made."""
        if entry is not None and entry.case is not None:
            proposed = file_name(entry.source.name, "-checked.eml")
            self._save_mail(entry.case.raw.octets, proposed, self.tr("Save the message as checked"))

    def _save_mail(self, octets: bytes, proposed: str, title: str) -> None:
        kinds = self.tr("Saved email (*.eml);;All files (*)")
        name, _ = QFileDialog.getSaveFileName(self._window, title, proposed, kinds)
        if name:
            self.write_mail(octets, Path(name))

    def write_mail(self, octets: bytes, path: Path) -> None:
        """Write `octets` to `path`, or say why not."""
        try:
            path.write_bytes(octets)
        except OSError as error:
            self.told.emit(self.tr("The message could not be saved: {reason}").format(reason=error.strerror))
        else:
            self.told.emit(self.tr("Message saved as {name}").format(name=path.name))
