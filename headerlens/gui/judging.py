"""What the person decides about a mail: SPF's values, whom to believe, and which questions may be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from headerlens.gui.drops import Unusable, carried, on_clipboard
from headerlens.gui.engine import NOT_CHOSEN, Asking, SpfValues
from headerlens.gui.pages.preferences import is_receiver
from headerlens.gui.session import Entry, spf_of
from headerlens.gui.settings import Settings
from headerlens.gui.shown import advice
from headerlens.gui.sources import Source, of_octets, of_path, of_text

if TYPE_CHECKING:
    from headerlens.gui.engine import Engine
    from headerlens.gui.main_window import MainWindow


def asking_by(settings: Settings) -> Asking:
    """How DNS may be asked and who is believed, by the settings."""
    trusted = tuple(one.lower() for one in settings.trusted)
    return Asking(settings.offline, settings.servers, settings.time_limit, trusted, settings.doh)


class Judging(QObject):
    """Opens the dialogs, keeps what was declined for this session, and tells the page what to ask."""

    def __init__(self, engine: Engine, window: MainWindow) -> None:
        super().__init__(window)
        self._engine, self._window = engine, window
        self._declined: set[str] = set()
        asides = window.body.result.asides
        asides.trust_given.connect(self.trust)
        asides.trust_declined.connect(self.decline)
        asides.reset_asked.connect(self.reset)
        window.body.result.ladder.judge_asked.connect(self.choose)
        window.body.result.evidence.border_asked.connect(self.choose)

    def show(self, entry: Entry) -> None:
        """Put below the ladder what concerns `entry`."""
        from headerlens.gui.pages.judge_by import in_words

        case = entry.case
        if case is None:
            return
        name = "" if entry.sample else self._engine.receiver_to_trust(case)
        wanted = bool(name) and name not in self._declined and is_receiver(name)
        self._window.body.result.asides.show_asides(name if wanted else "", in_words(spf_of(case), case))

    @Slot()
    def choose(self) -> QDialog | None:
        """Open the dialog of SPF's values for the mail on the page."""
        entry = self._window.entry
        return None if entry is None or entry.case is None else self._window.open_dialog("judge_by")

    def judge_by(self, entry: Entry, values: SpfValues) -> None:
        """Judge SPF of `entry` by `values` from now on."""
        if entry.case is not None and values != spf_of(entry.case):
            self._window.session.judge_by(entry, values)

    @Slot()
    def reset(self) -> None:
        """Judge SPF of the mail on the page by its headers again."""
        entry = self._window.entry
        if entry is not None:
            self.judge_by(entry, NOT_CHOSEN)

    @Slot(str)
    def trust(self, receiver: str) -> None:
        """Believe `receiver` for every mail; the window judges them anew when the settings are in force."""
        self._window.trust(receiver)

    @Slot(str)
    def decline(self, receiver: str) -> None:
        """Ask about `receiver` no more in this session."""
        self._declined.add(receiver)
        if self._window.entry is not None:
            self.show(self._window.entry)

    def list_questions(self) -> None:
        """List what would be asked for the mail on the page, else for the one on the clipboard."""
        if self.source() is not None:
            self._window.open_dialog("questions")

    def source(self) -> Source | None:
        """The mail the questions are about; None is explained in a line."""
        entry = self._window.entry
        if entry is not None and entry.batch is None:
            return entry.source
        what = carried(on_clipboard())
        if what.paths:
            return of_path(what.paths[0])
        if what.files:
            return of_octets(what.files[0][1], what.files[0][0])
        if what.text is not None:
            return of_text(what.text, self.tr("The mail on the clipboard"), what.html)
        nothing = what.unusable in {None, Unusable.NOTHING}
        told = self.tr("There is no mail on the page or on the clipboard.")
        self._window.mention(told if nothing or what.unusable is None else advice(what.unusable, what.client))
        return None
