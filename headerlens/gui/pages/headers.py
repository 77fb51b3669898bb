"""The header exactly as received, read-only, with the trust border drawn in and found places marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from headerlens.gui.source_text import SourceText, header_text
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.scroll_bars import SlimBars

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.findings import Where

FIELD_NAME = re.compile(r"[!-9;-~]{1,200}:")


class FieldNames(QSyntaxHighlighter):
    """Field names bold; a folded line begins with a blank and has none."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._bold = QTextCharFormat()
        self._bold.setFontWeight(QFont.Weight.Bold)

    def highlightBlock(self, text: str) -> None:
        """Mark the name of one line."""
        name = FIELD_NAME.match(text)
        if name:
            self.setFormat(0, name.end(), self._bold)


class HeadersPane(QWidget):
    """The source with a find line below it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._case: Case | None = None
        self._source = SourceText((), (), None, cut=False)
        self._marked: tuple[int, int] | None = None
        self.view = QPlainTextEdit(readOnly=True)
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.view.setAcceptDrops(False)
        self.view.setTabChangesFocus(True)
        self.view.setUndoRedoEnabled(False)
        self.view.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        SlimBars(theme, self.view)
        self._names = FieldNames(self.view.document())
        self._build_find()
        self._note = Label(theme, "small", "text2", wraps=True)
        self._note.setContentsMargins(14, 6, 14, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self._note)
        column.addWidget(self._find_bar)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def show_case(self, case: Case) -> None:
        """Show the header of `case`, scrolled to its beginning."""
        self._case, self._marked = case, None
        self._fill()

    def show_place(self, where: Where) -> None:
        """Mark the field of `where` and scroll to it."""
        index = self._field_at(where)
        lines = None if index is None else self._source.lines_of(index)
        if lines is None:
            return
        self._marked = lines
        self._mark()
        cursor = QTextCursor(self.view.document().findBlockByNumber(lines[0]))
        self.view.setTextCursor(cursor)
        self.view.centerCursor()

    def open_find(self) -> None:
        """Show the find line and put the caret in it."""
        self._find_bar.show()
        self._find.setFocus()
        self._find.selectAll()

    def find_next(self, *, backwards: bool = False) -> bool:
        """Go to the next match, from the other end when there is none; false when there is none at all."""
        wanted = self._find.text()
        if not wanted:
            return False
        flags = QTextDocument.FindFlag.FindBackward if backwards else QTextDocument.FindFlag(0)
        if self.view.find(wanted, flags):
            return True
        before = self.view.textCursor()
        edge = QTextCursor.MoveOperation.End if backwards else QTextCursor.MoveOperation.Start
        self.view.moveCursor(edge)
        if self.view.find(wanted, flags):
            return True
        self.view.setTextCursor(before)
        return False

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.view.setAccessibleName(self.tr("Header lines as received"))
        self._find.setPlaceholderText(self.tr("Find in headers"))
        self._find.setAccessibleName(self.tr("Find in headers"))
        self._close.setAccessibleName(self.tr("Close"))
        if self._case is not None:
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the find line before it means anything else."""
        if event.key() == Qt.Key.Key_Escape and self._find_bar.isVisible():
            self._close_find()
        else:
            super().keyPressEvent(event)

    @property
    def marked_lines(self) -> tuple[int, int] | None:
        """First and last marked line."""
        return self._marked

    def _build_find(self) -> None:
        self._find_bar = QWidget()
        self._find = QLineEdit()
        self._find.setMaxLength(200)
        self._find.returnPressed.connect(self.find_next)
        self._close = PushButton(self._theme, "fail", "", "tool")
        self._close.clicked.connect(self._close_find)
        row = QHBoxLayout(self._find_bar)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self._find, 1)
        row.addWidget(self._close)
        self._find_bar.hide()

    def _close_find(self) -> None:
        self._find_bar.hide()
        self.view.setFocus()

    def _field_at(self, where: Where) -> int | None:
        if where.field_index is not None or self._case is None or where.start is None:
            return where.field_index
        for field in self._case.message.fields:
            if field.start <= where.start < field.end:
                return field.index
        return None

    def _fill(self) -> None:
        if self._case is None:
            return
        self._source = header_text(self._case, self.tr("▲ Trust border: the lines below can be forged ▼"))
        self.view.setPlainText("\n".join(self._source.lines))
        self._note.setText(self._about_the_rest(self._case))
        self._mark()

    def _about_the_rest(self, case: Case) -> str:
        if self._source.cut:
            return self.tr("The header is longer than what is shown here.")
        octets = len(case.message.body)
        if not octets:
            return self.tr("No text follows the header.")
        return self.tr("The text (%n byte(s)) isn't shown here.", "", octets)

    def _mark(self) -> None:
        marks = []
        if self._source.border is not None:
            marks.append(self._band(self._source.border, "warn_bg", "warn_fg"))
        if self._marked is not None:
            first, last = self._marked
            marks += [self._band(line, "selected", "text") for line in range(first, last + 1)]
        self.view.setExtraSelections(marks)

    def _band(self, line: int, ground: str, ink: str) -> QTextEdit.ExtraSelection:
        block: QTextBlock = self.view.document().findBlockByNumber(line)
        band = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(self._theme.color(ground)))
        look.setForeground(QColor(self._theme.color(ink)))
        look.setProperty(QTextFormat.Property.FullWidthSelection.value, True)  # noqa: FBT003  Qt's own
        band.format = look
        band.cursor = QTextCursor(block)
        return band

    def _dress(self) -> None:
        font = self._theme.font("mono")
        for ligature in ("liga", "calt"):
            # a font that draws "==" as one sign shows something else than what was received
            font.setFeature(QFont.Tag(ligature), 0)
        self.view.setFont(font)
        self.view.document().setDocumentMargin(self._theme.px(12))
        self._mark()
