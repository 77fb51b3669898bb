"""Ties the find bar to the source: searches the lines, walks the places, underlines those in sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from headerlens.gui.source_search import Match, Matches
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.find_bar import FindBar
from headerlens.gui.widgets.source_filler import SourceFiller
from headerlens.gui.widgets.source_view import SourceView


class SourceFind(QObject):
    """Lives as long as `view`; what the filler has put in is searched."""

    def __init__(self, theme: Theme, view: SourceView, bar: FindBar, filler: SourceFiller) -> None:
        super().__init__(view)
        self._theme, self._view, self._bar, self._filler = theme, view, bar, filler
        self._matches = Matches()
        self._searched: object = None
        self._underlined: object = None
        bar.sought.connect(self.seek)
        bar.asked.connect(self._on_asked)
        view.scrolled.connect(self.underline)
        theme.changed.connect(self.underline)
        filler.finished.connect(self._on_filled)

    def next(self, *, backwards: bool = False) -> bool:
        """Go to the next match, from the other end when there is none; false when there is none at all."""
        self._search()
        cursor = self._view.textCursor()
        line, column = self._view.place_of(cursor.selectionStart())
        if backwards:
            number = self._matches.before(line, column)
        else:
            number = self._matches.after(line, column + bool(cursor.hasSelection()))
        if number is None:
            self._bar.show_count(0, 0)
            return False
        found = self._matches.places[number]
        self._view.go_to(found.line, found.column, select=found.length)
        self._bar.show_count(number + 1, len(self._matches), more=self._matches.more)
        self.underline()
        return True

    @Slot()
    def seek(self) -> None:
        """Count what is sought."""
        self._search()
        self._bar.show_count(0, len(self._matches), more=self._matches.more)
        self.underline()

    @Slot()
    def underline(self) -> None:
        """Underline the matches in sight, as long as the bar is open."""
        rows = self._view.rows() if self._bar.isVisible() and len(self._matches) else []
        found = self._matches.within(rows[0].number, rows[-1].number) if rows else []
        look = (self._filler.model, found, self._theme.tokens)
        if look == self._underlined or self._filler.running:
            # marking anew makes the view say that it has moved
            return
        self._underlined = look
        self._view.setExtraSelections([self._selection(match) for match in found])

    def _selection(self, match: Match) -> QTextEdit.ExtraSelection:
        form = QTextCharFormat()
        form.setBackground(QColor(self._theme.color("accent_soft")))
        form.setFontUnderline(True)
        form.setUnderlineColor(QColor(self._theme.color("accent")))
        one = QTextEdit.ExtraSelection()
        one.cursor = QTextCursor(self._view.document().findBlockByNumber(match.line))
        one.cursor.movePosition(QTextCursor.MoveOperation.Right, n=match.column)
        one.cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, match.length)
        one.format = form
        return one

    def _search(self) -> None:
        model = self._filler.model
        wanted = (self._bar.words, self._bar.exact, id(model), len(model))
        if wanted != self._searched:
            self._searched = wanted
            self._matches = Matches(self._bar.words, model.lines, exact=self._bar.exact)

    @Slot(bool)
    def _on_asked(self, backwards: bool) -> None:  # noqa: FBT001  Qt's signal
        self.next(backwards=backwards)

    @Slot()
    def _on_filled(self) -> None:
        if self._bar.isVisible():
            self.seek()
