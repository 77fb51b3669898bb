"""The set-up of a sending domain (product.md 2.11): what is asked, then the answer, subject by subject."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from headerlens.gui.announce import announce
from headerlens.gui.pages.result import stops_in
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.column import Column
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.domain_form import DomainForm
from headerlens.gui.widgets.domain_rows import QuestionsCard, RowsCard
from headerlens.gui.widgets.findings import FindingsList
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.progress_card import ThinBar
from headerlens.gui.widgets.tag_table import TagTableBlock
from headerlens.gui.widgets.verdict_card import VerdictCard
from headerlens.model.findings import Where
from headerlens.present.domain_views import DomainView
from headerlens.present.views import plain


class DomainPage(Column):
    """It only asks; `DomainChecking` acts. What was typed is forgotten with the window."""

    back_asked = Signal()
    copy_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._counts = (0, 0)
        self._table: TagTableBlock | None = None
        self.back = PushButton(theme, "left", "", "link")
        self.back.clicked.connect(self.back_asked)
        self._headline = Label(theme, "headline_narrow", wraps=True)
        self._line = Label(theme, "body", "text2", wraps=True)
        self.form = DomainForm(theme)
        self._bar, self._how_far = ThinBar(theme), Label(theme, "label", "text2")
        self.verdict, self.topics, self.service = VerdictCard(theme), RowsCard(theme), RowsCard(theme)
        self.copy = PushButton(theme, "copy", "", "plain")
        self.copy.clicked.connect(self.copy_asked)
        self.findings, self.questions = FindingsList(theme), QuestionsCard(theme)
        self.findings.place_activated.connect(self.show_place)
        self._lay_out()
        self._parts = (self.verdict, self.topics, self.service, self.findings, self._tables, self.questions, self.copy)
        self.show_nothing()
        self.retranslate()

    @property
    def running(self) -> QWidget:
        """The line that tells how far the look-ups are."""
        return self._progress

    def show_nothing(self) -> None:
        """Only the form."""
        self._progress.hide()
        for part in self._parts:
            part.hide()

    def begin(self) -> None:
        """Look-ups begin."""
        self.show_nothing()
        self.form.complain("")
        self.form.set_running(running=True)
        self.show_progress(0, 0)
        self._progress.show()
        announce(self, self.tr("Asking DNS"))

    def show_progress(self, answered: int, asked: int) -> None:
        """How far they are."""
        self._counts = (answered, asked)
        self._bar.setMaximum(max(asked, 1))
        self._bar.setValue(min(answered, max(asked, 1)))
        told = self.tr("{answered} of {asked} questions answered").format(answered=answered, asked=asked)
        self._how_far.setText(told)
        self._bar.setAccessibleName(told)

    def end(self) -> None:
        """They are over, or stopped."""
        self._progress.hide()
        self.form.set_running(running=False)

    def show_view(self, view: DomainView, *, again: bool = False) -> None:
        """The answer; `again` puts the same one into another language, and speaks and moves nothing."""
        self.setUpdatesEnabled(False)
        self.verdict.show_view(view.verdict)
        self.topics.show_topics(view.topics)
        self.service.show_service(view.service)
        self.findings.show_view(view.findings_heading, view.findings_count, view.findings)
        if view.verdict.level == "pass":
            for card in self.findings.cards():
                card.set_open(opened=False)  # nothing to mend: nothing presses
        self._show_table(view)
        self.questions.show_view(view)
        self.verdict.show()
        self.findings.setVisible(bool(view.findings))
        self.questions.show()
        self.copy.show()
        self._order_tabs()
        self.setUpdatesEnabled(True)
        if not again:
            self.verdict.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self._show_answer)
            announce(self, plain(view.verdict.headline))

    @Slot()
    def _show_answer(self) -> None:
        self.ensureWidgetVisible(self.verdict, 0, 12)

    @Slot(object)
    def show_place(self, where: Where) -> None:
        """Open the questions at the one a finding rests on."""
        if where.question is not None and self.questions.show_question(where.question):
            QTimer.singleShot(0, self._show_questions)

    @Slot()
    def _show_questions(self) -> None:
        self.ensureWidgetVisible(self.questions, 0, 12)

    def focus_first(self) -> None:
        """Give the keyboard to the field for the domain."""
        self.form.domain.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.domain.selectAll()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.back.setText(self.tr("Back"))
        self.copy.setText(self.tr("Copy the report"))
        self._headline.setText(self.tr("Check a domain"))
        self._line.setText(
            self.tr(
                "Are SPF, DKIM, DMARC and the mail servers of a domain set up as they should be? Only DNS is asked; "
                "no mail is needed."
            )
        )
        self.setAccessibleName(self.tr("Check a domain"))
        self.show_progress(*self._counts)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self._progress = QWidget()
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._bar, 1)
        row.addWidget(self._how_far)
        self._tables = QWidget()
        self._table_box = QVBoxLayout(self._tables)
        self._table_box.setContentsMargins(0, 0, 0, 0)
        for part in (self.back, self._headline, self._line, self.form, self._progress, self.verdict, self.topics,
                     self.service, self.findings, self._tables, self.questions, self.copy):  # fmt: skip
            self.stack.addWidget(part)
        self.stack.addStretch(1)

    def _show_table(self, view: DomainView) -> None:
        if self._table is not None:
            self._table_box.removeWidget(self._table)
            self._table.deleteLater()
            self._table = None
        if view.table is not None:
            self._table = TagTableBlock(self._theme, view.table, self._tables)
            self._table_box.addWidget(self._table)
        self._tables.setVisible(view.table is not None)

    def _order_tabs(self) -> None:
        """Reading order for Tab: findings are made anew for each answer."""
        form = self.form
        order = [
            self.back, form.domain, form.selectors, form.service, form.check, self.verdict,
            *stops_in(self.findings), *stops_in(self.questions), self.copy,
        ]  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
