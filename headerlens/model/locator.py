"""Where one message stands: a file, and the way into it. Small and picklable, so that lists of many cost little."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Inside(StrEnum):
    """What one step of the way opens."""

    MBOX = "mbox"
    """Octets `start` to `end` of an mbox, the From_ line included."""

    ZIP = "zip"
    """The member `name`, which is number `number` of the archive."""

    GZIP = "gzip"
    """What the compressed file holds."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step into a container. Numbers count from 0; what a kind does not use stays at its default."""

    kind: Inside
    start: int = 0
    end: int = 0
    number: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Locator:
    """A message on disk: the file, and the steps into it, outermost first; none for a file that is the message."""

    path: Path
    steps: tuple[Step, ...] = ()

    @property
    def name(self) -> str:
        """What the message is called in lists: its own file name, or its number in an mbox."""
        if not self.steps:
            return self.path.name or str(self.path)
        last = self.steps[-1]
        if last.kind is Inside.MBOX:
            return f"{Locator(self.path, self.steps[:-1]).name} #{last.number + 1}"
        if last.kind is Inside.GZIP:
            return Locator(self.path, self.steps[:-1]).name.removesuffix(".gz")
        return last.name.replace("\\", "/").rpartition("/")[2] or self.path.name
