"""A strip above the verdict: what was repaired while reading, that this is a sample, what the clipboard holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card, PushButton
from headerlens.gui.widgets.line_icon import LineIcon
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import Tone

ICONS = {Tone.INFO: "info", Tone.WARN: "warn", Tone.UNKNOWN: "info", Tone.FAIL: "fail", Tone.PASS: "ok"}


class Notice(Card):
    """One or two lines and perhaps one button; `activated` follows a click on it."""

    activated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 9, parent)
        self._icon = LineIcon(theme, "info", 18, self, role="label")
        self._label = RichLabel(theme, "label", "text", weight=500, parent=self)
        self.button = PushButton(theme, "", "", "plain", self)
        self.button.clicked.connect(self.activated)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._label, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)
        self.show_notice("")

    def show_notice(self, text: str, tone: Tone = Tone.INFO, button: str = "", icon: str = "") -> None:
        """Show `text`; "" for `button` shows none, "" for `icon` takes the tone's own."""
        self._label.set_text(text)
        self._icon.set_icon(icon or ICONS[tone])
        self._icon.set_color(f"{tone.value}_fg")
        self.set_colors(f"{tone.value}_bg", f"{tone.value}_line")
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(text)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        px = self._theme.px
        edge = px(5) if self.button.text() else px(9)
        self._row.setContentsMargins(px(13), edge, px(13 if not self.button.text() else 6), edge)
        self._row.setSpacing(px(10))
        self.updateGeometry()
