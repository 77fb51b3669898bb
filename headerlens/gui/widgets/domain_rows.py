"""Rows of a domain's set-up: a shape, a heading, lines below it; cards of such rows, and the list of questions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card
from headerlens.gui.widgets.finding_header import FindingHeader
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.widgets.status import StatusGlyph
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.domain_views import DomainView, ServiceView, TopicView
from headerlens.present.views import Glyph, Tone

_LIST_HEIGHT = 240


def _tall(widget: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


class RowsCard(Card):
    """One card of rows; what the shape means is said in the heading beside it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 12, parent)
        self.set_colors("surface", "line")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._rows: QWidget | None = None
        _tall(self)

    def show_topics(self, topics: tuple[TopicView, ...]) -> None:
        """A row for each subject."""
        grid = self._begin()
        for topic in topics:
            lines = [(line, "label", "text2") for line in topic.lines]
            lines += [(record, "mono", "text") for record in topic.records]
            self._add(grid, (topic.glyph, topic.tone), topic.heading, lines)
        self._finish(shown=bool(topics))

    def show_service(self, view: ServiceView | None) -> None:
        """The records a service asks for; None hides the card."""
        grid = self._begin()
        if view is not None:
            grid.addWidget(self._text(view.heading, "title", "text", weight=600), 0, 0, 1, 2)
            if view.empty:
                grid.addWidget(self._text(view.empty, "body", "text2"), 1, 0, 1, 2)
            for line in view.lines:
                below = [(text, "mono", "text2") for text in (line.wanted, line.found) if text]
                self._add(grid, (line.glyph, line.tone), line.text, below)
        self._finish(shown=view is not None)

    def _begin(self) -> QGridLayout:
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.setVisible(False)
            self._rows.deleteLater()
        px = self._theme.px
        self._rows = QWidget(self)
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(px(18), px(12), px(18), px(14))
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(1, 1)
        return grid

    def _finish(self, *, shown: bool) -> None:
        if self._rows is not None:
            self._column.addWidget(self._rows)
            self._rows.setVisible(True)
        self.setVisible(shown)
        self.updateGeometry()

    def _add(
        self, grid: QGridLayout, look: tuple[Glyph, Tone], heading: str, lines: list[tuple[str, str, str]]
    ) -> None:
        row = grid.rowCount()
        mark = StatusGlyph(self._theme, 18, self._rows)
        mark.show_glyph(*look)
        title = self._text(heading, "body", "text", weight=600)
        inside = QVBoxLayout()
        inside.setSpacing(self._theme.px(2))
        inside.addWidget(title)
        for text, role, color in lines:
            inside.addWidget(self._text(text, role, color))
        beside = QVBoxLayout()
        beside.setContentsMargins(0, self._theme.px(3), 0, 0)
        beside.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(beside, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(inside, row, 1)

    def _text(self, text: str, role: str, color: str, weight: int | None = None) -> RichLabel:
        label = RichLabel(self._theme, role, color, weight=weight, parent=self._rows)  # type: ignore[arg-type]  # a Role
        label.set_text(text)
        return label


class QuestionsCard(Card):
    """One row that opens to every question with its answer."""

    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 10, parent)
        self.set_colors("surface", "line")
        self.header = FindingHeader(theme, self)
        self.header.turned.connect(self._on_toggled)
        self.list = QPlainTextEdit(self)
        self.list.setReadOnly(True)
        self.list.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.list.setTabChangesFocus(True)
        self.list.setAcceptDrops(False)
        self.list.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        SlimBars(theme, self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.header)
        column.addWidget(self.list)
        self.list.hide()
        _tall(self)
        theme.changed.connect(self._dress)
        self._dress()

    def show_view(self, view: DomainView) -> None:
        """The questions of another check, closed or open as before."""
        self.header.show_title(Glyph.INFO, Tone.INFO, view.dns_heading)
        self.header.setAccessibleName(view.dns_heading)
        self.list.setAccessibleName(view.dns_heading)
        self.list.setPlainText("\n".join(f"{question}\n    {answer}" for question, answer in view.dns))

    def show_question(self, question: str) -> bool:
        """Open the list at "TYPE name"; False where it was not asked."""
        block = self.list.document().firstBlock()
        while block.isValid() and block.text().lower() != question.lower():
            block = block.next()
        if not block.isValid():
            return False
        self.header.set_open(opened=True)
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.list.setTextCursor(cursor)
        self.list.centerCursor()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        self.list.setVisible(on)
        self.updateGeometry()
        if on:
            self.opened.emit()

    @Slot()
    def _dress(self) -> None:
        self.list.setFont(self._theme.font("mono"))
        self.list.setFixedHeight(self._theme.px(_LIST_HEIGHT))
