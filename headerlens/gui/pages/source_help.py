"""Where each mail program keeps the source: a list of programs, and the page of the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.help_pages import pages_in
from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.choice_list import ChoiceList
from headerlens.gui.widgets.column import Downwards
from headerlens.gui.widgets.controls import Pill, PushButton
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import Tone

Client = dict[str, Any]
Index = QModelIndex | QPersistentModelIndex

TONES = {"complete": Tone.PASS, "headers": Tone.WARN, "rewritten": Tone.WARN, "none": Tone.FAIL}
ICONS = {"complete": "ok", "headers": "list", "rewritten": "warn", "none": "fail", "unknown": "unk"}
NUMBER = 22
"""Width of the column of step numbers at 100 %."""


class ClientPage(Downwards):
    """One program: what one gets, the steps, what else to know. It scrolls by keys."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._badges: dict[str, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_badges(self, badges: dict[str, str]) -> None:
        """What a program's source is worth, in words; the next page has them."""
        self._badges = badges

    def show_client(self, client: Client) -> None:
        """Show another program."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        px = self._theme.px
        column.setContentsMargins(px(24), px(14), px(24), px(20))
        column.setSpacing(px(10))
        column.addWidget(self._words(client["name"], "headline_narrow"))
        pill = Pill(self._theme)
        badge = client["badge"]
        pill.show_pill(self._badges[badge], TONES.get(badge, Tone.UNKNOWN), ICONS[badge])
        column.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._words(client["gives"], color="text2"))
        column.addSpacing(px(2))
        for number, step in enumerate(client["steps"], 1):
            column.addLayout(self._step(number, step))
        if client["note"]:
            column.addSpacing(px(2))
            column.addWidget(self._words(client["note"], color="text2"))
        column.addStretch()
        self.setWidget(inside)
        self.verticalScrollBar().setValue(0)
        self.setAccessibleName(client["name"])

    def _step(self, number: int, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(6))
        mark = self._words(f"{number}.", color="accent", weight=600)
        mark.setFixedWidth(self._theme.px(NUMBER))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words(words), 1)
        return row

    def _words(self, text: str, role: Role = "body", *, color: str = "text", weight: int | None = None) -> RichLabel:
        label = RichLabel(self._theme, role, color, weight=weight)
        label.set_text(text)
        return label


class SourceHelpDialog(QDialog):
    """The list has the keyboard: arrow keys and first letters choose a program, Tab goes on to its page."""

    def __init__(
        self, theme: Theme, language: Callable[[], str], client: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._language = theme, language
        self._clients: list[Client] = []
        self.list, self.page = ChoiceList(theme), ClientPage(theme)
        self._lead = RichLabel(theme)
        self._close = PushButton(theme, "", "", "plain")
        self._lay_out()
        self.retranslate()
        self.list.currentRowChanged.connect(self._show)
        ids = [one["id"] for one in self._clients]
        self.list.setCurrentRow(ids.index(client) if client in ids else 0)
        self.list.setFocus()

    def retranslate(self) -> None:
        """Put the pages of the language in force on everything; the same program stays chosen."""
        content, row = pages_in(self._language()), self.list.currentRow()
        self._clients = content["client"]
        self.setWindowTitle(content["title"])
        self._lead.set_text(content["lead"])
        self.page.set_badges(content["badges"])
        self.list.setAccessibleName(self.tr("Mail programs"))
        self._close.setText(self.tr("Close"))
        for place, client in enumerate(self._clients):  # the same programs in both languages, in the same order
            if place == self.list.count():
                self.list.addItem("")
            self.list.item(place).setText(client["name"])
        self._show(row)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @property
    def client(self) -> str:
        """The id of the program that is shown."""
        return str(self._clients[max(self.list.currentRow(), 0)]["id"])

    @Slot(int)
    def _show(self, row: int) -> None:
        if row >= 0:
            self.page.show_client(self._clients[row])

    def _lay_out(self) -> None:
        px = self._theme.px
        head = QVBoxLayout()
        head.setContentsMargins(px(24), px(18), px(24), px(14))
        head.addWidget(self._lead)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.setContentsMargins(px(8), 0, 0, 0)
        middle.addWidget(self.list)
        middle.addWidget(_rule(vertical=True))
        middle.addWidget(self.page, 1)
        self._close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(24), px(10), px(24), px(10))
        foot.addStretch()
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(_rule())
        column.addLayout(middle, 1)
        column.addWidget(_rule())
        column.addLayout(foot)
        # large text on a small screen: the page scrolls, the dialog stays on it
        self.resize(QSize(px(860), px(580)).boundedTo(self.screen().availableSize()))


def _rule(*, vertical: bool = False) -> QFrame:
    """A thin line between the parts."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine if vertical else QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    return line
