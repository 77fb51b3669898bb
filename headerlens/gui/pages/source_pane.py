"""The source exactly as received, filled in piece by piece, with its body, its decoded words and a search in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from headerlens.gui.pages.source_find import SourceFind
from headerlens.gui.source_lines import Kind, Line, SourceLines
from headerlens.gui.source_looks import Band, Look, Marking, looks_of, marking_of, own_band, taken
from headerlens.gui.source_wording import SourceWording, body_start
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.find_bar import FindBar
from headerlens.gui.widgets.source_filler import SourceFiller
from headerlens.gui.widgets.source_gutter import SourceGutter
from headerlens.gui.widgets.source_spot import SourceSpot
from headerlens.gui.widgets.source_tools import SourceTools
from headerlens.gui.widgets.source_view import SourceView

if TYPE_CHECKING:
    from headerlens.model.case import Case


class SourcePane(QWidget):
    """The lines with their gutter, the tools below them and the find line. `HeadersPane` ties findings to it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._case: Case | None = None
        self._marking = Marking()
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
        self.tools, self.find_bar = SourceTools(theme), FindBar(theme)
        self._wording = SourceWording(self)
        self._find = self.find_bar.field
        self._finder = SourceFind(theme, self.view, self.find_bar, self._filler)
        self._listen()

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
            self._portions, self._wanted, self._counted = 0, None, {}
            self._forget()
        if anew:
            self._fill(keep=same)

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

    # -- what the findings know better ---------------------------------------------------------------------------

    def _forget(self) -> None:
        """Another message: nothing is chosen in it yet."""

    def _anchors(self) -> tuple[tuple[int, int], ...]:
        """Places that are shown even far down in the body."""
        return ()

    def _mark(self) -> None:
        """All lines are there: mark what belongs to them."""

    def _share(self) -> None:
        """Share the height between the lines and what stands around them."""

    # -- building ------------------------------------------------------------------------------------------------

    def _lay_out(self, above: QWidget, below: QWidget, beside: QWidget) -> None:
        """The lines with one widget above and one below them, and one beside all of it."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        row.addLayout(column, 1)
        row.addWidget(beside)
        column.setSpacing(0)
        column.addWidget(above)
        column.addWidget(self.view, 1000)
        column.addWidget(below)
        column.addStretch(1)
        column.addWidget(self.tools)
        column.addWidget(self.find_bar)
        self.find_bar.hide()

    def _listen(self) -> None:
        self._filler.grown.connect(self._on_grown)
        self._filler.finished.connect(self._on_filled)
        self.tools.body_asked.connect(self._on_body_asked)
        self.tools.decode_changed.connect(self._on_decode)
        self.tools.wrap_changed.connect(self._on_wrap)
        self.find_bar.closed.connect(self._close_find)

    # -- filling -------------------------------------------------------------------------------------------------

    def _drop_body(self, start: int) -> None:
        first = self.model.line_at(start)
        if first is not None:
            self._filler.cut(first)
            self._own = [band for band in self._own if band.first < first]
        self._on_filled()

    def _asked(self) -> tuple[tuple[int, int], ...]:
        """Places that are to be shown even far down in the body."""
        return (*([self._wanted] if self._wanted else ()), *self._anchors())

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
        self._mark()
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
