"""How roomy the window is (interface.md 4.1): widgets take smaller paddings in narrow windows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from headerlens.gui.escaped import escaped

WIDE_FROM = 1180
"""Client width from which the window has two columns and the roomy paddings."""


def is_narrow(widget: QWidget) -> bool:
    """Whether the window of `widget` shows one page at a time."""
    return widget.window().width() < WIDE_FROM


def give_tooltip(widget: QWidget, text: str) -> None:
    """A tooltip that shows each character, and says the same aloud: Qt would read its markup to a screen reader."""
    widget.setToolTip(plain_tooltip(text))
    widget.setAccessibleDescription(text)


def plain_tooltip(text: str) -> str:
    """`text` as a tooltip that shows each character: Qt would read what looks like HTML as HTML."""
    return f"<p style='white-space:pre-wrap'>{escaped(text)}</p>" if text else ""
