"""Where each mail program keeps the source of a message; the steps stand in resources/help, one file per language."""

from __future__ import annotations

import tomllib
from typing import Any

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from headerlens.assets import asset
from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.scroll_bars import SlimBars


def steps_in(language: str) -> dict[str, Any]:
    """The file of `language`: title, lead, no_source and a list of clients with name, gives and steps."""
    return tomllib.loads(asset("help", f"{language}.toml").read_text(encoding="utf-8"))


class SourceHelpDialog(QDialog):
    """One section for each mail program."""

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        content = steps_in(language)
        self.setWindowTitle(content["title"])
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(4)
        self._add(content["lead"], "body", "text")
        for client in content["client"]:
            self._add_client(client)
        self._column.addSpacing(14)
        self._add(content["no_source"], "body", "text2")
        self._column.addStretch()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(content["title"])
        scroll.setWidget(inside)
        SlimBars(theme, scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 12)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._foot())
        self.resize(theme.px(600), theme.px(560))

    def _foot(self) -> QHBoxLayout:
        close = PushButton(self._theme, "", self.tr("Close"), "plain")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 4, 24, 4)
        foot.addStretch()
        foot.addWidget(close)
        return foot

    def _add_client(self, client: dict[str, Any]) -> None:
        self._column.addSpacing(14)
        self._add(client["name"], "title", "text")
        if client["gives"]:
            self._add(client["gives"], "small", "text2")
        for number, step in enumerate(client["steps"], 1):
            self._add(f"{number}. {step}", "body", "text")

    def _add(self, text: str, role: Role, color: str) -> None:
        label = Label(self._theme, role, color, wraps=True)
        label.setText(text)
        self._column.addWidget(label)
