"""A window whose handles and rooms are made when they are first asked for: who acts for it, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QMainWindow, QWidget

if TYPE_CHECKING:
    from headerlens.gui.actions import Actions
    from headerlens.gui.batching import Batching
    from headerlens.gui.clipboard import ClipboardWatch
    from headerlens.gui.domain_check import DomainChecking
    from headerlens.gui.following import Following
    from headerlens.gui.handles import Handles
    from headerlens.gui.helping import Helping
    from headerlens.gui.hidden_menu import HiddenMenu
    from headerlens.gui.insides import Insides
    from headerlens.gui.judging import Judging
    from headerlens.gui.listing import Listing
    from headerlens.gui.main_window import MainWindow
    from headerlens.gui.rooms import Rooms
    from headerlens.gui.session import Session
    from headerlens.gui.take_away import TakeAway
    from headerlens.gui.ways_in import WaysIn
    from headerlens.gui.workers import Crew


class FurnishedWindow(QMainWindow):
    """Names for what stands in `Handles` and `Rooms`; nothing of it is loaded before the first paint.

    Only `MainWindow` is one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._handles: Handles | None = None
        self._rooms: Rooms | None = None

    def take_hold(self) -> Handles:
        """Commands, shortcuts and menus, made when they are first asked for."""
        if self._handles is None:
            from headerlens.gui.handles import Handles

            window = cast("MainWindow", self)
            self._handles = Handles(window)
            self._handles.connect(window)
            window.settle()
        return self._handles

    def furnish(self) -> Rooms:
        """Everything a check needs, made when it is first asked for."""
        if self._rooms is None:
            from headerlens.gui.rooms import Rooms

            window = cast("MainWindow", self)
            self.take_hold()
            self._rooms = Rooms(window)
            self._rooms.connect(window)
            window.look_at_clipboard()
        return self._rooms

    @property
    def actions_of_window(self) -> Actions:
        """Every command by its name."""
        return self.take_hold().actions

    @property
    def menu(self) -> HiddenMenu:
        """The menu bar, out of sight."""
        return self.take_hold().menu

    @property
    def crew(self) -> Crew:
        """The worker threads."""
        return self.furnish().crew

    @property
    def session(self) -> Session:
        """The mails of this session."""
        return self.furnish().session

    @property
    def clipboard(self) -> ClipboardWatch:
        """Who looks whether the clipboard holds a mail."""
        return self.furnish().clipboard

    @property
    def take_away(self) -> TakeAway:
        """Copying and saving."""
        return self.furnish().take_away

    @property
    def ways_in(self) -> WaysIn:
        """Opening, pasting and dropping."""
        return self.furnish().ways_in

    @property
    def judging(self) -> Judging:
        """What the person decides about a mail."""
        return self.furnish().judging

    @property
    def batching(self) -> Batching:
        """Many messages."""
        return self.furnish().batching

    @property
    def listing(self) -> Listing:
        """The rows of the session list."""
        return self.furnish().listing

    @property
    def following(self) -> Following:
        """Who shows what the session does."""
        return self.furnish().following

    @property
    def helping(self) -> Helping:
        """The way to the help pages."""
        return self.furnish().helping

    @property
    def insides(self) -> Insides:
        """Mails inside mails."""
        return self.furnish().insides

    @property
    def domains(self) -> DomainChecking:
        """The set-up of a domain, without a mail."""
        return self.furnish().domains
