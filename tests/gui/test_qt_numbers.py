"""The numbers that stand in for Qt's enumerations before the first paint."""

from __future__ import annotations

from PySide6.QtCore import Qt

from headerlens.gui.qt_numbers import CENTRE, COLOUR_SCHEMES, LEFT_MIDDLE, NO_FOCUS, PLAIN_TEXT


def test_they_are_those_of_qt() -> None:
    assert Qt.TextFormat.PlainText.value == PLAIN_TEXT
    assert Qt.FocusPolicy.NoFocus.value == NO_FOCUS
    assert Qt.AlignmentFlag.AlignCenter.value == CENTRE
    assert (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value == LEFT_MIDDLE
    schemes = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    assert {name: scheme.value for name, scheme in schemes.items()} == COLOUR_SCHEMES
