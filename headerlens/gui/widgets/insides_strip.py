"""A quiet strip under the message line: this mail carries another one, and which of them the answer is about."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from headerlens.gui.opening import Enclosed, Relatives
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card, PushButton
from headerlens.gui.widgets.line_icon import LineIcon
from headerlens.gui.widgets.text import RichLabel

MOST = 50
"""Mails a menu lists."""


class InsidesStrip(Card):
    """`chosen` tells the way to the mail the person wants, as in `Source.attached`."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 9, parent)
        self._relatives = Relatives()
        self._icon = LineIcon(theme, "mail", 18, self, role="label")
        self._label = RichLabel(theme, "label", "text", weight=400, parent=self)
        self.around = PushButton(theme, "", "", "plain", self)
        self.inside = PushButton(theme, "", "", "plain", self)
        self._menu = QMenu(self)
        self.around.clicked.connect(lambda: self.chosen.emit(self._relatives.way[:-1]))
        self.inside.clicked.connect(self._choose_only)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._label, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.around, self.inside):
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_colors("surface", "line")
        self._icon.set_color("text2")
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def show_relatives(self, relatives: Relatives) -> None:
        """Tell of the mails around and inside the shown one; hide when there are none."""
        self._relatives = relatives
        self.retranslate()
        self.setVisible(relatives.around is not None or bool(relatives.inside))

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        inside, around = self._relatives.inside, self._relatives.around
        text = self._about_outer(around) if around is not None else self._about_inner(inside)
        self._label.set_text(text)
        self.setAccessibleName(text)
        self.around.setText(self.tr("Check the mail around it"))
        self.around.setVisible(around is not None)
        several = len(inside) > 1
        self.inside.setText(self.tr("Check an attached mail") if several else self.tr("Check the attached mail"))
        self.inside.setVisible(bool(inside))
        self._fill_menu(inside if several else ())
        for button in (self.around, self.inside):
            button.setAccessibleDescription(text)
        self._restyle()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _about_outer(self, subject: str) -> str:
        if not subject:
            return self.tr("This mail came inside another one. You see the answer for the attached mail.")
        return self.tr(
            "This mail came inside another one: “{subject}”. You see the answer for the attached mail."
        ).format(subject=subject)

    def _about_inner(self, inside: tuple[Enclosed, ...]) -> str:
        if len(inside) > 1:
            return self.tr("This mail carries %n other mails. You see the answer for the mail itself.", "", len(inside))
        one = inside[0] if inside else Enclosed((), "", "")
        if one.only_headers:
            return self.tr(
                "This mail carries the headers of another one: “{subject}”. You see the answer for the mail itself."
            ).format(subject=one.subject or self.tr("no subject"))
        return self.tr("This mail carries another mail: “{subject}”. You see the answer for the mail itself.").format(
            subject=one.subject or self.tr("no subject")
        )

    def _fill_menu(self, inside: tuple[Enclosed, ...]) -> None:
        self._menu.clear()
        for one in inside[:MOST]:
            words = " – ".join(text for text in (one.subject or self.tr("no subject"), one.sender) if text)
            if one.only_headers:
                words = self.tr("{mail} (headers only)").format(mail=words)
            action = self._menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, way=one.way: self.chosen.emit(way))
        self.inside.setMenu(self._menu if inside else None)  # type: ignore[arg-type]  # None takes it away

    @Slot()
    def _choose_only(self) -> None:
        if len(self._relatives.inside) == 1:
            self.chosen.emit(self._relatives.inside[0].way)

    @Slot()
    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(13), px(5), px(6), px(5))
        self._row.setSpacing(px(10))
        self.updateGeometry()
