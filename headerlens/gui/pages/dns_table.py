"""Every question to DNS with its answer, in the order of their names (interface.md 7.2)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.announce import announce
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.dns_list import DnsDelegate, DnsModel
from headerlens.gui.widgets.pane_scroll import RemarkLine
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.evidence_views import DnsLine, DnsView


class DnsPane(QWidget):
    """The list, and under it the whole answer of the chosen row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: DnsView | None = None
        self.model = DnsModel(self)
        self.view = QListView()
        self._full = QPlainTextEdit(readOnly=True)
        self._heading = RichLabel(theme, "title", "text", weight=600)
        self._copy = PushButton(theme, "copy", "", "tool")
        self._copy.clicked.connect(self.copy_all)
        self._notices = QVBoxLayout()
        self._shown_notices: list[RemarkLine] = []
        self._set_up_list()
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def show_view(self, view: DnsView, *, same: bool = False) -> None:
        """Show other questions; of the `same` message the chosen one stays chosen."""
        before = self.view.currentIndex().row() if same else -1
        question = self._question(before)
        self._view = view
        self.model.show_rows(view.lines)
        self._heading.set_text(view.heading)
        self._show_notices()
        self._full.clear()
        self._full.setVisible(False)
        if question is not None:
            self.show_question(question)

    def show_question(self, question: str) -> bool:
        """Choose the row of "TYPE name" or of a bare name; false for a question that was never asked."""
        rtype, _, name = question.strip().rpartition(" ")
        for number, row in enumerate(self.model.rows):
            if row.name == name.lower() and rtype.upper() in {"", row.rtype}:
                self.view.setCurrentIndex(self.model.index(number))
                self.view.scrollTo(self.model.index(number))
                return True
        return False

    @Slot()
    def copy_row(self) -> None:
        """Put the chosen question and its whole answer on the clipboard."""
        chosen = self._chosen()
        if chosen is not None:
            QGuiApplication.clipboard().setText(_at_length(chosen))

    @Slot()
    def copy_row_as_dig(self) -> None:
        """The same in the form of dig."""
        chosen = self._chosen()
        if chosen is not None:
            QGuiApplication.clipboard().setText(chosen.dig)

    @Slot()
    def copy_all(self) -> None:
        """Put everything on the clipboard as dig prints it."""
        if self._view is not None:
            QGuiApplication.clipboard().setText(self._view.dig)
            announce(self, self.tr("Copied"))

    def focus_pane(self) -> None:
        """Give the keyboard to the list."""
        self.view.setFocus()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything; the view brings its own."""
        self.setAccessibleName(self.tr("DNS"))
        self.view.setAccessibleName(self.tr("Questions to DNS"))
        self._full.setAccessibleName(self.tr("Whole answer"))
        self._copy.setText(self.tr("Copy as dig"))
        self._copy_row.setText(self.tr("Copy question and answer"))
        self._copy_dig.setText(self.tr("Copy this one as dig"))
        self._copy.setAccessibleDescription(self.tr("Copies every question with its answer in the form of dig"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy means the whole row; Enter reads the whole record, Esc goes back to the list."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_row()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.view.hasFocus():
            self._open_full()
        elif event.key() == Qt.Key.Key_Escape and self._full.hasFocus():
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _set_up_list(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(DnsDelegate(self._theme, view))
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setAcceptDrops(False)
        view.setFrameShape(QListView.Shape.NoFrame)
        view.selectionModel().currentRowChanged.connect(self._show_full)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._copy_row, self._copy_dig = QAction(self), QAction(self)
        self._copy_row.triggered.connect(self.copy_row)
        self._copy_dig.triggered.connect(self.copy_row_as_dig)
        view.addActions([self._copy_row, self._copy_dig])

    def _lay_out(self) -> None:
        full = self._full
        full.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        full.setAcceptDrops(False)
        full.setTabChangesFocus(True)
        full.setVisible(False)
        for area in (self.view, full):
            SlimBars(self._theme, area)
        self._head = QHBoxLayout()
        self._head.addWidget(self._heading, 1, Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignVCenter)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        parts.addWidget(self.view)
        parts.addWidget(full)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 1, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addLayout(self._notices)
        self._column.addWidget(parts, 1)

    def _show_notices(self) -> None:
        for old in self._shown_notices:
            self._notices.removeWidget(old)
            old.hide()
            old.deleteLater()
        notices = self._view.notices if self._view is not None else ()
        self._shown_notices = [RemarkLine(self._theme, remark, self) for remark in notices]
        for line in self._shown_notices:
            self._notices.addWidget(line)
            line.setVisible(True)

    def _chosen(self) -> DnsLine | None:
        row = self.view.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _question(self, row: int) -> str | None:
        return f"{self.model.rows[row].rtype} {self.model.rows[row].name}" if 0 <= row < len(self.model.rows) else None

    def _open_full(self) -> None:
        self._show_full(self.view.currentIndex())
        self._full.setFocus()

    @Slot(QModelIndex)
    def _show_full(self, index: QModelIndex) -> None:
        valid = index.isValid()
        self._full.setPlainText(_at_length(self.model.rows[index.row()]) if valid else "")
        self._full.setVisible(valid)

    @Slot()
    def _dress(self) -> None:
        theme, px = self._theme, self._theme.px
        self._full.setFont(theme.font("mono"))
        self._full.document().setDocumentMargin(px(12))
        palette = self._full.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("sunken"))
        palette.setColor(QPalette.ColorRole.Text, theme.color("text"))
        self._full.setPalette(palette)
        self._head.setContentsMargins(px(14), px(12), px(8), px(6))
        self._notices.setContentsMargins(px(14), 0, px(14), px(8))
        self._notices.setSpacing(px(4))
        self._show_notices()
        self.view.scheduleDelayedItemsLayout()


def _at_length(line: DnsLine) -> str:
    """A question and all of its answer, one record a line."""
    return f"{line.name} {line.rtype}\n{line.full}"
