"""What the program is, what it sends where, and under which licence."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.picture import AppPicture
from headerlens.gui.workers import running_version


class AboutDialog(QDialog):
    """Name, versions, privacy, licence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About HeaderLens"))
        title = Label(theme, "headline")
        title.setText("HeaderLens")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(AppPicture(theme, 56))
        head.addWidget(title, 1)
        close = PushButton(theme, "", self.tr("Close"), "plain")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        for text, color in self._paragraphs():
            label = Label(theme, "body", color, wraps=True)
            label.setText(text)
            column.addWidget(label)
        column.addLayout(foot)
        self.setMinimumWidth(theme.px(480))

    def _paragraphs(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Re-verifies who sent a mail and explains every failure."), "text"),
            (running_version(), "text2"),
            (
                self.tr(
                    "The message stays on this computer. Only domain names and the sending address found in it are "
                    "looked up in DNS."
                ),
                "text",
            ),
            (
                self.tr(
                    "A sender's SPF record can ask for the return address to be part of a look-up, and the sender's "
                    "DNS server can notice that somebody checks. Offline mode avoids both."
                ),
                "text2",
            ),
            (self.tr("Free software under the Apache License 2.0. Built with Qt and PySide6 (LGPL)."), "text2"),
        ]
