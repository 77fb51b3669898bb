"""A DNS record as it should be, with what goes and what comes (interface.md 7.1)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card, PushButton
from headerlens.gui.widgets.text import RichLabel, char_format
from headerlens.present.views import RecordChange, Span


class _Lines(RichLabel):
    """Mono text whose removed pieces are struck through and whose added pieces are underlined."""

    def __init__(self, theme: Theme, lines: tuple[tuple[tuple[str, str], ...], ...], parent: QWidget) -> None:
        self._pieces = tuple(piece for line in lines for piece in (*line, ("same", "\n")))[:-1]
        super().__init__(theme, "mono", parent=parent)
        self.set_rich(tuple(Span(text) for _kind, text in self._pieces))

    def _fill(self) -> None:
        super()._fill()
        for document in (self.document(), self._measure):
            cursor = QTextCursor(document)
            for kind, text in self._pieces:
                length = len(text.encode("utf-16-le")) // 2  # Qt counts UTF-16 units
                cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, length)
                if kind != "same":
                    cursor.mergeCharFormat(self._change(kind))
                cursor.setPosition(cursor.position())

    def _change(self, kind: str) -> QTextCharFormat:
        theme = self._theme
        tone = "fail" if kind == "remove" else "pass"
        form = char_format(theme.font("mono"), theme.color(f"{tone}_fg"))
        form.setBackground(theme.color(f"{tone}_bg"))
        form.setFontStrikeOut(kind == "remove")
        form.setFontUnderline(kind == "add")
        return form


class RecordChangeBlock(Card):
    """Heading with its condition, the record, and a button that copies the new record."""

    def __init__(self, theme: Theme, change: RecordChange, parent: QWidget | None = None) -> None:
        super().__init__(theme, 8, parent)
        self._change = change
        self.set_colors("sunken", "line")
        heading = RichLabel(theme, "label", "text2", weight=600, parent=self)
        heading.set_text(change.heading)
        #: Copies the corrected DNS record of a finding
        self._copy = PushButton(theme, "copy", self.tr("Copy"), "tool", self)
        self._copy.clicked.connect(self._on_copy)
        top = QHBoxLayout()
        top.addWidget(heading, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px(12), px(6), px(8), px(10))
        column.setSpacing(px(2))
        column.addLayout(top)
        column.addWidget(_Lines(theme, change.lines, self))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._change.copy_text)
