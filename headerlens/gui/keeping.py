"""Keeps the session within its memory: what has not been looked at for longest is put away compressed.

Nothing is written to disk. What is put away comes back the same when the page is about it again, in about a tenth of a
second for a large mail.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from headerlens.gui.workers import Cancelled, Crew, Task
from headerlens.model.limits import MAX_SESSION_OCTETS

if TYPE_CHECKING:
    from headerlens.gui.entry import Entry
    from headerlens.model.case import Case

FASTEST = 1
"""zlib's level: text shrinks to a third, and 25 MB take a tenth of a second."""


def packed(case: Case) -> bytes:
    """The case in as few octets as can be had quickly."""
    return zlib.compress(pickle.dumps(case, pickle.HIGHEST_PROTOCOL), FASTEST)


def unpacked(octets: bytes) -> Case:
    """The case that `packed` was given."""
    return pickle.loads(zlib.decompress(octets))  # type: ignore[no-any-return]  # noqa: S301  made by this very process


class Keeping(QObject):
    """Looks after each check and each choice in the list whether older mails have to be put away."""

    def __init__(self, crew: Crew, parent: QObject | None = None, *, room: int = MAX_SESSION_OCTETS) -> None:
        super().__init__(parent)
        self._crew, self._room = crew, room
        self._packing: set[Entry] = set()

    def tidy(self, entries: Iterable[Entry], busy: Iterable[Entry]) -> None:
        """Put away what is beyond the room, the longest unused first; the newest and the `busy` ones stay."""
        spared, taken = set(busy), 0
        for number, entry in enumerate(sorted(entries, key=lambda one: one.used, reverse=True)):
            taken += entry.weight
            if number and taken > self._room and entry not in spared and entry not in self._packing:
                self._put_away(entry)

    def _put_away(self, entry: Entry) -> None:
        case = entry.case_at_hand
        if case is None:
            return

        def pack(_cancelled: Cancelled) -> object:
            if entry.source.pasted is not None:
                entry.source.pasted.pack()
            return entry, case, packed(case)

        self._packing.add(entry)
        task = Task(pack)
        task.done.connect(self._keep)
        self._crew.start(task)

    @Slot(object)
    def _keep(self, outcome: tuple[Entry, Case, bytes]) -> None:
        entry, case, octets = outcome
        self._packing.discard(entry)
        entry.put_away(case, octets)
