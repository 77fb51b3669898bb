"""Areas that scroll downwards only: what a page or pane of one column stands in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.scroll_bars import SlimBars

WIDEST = 920
"""Px at 100 % of a page's content (interface.md 4.1)."""


class Downwards(QScrollArea):
    """Without a frame, as wide as its content may be; Tab goes to what is in it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        SlimBars(theme, self)


class Column(Downwards):
    """A page that scrolls downwards only, its content at most 920 wide and centred."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.content = QWidget()
        self.stack = QVBoxLayout()
        outer = QHBoxLayout(self.content)
        outer.addStretch(1)
        outer.addLayout(self.stack, 1000)
        outer.addStretch(1)
        self._outer = outer
        self.setWidget(self.content)
        self.set_roomy(roomy=True)

    def set_roomy(self, *, roomy: bool) -> None:
        """Margins and gaps of a wide window, or of a narrow one."""
        margin, gap = (24, 14) if roomy else (20, 12)
        self._outer.setContentsMargins(margin, 16 if roomy else 12, margin, margin)
        self._outer.setSpacing(0)
        self.stack.setSpacing(gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the content within its widest measure, and where it is when the scroll bar comes or goes."""
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
        room = 0 if bar.isVisibleTo(self) else bar.sizeHint().width()
        margins = self._outer.contentsMargins()
        widest = self._theme.px(WIDEST) + margins.left() + margins.right()
        spare = max(0, self.viewport().width() - room - widest)
        self.content.setContentsMargins(spare // 2, 0, spare - spare // 2 + room, 0)
