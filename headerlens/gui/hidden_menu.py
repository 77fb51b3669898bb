"""Keeps the menu bar out of sight until Alt or F10 asks for it (interface.md 4.2)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenuBar


class HiddenMenu(QObject):
    """Shows the bar of a window for one choice, or for good when it is pinned. Nothing to do on macOS."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._bar: QMenuBar = window.menuBar()
        self._pinned, self._alt_alone = False, False
        window.installEventFilter(self)
        for action in self._bar.actions():
            menu = action.menu()
            if menu is not None:
                menu.aboutToHide.connect(self._tuck_later)  # type: ignore[attr-defined]  # the stub says QObject

    def pin(self, *, pinned: bool) -> None:
        """Whether the bar stays."""
        self._pinned = pinned
        if not self._bar.isNativeMenuBar():
            self._bar.setVisible(pinned)

    def toggle(self) -> None:
        """Show the bar with its first menu chosen, or put it away."""
        if self._bar.isNativeMenuBar():
            return
        if self._bar.isVisible() and not self._pinned:
            self._bar.hide()
            return
        self._bar.show()
        self._bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self._bar.setActiveAction(self._bar.actions()[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt pressed and let go with nothing between."""
        if isinstance(event, QKeyEvent):
            # of a shortcut such as Alt+Left the window hears the override only
            if event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
                self._alt_alone = event.key() == Qt.Key.Key_Alt
            elif event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Alt and self._alt_alone:
                self._alt_alone = False
                self.toggle()
        return super().eventFilter(watched, event)

    @Slot()
    def _tuck_later(self) -> None:
        QTimer.singleShot(0, self, self._tuck)

    @Slot()
    def _tuck(self) -> None:
        """Put the bar away unless the next menu has been opened."""
        open_menu = QApplication.activePopupWidget()
        if not self._pinned and open_menu is None and not self._bar.isNativeMenuBar():
            self._bar.hide()
