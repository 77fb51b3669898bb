"""What is asked about a domain: its name, selectors, and the service that sends for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card, PushButton
from headerlens.gui.widgets.fields import Framed, ListField
from headerlens.gui.widgets.label import Label

LONGEST = 2_000
FIELD = 32


class DomainForm(Card):
    """Two fields, a list that can be searched by typing, and Check, which is Stop while look-ups run."""

    check_asked = Signal()
    stop_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 14, parent)
        self._running = False
        self.set_colors("surface", "line")
        self.domain, self.selectors, self.service = QLineEdit(self), QLineEdit(self), ListField(theme, self)
        self._labels = [Label(theme, "label", "text2", weight=600, parent=self) for _ in range(3)]
        self.problem = Label(theme, "label", "fail_fg", wraps=True, parent=self)
        self.problem.hide()
        self.check = PushButton(theme, "", "", "primary", self)
        self._set_up()
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def show_services(self, services: tuple[tuple[str, str], ...]) -> None:
        """Offer these, ids with names; what was chosen stays chosen, and what is being typed stays."""
        chosen, typed = self.provider(), self.service.currentText()
        self.service.clear()
        self.service.addItem(self.tr("No particular service"), "")
        for identifier, name in services:
            self.service.addItem(name, identifier)
        self.choose(chosen or "")
        if chosen is None:
            self.service.setEditText(typed)

    def choose(self, provider: str) -> None:
        """Choose a service by its id, "" for none."""
        self.service.setCurrentIndex(max(0, self.service.findData(provider)))

    def provider(self) -> str | None:
        """The chosen id, "" for none; None where what was typed is no service of the list."""
        text = self.service.currentText().strip()
        if not text or text == self.service.itemText(0):
            return ""
        place = self.service.findText(text, Qt.MatchFlag.MatchFixedString)
        return None if place < 0 else str(self.service.itemData(place))

    def set_running(self, *, running: bool) -> None:
        """Whether look-ups are under way: the fields rest, and the button stops them."""
        self._running = running
        for field in (self.domain, self.selectors, self.service):
            field.setEnabled(not running)
        self.check.set_kind("plain" if running else "primary")
        self.check.set_icon_name("stop" if running else "")
        self._word_button()

    def complain(self, text: str) -> None:
        """Say what cannot be understood; "" takes it back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        texts = (self.tr("&Domain"), self.tr("Se&lectors, if you know them"), self.tr("Se&rvice that sends for it"))
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self.domain.setPlaceholderText(self.tr("such as example.com"))
        self.selectors.setPlaceholderText(self.tr("s= in the signatures of its mail, such as s1"))
        self.domain.setAccessibleName(self.tr("Domain to check"))
        self.selectors.setAccessibleName(self.tr("DKIM selectors, with blanks between them"))
        self.service.setAccessibleName(self.tr("Sending service; type to search"))
        typing = self.service.lineEdit()
        if typing is not None:
            typing.setAccessibleName(self.service.accessibleName())
        self.service.setItemText(0, self.tr("No particular service"))
        self._word_button()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _word_button(self) -> None:
        self.check.setText(self.tr("Stop") if self._running else self.tr("Check domain"))

    def _set_up(self) -> None:
        for field in (self.domain, self.selectors):
            field.setMaxLength(LONGEST)
            field.returnPressed.connect(self._press)
        self.service.setEditable(True)
        self.service.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.service.addItem("", "")
        completer = QCompleter(self.service.model(), self)
        self.service.setCompleter(completer)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.check.clicked.connect(self._press)
        for label, buddy in zip(self._labels, (self.domain, self.selectors, self.service), strict=True):
            label.setBuddy(buddy)

    @Slot()
    def _press(self) -> None:
        (self.stop_asked if self._running else self.check_asked).emit()

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.addWidget(self._labels[0], 0, 0, 1, 2)
        frames = [Framed(self._theme, field, self) for field in (self.domain, self.selectors, self.service)]
        self._grid.addWidget(frames[0], 1, 0, 1, 2)
        for column, (label, frame) in enumerate(zip(self._labels[1:], frames[1:], strict=True)):
            self._grid.addWidget(label, 2, column)
            self._grid.addWidget(frame, 3, column)
            self._grid.setColumnStretch(column, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.problem, 1)
        foot.addStretch()
        foot.addWidget(self.check)
        self._grid.addLayout(foot, 4, 0, 1, 2)
        named = [one for pair in zip(self._labels, frames, strict=True) for one in pair]
        for part in (*named, self.problem, self.check):
            part.raise_()  # a screen reader meets them in the order they are stacked

    @Slot()
    def _dress(self) -> None:
        px = self._theme.px
        self._grid.setContentsMargins(px(18), px(14), px(18), px(14))
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(6))
        for field in (self.domain, self.selectors, self.service):
            field.setFont(self._theme.font("body"))
            field.setMinimumHeight(px(FIELD - 8))
