"""The source exactly as received (interface.md 7.2): signatures and findings beside it, proved changes marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from headerlens.gui.announce import announce
from headerlens.gui.pages.source_find import SourceFind
from headerlens.gui.source_lines import Kind, Line, SourceLines
from headerlens.gui.source_looks import Band, Look, Marking, looks_of, marking_of, own_band, taken
from headerlens.gui.source_places import octets_of, places_of, signers
from headerlens.gui.source_wording import SourceWording, body_start, severity_word
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.find_bar import FindBar
from headerlens.gui.widgets.finding_column import Entry, FindingColumn
from headerlens.gui.widgets.finding_strip import FindingStrip
from headerlens.gui.widgets.source_filler import SourceFiller
from headerlens.gui.widgets.source_gutter import Sign, SourceGutter
from headerlens.gui.widgets.source_legend import SourceLegend
from headerlens.gui.widgets.source_spot import SourceSpot
from headerlens.gui.widgets.source_tools import SourceTools
from headerlens.gui.widgets.source_view import SourceView

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.findings import Where
    from headerlens.present.views import FindingView

MOST_SIGNS = 200
"""Glyphs in the gutter, each a button; no mail has so many findings in its header."""

MOST_NAMES = 2
"""Header names said for a finding; more are counted."""

ROOMY = 560
"""Height of the pane from which the legend has room (picture 04 has it, the 640 px window of picture 08 has not)."""


COLUMN_FROM = 720
"""Width of the pane from which the findings stand beside the source; beside the answer it is 640 at most."""


class HeadersPane(QWidget):
    """The source with its gutter. A finding can be selected here and outside: `select_finding`, `finding_chosen`."""

    finding_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._case: Case | None = None
        self._marking = Marking()
        self._findings: tuple[FindingView, ...] = ()
        self._selected: FindingView | None = None
        self._places: tuple[tuple[int, int], ...] = ()
        self._current = 0
        self._portions = 0
        self._wanted: tuple[int, int] | None = None
        self._slots: dict[int, tuple[int, ...]] = {}
        self._own: list[Band] = []
        self._covered: dict[int, tuple[int, ...]] = {}
        self._counted: dict[int, int] = {}
        self.view = SourceView(theme)
        self.view.looks, self.view.taken = self._looks, self._taken
        self.gutter = SourceGutter(theme, self.view)
        self._filler = SourceFiller(self.view)
        self._spot = SourceSpot(self.view, self._filler)
        self.strip, self.legend = FindingStrip(theme), SourceLegend(theme)
        self.tools, self.find_bar = SourceTools(theme), FindBar(theme)
        self.column, self._wording = FindingColumn(theme), SourceWording(self)
        self._find = self.find_bar.field
        self._finder = SourceFind(theme, self.view, self.find_bar, self._filler)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def marked_lines(self) -> tuple[int, int] | None:
        """First and last line of the place that was gone to last."""
        if not self._places:
            return None
        return self._filler.model.span(*self._places[self._current])

    @property
    def selected(self) -> FindingView | None:
        """The finding whose headers are highlighted."""
        return self._selected

    @property
    def model(self) -> SourceLines:
        """The lines that are shown."""
        return self._filler.model

    def show_case(self, case: Case) -> None:
        """Show the source of `case` from its beginning; of the message that is shown, only what changed about it."""
        before, self._case = self._case, case
        same = before is not None and before.message is case.message
        marking = marking_of(case)
        anew, self._marking = not same or marking != self._marking, marking
        if not same:
            self._portions, self._wanted, self._findings, self._counted = 0, None, (), {}
            self._forget_selection()
        if anew:
            self._fill(keep=same)

    def show_findings(self, findings: Sequence[FindingView]) -> None:
        """The findings of the case, in their order: their glyphs go into the gutter."""
        self._findings = tuple(findings)
        self.column.show_entries([self._entry(view) for view in self._findings])
        self.column.show_chosen(self._selected)
        if self._selected is not None and self._selected not in self._findings:
            again = next((one for one in self._findings if one.id == self._selected.id), None)
            self.select_finding(again, scroll=False)
        self._sign()

    def select_finding(self, view: FindingView | None, *, scroll: bool = True) -> None:
        """Highlight the places of `view`, None for no finding; with `scroll` go to the first of them."""
        places = places_of(self._case.message, view) if self._case is not None and view is not None else ()
        if view == self._selected and places == self._places:
            if scroll and places:
                self._go(places[self._current])
            return
        self._selected, self._places, self._current = view, places, self._first_of(view, places)
        self._tell_strip()
        self._band()
        if scroll and places:
            self._go(places[self._current])

    def show_place(self, where: Where) -> None:
        """Go to the place of `where` and mark it."""
        place = octets_of(self._case.message, where) if self._case is not None else None
        if place is None:
            return
        if self._selected is None or place not in self._places:
            self._selected, self._places = None, (place,)
            self._tell_strip()
        self._current = self._places.index(place)
        self._band()
        self._go(place)

    def show_body(self, *, portions: int = 1) -> None:
        """Show the first `portions` of the body below the header, none for 0."""
        start, before = body_start(self._case), self._portions
        if self._case is None or start is None or portions == before:
            return
        self._portions = portions
        if self._filler.running or (before and portions):
            self._fill(keep=True)
        elif portions:
            self._filler.go_on(self._wording.body(self._case, self._marking, portions, self._asked()))
        else:
            self._drop_body(start)

    def open_find(self) -> None:
        """Show the find line and put the caret in it; the body is searched with the header."""
        self.show_body(portions=max(1, self._portions))
        self.find_bar.open()

    def find_next(self, *, backwards: bool = False) -> bool:
        """Go to the next match, from the other end when there is none; false when there is none at all."""
        return self._finder.next(backwards=backwards)

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.view.setAccessibleName(self.tr("Header lines as received"))
        #: Spoken description of the source: the keyboard's way from a header to its finding
        self.view.setAccessibleDescription(self.tr("Enter on a marked line selects its finding"))
        if self._case is not None:
            self._fill(keep=True)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the find line before it means anything else."""
        if event.key() == Qt.Key.Key_Escape and self.find_bar.isVisible():
            self._close_find()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for the legend, or none."""
        super().resizeEvent(event)
        self.column.setVisible(self.width() >= self._theme.px(COLUMN_FROM))
        self._share()

    def _build(self) -> None:
        self._legend_box = QWidget()
        around = QVBoxLayout(self._legend_box)
        around.setContentsMargins(16, 10, 16, 10)
        around.addWidget(self.legend)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        row.addLayout(column, 1)
        row.addWidget(self.column)
        self.column.hide()
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.view, 1000)
        column.addWidget(self._legend_box)
        column.addStretch(1)
        column.addWidget(self.tools)
        column.addWidget(self.find_bar)
        self.find_bar.hide()
        self._legend_box.hide()

    def _connect(self) -> None:
        self._filler.grown.connect(self._on_grown)
        self._filler.finished.connect(self._on_filled)
        self.view.line_chosen.connect(self._on_line_chosen)
        self.view.line_entered.connect(self._choose_at)
        self.gutter.sign_pressed.connect(self._choose_at)
        self.strip.stepped.connect(self._step)
        self.column.chosen.connect(self._on_column)
        self.tools.body_asked.connect(self._on_body_asked)
        self.tools.decode_changed.connect(self._on_decode)
        self.tools.wrap_changed.connect(self._on_wrap)
        self.find_bar.closed.connect(self._close_find)
        self._theme.changed.connect(self._on_theme)

    def _drop_body(self, start: int) -> None:
        first = self.model.line_at(start)
        if first is not None:
            self._filler.cut(first)
            self._own = [band for band in self._own if band.first < first]
        self._on_filled()

    def _asked(self) -> tuple[tuple[int, int], ...]:
        """Places that are to be shown even far down in the body."""
        return (*([self._wanted] if self._wanted else ()), *self._places)

    def _fill(self, *, keep: bool) -> None:
        """Put the source in anew; with `keep` caret and place stay."""
        if self._case is None:
            return
        if keep:
            self._spot.take()
        else:
            self._spot.forget()
        self._slots, self._own, self._covered = {}, [], dict(self._marking.covered)
        lines = self._wording.lines(self._case, self._marking, self._portions, self._asked(), decode=self.tools.decodes)
        self._filler.begin(SourceLines(self._case.raw.octets), lines)
        self._tell_tools()

    @Slot(int)
    def _on_grown(self, first: int) -> None:
        for number in range(first, len(self.model)):
            self._note(number, self.model.lines[number])
        self._spot.come_back()
        if self._wanted is not None and self.model.span(*self._wanted) is not None:
            self._go(self._wanted)

    def _note(self, number: int, line: Line) -> None:
        """Remember what a new line is painted with."""
        if line.kind is Kind.FIELD and line.field in self._covered:
            self._slots[number] = self._covered[line.field]
        elif (band := own_band(number, line.kind)) is not None:
            self._own.append(band)

    @Slot()
    def _on_filled(self) -> None:
        self._wanted = None
        self._spot.forget()
        self._sign()
        self._band()
        self._tell_tools()
        self._share()

    def _go(self, place: tuple[int, int]) -> None:
        """Scroll to the octets of `place`, when they are filled in; what is left out of the body is shown for it."""
        span, start = self.model.span(*place), body_start(self._case)
        hidden = span is None or self.model.lines[span[0]].kind is Kind.GAP
        if hidden and start is not None and place[0] >= start and self._wanted is None:
            self._wanted = place
            self._portions = max(1, self._portions)
            self._fill(keep=False)
        elif span is None:
            self._wanted = place if self._filler.running else None
        else:
            self._wanted = None
            inside = self.model.lines[span[0]].start < place[0]
            self.view.go_to(span[0], self.model.column_of(span[0], place[0]) if inside else 0)

    @Slot(int)
    def _step(self, step: int) -> None:
        """To the next or previous place of the finding."""
        if not self._places:
            return
        self._current = (self._current + step) % len(self._places)
        self._go(self._places[self._current])
        if span := self.marked_lines:
            line = self.model.lines[span[0]].text[:80]
            announce(self.view, f"{self._current + 1}/{len(self._places)} {line}")

    @Slot(int)
    def _on_line_chosen(self, number: int) -> None:
        """A click into a highlighted header tells whose it is; elsewhere it only sets the caret."""
        if self._selected is not None and self._is_selected(number):
            self.finding_chosen.emit(self._selected)

    @Slot(int)
    def _choose_at(self, number: int) -> None:
        """Select the finding of a line; of several the one after the selected."""
        found = self._findings_at(number)
        if not found:
            return
        here = found.index(self._selected) + 1 if self._selected in found else 0
        chosen = found[here % len(found)]
        self.select_finding(chosen, scroll=False)
        self._current = next((n for n, place in enumerate(self._places) if self._holds(place, number)), 0)
        self.finding_chosen.emit(chosen)

    def _findings_at(self, number: int) -> list[FindingView]:
        if self._case is None or not 0 <= number < len(self.model):
            return []
        message = self._case.message
        return [one for one in self._findings if any(self._holds(place, number) for place in places_of(message, one))]

    def _holds(self, place: tuple[int, int], number: int) -> bool:
        span = self.model.span(*place)
        return span is not None and span[0] <= number <= span[1]

    def _is_selected(self, number: int) -> bool:
        return any(self._holds(place, number) for place in self._places)

    def _first_of(self, view: FindingView | None, places: tuple[tuple[int, int], ...]) -> int:
        """The first place from the top; of a proved cause the first change, not the signature it broke."""
        if view is None or self._case is None or not view.id.startswith("cause."):
            return 0
        changed = next((octets_of(self._case.message, one) for one in view.where), None)
        return places.index(changed) if changed in places else 0

    def _forget_selection(self) -> None:
        self._selected, self._places, self._current = None, (), 0
        self._tell_strip()

    def _tell_strip(self) -> None:
        start = body_start(self._case)
        only = start is None or all(place[0] < start for place in self._places)
        view = self._selected
        self.strip.show_count(len(self._places) if view else 0, view.title if view else "", headers_only=only)
        self.column.show_chosen(view)

    def _entry(self, view: FindingView) -> Entry:
        """A finding with the headers it points at, by their names while they are few."""
        message = self._case.message if self._case is not None else None
        names: list[str] = []
        for place in places_of(message, view) if message is not None else ():
            field = next((one for one in message.fields if one.start == place[0]), None) if message else None
            #: Where a finding points: not at a header but into the body
            names.append(field.name if field is not None else self.tr("body"))
        distinct = list(dict.fromkeys(names))
        if len(distinct) > MOST_NAMES and self.tr("body") in distinct:
            #: Where a finding points: at headers and into the body
            words = self.tr("%n place(s)", "", len(names))
        elif len(distinct) > MOST_NAMES:
            #: Where a finding points
            words = self.tr("%n header(s)", "", len(names))
        elif distinct:
            words = ", ".join(distinct)
        else:
            words = "DNS" if any(where.question for where in view.where) else ""
        return Entry(view, words, f"{severity_word(view.severity)}: {view.title}")

    @Slot(object)
    def _on_column(self, view: FindingView) -> None:
        self.select_finding(view)
        self.finding_chosen.emit(view)

    def _sign(self) -> None:
        """A glyph beside the first line of each place, of several findings the most severe one's."""
        if self._case is None or self._filler.running:
            return
        signs: dict[int, Sign] = {}
        for view in self._findings:
            for place in places_of(self._case.message, view):
                span = self.model.span(*place)
                if span is not None and span[0] not in signs and len(signs) < MOST_SIGNS:
                    name = f"{severity_word(view.severity)}: {view.title}"
                    signs[span[0]] = Sign(span[0], view.glyph, view.tone, name)
        border = next((band.first for band in self._own if band.edge), None)
        shown = [signs[line] for line in sorted(signs)]
        self.gutter.show_signs(self._slots, border, shown)
        worst = next(((one.glyph, one.tone) for one in self._findings if shown), None)
        self.legend.show_signs(signers(self._case) if self._slots else (), worst)
        self._share()

    def _band(self) -> None:
        """The grounds of the selected places, of proved changes, and of our own lines."""
        chosen = [Band(*span, "selected", "accent") for place in self._places if (span := self.model.span(*place))]
        spans = (self.model.span(mark.start, mark.end) for mark in self._marking.marks)
        changed = [Band(*span, "", "warn_solid") for span in spans if span]
        self.view.set_bands([*chosen, *changed, *self._own])

    def _looks(self, number: int) -> list[Look]:
        return looks_of(self.model, number, self._marking)

    def _taken(self, cursor: QTextCursor) -> str | None:
        first, last = self.view.place_of(cursor.selectionStart()), self.view.place_of(cursor.selectionEnd())
        return taken(self.model, first, last)

    @Slot()
    def _close_find(self) -> None:
        self.find_bar.hide()
        self._finder.underline()
        self.view.setFocus()

    @Slot()
    def _on_body_asked(self) -> None:
        rest = self.model.lines[-1].kind is Kind.GAP if len(self.model) else False
        self.show_body(portions=self._portions + 1 if rest or not self._portions else 0)

    @Slot()
    def _on_decode(self) -> None:
        self._fill(keep=True)

    @Slot(bool)
    def _on_wrap(self, wrap: bool) -> None:  # noqa: FBT001  Qt's signal
        self.view.set_wrap(wrap=wrap)
        self._share()

    @Slot()
    def _on_theme(self) -> None:
        self.column.setVisible(self.width() >= self._theme.px(COLUMN_FROM))
        self._share()

    def _tell_tools(self) -> None:
        start = body_start(self._case)
        if self._case is None or start is None:
            self.tools.show_body_state(0, shown=False)
            return
        last = self.model.lines[-1] if len(self.model) else None
        if not self._portions:
            self.tools.show_body_state(self._lines_from(start), shown=False)
        elif last is not None and last.kind is Kind.GAP and not self._filler.running:
            self.tools.show_body_state(self._lines_from(self.model.lines[-2].end), shown=True)
        else:
            self.tools.show_body_state(0, shown=True)

    def _lines_from(self, start: int) -> int:
        """Lines of the source from `start` on; kept, because counting those of 25 MB takes a hundredth of a second."""
        if start not in self._counted:
            octets = self.model.octets
            self._counted[start] = octets.count(b"\n", start) + (not octets.endswith(b"\n"))
        return self._counted[start]

    def _share(self) -> None:
        """The source takes what it needs and the legend stands below it, where there is room for both."""
        if self._filler.running:
            return
        room = self.height() - self.tools.sizeHint().height() - (self.strip.height() if self.strip.isVisible() else 0)
        roomy = self.height() >= self._theme.px(ROOMY) and not self.legend.is_empty()
        self._legend_box.setVisible(roomy)
        self.view.setMaximumHeight(max(120, self.view.full_height(room)) if roomy else 16_777_215)
