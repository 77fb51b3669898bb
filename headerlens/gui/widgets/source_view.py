"""The source of a mail, read-only: a stock text field for caret, selection and screen readers, dressed from outside.

Nothing is formatted before it is seen: 20,000 lines are put in as plain text, and the few in sight get their looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from headerlens.gui.source_looks import Band, Look
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_focus_ring
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.widgets.source_layout import SlotLayout

GUTTER = 52
PADDING = 4
"""Between the gutter and the text, beside the 4 px of the document's own margin (picture 08: the text begins at 60)."""

MOST_IN_SIGHT = 400
"""Lines no screen is high enough for."""


class Row(NamedTuple):
    """A line in sight: its number and where it stands in the viewport."""

    number: int
    top: float
    height: float


class SourceView(QPlainTextEdit):
    """`looks` is asked for the looks of a line in sight, `taken` for the text of a selection to copy.

    `scrolled` when other lines are in sight, `moved` also when these may stand elsewhere.
    """

    line_chosen = Signal(int)
    line_entered = Signal(int)
    moved = Signal()
    scrolled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.looks: Callable[[int], Sequence[Look]] = lambda _number: ()
        self.taken: Callable[[QTextCursor], str | None] = lambda _cursor: None
        self._bands: tuple[Band, ...] = ()
        self._generation = 0
        self._held = False
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        self._slots = SlotLayout(document)
        document.setDocumentLayout(self._slots)
        self.setDocument(document)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        SlimBars(theme, self)
        self.verticalScrollBar().valueChanged.connect(self._on_moved)
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        self.updateRequest.connect(self._on_update)
        theme.changed.connect(self._dress)
        self.set_wrap(wrap=True)
        self._dress()

    def set_wrap(self, *, wrap: bool) -> None:
        """Break lines at the edge, or let them run beyond it."""
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth if wrap else QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if wrap else QTextOption.WrapMode.NoWrap)

    def append_lines(self, lines: Sequence[str], *, first: bool) -> None:
        """Put lines behind the others; the `first` ones replace what is there. The caret stays where it is."""
        seen = self.document().blockCount() - self.firstVisibleBlock().blockNumber() < MOST_IN_SIGHT
        if first:
            self.setPlainText("\n".join(lines))
        else:
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText("\n" + "\n".join(lines))
        if seen:
            self._dress_visible()

    def cut_lines(self, count: int) -> None:
        """Keep the first `count` lines, one at least."""
        cursor = QTextCursor(self.document().findBlockByNumber(max(0, count - 1)))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def set_bands(self, bands: Sequence[Band]) -> None:
        """Other grounds; of several on one line the last is painted."""
        self._bands = tuple(bands)
        self.viewport().update()
        self.moved.emit()

    def bands(self) -> tuple[Band, ...]:
        """The grounds in force."""
        return self._bands

    def look_again(self) -> None:
        """Ask for the looks of all lines anew."""
        self._generation += 1
        self._dress_visible()
        self.viewport().update()

    def rows(self) -> list[Row]:
        """The lines in sight, from top to bottom."""
        rows: list[Row] = []
        block = self.firstVisibleBlock()
        top = self.contentOffset().y()
        foot = self.viewport().height()
        if block.isValid():
            top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top < foot:
            height = self.blockBoundingRect(block).height()
            rows.append(Row(block.blockNumber(), top, height))
            top += height
            block = block.next()
        return rows

    def full_height(self, most: int) -> int:
        """The px all lines take, or `most` where they take more."""
        height, block = 2 * self.document().documentMargin(), self.document().firstBlock()
        while block.isValid() and height < most:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return min(most, round(height))

    def go_to(self, line: int, column: int = 0, *, select: int = 0) -> None:
        """Put the caret on a place in the middle of the view, with `select` units behind it selected."""
        block = self.document().findBlockByNumber(line)
        if not block.isValid():
            return
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(column, max(0, block.length() - 1)))
        if select:
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, select)
        self.setTextCursor(cursor)
        self._held = True
        self._bring_in_sight()

    def _bring_in_sight(self) -> None:
        """Scroll the line of the caret into the middle, unless it is in sight and not at the foot."""
        line, rows = self.textCursor().blockNumber(), self.rows()
        if not any(row.number == line and row.top >= 0 for row in rows[: max(1, len(rows) - 3)]):
            self.centerCursor()

    def go_to_top(self, line: int) -> None:
        """Scroll so that `line` is the first in sight."""
        block = self.document().findBlockByNumber(line)
        self._held = False
        if block.isValid():
            self.verticalScrollBar().setValue(block.firstLineNumber())

    def place_of(self, position: int) -> tuple[int, int]:
        """Line and column of a position of the document."""
        block = self.document().findBlock(position)
        return block.blockNumber(), position - block.position()

    def set_gutter(self) -> None:
        """Make room for the gutter at the text scale in force."""
        self.setViewportMargins(self._theme.px(GUTTER), 0, 0, 0)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What was received, without the lines and remarks that are ours."""
        text = self.taken(self.textCursor())
        if text is None:
            return super().createMimeDataFromSelection()
        mime = QMimeData()
        mime.setText(text)
        return mime

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grounds, then the text."""
        painter = QPainter(self.viewport())
        rows = {row.number: row for row in self.rows()}
        for band in self._bands:
            self._paint_band(painter, band, rows)
        painter.end()
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            paint_focus_ring(painter, self._theme, QRectF(self.viewport().rect()), 2)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines; a place that was gone to stays in sight until the person scrolls."""
        super().resizeEvent(event)
        if self._held:
            self._bring_in_sight()
        self._on_moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The person scrolls."""
        self._held = False
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the line of the caret."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.line_entered.emit(self.textCursor().blockNumber())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that selects no text chooses its line."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.line_chosen.emit(self.cursorForPosition(event.position().toPoint()).blockNumber())

    def changeEvent(self, event: QEvent) -> None:
        """A new font: the gutter is told."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._on_moved()

    def _paint_band(self, painter: QPainter, band: Band, rows: dict[int, Row]) -> None:
        first, last = max(band.first, next(iter(rows), 0)), min(band.last, next(reversed(rows), -1))
        shown = [rows[number] for number in range(first, last + 1)]
        if not shown:
            return
        theme, width = self._theme, self.viewport().width()
        box = QRectF(0, shown[0].top, width, shown[-1].top + shown[-1].height - shown[0].top)
        if band.ground:
            painter.fillRect(box, theme.color(band.ground))
        if band.bar:
            painter.fillRect(QRectF(0, box.top(), 3, box.height()), theme.color(band.bar))
        if band.edge and shown[0].number == band.first:
            painter.setPen(edge_pen(theme, band.edge))
            painter.drawLine(0, round(box.top()) + 1, width, round(box.top()) + 1)

    @Slot(int)
    def _on_scrolled(self, _action: int) -> None:
        self._held = False

    @Slot()
    def _on_moved(self) -> None:
        self._dress_visible()
        self.moved.emit()
        self.scrolled.emit()

    def _on_update(self, _rect: object, _dy: int) -> None:
        self.moved.emit()

    def _dress_visible(self) -> None:
        """Give the lines in sight their looks, once per generation."""
        for row in self.rows():
            block = self.document().findBlockByNumber(row.number)
            if block.userState() != self._generation:
                block.setUserState(self._generation)
                self._dress_block(block)

    def _dress_block(self, block: QTextBlock) -> None:
        formats = []
        for look in self.looks(block.blockNumber()):
            one = QTextLayout.FormatRange()
            one.start, one.length = look.start, look.end - look.start
            one.format = self._format(look)
            formats.append(one)
        block.layout().setFormats(formats)

    def _format(self, look: Look) -> QTextCharFormat:
        made = QTextCharFormat()
        if look.ours:
            made.setFont(self._theme.font("caption", 600))
        made.setForeground(QColor(self._theme.color(look.ink)))
        if look.bold:
            made.setFontWeight(QFont.Weight.Bold)
        if look.struck:
            made.setFontStrikeOut(True)
        if look.ground:
            made.setBackground(QColor(self._theme.color(look.ground)))
        return made

    @Slot()
    def _dress(self) -> None:
        theme = self._theme
        font = theme.font("mono")
        for ligature in ("liga", "calt"):
            # a font that draws "==" as one sign shows something else than what was received
            font.setFeature(QFont.Tag(ligature), 0)
        self._slots.slot = round(theme.line("mono"))
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(theme.px(8))
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        self.set_gutter()
        self.look_again()


def edge_pen(theme: Theme, token: str) -> QPen:
    """The dashed line of the trust border."""
    pen = QPen(theme.color(token), 2)
    pen.setDashPattern([5, 2])
    return pen
