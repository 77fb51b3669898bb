"""Choosing the hop, the address and the names SPF is judged by, instead of what the headers say."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.engine import NOT_CHOSEN, Engine, SpfValues
from headerlens.gui.pages.preferences import is_ip
from headerlens.gui.source_text import visible
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.fields import Framed
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.page_width import plain_tooltip
from headerlens.gui.widgets.scroll_bars import SlimBars

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.message import Hop
    from headerlens.model.verdicts import SenderInputs

FROM, ADDRESS, BY, TIME, BORDER = range(5)
MOST_HOPS = 100
"""Hops listed; more are no journey but an attack."""

LONGEST_VALUE = 512
"""Characters of a value: a path has 256 at most (RFC 5321 4.5.3.1.3), twice that for letters outside ASCII."""


class JudgeByDialog(QDialog):
    """The hops, newest first, and the three values; choosing a hop proposes its values. `chosen` follows OK."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, engine: Engine, case: Case, language: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._engine, self._case, self._language = theme, engine, case, language
        self._hops = case.message.hops[:MOST_HOPS]
        self._headers = engine.proposal(case, None)
        self._proposed = self._headers
        self._complaint: Callable[[], str] = str
        self.setFont(theme.font("body"))
        self.hops = QTableWidget(len(self._hops), 5)
        self.client_ip, self.mail_from, self.helo = (self._field() for _ in range(3))
        self.intro = Label(theme, "label", "text2", wraps=True)
        self.reason = Label(theme, "label", "text2", wraps=True)
        self.problem = Label(theme, "label", "fail_fg", wraps=True)
        self.problem.hide()
        self._set_up_hops()
        self._lay_out()
        self._show_case()
        self.retranslate()
        self.hops.itemSelectionChanged.connect(self._on_hop)

    def retranslate(self) -> None:
        """Put the words of the language in force on everything; choice and fields stay as they are."""
        self.setWindowTitle(self.tr("Judge SPF by…"))
        self.intro.setText(
            self.tr(
                "SPF asks whether an address may send for a domain. Choose the server where your provider took the"
                " message over, or type what you know from its log."
            )
        )
        self.client_ip.setAccessibleName(self.tr("Address of the client"))
        self.mail_from.setAccessibleName(self.tr("MAIL FROM"))
        self.helo.setAccessibleName(self.tr("HELO"))
        texts = (self.tr("&Client address"), self.tr("&MAIL FROM"), self.tr("&HELO"))
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        self._back.setText(self.tr("Use what the headers say"))
        self._drop.setText(self.tr("Cancel"))
        self._keep.setText(self.tr("OK"))
        self._word_hops()
        self._word_proposal()
        self.problem.setText(self._complaint())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def values(self) -> SpfValues:
        """What differs from what the headers say."""
        border = self._border()
        own = None if border == self._headers.border else border
        return SpfValues(
            own,
            self._changed(self.client_ip, self._proposed.client_ip) or None,
            self._changed(self.helo, self._proposed.helo) or None,
            self._changed(self.mail_from, self._proposed.mail_from),
        )

    def accept(self) -> None:
        """Keep it only when the address is one and the names hold no blanks."""
        address = self.client_ip.text().strip()
        if address and not is_ip(address):
            self._complain(self.client_ip, partial(self._about_address, address))
            return
        for field in (self.mail_from, self.helo):
            text = field.text().strip()
            if not text.isprintable() or " " in text:
                self._complain(field, partial(self._about_blanks, visible(text)))
                return
        self.chosen.emit(self.values())
        super().accept()

    def _about_address(self, entry: str) -> str:
        return self.tr("“{entry}” is no IP address.").format(entry=entry)

    def _about_blanks(self, entry: str) -> str:
        return self.tr("“{entry}” has blanks in it.").format(entry=entry)

    @Slot()
    def reset(self) -> None:
        """Back to what the headers say."""
        self._select(self._headers.border)
        self._propose(self._headers)

    def _show_case(self) -> None:
        """Begin with what the case was judged by."""
        sender, chosen = self._case.sender, self._case.choices.border
        self._select(sender.border)
        self._propose(self._headers if chosen is None else self._engine.proposal(self._case, chosen))
        self._write(sender)

    @Slot()
    def _on_hop(self) -> None:
        border = self._border()
        if border is not None:
            at_home = border == self._headers.border
            self._propose(self._headers if at_home else self._engine.proposal(self._case, border))

    def _propose(self, inputs: SenderInputs) -> None:
        self._proposed = inputs
        self._write(inputs)
        self._word_proposal()

    def _write(self, inputs: SenderInputs) -> None:
        for field, value in (
            (self.client_ip, inputs.client_ip),
            (self.mail_from, inputs.mail_from),
            (self.helo, inputs.helo),
        ):
            field.setText(visible(value or "")[:LONGEST_VALUE])
            field.setCursorPosition(0)
        self._written = inputs
        self._word_empty()

    def _word_proposal(self) -> None:
        """Why this hop is proposed, and what an empty field means."""
        self.reason.setText(self._engine.border_words(self._proposed.border_reason, self._language()))
        self._word_empty()

    def _word_empty(self) -> None:
        inputs = self._written
        self.client_ip.setPlaceholderText("" if inputs.client_ip else self.tr("unknown"))
        self.helo.setPlaceholderText("" if inputs.helo else self.tr("unknown"))
        empty = self.tr("unknown") if inputs.mail_from is None else self.tr("empty: a bounce has no sender")
        self.mail_from.setPlaceholderText("" if inputs.mail_from else empty)

    @staticmethod
    def _changed(field: QLineEdit, proposed: str | None) -> str | None:
        """The text of a field, None when it is what was proposed."""
        text = field.text().strip()
        return None if text == visible(proposed or "")[:LONGEST_VALUE].strip() else text

    def _border(self) -> int | None:
        rows = self.hops.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def _select(self, border: int | None) -> None:
        with QSignalBlocker(self.hops):
            if border is None or border >= len(self._hops):
                self.hops.clearSelection()
            else:
                self.hops.selectRow(border)
                self.hops.scrollTo(self.hops.model().index(border, FROM))
        self.hops.viewport().update()

    def _complain(self, field: QLineEdit, words: Callable[[], str]) -> None:
        """Say what is wrong about `field`, in the language in force then."""
        self._complaint = words
        self.problem.setText(words())
        self.problem.show()
        field.setFocus()

    def _add(self, form: QFormLayout, field: QLineEdit) -> QLabel:
        """A row whose words lead to the field and not to its frame; the label of the words."""
        label = QLabel()
        label.setBuddy(field)
        form.addRow(label, Framed(self._theme, field))
        return label

    def _field(self) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(LONGEST_VALUE)
        field.setFont(self._theme.font("mono"))
        return field

    def _set_up_hops(self) -> None:
        table = self.hops
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setFont(self._theme.font("label", 400))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._theme.px(30))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (FROM, BY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        SlimBars(self._theme, table)

    def _word_hops(self) -> None:
        table = self.hops
        titles = [self.tr("From"), self.tr("Address"), self.tr("By"), self.tr("Time"), self.tr("Border")]
        table.setHorizontalHeaderLabels(titles)
        table.setAccessibleName(self.tr("Servers on the way, the newest first"))
        for row, hop in enumerate(self._hops):
            for column, text in enumerate(self._cells(row, hop)):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{titles[column]}: {text}")
                item.setToolTip(plain_tooltip(text))
                table.setItem(row, column, item)

    def _cells(self, row: int, hop: Hop) -> tuple[str, ...]:
        moment = "" if hop.time is None else hop.time.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        border = self.tr("proposed") if row == self._headers.border else ""
        return tuple(
            visible(text or "")[:LONGEST_VALUE] for text in (hop.helo or hop.rdns, hop.ip, hop.by, moment, border)
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._labels = [self._add(form, field) for field in (self.client_ip, self.mail_from, self.helo)]
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.intro)
        column.addWidget(self.hops, 1)
        column.addWidget(self.reason)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addLayout(self._foot())
        self.hops.setMinimumHeight(self._theme.px(120))
        self.resize(self._theme.px(720), self._theme.px(480))

    def _foot(self) -> QHBoxLayout:
        self._back = back = PushButton(self._theme, "", "", "plain")
        back.setAutoDefault(False)
        back.clicked.connect(self.reset)
        self._drop = drop = PushButton(self._theme, "", "", "plain")
        drop.setAutoDefault(False)
        drop.clicked.connect(self.reject)
        self._keep = keep = PushButton(self._theme, "", "", "primary")
        keep.setDefault(True)
        keep.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addStretch()
        foot.addWidget(drop)
        foot.addWidget(keep)
        return foot


def in_words(chosen: SpfValues, case: Case) -> str:
    """The chosen values in one line, all for a chosen hop; "" when there are none. The same in every language."""
    if chosen == NOT_CHOSEN:
        return ""
    sender, all_of_them = case.sender, chosen.border is not None
    parts = (
        ("IP", sender.client_ip, chosen.client_ip),
        ("MAIL FROM", sender.mail_from, chosen.mail_from),
        ("HELO", sender.helo, chosen.helo),
    )
    shown = ((name, used) for name, used, own in parts if all_of_them or own is not None)
    return ", ".join(f"{name} {visible(used) or '<>'}" for name, used in shown if used is not None)
