"""The source exactly as received (interface.md 7.2): signatures and findings beside it, proved changes marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from headerlens.gui.announce import announce
from headerlens.gui.pages.source_pane import SourcePane
from headerlens.gui.source_looks import Band
from headerlens.gui.source_places import octets_of, places_of, signers
from headerlens.gui.source_wording import body_start, severity_word
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.finding_column import Entry, FindingColumn
from headerlens.gui.widgets.finding_strip import FindingStrip
from headerlens.gui.widgets.source_gutter import Sign
from headerlens.gui.widgets.source_legend import SourceLegend

if TYPE_CHECKING:
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


class HeadersPane(SourcePane):
    """The source with its findings. One can be selected here and outside: `select_finding`, `finding_chosen`."""

    finding_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._findings: tuple[FindingView, ...] = ()
        self._selected: FindingView | None = None
        self._places: tuple[tuple[int, int], ...] = ()
        self._current = 0
        self.strip, self.legend = FindingStrip(theme), SourceLegend(theme)
        self.column = FindingColumn(theme)
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
        self._lay_out(self.strip, self._legend_box, self.column)
        self.column.hide()
        self._legend_box.hide()

    def _connect(self) -> None:
        self.view.line_chosen.connect(self._on_line_chosen)
        self.view.line_entered.connect(self._choose_at)
        self.gutter.sign_pressed.connect(self._choose_at)
        self.strip.stepped.connect(self._step)
        self.column.chosen.connect(self._on_column)
        self._theme.changed.connect(self._on_theme)

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

    def _forget(self) -> None:
        self._findings, self._selected, self._places, self._current = (), None, (), 0
        self._tell_strip()

    def _anchors(self) -> tuple[tuple[int, int], ...]:
        return self._places

    def _mark(self) -> None:
        self._sign()
        self._band()

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

    @Slot()
    def _on_theme(self) -> None:
        self.column.setVisible(self.width() >= self._theme.px(COLUMN_FROM))
        self._share()

    def _share(self) -> None:
        """The source takes what it needs and the legend stands below it, where there is room for both."""
        if self._filler.running:
            return
        room = self.height() - self.tools.sizeHint().height() - (self.strip.height() if self.strip.isVisible() else 0)
        roomy = self.height() >= self._theme.px(ROOMY) and not self.legend.is_empty()
        self._legend_box.setVisible(roomy)
        self.view.setMaximumHeight(max(120, self.view.full_height(room)) if roomy else 16_777_215)
