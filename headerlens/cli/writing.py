"""Writes answers as they come: text with an empty line between, JSON (whole or a line each), or a table."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TextIO

from headerlens.cli.options import PAGES, WrongUsage
from headerlens.model.limits import MAX_PDF_MESSAGES
from headerlens.present.report_views import ReportView
from headerlens.present.words import Words
from headerlens.report.csv import BYTE_ORDER_MARK, csv_header
from headerlens.report.html import html_report
from headerlens.report.json import Json, report_line, report_text
from headerlens.report.markdown import markdown_reports


class Writer:
    """Where answers go: to standard output, or to a file that is made when the first answer is there."""

    def __init__(self, form: str, output: Path | None) -> None:
        self._form = form
        self._output = output
        self._file: TextIO | None = None
        self._count = 0
        self._first: Json | None = None
        self._views: list[ReportView] = []

    def add(self, text: str, data: Json, view: ReportView | None = None) -> None:
        """One more answer. Raises WrongUsage where the file cannot be written."""
        if view is not None:
            self._add_view(view)
        elif self._form == "csv":
            self._write(text if self._count else self._head() + text)
        elif self._form == "text":
            self._write(text if not self._count else f"\n{text}")
        elif self._form == "ndjson":
            self._write(report_line(data) + "\n")
        else:
            self._add_json(data)
        self._count += 1

    def close(self) -> None:
        """Finish what was begun; the file is made even when there was no answer."""
        if self._views:
            self._write_document()
        elif self._form == "json" and self._first is not None:
            self._write(report_text([self._first]) + "\n")
        elif self._form == "json" and self._count:
            self._write("\n]\n")
        if self._form not in PAGES:
            self._write(self._head() if self._form == "csv" and not self._count else "")
        if self._file is not None:
            self._file.close()

    def _head(self) -> str:
        """The names of the columns; see report/csv.py for the mark in front of them."""
        header = csv_header(Words("en"))
        return BYTE_ORDER_MARK + header if self._output is not None else header

    def _add_view(self, view: ReportView) -> None:
        """All messages of a document wait: its contents name them first."""
        if self._form == "pdf" and len(self._views) == MAX_PDF_MESSAGES:
            raise WrongUsage(f"a PDF holds at most {MAX_PDF_MESSAGES} messages: use --format html or csv")
        self._views.append(view)

    def _write_document(self) -> None:
        if self._form == "pdf":
            self._write_pdf()
        else:
            self._write(html_report(self._views) if self._form == "html" else markdown_reports(self._views))

    def _write_pdf(self) -> None:
        # imported here: it loads Qt, which nothing else of the terminal needs
        from headerlens.pdf.write import missing_font, pdf_report

        octets, warning = pdf_report(self._views), missing_font(self._views)
        if warning is not None:
            print(f"headerlens check: {warning}", file=sys.stderr)
        if self._output is None:
            sys.stdout.buffer.write(octets)
            sys.stdout.buffer.flush()
        else:
            write_octets(octets, self._output)

    def _add_json(self, data: Json) -> None:
        """The first object waits: alone it stands by itself, with others in an array (product.md 3)."""
        if not self._count:
            self._first = data
            return
        if self._first is not None:
            self._write("[\n" + _inner(self._first))
            self._first = None
        self._write(",\n" + _inner(data))

    def _write(self, text: str) -> None:
        if self._output is None:
            if self._form == "csv":
                keep_line_ends(sys.stdout)
            print(text, end="", flush=True)
            return
        try:
            if self._file is None:
                self._file = self._output.open("w", encoding="utf-8", newline="\n")
            self._file.write(text)
        except OSError as wrong:
            raise WrongUsage(f"{self._output} cannot be written: {wrong.strerror}") from wrong


class CaseKeeper:
    """Writes the one case file that was asked for; without a path nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._octets: bytes | None = None

    def add(self, octets: bytes | None) -> None:
        """The case of one more message. Raises WrongUsage for a second one."""
        if self._path is None or octets is None:
            return
        if self._octets is not None:
            raise WrongUsage("--case keeps one message: give one")
        self._octets = octets

    def close(self) -> None:
        """Write it. Raises WrongUsage where that fails."""
        if self._path is not None and self._octets is not None:
            write_octets(self._octets, self._path)


def write_octets(octets: bytes, path: Path) -> None:
    """Write a whole file, or raise WrongUsage."""
    try:
        path.write_bytes(octets)
    except OSError as wrong:
        raise WrongUsage(f"{path} cannot be written: {wrong.strerror}") from wrong


def keep_line_ends(stream: TextIO) -> None:
    """On Windows a text stream would make CR CR LF of the CR LF of a table."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(newline="")


def _inner(data: Json) -> str:
    """One object of an array; no text in JSON holds a line end of its own, so that indenting changes none."""
    return textwrap.indent(report_text([data]), "  ")
