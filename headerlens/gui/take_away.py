"""What can be taken away from a finished check: its answer, its picture, its report."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from headerlens.gui.announce import announce
from headerlens.gui.engine import Engine
from headerlens.gui.session import Entry


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
        proposed = f"{Path(entry.source.name).stem or 'report'}.json"
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
