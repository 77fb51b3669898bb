"""Which mails stand around and inside the one on the page, and going from one to the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Slot

from headerlens.gui.entry import Entry
from headerlens.gui.opening import Relatives
from headerlens.gui.sources import Source
from headerlens.gui.workers import Cancelled, Task

if TYPE_CHECKING:
    from headerlens.gui.engine import Engine
    from headerlens.gui.main_window import MainWindow


_Mark = tuple[int, int]
"""Which reading of a mail it was: the object's identity, which holds until it is put away, and how often that was."""


class Insides(QObject):
    """Looks in a worker as soon as a mail is read, so that the strip is there when the answer comes."""

    def __init__(self, engine: Engine, window: MainWindow) -> None:
        super().__init__(window)
        self._engine, self._window = engine, window
        self._known: WeakKeyDictionary[Entry, tuple[_Mark, Relatives | None]] = WeakKeyDictionary()
        window.session.opened.connect(self._look)
        window.body.result.insides.chosen.connect(self.go)

    def show(self, entry: Entry) -> None:
        """Tell on the page of `entry` what is around and inside it."""
        self._look(entry)
        self._window.body.result.insides.show_relatives(self._of(entry))

    @Slot(object)
    def go(self, way: tuple[int, ...]) -> None:
        """Show the answer for the mail at `way` inside what the shown one was taken from."""
        shown = self._window.entry
        if shown is None:
            return
        for entry in self._window.session.entries:
            _, told = self._known.get(entry, (None, None))
            if told is not None and told.way == way and entry.source.same_input(shown.source):
                self._window.show_entry(entry)
                return
        self._window.open_sources([self._source(shown.source, way)])

    def _source(self, source: Source, way: tuple[int, ...]) -> Source:
        """The same input, the mail at `way` in it; its name says so."""
        outer = source.name.rpartition(" › ")[0] if source.attached else source.name
        number = ".".join(str(step + 1) for step in way)
        if not way:
            return replace(source, name=outer, attached=way)
        words = self.tr("attached mail") if way == (0,) else self.tr("attached mail {number}").format(number=number)
        return replace(source, name=f"{outer} › {words}", attached=way)

    def _of(self, entry: Entry) -> Relatives:
        found = self._known.get(entry)
        return Relatives() if found is None or found[1] is None else found[1]

    @Slot(object)
    def _look(self, entry: Entry) -> None:
        raw = entry.case.raw if entry.case is not None else entry.message.raw if entry.message is not None else None
        known = self._known.get(entry)
        if raw is None:
            return
        mark = id(raw), entry.thaws
        if known is not None and known[0] == mark:
            return
        self._known[entry] = mark, None
        engine, source = self._engine, entry.source

        def look(_cancelled: Cancelled) -> object:
            return entry, mark, engine.relatives(source, raw)

        task = Task(look)
        task.done.connect(self._keep)
        self._window.crew.start(task)

    @Slot(object)
    def _keep(self, outcome: tuple[Entry, _Mark, Relatives]) -> None:
        entry, mark, relatives = outcome
        self._known[entry] = mark, relatives
        if entry is self._window.entry and self._window.body.page is self._window.body.result:
            self._window.body.result.insides.show_relatives(relatives)
