"""What was found: one card per finding, the most severe one open (interface.md 7.1)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card, PushButton
from headerlens.gui.widgets.finding_header import FindingHeader
from headerlens.gui.widgets.flow import FlowBox
from headerlens.gui.widgets.record_change import RecordChangeBlock
from headerlens.gui.widgets.tag_table import TagTableBlock
from headerlens.gui.widgets.text import RichLabel
from headerlens.model.findings import Where
from headerlens.present.views import FindingView, Glyph, Place, Tone

MOST_GOODS = 3
"""More good findings than this share one line."""

LABEL_WIDTH = 88
BODY_X = 46


class FindingCard(Card):
    """One finding: a row that opens to why, what to do, a record to change, and links into the evidence."""

    place_activated = Signal(object)
    opened = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, nested: bool = False) -> None:
        super().__init__(theme, 10, parent)
        self._nested = nested
        self._view: FindingView | None = None
        self._body: QWidget | None = None
        self.header = FindingHeader(theme, self, nested=nested)
        self.header.turned.connect(self._on_toggled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._rebuild)

    def show_view(self, view: FindingView) -> None:
        """Show another finding, open or closed as before."""
        self._view = view
        self.header.show_title(view.glyph, view.tone, view.title, view.code)
        self.header.setAccessibleName(f"{self._severity_word()}: {view.title} {view.code}".strip())
        self._rebuild()

    def finding(self) -> FindingView | None:
        """What is shown."""
        return self._view

    def set_open(self, opened: bool) -> None:  # noqa: FBT001  a setter
        """Open or close the card."""
        self.header.set_open(opened)

    def is_open(self) -> bool:
        """Whether why and what to do are visible."""
        return self.header.is_open()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._view is not None:
            self.show_view(self._view)

    def _severity_word(self) -> str:
        """Spoken before the sentence; on the screen the glyph says it."""
        severity = self._view.severity if self._view else ""
        if severity == "problem":
            #: Severity of a finding, for screen readers
            return self.tr("Problem")
        if severity == "warning":
            #: Severity of a finding, for screen readers
            return self.tr("Warning")
        if severity == "good":
            #: Severity of a finding that says all is well, for screen readers
            return self.tr("In order")
        #: Severity of a finding, for screen readers
        return self.tr("Note")

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        self._rebuild()
        self.opened.emit(on)

    @Slot()
    def _rebuild(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()  # it is there until the next event, on the screen and for a screen reader
            self._body.deleteLater()
            self._body = None
        view = self._view
        tone = view.tone.value if view else "unk"
        self.set_colors("surface", f"{tone}_line" if self.is_open() else "line")
        if view is not None and self.is_open():
            self._body = self._build(view)
            self._column.addWidget(self._body)
            # a layout shows a new child only after the next event; until then its height would be missing
            self._body.setVisible(True)
        self.updateGeometry()

    def _build(self, view: FindingView) -> QWidget:
        px = self._theme.px
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(px(BODY_X), 0, px(18), px(14))
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(6))
        grid.setColumnMinimumWidth(0, px(LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        if view.why:
            #: Label before the reason of a finding
            self._add_part(grid, self.tr("Why"), (view.why,))
        if view.steps:
            #: Label before what the reader or an administrator should do about a finding
            self._add_part(grid, self.tr("What to do"), view.steps)
        if view.evidence:
            #: Label before the values a finding rests on
            self._add_part(grid, self.tr("Evidence"), view.evidence, mono=True)
        for change in view.changes:
            grid.addWidget(RecordChangeBlock(self._theme, change, body), grid.rowCount(), 1)
        if view.table is not None:
            grid.addWidget(TagTableBlock(self._theme, view.table, body), grid.rowCount(), 1)
        if view.places:
            grid.addWidget(self._places(view.places, body), grid.rowCount(), 1)
        for consequence in view.consequences:
            grid.addWidget(self._consequence(consequence, body), grid.rowCount(), 0, 1, 2)
        return body

    def _add_part(self, grid: QGridLayout, name: str, texts: tuple[str, ...], *, mono: bool = False) -> None:
        label = RichLabel(self._theme, "label", "text2", weight=600, parent=self)
        label.set_text(name)
        row = grid.rowCount()
        beside = QVBoxLayout()
        beside.setContentsMargins(0, self._theme.px(2), 0, 0)
        beside.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(beside, row, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(2))
        for text in texts:
            shown = RichLabel(self._theme, "mono" if mono else "body", "text2" if mono else "text", parent=self)
            shown.set_text(text)
            column.addWidget(shown)
        grid.addLayout(column, row, 1)

    def _places(self, places: tuple[Place, ...], parent: QWidget) -> QWidget:
        row = FlowBox(parent, gap=self._theme.px(20))
        for place in places:
            link = PushButton(self._theme, "ext", "", "link", row)
            link.set_value_text(place.text)
            link.clicked.connect(partial(self._on_place, place.where))
            row.add(link)
        return row

    def _on_place(self, where: Where) -> None:
        self.place_activated.emit(where)

    def _consequence(self, view: FindingView, parent: QWidget) -> FindingCard:
        card = FindingCard(self._theme, parent, nested=True)
        card.show_view(view)
        card.place_activated.connect(self.place_activated)
        return card


class FindingsList(QWidget):
    """Heading, count and the cards. `next` and `previous` serve F8 and Shift+F8."""

    place_activated = Signal(object)
    finding_opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[FindingCard] = []
        self._goods: FindingHeader | None = None
        self._heading = RichLabel(theme, "title", weight=600, parent=self)
        self._count = RichLabel(theme, "label", "text2", weight=400, parent=self)
        self._count.set_align(Qt.AlignmentFlag.AlignRight)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._count, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(top)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_view(self, heading: str, count: str, findings: tuple[FindingView, ...], *, keep: bool = False) -> None:
        """Show other findings, already in their order; the first opens unless it only says that all is well.

        With `keep` they are about the same message: cards with an id that was there before stay as open as they were,
        and those that say the same as before are not built again.
        """
        self._heading.set_text(heading)
        self._count.set_text(count)
        self.setAccessibleName(f"{heading}, {count}" if count else heading)
        before = self._clear(keep=keep)
        known = set(before)
        goods = tuple(view for view in findings if view.severity == "good")
        together = len(goods) > MOST_GOODS
        for view in findings:
            if view.severity != "good" or not together:
                self._add(view, before)
        for left in before:
            left.deleteLater()
        if together:
            self._add_goods(goods)
        first = self._cards[0] if self._cards else None
        if first and first not in known and first.finding() in findings[:1] and findings[0].severity != "good":
            first.set_open(opened=True)

    def cards(self) -> tuple[FindingCard, ...]:
        """The cards from top to bottom, without folded ones."""
        return tuple(self._cards)

    def next(self) -> FindingCard | None:
        """Open and focus the finding after the focused one; the first when none is. None when there are none."""
        return self._step(1)

    def previous(self) -> FindingCard | None:
        """Open and focus the finding before the focused one; the last when none is. None when there are none."""
        return self._step(-1)

    def select(self, finding_id: str) -> FindingCard | None:
        """Open and focus the first finding with this id, folded goods included; None when it is not here."""
        if self._goods is not None and not any(self._id(card) == finding_id for card in self._cards):
            self._goods.click()
        card = next((card for card in self._cards if self._id(card) == finding_id), None)
        return None if card is None else self._enter(card)

    @staticmethod
    def _id(card: FindingCard) -> str:
        view = card.finding()
        return view.id if view else ""

    def _step(self, direction: int) -> FindingCard | None:
        if not self._cards:
            return None
        focused: QWidget | None = QApplication.focusWidget()
        inside = (i for i, card in enumerate(self._cards) if focused is not None and card.isAncestorOf(focused))
        start = next(inside, -1 if direction > 0 else len(self._cards))
        return self._enter(self._cards[(start + direction) % len(self._cards)])

    def _enter(self, card: FindingCard) -> FindingCard:
        card.set_open(opened=True)
        card.header.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return card

    def _clear(self, *, keep: bool) -> list[FindingCard]:
        """Take everything off the page; the cards that may be put back."""
        cards, self._cards = self._cards, []
        for widget in (*cards, *([self._goods] if self._goods else [])):
            self._column.removeWidget(widget)
            if not keep or widget is self._goods:
                widget.setVisible(False)
                widget.deleteLater()
        self._goods = None
        return cards if keep else []

    def _add(self, view: FindingView, before: list[FindingCard]) -> None:
        card = next((one for one in before if self._id(one) == view.id), None)
        if card is None:
            card = FindingCard(self._theme, self)
            card.place_activated.connect(self.place_activated)
            card.opened.connect(partial(self._on_opened, card))
        else:
            before.remove(card)
        if card.finding() != view:
            card.show_view(view)
        self._cards.append(card)
        self._column.addWidget(card)
        card.raise_()  # a screen reader meets them in the order they are stacked
        card.setVisible(True)

    def _add_goods(self, goods: tuple[FindingView, ...]) -> None:
        self._goods = FindingHeader(self._theme, self)
        #: One line that stands for several findings that say all is well; opens them
        text = self.tr("%n point(s) in order", "", len(goods))
        self._goods.show_title(Glyph.PASS, Tone.PASS, text)
        self._goods.setAccessibleName(text)
        self._goods.clicked.connect(partial(self._unfold, goods))
        self._column.addWidget(self._goods)
        self._goods.setVisible(True)

    def _unfold(self, goods: tuple[FindingView, ...]) -> None:
        if self._goods is None:
            return
        self._column.removeWidget(self._goods)
        self._goods.setVisible(False)
        self._goods.deleteLater()
        self._goods = None
        first = len(self._cards)
        for view in goods:
            self._add(view, [])
        self._cards[first].header.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, card: FindingCard, opened: bool) -> None:  # noqa: FBT001  Qt's signal
        if opened:
            self.finding_opened.emit(card.finding())

    @Slot()
    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(8))
