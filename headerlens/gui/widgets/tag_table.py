"""A record tag by tag: name and value as written, and what each means (interface.md 7.1)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.controls import Card
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import TagTable


class TagTableBlock(Card):
    """Heading, then a row for each tag. Every row is spoken as one sentence."""

    def __init__(self, theme: Theme, table: TagTable, parent: QWidget | None = None) -> None:
        super().__init__(theme, 8, parent)
        self._theme = theme
        self.set_colors("sunken", "line")
        self.setAccessibleName(table.heading)
        px = theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(12), px(8), px(12), px(10))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        grid.setColumnMinimumWidth(0, px(150))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
        grid.addWidget(self._text(table.heading, "label", "text2", weight=600), 0, 0, 1, 2)
        for row in table.rows:
            place = grid.rowCount()
            written = self._text(f"{row.tag}={row.value}", "mono", "text")
            written.setAccessibleName(f"{row.tag} {row.value}: {row.meaning}")
            grid.addWidget(written, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._text(row.meaning, "label", "text2"), place, 1)

    def _text(self, text: str, role: Role, color: str, weight: int | None = None) -> RichLabel:
        label = RichLabel(self._theme, role, color, weight=weight, parent=self)
        label.set_text(text)
        return label
