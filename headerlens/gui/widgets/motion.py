"""Small movements that tell what changed (interface.md 8.3); none of them where motion is unwelcome."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QVariantAnimation, Signal, Slot

from headerlens.gui.theme import Theme

FADE_MS = 120
"""Chips, nodes and chevrons change within this time."""

DRAW_MS = 180
"""A line that counts grows to its end within this time."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How far a change is: shares from 0 (as before) to 1 (as it stays)."""

    fade: float = 1.0
    draw: float = 1.0


ARRIVED = Moment()


class Motion(QObject):
    """One change that runs its time; `moved` asks for a repaint."""

    moved = Signal()

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._run = QVariantAnimation(self)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.valueChanged.connect(self._tell)
        self._run.finished.connect(self._tell)

    def start(self, milliseconds: int) -> bool:
        """Begin a change; False where it has to be there at once."""
        self._run.stop()
        if self._theme.reduced_motion:
            return False
        self._run.setDuration(milliseconds)
        self._run.start()
        return True

    def stop(self) -> None:
        """Be there at once."""
        self._run.stop()

    @property
    def running(self) -> bool:
        """Whether something still moves."""
        return self._run.state() is QVariantAnimation.State.Running

    @property
    def moment(self) -> Moment:
        """How far it is now."""
        if not self.running:
            return ARRIVED
        time = self._run.currentTime()
        return Moment(min(1.0, time / FADE_MS), min(1.0, time / DRAW_MS))

    @Slot()
    def _tell(self) -> None:
        self.moved.emit()
