"""What every written report shows (interface.md 4.6): the answer page, and tables of what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from headerlens.present.views import ResultView


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of plain text. `mono` are the columns with values of records or of the source."""

    id: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mono: tuple[int, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class ReportView:
    """One message, whole. `title` and `name` name it, outside and in a list; `checked` and `footer` tell the check."""

    language: str
    title: str
    name: str
    checked: str
    result: ResultView
    facts: tuple[tuple[str, str], ...]
    tables: tuple[TableView, ...]
    footer: tuple[str, ...]
