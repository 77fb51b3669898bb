"""What the window is operated by beside its pages: commands, shortcuts, menus and the buttons of the toolbar.

Made right after the first paint, which would wait 10 ms for them; `FurnishedWindow.take_hold` makes them at once when
somebody asks earlier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headerlens.gui.actions import Actions
from headerlens.gui.commands import connect_commands
from headerlens.gui.hidden_menu import HiddenMenu

if TYPE_CHECKING:
    from headerlens.gui.main_window import MainWindow
    from headerlens.gui.settings import Settings


class Handles:
    """One window's. It gets them before they are tied to their commands by `connect`."""

    def __init__(self, window: MainWindow) -> None:
        self.actions = Actions(window)
        self.actions.fill_bar(window.menuBar())
        window.addActions(list(self.actions.all()))
        self.menu = HiddenMenu(window)

    def connect(self, window: MainWindow) -> None:
        """Let every action do its command, and the toolbar trigger them."""
        connect_commands(window)
        window.toolbar.take_actions(self.actions)
        self.follow(window.settings)

    def follow(self, settings: Settings) -> None:
        """Tick what is chosen."""
        actions = self.actions
        actions.choose(actions.languages, settings.language)
        actions.choose(actions.themes, settings.theme)
        actions.choose(actions.text_sizes, settings.text_size)
        for name in ("session_list", "evidence_pane", "menu_bar", "offline", "mask_recipients"):
            actions[name].setChecked(getattr(settings, name))
        self.menu.pin(pinned=settings.menu_bar)

    def rest(self) -> None:
        """Nothing has been checked yet: only what opens something is of use."""
        self.actions.set_result(shown=False)
        for name in ("evidence_pane", "recheck"):
            self.actions[name].setEnabled(False)
