"""Leads to the help page of the mail program that a drop or a refusal is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Slot
from PySide6.QtWidgets import QDialog

from headerlens.gui.announce import announce
from headerlens.gui.help_pages import OTHER, name_of

if TYPE_CHECKING:
    from headerlens.gui.main_window import MainWindow
    from headerlens.model.message import Refusal

_CLIENTS = {
    "refusal.msg": "outlook-classic",
    "refusal.tnef": "outlook-classic",
    "refusal.oft": "outlook-classic",
}
"""The program that a refusal is about, where intake has not named one."""


def client_name(client: str) -> str:
    """What the program is called in the language in force, "" where it is not known which one."""
    language = "ja" if QLocale().language() == QLocale.Language.Japanese else "en"
    return "" if client == OTHER else name_of(client, language)


class Helping(QObject):
    """Shows advice with a button that opens the right page, and knows which page that is."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._advised = ""

    @Slot(str, str)
    def advise(self, text: str, client: str) -> None:
        """Say `text` above the page, with the way to the steps for `client`."""
        self._advised = client
        name = client_name(client)
        words = self.tr("Steps for {program}").format(program=name) if name else ""
        button = words or self.tr("Where do I find the source?")
        self._window.body.show_notice(text, button, lambda: self.show(client))
        announce(self._window, text)

    @Slot(str)
    def show(self, client: str) -> QDialog:
        """Open the help at the page of `client`, "" for the first."""
        return self._window.open_dialog("source_help", client)

    def ask(self) -> QDialog:
        """Open the help at the program that the window is talking about."""
        body = self._window.body
        if body.notice_text and body.notice_button.isVisibleTo(body):
            return self.show(self._advised)
        entry = self._window.entry
        refused = body.page is body.refusal and entry is not None and entry.refusal is not None
        return self.show(self.client_of(entry.refusal) if refused and entry and entry.refusal else "")

    @staticmethod
    def client_of(refusal: Refusal) -> str:
        """The program that `refusal` names, "" for none."""
        named = dict(refusal.params).get("client", "")
        return named or _CLIENTS.get(refusal.id, "")
