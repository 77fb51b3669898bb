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
    """One message, whole. `title` names it outside the report, `name` in a list; `footer` says how it was checked."""

    language: str
    title: str
    name: str
    result: ResultView
    facts: tuple[tuple[str, str], ...]
    tables: tuple[TableView, ...]
    footer: tuple[str, ...]
