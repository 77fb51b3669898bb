"""Keeps the person's place in the source while it is filled in anew: by octets, for lines of ours come and go."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from headerlens.gui.widgets.source_filler import SourceFiller
from headerlens.gui.widgets.source_view import SourceView


class SourceSpot:
    """Remembers the octet of the caret and the one at the top; until they are back nothing is painted."""

    def __init__(self, view: SourceView, filler: SourceFiller) -> None:
        self._view, self._filler = view, filler
        self._spot: tuple[int, int] | None = None

    def take(self) -> None:
        """Remember the place; one that has not yet come back is kept."""
        model = self._filler.model
        if self._spot is None and len(model):
            rows = self._view.rows()
            caret = model.offset_of(*self._view.place_of(self._view.textCursor().position()))
            self._spot = caret, model.lines[rows[0].number].start if rows else 0
        self._view.viewport().setUpdatesEnabled(self._spot is None)

    def forget(self) -> None:
        """Stay where the view is."""
        self._spot = None
        self._view.viewport().setUpdatesEnabled(True)

    def come_back(self) -> None:
        """Go to the remembered place, once it is filled in."""
        if self._spot is None:
            return
        model, (caret, top) = self._filler.model, self._spot
        line, first = model.line_at(caret), model.line_at(top)
        if line is None or first is None:
            return
        cursor = QTextCursor(self._view.document().findBlockByNumber(line))
        cursor.setPosition(cursor.position() + model.column_of(line, caret))
        self._view.setTextCursor(cursor)
        self._view.go_to_top(first)
        self.forget()
