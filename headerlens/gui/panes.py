"""Moves the keyboard from pane to pane (F6)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def move_pane(panes: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the next pane in the direction of `step` that takes it, round and round."""
    focus = QApplication.focusWidget()
    here = next((i for i, pane in enumerate(panes) if focus is not None and pane.isAncestorOf(focus)), -1)
    for turn in range(1, len(panes) + 1):
        if focus_first(panes[(here + step * turn) % len(panes)]):
            return


def focus_first(pane: QWidget) -> bool:
    """Give the keyboard to `pane` or the first widget in it that takes it; false when there is none."""
    for widget in (pane, *pane.findChildren(QWidget)):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
        if takes and widget.isVisible():
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False
