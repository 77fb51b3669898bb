"""The lines of a batch as a table model: sorted, filtered, filled in place, without a widget or a copy for any line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from headerlens.gui.batch_run import Batch, Line
from headerlens.gui.batch_words import result_word, sender_of, spoken
from headerlens.gui.many import ManyEngine
from headerlens.gui.widgets.page_width import plain_tooltip

if TYPE_CHECKING:
    from headerlens.present.batch import Said

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
RESULT, SENDER, SUBJECT, SPF, DKIM, DMARC, RECEIVED = range(7)
COLUMNS = 7
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)

_SEVERITY = {group: place for place, group in enumerate(("fail", "warn", "trouble", "unknown", "pass", ""))}
"""What is listed first; lines that are not checked yet come last."""

Key = Callable[[Line], object]

SORTS: tuple[Key, ...] = (
    lambda line: _SEVERITY[line.group],
    lambda line: sender_of(line).casefold(),
    lambda line: line.row.subject.casefold() if line.row else "\uffff",
    lambda line: line.row.spf if line.row else "\uffff",
    lambda line: line.row.dkim if line.row else "\uffff",
    lambda line: (line.row.dmarc, line.row.recorded[2] or "") if line.row else ("\uffff", ""),
    lambda line: line.row.received or LONG_AGO if line.row else LONG_AGO,
)
"""What each column is sorted by; lines that are equal stay in the order they were found in."""


class BatchModel(QAbstractTableModel):
    """What is shown of a batch. Rows never move while a run fills them: only `sort_by` and `show_only` order anew."""

    def __init__(self, engine: ManyEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._batch: Batch | None = None
        self._language = "en"
        self._titles: tuple[str, ...] = ("",) * COLUMNS
        self._order: list[int] = []
        self._row_of: dict[int, int] = {}
        self._group, self._places = "", frozenset[int]()
        self._seen = 0
        self.column, self.descending = RESULT, False

    # -- what is shown -------------------------------------------------------------------------------------------

    def show_batch(self, batch: Batch | None) -> None:
        """Show another batch, all of it."""
        if self._batch is not None:
            self._batch.begun.disconnect(self.arrange)
            self._batch.grew.disconnect(self._on_grew)
            self._batch.filled.disconnect(self._on_filled)
        self._batch = batch
        self._group, self._places = "", frozenset()
        self.column, self.descending = RESULT, False
        if batch is not None:
            batch.begun.connect(self.arrange)
            batch.grew.connect(self._on_grew)
            batch.filled.connect(self._on_filled)
        self.arrange()

    def show_only(self, group: str = "", places: Iterable[int] = ()) -> None:
        """Only the lines of one of GROUPS, or those at `places`; all of them without either."""
        self._group, self._places = group, frozenset(places)
        self.arrange()

    def sort_by(self, column: int) -> None:
        """Order by a column; the same one again turns the order round."""
        self.descending = column == self.column and not self.descending
        self.column = column
        self.arrange()

    def arrange(self) -> None:
        """Filter and sort anew."""
        lines = self._batch.lines if self._batch is not None else []
        self._seen = len(lines)
        order = [place for place, line in enumerate(lines) if self._wanted(place, line)]
        key = SORTS[self.column]
        order.sort(key=lambda place: key(lines[place]), reverse=self.descending)  # type: ignore[arg-type, return-value]
        self.beginResetModel()
        self._order = order
        self._row_of = {place: row for row, place in enumerate(order)}
        self.endResetModel()

    def speak(self, language: str, titles: tuple[str, ...]) -> None:
        """Say everything in `language`, with these titles of the columns."""
        self._language, self._titles = language, titles
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, COLUMNS - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)

    def places(self) -> tuple[int, ...]:
        """The shown lines in their order."""
        return tuple(self._order)

    def place_of(self, row: int) -> int:
        """Which line of the batch stands in `row`; -1 for none."""
        return self._order[row] if 0 <= row < len(self._order) else -1

    def row_of(self, place: int) -> int:
        """Where a line of the batch stands; -1 when it is not shown."""
        return self._row_of.get(place, -1)

    def line(self, row: int) -> Line | None:
        """The line in `row`."""
        place = self.place_of(row)
        return self._batch.lines[place] if self._batch is not None and place >= 0 else None

    def said(self, line: Line) -> Said | None:
        """The line in the language in force."""
        return line.row.in_words(self._language) if line.row is not None else None

    def _wanted(self, place: int, line: Line) -> bool:
        if self._places:
            return place in self._places
        return not self._group or line.group == self._group

    # -- a run ---------------------------------------------------------------------------------------------------

    def _on_grew(self) -> None:
        """Lines that are new at the end of the batch stand at the end of the table."""
        if self._batch is None:
            return
        lines, first = self._batch.lines, self._seen
        self._seen = len(lines)
        self._append([place for place in range(first, len(lines)) if self._wanted(place, lines[place])])

    def _on_filled(self, places: list[int]) -> None:
        if self._batch is None:
            return
        shown = [self._row_of[place] for place in places if place in self._row_of]
        if shown:
            self.dataChanged.emit(self.index(min(shown), 0), self.index(max(shown), COLUMNS - 1))
        if self._group:
            lines = self._batch.lines
            self._append([one for one in places if one not in self._row_of and self._wanted(one, lines[one])])

    def _append(self, places: list[int]) -> None:
        if not places:
            return
        first = len(self._order)
        self.beginInsertRows(ROOT, first, first + len(places) - 1)
        for place in places:
            self._row_of[place] = len(self._order)
            self._order.append(place)
        self.endInsertRows()

    # -- Qt's questions ------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Always the same."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = {RECEIVED: Qt.AlignmentFlag.AlignRight}.get(
                section, Qt.AlignmentFlag.AlignHCenter if section in {SPF, DKIM, DMARC} else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; of the whole line for a screen reader in the first column."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(line) if index.column() == RESULT else self.cell(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self.spoken(line))
        return None

    def cell(self, line: Line, column: int) -> str:
        """One cell in words."""
        if column == RESULT:
            return result_word(line)
        if column == SENDER:
            return sender_of(line)
        row, said = line.row, self.said(line)
        if row is None or said is None:
            return self.reason(line) if column == SUBJECT else ""
        if column == SUBJECT:
            return row.subject
        if column == RECEIVED:
            return self._engine.time_text(row.received, self._language)
        chips = said.chips
        recorded = f"{chips.recorded.word} / {chips.now.word}"
        return {SPF: chips.spf.word, DKIM: chips.dkim.word, DMARC: recorded}[column]

    def reason(self, line: Line) -> str:
        """Why there is no result, "" where that needs no reason."""
        from headerlens.model.message import Refusal

        outcome = line.outcome
        return self._engine.refusal_line(outcome, self._language) if isinstance(outcome, Refusal) else ""

    def spoken(self, line: Line) -> str:
        """The whole line."""
        time = self._engine.time_text(line.row.received, self._language) if line.row is not None else ""
        return spoken(line, self.said(line), time, self.reason(line))
