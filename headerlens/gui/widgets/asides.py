"""What the person may decide about the answer, in quiet lines below the ladder; nothing when there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.line_icon import LineIcon
from headerlens.gui.widgets.text import RichLabel


class _Aside(QWidget):
    """An icon, a sentence and links, on no ground of its own."""

    def __init__(self, theme: Theme, links: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = LineIcon(theme, "info", 16, self, role="label")
        self._text = RichLabel(theme, "label", "text2", weight=400, parent=self)
        self.links = tuple(PushButton(theme, "", "", "link", self) for _ in range(links))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        for link in self.links:
            self._row.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        self._icon.set_color("text2")
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def say(self, text: str, *links: str) -> None:
        """Put words on it."""
        self._text.set_text(text)
        self.setAccessibleName(text)
        for link, words in zip(self.links, links, strict=True):
            link.setText(words)
            link.setAccessibleDescription(text)

    @Slot()
    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(4), 0, px(4), 0)
        self._row.setSpacing(px(10))


class Asides(QWidget):
    """Whose record may be believed, and that SPF is judged by chosen values."""

    trust_given = Signal(str)
    trust_declined = Signal(str)
    reset_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._receiver, self._chosen = "", ""
        self.spf, self.trust = _Aside(theme, 1, self), _Aside(theme, 2, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.spf)
        column.addWidget(self.trust)
        self.spf.links[0].clicked.connect(self.reset_asked)
        self.trust.links[0].clicked.connect(lambda: self.trust_given.emit(self._receiver))
        self.trust.links[1].clicked.connect(lambda: self.trust_declined.emit(self._receiver))
        self.hide()

    def show_asides(self, receiver: str, chosen: str) -> None:
        """Ask about `receiver` and tell of the `chosen` values of SPF; "" leaves either out."""
        self._receiver, self._chosen = receiver, chosen
        self.retranslate()
        self.spf.setVisible(bool(chosen))
        self.trust.setVisible(bool(receiver))
        self.setVisible(bool(receiver or chosen))

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.spf.say(
            self.tr("SPF is judged by values you chose: {values}").format(values=self._chosen), self.tr("Reset")
        )
        self.trust.say(
            self.tr("Recorded by {receiver}. Is that your mail provider?").format(receiver=self._receiver),
            self.tr("Yes, trust it"),
            self.tr("Not now"),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
