"""Narrow scroll bars without arrows, in the colours of the theme; macOS keeps its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from headerlens.gui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea

SHEET = """
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {width}px; }}
QScrollBar:horizontal {{ height: {width}px; }}
QScrollBar::handle {{ background: {handle}; border-radius: {round}px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {hot}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
WIDTH = 10


class SlimBars(QObject):
    """Dresses both bars of `area` and follows the theme; it lives as long as the area."""

    def __init__(self, theme: Theme, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._theme, self._area = theme, area
        if sys.platform != "darwin":
            theme.changed.connect(self._dress)
            self._dress()

    @Slot()
    def _dress(self) -> None:
        tokens = self._theme.tokens
        width = self._theme.px(WIDTH)
        sheet = SHEET.format(width=width, handle=tokens.unk_line, hot=tokens.line_strong, round=(width - 4) // 2)
        for bar in (self._area.verticalScrollBar(), self._area.horizontalScrollBar()):
            if bar.styleSheet() != sheet:
                bar.setStyleSheet(sheet)
