"""Where the person has been on one answer: Alt+Left goes back, Alt+Right forward again (interface.md 9.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from headerlens.gui.pages.result import ResultPage

MOST_SPOTS = 100
"""Steps that are remembered; nobody goes back further."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What was to be seen: the answer or the evidence, and which tab of it."""

    part: int
    tab: int


class History(QObject):
    """The spots of one result page, as a browser keeps them. Another mail begins a new one."""

    def __init__(self, result: ResultPage) -> None:
        super().__init__(result)
        self._result = result
        self._back: list[Spot] = []
        self._forward: list[Spot] = []
        self._here = self._spot()
        self._going = False
        result.part_changed.connect(self._moved)
        result.evidence.tabs.currentChanged.connect(self._moved)
        result.mail_changed.connect(self.clear)

    @Slot()
    def clear(self) -> None:
        """Forget all of it."""
        self._back.clear()
        self._forward.clear()
        self._here = self._spot()

    def back(self) -> bool:
        """Go one step back; False where there is none."""
        return self._go(self._back, self._forward)

    def forward(self) -> bool:
        """Take one step back again; False where none was taken."""
        return self._go(self._forward, self._back)

    def _spot(self) -> Spot:
        return Spot(self._result.part, self._result.tab)

    @Slot()
    def _moved(self) -> None:
        now = self._spot()
        if self._going or now == self._here:
            return
        self._back = [*self._back, self._here][-MOST_SPOTS:]
        self._forward.clear()
        self._here = now

    def _go(self, source: list[Spot], target: list[Spot]) -> bool:
        if not source:
            return False
        target.append(self._here)
        self._here = source.pop()
        self._going = True
        self._result.evidence.show_tab(self._here.tab)
        self._result.show_part(self._here.part)
        self._going = False
        return True
