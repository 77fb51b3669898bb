"""A row that opens and folds what lies below it.

It is no checkable button: Qt calls those check boxes to a screen reader. An accessible interface of our own could say
"expanded" by its state, but it would have to outlive Qt's cache of interfaces and Windows would not hear it from a
button; so the state is said in the description, which every reader reads.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from headerlens.gui.announce import announce


class Expander(QAbstractButton):
    """A button that is open or folded; `turned` tells which, whoever changed it."""

    turned = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, opened: bool = False) -> None:
        super().__init__(parent)
        self._open = opened
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._flip)
        self._describe()

    def is_open(self) -> bool:
        """Whether what lies below is to be seen."""
        return self._open

    def set_open(self, opened: bool) -> None:  # noqa: FBT001  a setter
        """Open or fold it."""
        if opened != self._open:
            self._open = opened
            self._describe()
            self.turned.emit(opened)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._describe()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens like Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _flip(self) -> None:
        self.set_open(not self._open)
        announce(self, self.accessibleDescription())

    def _describe(self) -> None:
        #: State of a row that opens, for screen readers
        opened = self.tr("expanded")
        #: State of a row that opens, for screen readers
        folded = self.tr("collapsed")
        self.setAccessibleDescription(opened if self._open else folded)
