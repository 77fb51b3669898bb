"""Puts lines into the view in slices, so that a mail of 20,000 lines never holds the window."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from headerlens.gui.source_lines import Line, SourceLines
from headerlens.gui.widgets.source_view import SourceView

PIECE = 300
"""Lines that are put in at once: about 5 ms. Each piece lets Qt measure the end of the text anew."""

AT_ONCE = 0.02
"""Seconds before the first return: an ordinary mail is in by then, and nobody sees it come."""

SLICE = 0.01
"""Seconds of each later turn."""


class SourceFiller(QObject):
    """Fills `view` and `model` together: line n of one is line n of the other."""

    grown = Signal(int)
    finished = Signal()

    def __init__(self, view: SourceView) -> None:
        super().__init__(view)
        self.model = SourceLines()
        self._view = view
        self._left: Iterator[Line] | None = None
        self._first = True
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_time)

    @property
    def running(self) -> bool:
        """Whether lines are still to come."""
        return self._left is not None

    def begin(self, model: SourceLines, lines: Iterator[Line]) -> None:
        """Show `lines` instead of what is there; `grown` tells the number of the first new line."""
        self.model = model
        self._timer.stop()
        self._view.setUpdatesEnabled(True)
        self._view.setPlainText("")
        self.go_on(lines)

    def go_on(self, lines: Iterator[Line]) -> None:
        """Show `lines` below what is there; not while others are still to come."""
        self._left, self._first = lines, True
        self._turn(AT_ONCE)
        if self._left is not None:
            self._timer.start()

    def cut(self, count: int) -> None:
        """Keep the first `count` lines; not while others are still to come."""
        self.model.cut(count)
        self._view.cut_lines(count)

    @Slot()
    def _on_time(self) -> None:
        """The beginning is painted once; what comes below it needs no painting, until the person looks there."""
        if self._first and self._view.viewport().updatesEnabled():
            self._view.viewport().repaint()
        self._first = False
        self._view.setUpdatesEnabled(False)
        self._turn(SLICE)
        if self._left is None:
            self._view.setUpdatesEnabled(True)

    def _turn(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while self._left is not None and time.perf_counter() < until:
            before = len(self.model)
            piece = list(islice(self._left, PIECE))
            if piece:
                self.model.add(piece)
                self._view.append_lines([line.text for line in piece], first=before == 0)
                self.grown.emit(before)
            if len(piece) < PIECE:
                self._timer.stop()
                self._left = None
                self.finished.emit()
