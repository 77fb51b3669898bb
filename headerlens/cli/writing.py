"""Writes answers as they come: text with an empty line between, JSON (whole or a line each), or a table."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TextIO

from headerlens.cli.options import WrongUsage
from headerlens.present.words import Words
from headerlens.report.csv import BYTE_ORDER_MARK, csv_header
from headerlens.report.json import Json, report_line, report_text


class Writer:
    """Where answers go: to standard output, or to a file that is made when the first answer is there."""

    def __init__(self, form: str, output: Path | None) -> None:
        self._form = form
        self._output = output
        self._file: TextIO | None = None
        self._count = 0
        self._first: Json | None = None

    def add(self, text: str, data: Json) -> None:
        """One more answer. Raises WrongUsage where the file cannot be written."""
        if self._form == "csv":
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
        if self._form == "json" and self._first is not None:
            self._write(report_text([self._first]) + "\n")
        elif self._form == "json" and self._count:
            self._write("\n]\n")
        self._write(self._head() if self._form == "csv" and not self._count else "")
        if self._file is not None:
            self._file.close()

    def _head(self) -> str:
        """The names of the columns; see report/csv.py for the mark in front of them."""
        header = csv_header(Words("en"))
        return BYTE_ORDER_MARK + header if self._output is not None else header

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


def keep_line_ends(stream: TextIO) -> None:
    """On Windows a text stream would make CR CR LF of the CR LF of a table."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(newline="")


def _inner(data: Json) -> str:
    """One object of an array; no text in JSON holds a line end of its own, so that indenting changes none."""
    return textwrap.indent(report_text([data]), "  ")
