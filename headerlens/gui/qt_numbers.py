"""Values of Qt's enumerations that the start page needs, as the numbers Qt itself knows them by.

Whoever names anything of the class `Qt` makes PySide6 6.12 build all its 94 enumerations with 1,200 members: a sixth of
a bare window's whole start (113 of 680 million instructions, about 25 ms). So does every call of QPainter's setPen,
setBrush and fillRect, whatever it is given, only to find out which of them is meant; fillPath and strokePath with
`Theme.brush` and `Theme.pen` do without. Hence: what is painted first takes its numbers from here, and everything else
uses `Qt` as usual. One test holds the numbers to Qt's, another that the first paint has not built `Qt`.
"""

from __future__ import annotations

PLAIN_TEXT = 0
"""Qt.TextFormat.PlainText"""

CENTRE = 0x84
"""Qt.AlignmentFlag.AlignCenter"""

LEFT_MIDDLE = 0x81
"""Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter"""

NO_FOCUS = 0
"""Qt.FocusPolicy.NoFocus"""

COLOUR_SCHEMES = {"system": 0, "light": 1, "dark": 2}
"""Qt.ColorScheme: Unknown, Light, Dark"""
