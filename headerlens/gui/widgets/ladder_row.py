"""The real button over each painted row of the alignment ladder (interface.md 9.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_focus_ring
from headerlens.gui.widgets.page_width import plain_tooltip
from headerlens.present.views import LadderRow

if TYPE_CHECKING:
    from headerlens.gui.widgets.ladder import AlignmentLadder


class LadderRowButton(QAbstractButton):
    """One row: nothing but a focus ring over the painting, and the words a screen reader says."""

    def __init__(self, theme: Theme, ladder: AlignmentLadder) -> None:
        super().__init__(ladder)
        self._theme = theme
        self._ladder = ladder
        self.index = 0
        self.row: LadderRow | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_row(self, index: int, row: LadderRow) -> None:
        """Stand for `row`."""
        self.index, self.row = index, row
        self.setAccessibleName(row.accessible)
        self.setToolTip(plain_tooltip(row.tooltip or row.name))
        unsaid = (line for line in (row.tooltip or row.name).split("\n") if line not in row.accessible)
        self.setAccessibleDescription("\n".join((row.spoken, *unsaid)))

    def sizeHint(self) -> QSize:
        """Its place comes from the ladder."""
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The focus ring only."""
        if self.hasFocus():
            paint_focus_ring(QPainter(self), self._theme, QRectF(self.rect()).adjusted(2, 2, 0, -2), 8)

    def event(self, event: QEvent) -> bool:
        """Tell the ladder when the mouse comes and goes."""
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self._ladder.update()
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be copied of this row."""
        if self.row is not None:
            self._ladder.row_menu(self.row).popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows, Home and End move."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._ladder.move_focus(self.index, Qt.Key(key))
        else:
            super().keyPressEvent(event)
