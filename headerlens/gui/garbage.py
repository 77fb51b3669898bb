"""Keeps Python's search for unreachable cycles on the window's thread, and out of the way there.

By itself Python searches wherever an allocation crosses a threshold, in a worker too; a dead widget that is part of a
cycle would then be destroyed off the GUI thread, which Qt forbids. And a search of everything takes 50 ms and more, in
the middle of a keystroke if it so happens. So nothing is searched by itself while the window runs: a timer looks at the
young often, at all of it seldom, and what start-up made, which stays to the end, is not looked at again.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

LOOK_MS = 250
"""Often enough that a batch of 500 mails leaves no more young objects than a search of a few milliseconds."""

YOUNG, MIDDLE = 0, 1
FULL_AFTER = 240
"""Looks between two searches of everything: a minute. What is in cycles for so long is small: cases hold none."""


class Collector(QObject):
    """Takes the search over while it lives; `hand_back` gives it back to Python."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def settle(self) -> None:
        """What has been made so far stays to the end: never search it again."""
        gc.freeze()

    @Slot()
    def look(self) -> None:
        """Search what is due."""
        self._looks += 1
        if self._looks % FULL_AFTER == 0:
            gc.collect()
            return
        young, middle, _ = gc.get_count()
        limit, often, _ = gc.get_threshold()
        if young > limit:
            gc.collect(MIDDLE if middle > often else YOUNG)

    def hand_back(self) -> None:
        """Let Python search by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
