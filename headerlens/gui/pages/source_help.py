"""Where each mail program keeps the source: a list of programs, and the page of the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.help_pages import pages_in
from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.column import Downwards
from headerlens.gui.widgets.controls import Pill, PushButton
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import Tone

Client = dict[str, Any]
Index = QModelIndex | QPersistentModelIndex

TONES = {"complete": Tone.PASS, "headers": Tone.WARN, "rewritten": Tone.WARN, "none": Tone.FAIL}
ICONS = {"complete": "ok", "headers": "list", "rewritten": "warn", "none": "fail", "unknown": "unk"}
LIST = 248
"""Width of the list at 100 %."""

NUMBER = 22
"""Width of the column of step numbers at 100 %."""

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ClientDelegate(QStyledItemDelegate):
    """A program's name on one or two lines, the chosen one like in the session list."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As many lines as the name takes."""
        theme = self._theme
        room = theme.px(LIST - 46)
        words = QFontMetrics(theme.font("label", 500)).boundingRect(
            0, 0, room, 1000, int(_WRAP), str(index.data() or "")
        )
        return QSize(room, max(theme.px(34), words.height() + theme.px(14)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row at `index`."""
        theme, px = self._theme, self._theme.px
        state = QStyle.StateFlag(option.state)
        box = QRect(option.rect).adjusted(px(8), 1, -px(6), -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("selected" if chosen else "hover"))
            painter.drawRoundedRect(box, 7, 7)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        painter.setFont(theme.font("label", 600 if chosen else 400))
        painter.setPen(theme.color("text"))
        painter.drawText(box.adjusted(px(12), 0, -px(8), 0), int(_WRAP), str(index.data() or ""))
        painter.restore()


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
        self.list, self.page = QListWidget(), ClientPage(theme)
        self._lead = RichLabel(theme)
        self._close = PushButton(theme, "", "", "plain")
        self._build_list()
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

    def _build_list(self) -> None:
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setItemDelegate(ClientDelegate(self._theme, self.list))
        self.list.setMouseTracking(True)
        self.list.setFixedWidth(self._theme.px(LIST))
        SlimBars(self._theme, self.list)

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
