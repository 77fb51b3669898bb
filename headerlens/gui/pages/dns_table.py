"""Every question to DNS with its answer, in the order of their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.source_text import decoded, visible
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.scroll_bars import SlimBars

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.dns import Answer

Index = QModelIndex | QPersistentModelIndex
NAME, TYPE, ANSWER, TIME, USED_BY = range(5)
ROOT = QModelIndex()
LONGEST_CELL = 300
"""Characters of an answer in its cell; the whole record stands below the table."""


@dataclass(frozen=True, slots=True)
class DnsRow:
    """One question in words; `full` is the whole answer, one record a line."""

    name: str
    rtype: str
    answer: str
    time: str
    used_by: str
    full: str

    def cell(self, column: int) -> str:
        """The text of one column."""
        return (self.name, self.rtype, self.answer, self.time, self.used_by)[column]


class DnsModel(QAbstractTableModel):
    """The rows of one case, replaced as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[DnsRow, ...] = ()
        self.titles: tuple[str, ...] = ("",) * 5
        self.name_font = QFont()

    def show_rows(self, rows: tuple[DnsRow, ...], titles: tuple[str, ...]) -> None:
        """Replace rows and headings."""
        self.beginResetModel()
        self.rows, self.titles = rows, titles
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many questions there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Name, type, answer, time, used by."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; for a screen reader with its heading."""
        if not index.isValid():
            return None
        text = self.rows[index.row()].cell(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.titles[index.column()]}: {text}"
        if role == Qt.ItemDataRole.FontRole and index.column() == NAME:
            return self.name_font
        return None


class DnsPane(QWidget):
    """The table, and under it the whole answer of the chosen row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._case: Case | None = None
        self.model = DnsModel(self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self._set_up_table()
        self._full = QPlainTextEdit(readOnly=True)
        for area in (self.view, self._full):
            SlimBars(theme, area)
        self._full.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._full.setAcceptDrops(False)
        self._full.setTabChangesFocus(True)
        self._note = Label(theme, "small", "text2", wraps=True)
        self._note.setContentsMargins(14, 8, 14, 8)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.view)
        parts.addWidget(self._full)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._note)
        column.addWidget(parts, 1)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def show_case(self, case: Case) -> None:
        """Show the questions of `case`."""
        self._case = case
        self._fill()

    def show_question(self, question: str) -> None:
        """Choose the row of "TYPE name" or of a bare name; a question that was never asked chooses nothing."""
        rtype, _, name = question.strip().rpartition(" ")
        for number, row in enumerate(self.model.rows):
            if row.name == name.lower() and rtype.upper() in {"", row.rtype}:
                self.view.selectRow(number)
                self.view.scrollTo(self.model.index(number, NAME))
                return

    def copy_row(self) -> None:
        """Put the chosen question and its whole answer on the clipboard."""
        row = self.view.currentIndex().row()
        if 0 <= row < len(self.model.rows):
            chosen = self.model.rows[row]
            QGuiApplication.clipboard().setText(f"{chosen.name} {chosen.rtype}\n{chosen.full}")

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.view.setAccessibleName(self.tr("Questions to DNS"))
        self._full.setAccessibleName(self.tr("Whole answer"))
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy means the whole row."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_row()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _set_up_table(self) -> None:
        view = self.view
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setAcceptDrops(False)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.verticalHeader().hide()
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.horizontalHeader().setStretchLastSection(True)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        view.selectionModel().currentRowChanged.connect(self._show_full)

    def _fill(self) -> None:
        titles = (self.tr("Name"), self.tr("Type"), self.tr("Answer"), self.tr("Time"), self.tr("Used by"))
        rows = () if self._case is None else self._rows(self._case)
        self.model.show_rows(rows, titles)
        for column, width in ((NAME, 190), (TYPE, 50), (ANSWER, 160), (TIME, 64)):
            self.view.setColumnWidth(column, self._theme.px(width))
        self._full.clear()
        self._note.setText(self.tr("%n question(s) to DNS", "", len(rows)))

    def _show_full(self, index: QModelIndex) -> None:
        self._full.setPlainText(self.model.rows[index.row()].full if index.isValid() else "")

    def _rows(self, case: Case) -> tuple[DnsRow, ...]:
        """The questions that were needed, and those sent in advance for nothing: they were sent all the same."""
        needed = [self._row(one.answer, ", ".join(user.upper() for user in one.used_by)) for one in case.evidence]
        return (*needed, *(self._row(answer, self.tr("not needed")) for answer in case.foreseen))

    def _row(self, answer: Answer, used_by: str) -> DnsRow:
        lines = [visible(decoded(text)) for text in answer.texts]
        aliases = [f"CNAME {visible(alias)}" for alias in answer.aliases]
        said = " | ".join(lines) if lines else self._outcome(answer)
        return DnsRow(
            answer.question.name,
            answer.question.rtype,
            said if len(said) <= LONGEST_CELL else said[:LONGEST_CELL] + "…",
            "" if answer.milliseconds is None else self.tr("{time} ms").format(time=round(answer.milliseconds)),
            used_by,
            "\n".join([*aliases, *(lines or [said])]),
        )

    def _outcome(self, answer: Answer) -> str:
        words = {
            "found": "",
            "nodata": self.tr("none"),
            "nxdomain": self.tr("no such name (NXDOMAIN)"),
            "failed": self.tr("no answer"),
        }
        failures = {
            "timeout": self.tr("no answer in time"),
            "servfail": self.tr("the server failed (SERVFAIL)"),
            "refused": self.tr("the server refused"),
            "badname": self.tr("not a valid name"),
            "badanswer": self.tr("unreadable answer"),
            "unreachable": self.tr("no DNS server reached"),
            "offline": self.tr("not asked (offline)"),
            "cancelled": self.tr("not asked (stopped)"),
        }
        if answer.failure is not None:
            return failures.get(answer.failure.value, words["failed"])
        return words[answer.outcome.value]

    def _dress(self) -> None:
        theme = self._theme
        self.model.name_font = theme.font("mono", 600)
        self.view.setFont(theme.font("label", 400))
        self.view.horizontalHeader().setFont(theme.font("caption", 600))
        self.view.verticalHeader().setDefaultSectionSize(theme.px(32))
        self._full.setFont(theme.font("mono"))
