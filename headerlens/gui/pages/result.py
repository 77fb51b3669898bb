"""The result (interface.md 4.1): the answer, and beside it or behind it the evidence."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from headerlens.gui.pages.evidence import HEADERS, EvidencePage
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.asides import Asides
from headerlens.gui.widgets.column import Column
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.findings import FindingCard, FindingsList
from headerlens.gui.widgets.insides_strip import InsidesStrip
from headerlens.gui.widgets.ladder import AlignmentLadder
from headerlens.gui.widgets.message_line import MessageLine
from headerlens.gui.widgets.notice import Notice
from headerlens.gui.widgets.requirements import RequirementsCard
from headerlens.gui.widgets.verdict_card import VerdictCard
from headerlens.model.findings import Where
from headerlens.present.views import FindingView, ResultView, RowKind

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.present.evidence_views import EvidenceView

ANSWER, EVIDENCE = 0, 1
PANE = 424
"""Width of the evidence at 100 % until the person moves the border."""
NARROWEST_PANE, WIDEST_PANE = 360, 640


def stops_in(holder: QWidget) -> list[QWidget]:
    """The widgets in `holder` that Tab may reach, in the order they were made."""
    return [one for one in holder.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _same_evidence(case: Case, before: Case | None) -> bool:
    """Whether the evidence of two cases of one message is the same: a second opinion changes findings only."""
    if before is None or case.message is not before.message:
        return False
    return case.evidence is before.evidence and case.causes == before.causes


def _findings_of(view: ResultView) -> tuple[str, str, tuple[FindingView, ...]]:
    return view.findings_heading, view.findings_count, view.findings


class ResultPage(QSplitter):
    """Answer and evidence of one case; in a narrow window only one of them is shown."""

    part_changed = Signal(int)
    mail_changed = Signal()
    legend_asked = Signal()
    original_asked = Signal()
    recheck_asked = Signal()
    domain_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._case: Case | None = None
        self._view: ResultView | None = None
        self._wide, self._pane_wanted, self._part = True, True, ANSWER
        self._pane = 0
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._build_answer()
        self._evidence = EvidencePage(theme)
        self._due: deque[Callable[[], None]] = deque()
        # no QTimer.singleShot(0, …): it posts an event, and all that are posted are sent before a key is heard
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._bring_next)
        self.addWidget(self.answer)
        self.addWidget(self._evidence)
        # a screen reader meets the parts in the order they are stacked
        self._evidence.raise_()
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.splitterMoved.connect(self._keep_pane)
        self.ladder.row_activated.connect(self._on_row)
        self._findings.place_activated.connect(self.show_place)
        self._findings.finding_opened.connect(self._order_tabs)
        self._findings.finding_opened.connect(self._on_opened)
        self._evidence.headers.finding_chosen.connect(self._on_chosen)
        self.retranslate()
        self._arrange()

    @property
    def part(self) -> int:
        """ANSWER or EVIDENCE: what a narrow window shows."""
        return self._part

    def show_result(self, view: ResultView, case: Case, evidence: Callable[[], EvidenceView] | None = None) -> None:
        """Show `view` of `case`. The same message again keeps the place in the page; what is as before stays as is.

        The findings come one turn of the event loop later and what `evidence` makes after them, so that keys and mouse
        are heard in between; the answer is painted when it is whole.
        """
        self._bring_due()
        before, old = self._view, self._case
        same = old is not None and case.raw is old.raw
        shows_case = case is not old and not (same and _same_evidence(case, old))
        self._due.extend(self._parts_of_evidence(view, case if shows_case else None, evidence, same=same))
        self._turn.start()
        if same and case is old and view == before:
            return
        self._view, self._case = view, case
        self.answer.setUpdatesEnabled(False)
        anew = not same or before is None or _findings_of(view) != _findings_of(before)
        self._due.appendleft(self._finish_answer)
        if anew:
            self._due.appendleft(partial(self._show_findings, view, keep=same))
        self._show_notices(self._show_origin(view.notices, case), repaired=case.raw.original is not None)
        self.line.show_view(view.line)
        self.verdict.show_view(view.verdict)
        self.ladder.show_view(view.ladder)
        self.requirements.show_view(view.requirements)
        self.domain_link.setVisible(bool(case.dmarc.author_domain))
        if not same:
            self.answer.verticalScrollBar().setValue(0)
            self.show_part(ANSWER)
            self.mail_changed.emit()

    @property
    def is_coming(self) -> bool:
        """Whether parts of what is to be shown are still due."""
        return bool(self._due)

    def _finish_answer(self) -> None:
        self._order_tabs()
        self.answer.setUpdatesEnabled(True)

    @property
    def findings(self) -> FindingsList:
        """The findings, with all that has to come into them."""
        self._bring_due()
        return self._findings

    @property
    def tab(self) -> int:
        """Which pane of the evidence is open."""
        return self._evidence.tabs.currentIndex()

    @property
    def evidence(self) -> EvidencePage:
        """The panes, with all that has to come into them."""
        self._bring_due()
        return self._evidence

    @Slot()
    def _bring_next(self) -> None:
        """One more part of what is to be shown."""
        if self._due:
            self._due.popleft()()
        if self._due:
            self._turn.start()

    def _bring_due(self) -> None:
        """All the rest at once, for somebody who needs it now."""
        while self._due:
            self._due.popleft()()

    def _parts_of_evidence(
        self, view: ResultView, case: Case | None, evidence: Callable[[], EvidenceView] | None, *, same: bool
    ) -> Iterator[Callable[[], None]]:
        """What there is to do beside the answer; without a `case` its source stands there already."""
        if evidence is not None:
            yield lambda: self._evidence.show_view(evidence(), same=same)
        if case is not None:
            yield partial(self._evidence.show_case, case)
        yield partial(self._select_open, view, same=same)

    @Slot(object)
    def show_place(self, where: Where) -> None:
        """Open the evidence at `where`."""
        if not self._wide:
            self.show_part(EVIDENCE)
        elif not self._pane_wanted:
            self.set_pane(wanted=True)
        self.evidence.show_place(where)

    def show_tab(self, tab: int) -> None:
        """Open a tab of the evidence and give it the keyboard."""
        if self._wide:
            self.set_pane(wanted=True)
        else:
            self.show_part(EVIDENCE)
        self.evidence.show_tab(tab)
        self._evidence.focus_pane()

    def open_find(self) -> None:
        """Open the header source with its find line."""
        self.show_tab(HEADERS)
        self.evidence.headers.open_find()

    def next_finding(self) -> None:
        """Go to the next finding."""
        self.show_part(ANSWER)
        self._on_stepped(self.findings.next())

    def previous_finding(self) -> None:
        """Go to the previous finding."""
        self.show_part(ANSWER)
        self._on_stepped(self.findings.previous())

    def show_legend(self) -> None:
        """Explain how to read the ladder."""
        self.show_part(ANSWER)
        self.ladder.show_legend()

    def show_part(self, part: int) -> None:
        """Show the answer or the evidence where there is room for one only."""
        if part != self._part:
            self._part = part
            self._arrange()
            self.part_changed.emit(part)

    def set_wide(self, *, wide: bool) -> None:
        """Whether both parts have room."""
        if wide != self._wide:
            self._wide = wide
            self.answer.set_roomy(roomy=wide)
            self._arrange()

    def set_pane(self, *, wanted: bool) -> None:
        """Whether a wide window shows the evidence."""
        self._pane_wanted = wanted
        self._arrange()

    def pane_width(self) -> int:
        """The px the evidence takes beside the answer, 0 when it does not stand there."""
        if not (self._wide and self._pane_wanted):
            return 0
        return self._theme.px(self._pane or PANE) + self.handleWidth()

    @property
    def pane(self) -> int:
        """The width the person gave the evidence, at 100 % text size; 0 for the usual one."""
        return self._pane

    def set_pane_width(self, width: int) -> None:
        """Give the evidence this width at 100 % text size, 0 for the usual one; what it may not have is bounded."""
        self._pane = min(max(width, NARROWEST_PANE), WIDEST_PANE) if width else 0
        self._share()

    @Slot()
    def _keep_pane(self) -> None:
        self._pane = round(self._evidence.width() / self._theme.unit)

    def diagram(self) -> QPixmap:
        """The ladder at twice its size."""
        return self.ladder.grab_picture()

    def panes(self) -> list[QWidget]:
        """Where F6 goes, in order: the verdict, the ladder, the findings, the evidence."""
        shown = [one for one in (self.verdict, self.ladder, self._findings) if self.answer.isVisible()]
        return [*shown, *([self._evidence] if self._evidence.isVisible() else [])]

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.answer.setAccessibleName(self.tr("Answer"))
        #: Leads from a mail to the records of its sender's domain
        self.domain_link.setText(self.tr("Check this domain's set-up"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A pane of 420 to 430 at first, what the person chose later."""
        super().resizeEvent(event)
        if self._wide and self._evidence.width() < self._theme.px(NARROWEST_PANE):
            self._share()

    def _build_answer(self) -> None:
        theme = self._theme
        self.answer = Column(theme)
        self._notices: list[QWidget] = []
        self._notice_box = QVBoxLayout()
        self._notice_box.setSpacing(8)
        self.origin = Notice(theme)
        self.origin.activated.connect(self.recheck_asked)
        self.origin.hide()
        self.line, self.verdict = MessageLine(theme), VerdictCard(theme)
        self.ladder, self._findings = AlignmentLadder(theme), FindingsList(theme)
        self.asides, self.insides = Asides(theme), InsidesStrip(theme)
        self.requirements = RequirementsCard(theme)
        self.domain_link = PushButton(theme, "dns", "", "link")
        self.domain_link.clicked.connect(self.domain_asked)
        stack = self.answer.stack
        stack.addWidget(self.line)
        # before the answer: whoever made a case file could have written its answers
        stack.addWidget(self.origin)
        stack.addWidget(self.insides)
        stack.addWidget(self.verdict)
        stack.addWidget(self.ladder)
        stack.addWidget(self.asides)
        # after the answer: in the smallest window verdict and ladder are to be seen without scrolling
        stack.addLayout(self._notice_box)
        stack.addWidget(self._findings)
        stack.addWidget(self.requirements)
        stack.addWidget(self.domain_link)
        stack.addStretch(1)

    def _select_open(self, view: ResultView, *, same: bool) -> None:
        """Highlight the headers of the finding that is open, unless the person looks at those of another open one."""
        headers = self._evidence.headers
        headers.show_findings(view.findings)
        shown = [card.finding() for card in self._findings.cards() if card.is_open()]
        if not same or (headers.selected is not None and headers.selected not in shown):
            headers.select_finding(shown[0] if shown else None, scroll=False)
        self._order_tabs()

    @Slot(object)
    def _on_opened(self, view: FindingView) -> None:
        """A finding that was opened shows its headers (interface.md 7.2), unless the page is being filled."""
        if self.answer.updatesEnabled() and view != self.evidence.headers.selected:
            self.evidence.headers.select_finding(view)

    def _on_stepped(self, card: FindingCard | None) -> None:
        """A finding that is stepped to shows its headers, also where it was open before."""
        view = card.finding() if card is not None else None
        if view is not None:
            self._on_opened(view)

    @Slot(object)
    def _on_chosen(self, view: FindingView) -> None:
        """A finding that was chosen beside its headers opens here; the keyboard stays where it is."""
        for card in self._findings.cards():
            if card.finding() == view:
                card.set_open(opened=True)
                self.answer.ensureWidgetVisible(card.header)

    def _show_findings(self, view: ResultView, *, keep: bool) -> None:
        """Put the findings on the page; of the same message those that were open stay open, and the focus stays."""
        focus = QApplication.focusWidget()
        before = {one.id: card for card in self._findings.cards() if (one := card.finding())}
        opened = {name for name, card in before.items() if card.is_open()}
        focused = {name for name, card in before.items() if focus is not None and card.isAncestorOf(focus)}
        self._findings.show_view(*_findings_of(view), keep=keep)
        for card in self._findings.cards() if keep else ():
            found = card.finding()
            if found is not None and found.id in before:
                card.set_open(opened=found.id in opened)
            focus = QApplication.focusWidget()
            if found is not None and found.id in focused and (focus is None or not card.isAncestorOf(focus)):
                card.header.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _order_tabs(self) -> None:
        """Reading order for Tab (interface.md 9.2): rows and findings are made anew for each view, so anew."""
        rows: list[QWidget] = list(self.ladder.rows())
        others = [one for one in stops_in(self.ladder) if one not in rows]
        order = [
            *stops_in(self.origin),
            *stops_in(self.insides),
            self.verdict,
            *rows,
            *others,
            *stops_in(self.asides),
            *(stop for notice in self._notices for stop in stops_in(notice)),
            *stops_in(self._findings),
            *stops_in(self.requirements),
            self.domain_link,
            *stops_in(self._evidence),
        ]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _show_origin(self, notices: tuple[str, ...], case: Case) -> tuple[str, ...]:
        """Say above the answer that it comes from a case file; the notices that are left for below it."""
        shown = case.reopened and bool(notices)
        self.origin.setVisible(shown)
        if not shown:
            return notices
        self.origin.show_notice(notices[0], button=self.tr("Re-check"))
        self.origin.button.setAccessibleDescription(notices[0])
        return notices[1:]

    def _show_notices(self, notices: tuple[str, ...], *, repaired: bool) -> None:
        """One strip for each; the last one, which tells of the last repair, leads to what was handed over."""
        for old in self._notices:
            self._notice_box.removeWidget(old)
            old.deleteLater()
        self._notices = []
        for number, text in enumerate(notices, 1):
            strip = Notice(self._theme)
            strip.show_notice(text, button=self.tr("Save the original…") if repaired and number == len(notices) else "")
            strip.button.setAccessibleDescription(text)
            strip.activated.connect(self.original_asked)
            self._notice_box.addWidget(strip)
            self._notices.append(strip)

    @Slot(str, int)
    def _on_row(self, kind: str, signature: int) -> None:
        """SPF and a signature lead to their panes, From to its header line."""
        case = self._case
        if case is None:
            return
        if kind == RowKind.SPF:
            self.show_place(Where(pane="spf"))
        elif kind == RowKind.FROM and case.message.from_fields:
            self.show_place(Where(field_index=case.message.from_fields[0]))
        elif 0 <= signature < len(case.message.signatures):
            self.show_place(Where(signature=signature))

    def _arrange(self) -> None:
        self.answer.setVisible(self._wide or self._part == ANSWER)
        self._evidence.setVisible(self._pane_wanted if self._wide else self._part == EVIDENCE)
        limits = (self._theme.px(NARROWEST_PANE), self._theme.px(WIDEST_PANE)) if self._wide else (0, 16_777_215)
        self._evidence.setMinimumWidth(limits[0])
        self._evidence.setMaximumWidth(limits[1])
        self._share()

    def _share(self) -> None:
        if self._wide and self._pane_wanted:
            pane = self._theme.px(self._pane or PANE)
            self.setSizes([max(1, self.width() - pane), pane])

    def sizeHint(self) -> QSize:
        """Any size will do: it scrolls."""
        return QSize(900, 560)
