"""What the program is, which build it is and where new ones are, what it sends where, and under which licence."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from headerlens import __version__
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.picture import AppPicture
from headerlens.gui.widgets.text import RichLabel
from headerlens.gui.workers import running_version
from headerlens.present.origin import Origin, origin

WIDTH = 540
"""At 100 % text size."""


class AboutDialog(QDialog):
    """Name, build, privacy, licence. What a person may want to copy can be selected; nothing can be clicked."""

    licences_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.build = RichLabel(theme, "body")
        self.running = RichLabel(theme, "label", "text2")
        self.news = RichLabel(theme, "body")
        self._what, self._private, self._noticed, self._terms = (
            Label(theme, "body", color, wraps=True) for color in ("text", "text", "text2", "text2")
        )
        self.licences = PushButton(theme, "", "", "plain")
        self._close = PushButton(theme, "", "", "plain")
        self.licences.clicked.connect(self.licences_asked)
        self._close.clicked.connect(self.accept)
        self._lay_out()
        self.retranslate()
        self._close.setFocus()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.setWindowTitle(self.tr("About HeaderLens"))
        self._what.setText(self.tr("Re-verifies who sent a mail and explains every failure."))
        made = origin()
        self.build.set_text(self._build_words(made))
        self.running.set_text(running_version())
        self.news.set_text(self._news_words(made))
        self._private.setText(
            self.tr(
                "The message stays on this computer. Only domain names and the sending address found in it are "
                "looked up in DNS."
            )
        )
        self._noticed.setText(
            self.tr(
                "A sender's SPF record can ask for the return address to be part of a look-up, and the sender's "
                "DNS server can notice that somebody checks. Offline mode avoids both."
            )
        )
        self._terms.setText(self.tr("Free software under the Apache License 2.0. Built with Qt and PySide6 (LGPL)."))
        self.licences.setText(self.tr("Licences…"))
        self._close.setText(self.tr("Close"))
        self._fit()

    def _fit(self) -> None:
        """As high as the words need at this width: Qt does not ask a window's layout for it."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setMinimumHeight(layout.heightForWidth(self.minimumWidth()))
            self.resize(self.minimumSize())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _build_words(self, made: Origin | None) -> str:
        if made is None:
            return self.tr("Version {version}, run from its source").format(version=__version__)
        words = self.tr("Version {version}, built on {day} from {commit}")
        return words.format(version=made.version, day=made.day, commit=made.commit)

    def _news_words(self, made: Origin | None) -> str:
        """Where new versions are; looked for by the person, never by the program."""
        if made is not None and made.home:
            return self.tr("New versions: {home} (HeaderLens does not look there by itself)").format(home=made.home)
        return self.tr("New versions come from where this one came from. HeaderLens does not look for them by itself.")

    def _lay_out(self) -> None:
        title = Label(self._theme, "headline")
        title.setText("HeaderLens")
        name = QVBoxLayout()
        name.setSpacing(2)
        name.addStretch()
        name.addWidget(title)
        name.addWidget(self._what)
        name.addStretch()
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(AppPicture(self._theme, 56))
        head.addLayout(name, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.licences)
        foot.addStretch()
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        for one in (self.build, self.news, self._private, self._noticed, self._terms, self.running):
            column.addWidget(one)
        column.addStretch()
        column.addLayout(foot)
        self.setMinimumWidth(self._theme.px(WIDTH))
