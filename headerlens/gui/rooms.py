"""What acts for the window once it is painted: the session, the ways in and out, and who follows whom.

Importing this loads most of the window; `MainWindow.rooms` does so when the first of it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headerlens.gui.batch_lines import BatchLines
from headerlens.gui.batching import Batching
from headerlens.gui.clipboard import ClipboardWatch
from headerlens.gui.domain_check import DomainChecking
from headerlens.gui.following import Following
from headerlens.gui.helping import Helping
from headerlens.gui.history import History
from headerlens.gui.insides import Insides
from headerlens.gui.judging import Judging, asking_by
from headerlens.gui.listing import Listing
from headerlens.gui.presenting import Presenting
from headerlens.gui.session import Session
from headerlens.gui.settings import Settings
from headerlens.gui.take_away import TakeAway
from headerlens.gui.ways_in import WaysIn
from headerlens.gui.workers import Crew

if TYPE_CHECKING:
    from headerlens.gui.main_window import MainWindow


class Rooms:
    """One of each. They hold each other by the window, so it gets them before they are tied together by `connect`."""

    def __init__(self, window: MainWindow) -> None:
        engine = window.engine
        self.crew = Crew(window)
        self.session = Session(engine, self.crew, window)
        self.session.asking = asking_by(window.settings)
        self.clipboard = ClipboardWatch(engine, self.crew, window)
        self.take_away = TakeAway(engine, window)
        self.ways_in = WaysIn(window)
        self.presenting = Presenting(engine, window)

    def connect(self, window: MainWindow) -> None:
        """Make those that listen to the others, and tie them to the pages."""
        engine, body = window.engine, window.body
        self.judging = Judging(engine, window)
        self.batching = Batching(engine, window)
        self.batch_lines = BatchLines(engine, window)
        self.listing = Listing(window)
        self.following = Following(engine, window)
        self.helping = Helping(window)
        self.insides = Insides(engine, window)
        self.history = History(body.result)
        self.domains = DomainChecking(engine.domains, window)
        self.session.listed.connect(self.listing.refresh)
        self.clipboard.found.connect(body.start.offer_clipboard)
        self.take_away.told.connect(window.mention)
        self.batching.told.connect(window.mention)
        self.ways_in.given.connect(window.open_sources)
        self.ways_in.told.connect(window.mention)
        self.ways_in.advised.connect(self.helping.advise)
        self.ways_in.hovered.connect(body.show_hover)
        body.refusal.help_asked.connect(self.helping.show)
        body.result.domain_asked.connect(window.actions_of_window["check_domain"].trigger)
        body.result.original_asked.connect(window.actions_of_window["save_original"].trigger)
        body.result.recheck_asked.connect(window.actions_of_window["recheck"].trigger)
        body.result.part_changed.connect(window.toolbar.set_part)
        window.toolbar.part_chosen.connect(body.result.show_part)
        # it was built after the pages, and stands before them
        window.toolbar.lead_to(body.list.view)

    def follow(self, settings: Settings, before: Settings) -> None:
        """Check by `settings` from now on; whom the person trusts is judged anew."""
        self.session.asking = asking_by(settings)
        self.following.speak()
        if settings.trusted != before.trusted:
            self.session.believe_anew()
