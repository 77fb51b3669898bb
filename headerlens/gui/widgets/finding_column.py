"""The findings beside the source, where the answer itself has no room (picture 08): choose one, see its headers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.column import Downwards
from headerlens.gui.widgets.controls import Card, paint_focus_ring
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.status import paint_glyph
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import FindingView

WIDTH = 318
GLYPH = 20
TEXT_X = 42
WRAP = Qt.TextFlag.TextWordWrap.value


class Entry(NamedTuple):
    """A finding, where it points in a few words, and how it is said aloud."""

    view: FindingView
    place: str
    name: str


class FindingButton(QAbstractButton):
    """A card with glyph, sentence and place; chosen while its headers are highlighted."""

    def __init__(self, theme: Theme, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.entry = theme, entry
        self._chosen = False
        self.setAccessibleName(entry.name)
        self._describe()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def is_chosen(self) -> bool:
        """Whether its headers are highlighted."""
        return self._chosen

    def set_chosen(self, chosen: bool) -> None:  # noqa: FBT001  a setter
        """Mark it or not."""
        self._chosen = chosen
        self._describe()
        self.update()

    def _describe(self) -> None:
        #: State of a finding beside the header source, for screen readers
        state = self.tr("its headers are highlighted") if self._chosen else ""
        self.setAccessibleDescription(", ".join(part for part in (self.entry.place, state) if part))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._describe()
        super().changeEvent(event)

    def hasHeightForWidth(self) -> bool:
        """Sentences wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Sentence, place, and room around; measured bold, so that choosing a card moves nothing."""
        return self._title_box(width).height() + self._place_height() + self._theme.px(22)

    def sizeHint(self) -> QSize:
        """At the width of the column."""
        width = self._theme.px(WIDTH - 32)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A few words."""
        return QSize(self._theme.px(160), self._theme.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Card, glyph, words."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self._chosen
        painter.setPen(QPen(theme.color("accent" if on else "line"), 2 if on else 1))
        painter.setBrush(theme.color("selected" if on else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(10), px(10))
        view, side = self.entry.view, px(GLYPH)
        paint_glyph(painter, theme, view.glyph, view.tone, QRectF(px(12), px(11), side, side))
        title = self._title_box(self.width())
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("label", 600 if on else 500))
        painter.drawText(title, WRAP, view.title)
        painter.setPen(theme.color("text2"))
        painter.setFont(theme.font("caption"))
        below = QRect(title.left(), title.bottom() + px(3), title.width(), self._place_height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self.entry.place)
        if self.hasFocus():
            paint_focus_ring(painter, theme, QRectF(self.rect()).adjusted(2, 2, -2, -2), px(8))
        painter.end()

    def _title_box(self, width: int) -> QRect:
        px = self._theme.px
        room = QRect(px(TEXT_X), px(10), max(40, width - px(TEXT_X + 12)), 10_000)
        needed = QFontMetrics(self._theme.font("label", 600)).boundingRect(room, WRAP, self.entry.view.title)
        return QRect(room.left(), room.top(), room.width(), needed.height())

    def _place_height(self) -> int:
        return round(self._theme.line("caption")) if self.entry.place else 0


class FindingColumn(Downwards):
    """All findings as cards, and below them why the chosen one was raised."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._buttons: list[FindingButton] = []
        self.setAutoFillBackground(True)
        inside = QWidget()
        self._heading, self._count = Label(theme, "title", weight=600), Label(theme, "label", "text2")
        self._why = Card(theme, 10)
        self._why_label = Label(theme, "label", "text2", weight=600)
        self._why_text = RichLabel(theme, "body", parent=self)
        around = QVBoxLayout(self._why)
        around.addWidget(self._why_label)
        around.addWidget(self._why_text)
        self._around = around
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._count)
        self._cards = QVBoxLayout()
        self._column = QVBoxLayout(inside)
        self._column.addLayout(top)
        self._column.addLayout(self._cards)
        self._column.addWidget(self._why)
        self._column.addStretch(1)
        self._why.hide()
        self.setWidget(inside)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Other findings, in their order."""
        if [button.entry for button in self._buttons] == list(entries):
            return
        for button in self._buttons:
            self._cards.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for entry in entries:
            button = FindingButton(self._theme, entry)
            button.clicked.connect(partial(self._on_clicked, entry.view))
            self._buttons.append(button)
            self._cards.addWidget(button)
        self.retranslate()

    def show_chosen(self, view: FindingView | None) -> None:
        """Mark the card of `view` and say why it was raised."""
        for button in self._buttons:
            button.set_chosen(button.entry.view == view)
            if button.is_chosen():
                self.ensureWidgetVisible(button, 0, 8)
        self._why.setVisible(view is not None and bool(view.why))
        if view is not None:
            self._why_text.set_text(view.why)
            self._why.set_colors("surface", f"{view.tone.value}_line")

    def buttons(self) -> tuple[FindingButton, ...]:
        """The cards from top to bottom."""
        return tuple(self._buttons)

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        #: Heading of the list of findings beside the header source
        self._heading.setText(self.tr("Findings"))
        #: How many findings there are
        self._count.setText(self.tr("%n found", "", len(self._buttons)))
        self._why_label.setText(self.tr("Why"))
        self.setAccessibleName(f"{self._heading.text()}, {self._count.text()}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_clicked(self, view: FindingView, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal
        self.show_chosen(view)
        self.chosen.emit(view)

    @Slot()
    def _dress(self) -> None:
        px = self._theme.px
        self.setFixedWidth(px(WIDTH))
        self._column.setContentsMargins(px(14), px(12), px(16), px(14))
        self._column.setSpacing(px(10))
        self._cards.setSpacing(px(10))
        self._around.setContentsMargins(px(14), px(10), px(14), px(12))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, self._theme.color("window"))
        self.setPalette(palette)
        for button in self._buttons:
            button.updateGeometry()
