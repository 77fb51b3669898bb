"""What the person hands over, before anybody has read it: a file, octets, a pasted text or a shipped sample."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from headerlens.samples import Sample

if TYPE_CHECKING:
    from headerlens.model.locator import Locator


class Pasted:
    """A clipboard or drop as it came: nothing of it was in a text widget, and nothing is encoded before a worker reads.

    `html` is the same as a rich clipboard has it beside the text, "" without one. Two are the same only when they are
    one.
    """

    __slots__ = ("_packed", "_parts")

    def __init__(self, text: str, html: str = "") -> None:
        self._parts: tuple[str, str] | None = (text, html)
        self._packed = b""

    @property
    def text(self) -> str:
        """The plain text."""
        return self._both()[0]

    @property
    def html(self) -> str:
        """The same with markup."""
        return self._both()[1]

    @property
    def weight(self) -> int:
        """About how many octets it takes."""
        parts = self._parts
        return len(self._packed) if parts is None else len(parts[0]) + len(parts[1])

    def pack(self) -> None:
        """Take less room from now on; each look at it unpacks it again, for the one who looks."""
        parts = self._parts
        if parts is not None:
            self._packed = zlib.compress("\0".join((str(len(parts[0])), *parts)).encode("utf-8", "surrogatepass"), 1)
            self._parts = None

    def _both(self) -> tuple[str, str]:
        parts = self._parts  # a worker may pack it between two looks
        if parts is not None:
            return parts
        length, _, both = zlib.decompress(self._packed).decode("utf-8", "surrogatepass").partition("\0")
        return both[: int(length)], both[int(length) + 1 :]


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to check: exactly one of `path`, `octets`, `sample`, `pasted` and `locator` is set.

    `attached` is the way to a mail inside it, one number for each step inwards; () means the mail itself, and None that
    nobody has chosen.
    """

    name: str
    path: Path | None = None
    octets: bytes | None = field(default=None, repr=False)
    sample: Sample | None = None
    pasted: Pasted | None = None
    locator: Locator | None = None
    attached: tuple[int, ...] | None = None
    live: bool = False
    """Whether a case file's message is checked anew, with DNS as it is now."""

    @property
    def has_one_line(self) -> bool:
        """Whether handing the same over again means the same entry; a second paste is a second mail."""
        return self.attached is not None or (self.octets is None and self.pasted is None)

    def same_input(self, other: Source) -> bool:
        """Whether both were taken from one and the same thing handed over, whichever mail inside it they mean."""
        if self.octets is not None or self.pasted is not None:
            return self.octets is other.octets and self.pasted is other.pasted
        return replace(self, name="", attached=None) == replace(other, name="", attached=None)


def of_path(path: Path) -> Source:
    """A file or folder as it was dropped or chosen."""
    return Source(path.name or str(path), path=path)


def of_text(text: str, name: str, html: str = "") -> Source:
    """A pasted text, and what a rich clipboard has beside it."""
    return Source(name, pasted=Pasted(text, html))


def of_octets(octets: bytes, name: str) -> Source:
    """A file that has no path: what a mail program handed over in a drop."""
    return Source(name, octets=octets)


def of_locator(locator: Locator) -> Source:
    """One message of a folder, mailbox or archive."""
    return Source(locator.name, locator=locator)


def of_sample(sample: Sample) -> Source:
    """A shipped sample."""
    return Source(sample.file_name, sample=sample)
