"""What can be taken away from a finished check: its answer, its picture, its report, and the message itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from headerlens.gui.announce import announce
from headerlens.gui.engine import Engine
from headerlens.gui.entry import Entry
from headerlens.gui.source_text import visible

if TYPE_CHECKING:
    from headerlens.gui.documents import Manner
    from headerlens.model.case import Case
    from headerlens.present.report_views import ReportView

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


FORMS = (".html", ".pdf", ".md", ".json")
"""Endings of reports; the first is proposed."""


def report_path(path: Path, form: str) -> Path:
    """Where to write what was called `path` while the dialog stood at `form`: the name's own ending, if it is one.

    A dialog that was turned to another form keeps the ending it proposed; then the form counts, and a file that nobody
    was asked about is not written over.
    """
    named = path.suffix.lower()
    if named == form or (named in FORMS and form == FORMS[0]):
        return path.with_suffix(named)
    stem = path.with_suffix("") if named in FORMS else path
    proposed = [stem.with_name(stem.name + (f" ({n})" if n else "") + form) for n in (0, *range(2, 100))]
    return next((one for one in proposed if not one.exists()), proposed[0])


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

    def copy_ticket(self, entry: Entry | None, manner: Manner) -> None:
        """The summary for a ticket on the clipboard."""
        view = self._view(entry, manner)
        if view is not None:
            QGuiApplication.clipboard().setText(self._engine.documents.ticket(view))
            announce(self._window, self.tr("Summary copied"))

    def save_report(self, entry: Entry | None, manner: Manner) -> None:
        """Ask for a file name and write the report in the form that is chosen with it."""
        if entry is None or entry.case is None:
            return
        kinds = self._kinds()
        proposed = file_name(entry.source.name, FORMS[0])
        name, kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Save report"), proposed, ";;".join(kinds.values())
        )
        if name:
            form = next((ending for ending, words in kinds.items() if words == kind), FORMS[0])
            self.write_report(entry, report_path(Path(name), form), manner)

    def _kinds(self) -> dict[str, str]:
        """What a report can be, as a file dialog lists it."""
        return {
            ".html": self.tr("Web page (*.html)"),
            ".pdf": self.tr("PDF (*.pdf)"),
            ".md": self.tr("Markdown (*.md)"),
            ".json": self.tr("JSON, everything unmasked (*.json)"),
        }

    def write_report(self, entry: Entry, path: Path, manner: Manner) -> None:
        """Write the report of `entry` to `path` in the form of its ending, or say why not."""
        view = self._view(entry, manner)
        if entry.case is None or entry.view is None or view is None:
            return
        if path.suffix == ".json":
            octets = (self._engine.report_json(entry.case, entry.view, entry.opinions).rstrip("\n") + "\n").encode()
        else:
            octets = self._engine.documents.report(view, path.suffix)
        warning = self._engine.documents.missing_font(view) if path.suffix == ".pdf" else ""
        try:
            path.write_bytes(octets)
        except OSError as error:
            self.told.emit(self.tr("The report could not be saved: {reason}").format(reason=error.strerror))
        else:
            self.told.emit(warning or self.tr("Report saved as {name}").format(name=visible(path.name)))

    def print_report(self, entry: Entry | None, manner: Manner) -> None:
        """Ask for a printer and print the report."""
        # imported here: it looks for printers, and few ever print
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        view = self._view(entry, manner)
        if view is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setDocName(view.title)
        printer.setCreator("HeaderLens")
        if QPrintDialog(printer, self._window).exec():
            self._engine.documents.paint(view, printer)

    def save_case(self, entry: Entry | None) -> None:
        """Ask for a file name and write the message with its answers and the clock."""
        if entry is None or entry.case is None:
            return
        proposed, kinds = file_name(entry.source.name, ".hlcase"), self.tr("Case of HeaderLens (*.hlcase)")
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save case"), proposed, kinds)
        if name:
            self.write_case(entry.case, Path(name))

    def write_case(self, case: Case, path: Path) -> None:
        """Write the case file, or say why not."""
        try:
            path.write_bytes(self._engine.documents.case_file(case))
        except OSError as error:
            self.told.emit(self.tr("The case could not be saved: {reason}").format(reason=error.strerror))
        else:
            words = self.tr("Case saved as {name}. It holds the whole message, recipients included.")
            self.told.emit(words.format(name=visible(path.name)))

    def _view(self, entry: Entry | None, manner: Manner) -> ReportView | None:
        if entry is None or entry.case is None:
            return None
        return self._engine.documents.view(entry.case, entry.opinions, manner, sample=entry.sample)

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
