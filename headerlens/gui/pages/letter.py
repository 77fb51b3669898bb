"""A letter about the mail on the page: to its sender's administrator or to one's own, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from headerlens.gui.announce import announce
from headerlens.gui.widgets.controls import PushButton, SegmentedControl
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.scroll_bars import SlimBars

if TYPE_CHECKING:
    from headerlens.gui.dialogs import DialogContext
    from headerlens.gui.session import Entry

LANGUAGES = ("en", "ja")
ADDRESSEES = ("sender", "own")


class LetterDialog(QDialog):
    """The text can be changed before it is copied; nothing is sent from here."""

    def __init__(self, context: DialogContext, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._entry = context, entry
        theme = context.theme
        self._found = False
        self.to = SegmentedControl(theme, ["", ""])
        # each language in its own words: whoever writes to Japan looks for 日本語
        self.language = SegmentedControl(theme, ["English", "日本語"])
        self.language.set_current(LANGUAGES.index(context.language))
        self.subject = QPlainTextEdit()
        self.subject.setTabChangesFocus(True)
        self.body = QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.note = Label(theme, "label", "text2", wraps=True)
        self._lay_out()
        self.retranslate()
        self.to.chosen.connect(self._compose)
        self.language.chosen.connect(self._compose)
        self._compose()
        self.body.setFocus()

    def retranslate(self) -> None:
        """Put the words of the language in force on the dialog; the letter keeps its own, and what was typed."""
        self.setWindowTitle(self.tr("Letter to an administrator"))
        self.to.set_texts([self.tr("To the sender"), self.tr("To your own administrator")])
        self.subject.setAccessibleName(self.tr("Subject of the letter"))
        self.body.setAccessibleName(self.tr("Text of the letter"))
        self.copy_button.setText(self.tr("Copy"))
        self._close.setText(self.tr("Close"))
        self.note.setText(self._remark())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _compose(self) -> None:
        """Write it anew; what was typed into the other one is gone."""
        case = self._entry.case
        to, language = ADDRESSEES[self.to.current()], LANGUAGES[self.language.current()]
        told = None if case is None else self._context.engine.letter(case, language, to, self._entry.opinions)
        self.subject.setPlainText(told[0] if told else "")
        self.body.setPlainText(told[1] if told else "")
        self._found = told is not None
        self.copy_button.setEnabled(self._found)
        self.note.setText(self._remark())

    def _remark(self) -> str:
        if not self._found:
            return self.tr("Nothing was found that they could mend: there is nothing to write.")
        return self.tr("Recipients are masked. Read it before you send it; HeaderLens sends nothing.")

    @Slot()
    def copy(self) -> None:
        """Put subject and text on the clipboard."""
        QGuiApplication.clipboard().setText(f"{self.subject.toPlainText()}\n\n{self.body.toPlainText()}")
        announce(self, self.tr("Letter copied"))

    def _lay_out(self) -> None:
        theme = self._context.theme
        self.copy_button = PushButton(theme, "copy", "", "primary")
        self.copy_button.clicked.connect(self.copy)
        self._close = close = PushButton(theme, "", "", "plain")
        close.clicked.connect(self.accept)
        top = QHBoxLayout()
        top.addWidget(self.to)
        top.addStretch()
        top.addWidget(self.language)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(close)
        foot.addWidget(self.copy_button)
        for field in (self.subject, self.body):
            field.setFont(theme.font("body"))
            SlimBars(theme, field)
        self.subject.setFixedHeight(theme.px(56))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.subject)
        column.addWidget(self.body, 1)
        column.addLayout(foot)
        self.resize(theme.px(720), theme.px(580))
