"""A widget that sets its children in lines like words, for buttons whose number and length nobody knows.

A widget and no QLayout: who owns the items of a layout written in Python is not settled between Qt and PySide6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class FlowBox(QWidget):
    """Left to right, then the next line, `gap` px apart both ways."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, item: QWidget) -> None:
        """Put `item` at the end."""
        item.setParent(self)
        self._items.append(item)
        item.show()
        self.updateGeometry()

    def remove(self, item: QWidget) -> None:
        """Take `item` out and delete it."""
        self._items.remove(item)
        item.deleteLater()

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at `width`."""
        return max((box.bottom() + 1 for box in self._boxes(width)), default=0)

    def sizeHint(self) -> QSize:
        """One line."""
        sizes = [item.sizeHint() for item in self._items if not item.isHidden()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """The widest item, as narrow as it can be."""
        return QSize(max((item.minimumSizeHint().width() for item in self._items), default=0), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the items in lines."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """An item has changed its size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _place(self) -> None:
        for item, box in zip(self._items, self._boxes(self.width()), strict=True):
            item.setGeometry(box)

    def _boxes(self, width: int) -> list[QRect]:
        """Where each item stands; a hidden one takes no room."""
        boxes: list[QRect] = []
        x, y, line = 0, 0, 0
        for item in self._items:
            if item.isHidden():
                boxes.append(QRect(0, 0, 0, 0))
                continue
            size = item.sizeHint().boundedTo(item.maximumSize()).expandedTo(item.minimumSize())
            size.setWidth(max(min(size.width(), width), item.minimumSizeHint().width()))
            if x > 0 and x + size.width() > width:
                x, y, line = 0, y + line + self._gap, 0
            boxes.append(QRect(x, y, size.width(), size.height()))
            x += size.width() + self._gap
            line = max(line, size.height())
        return boxes
