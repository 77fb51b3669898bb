"""A line or paragraph of the window's own words, in a role and colour of the theme."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from headerlens.gui.escaped import escaped
from headerlens.gui.qt_numbers import CENTRE, PLAIN_TEXT
from headerlens.gui.theme import Role, Theme


class Label(QLabel):
    """Plain text that follows the theme. Nothing in it can be clicked or fetched.

    `wraps` lets it break into lines, `centred` puts them in the middle.
    """

    def __init__(
        self,
        theme: Theme,
        role: Role = "body",
        color: str = "text",
        *,
        wraps: bool = False,
        centred: bool = False,
        weight: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._color, self._weight = theme, role, color, weight
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setWordWrap(wraps)
        if centred:
            self.setProperty("alignment", CENTRE)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._dress)
        self._dress()

    def show_strong(self, before: str, strong: str, after: str) -> None:
        """Three runs of text, the middle one bold; all of them are escaped."""
        from PySide6.QtCore import Qt

        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(f"{escaped(before)}<b>{escaped(strong)}</b>{escaped(after)}")
        self.setAccessibleName(f"{before}{strong}{after}")

    def _dress(self) -> None:
        self.setFont(self._theme.font(self._role, self._weight))
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.color(self._color))
        self.setPalette(palette)
