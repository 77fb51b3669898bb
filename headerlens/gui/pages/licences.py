"""Everything the program carries of others: a list, and the terms of the chosen one beside it, as plain text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.choice_list import ChoiceList
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.present.licences import Component, components, notice, text_of

RULE = "=" * 72
"""Between two texts; licences are written to this width."""


class LicencesDialog(QDialog):
    """The list has the keyboard: arrow keys and first letters choose, Tab goes on to the text."""

    def __init__(self, theme: Theme, language: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._language = theme, language
        self._components: tuple[Component, ...] = ()
        self.list, self.text = ChoiceList(theme), QPlainTextEdit()
        self._close = PushButton(theme, "", "", "plain")
        self._close.clicked.connect(self.accept)
        self._dress()
        self._lay_out()
        self.retranslate()
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything; the same entry stays chosen."""
        self._components = components(self._language())
        self.setWindowTitle(self.tr("Licences"))
        self.list.setAccessibleName(self.tr("Software with its own licence"))
        self._close.setText(self.tr("Close"))
        titles = [self.tr("In short"), *(one.title for one in self._components)]
        for place, title in enumerate(titles):  # the same ones in both languages, in the same order
            if place == self.list.count():
                self.list.addItem("")
            self.list.item(place).setText(title)
        self._show(self.list.currentRow())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(int)
    def _show(self, row: int) -> None:
        """The entry of `row`; the first is what has to be said of all."""
        words = notice(self._language()) if row <= 0 else self._words(self._components[row - 1])
        # what is chosen names the text, and long paragraphs of ours read better in the window's own face
        self.text.setFont(self._theme.font("body" if row <= 0 else "mono"))
        self.text.setAccessibleName(self.list.item(max(row, 0)).text())
        self.text.setPlainText(words)

    def _words(self, one: Component) -> str:
        head = [
            one.title,
            one.purpose,
            one.copyright,
            self.tr("Licence: {licence}").format(licence=one.licence),
            self.tr("Source: {source}").format(source=one.source),
        ]
        texts = [f"{RULE}\n\n{text_of(name)}" for name in one.texts]
        return "\n".join(head) + "\n\n" + "\n".join(texts)

    def _dress(self) -> None:
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        keys = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.text.setTextInteractionFlags(keys)
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text.document().setDocumentMargin(self._theme.px(10))
        SlimBars(self._theme, self.text)

    def _lay_out(self) -> None:
        px = self._theme.px
        middle = QHBoxLayout()
        middle.setContentsMargins(px(8), px(12), px(24), 0)
        middle.setSpacing(px(12))
        middle.addWidget(self.list)
        middle.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(24), px(10), px(24), px(10))
        foot.addStretch()
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        # large text on a small screen: the text scrolls, the dialog stays on it
        self.resize(QSize(px(960), px(600)).boundedTo(self.screen().availableSize()))
