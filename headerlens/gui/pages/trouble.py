"""Pages for what could not be checked: a refusal says what to do, a bug can be copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from headerlens.gui.helping import client_name
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.column import Column
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.refusal_card import RefusalCard
from headerlens.gui.workers import Failure, running_version
from headerlens.present.views import RefusalView


class RefusalPage(Column):
    """The refusal card with the way to the help."""

    help_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._client = ""
        self._name = Label(theme, "body", weight=600, wraps=True)
        self.card = RefusalCard(theme)
        self._help = PushButton(theme, "info", "", "plain")
        self._help.clicked.connect(lambda: self.help_asked.emit(self._client))
        row = QHBoxLayout()
        row.addWidget(self._help)
        row.addStretch()
        self.stack.addWidget(self._name)
        self.stack.addWidget(self.card)
        self.stack.addLayout(row)
        self.stack.addStretch(1)
        self.retranslate()

    def show_refusal(self, name: str, view: RefusalView, client: str = "") -> None:
        """Say why `name` could not be checked; `client` is the mail program whose help leads on, "" for any."""
        self._client = client
        self.retranslate()
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self.card.show_refusal(view)

    def retranslate(self) -> None:
        """Put the words of the language in force on the button."""
        name = client_name(self._client)
        words = self.tr("How to get it from {program}").format(program=name) if name else ""
        self._help.set_value_text(words or self.tr("Where do I find the source?"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class FailurePage(Column):
    """A bug: what kind and where, ready to be copied; nothing of the message is in it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._theme = theme
        self._headline = Label(theme, "headline_narrow", wraps=True)
        self._line = Label(theme, "body", "text2", wraps=True)
        self.report = QPlainTextEdit(readOnly=True)
        self.report.setMinimumHeight(220)
        self.report.setTabChangesFocus(True)
        self.report.setAcceptDrops(False)
        self.copy = PushButton(theme, "copy", "", "plain")
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch()
        self.stack.addWidget(self._headline)
        self.stack.addWidget(self._line)
        self.stack.addWidget(self.report, 1)
        self.stack.addLayout(row)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def show_failure(self, failure: Failure) -> None:
        """Fill the report."""
        self.report.setPlainText(f"{running_version()}\n\n{failure.places}\n{failure.kind}\n")

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self._headline.setText(self.tr("HeaderLens made a mistake"))
        self._line.setText(
            self.tr(
                "This says nothing about the mail. The report below names places in the program only, nothing of your "
                "message: please copy it and send it to the makers."
            )
        )
        self.report.setAccessibleName(self.tr("Report of the mistake"))
        self.copy.setText(self.tr("Copy report"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())

    def _dress(self) -> None:
        self.report.setFont(self._theme.font("mono"))
