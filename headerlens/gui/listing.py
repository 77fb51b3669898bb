"""The session list of the window: its rows, going from one to another, showing and hiding it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from headerlens.gui.shown import row_of

if TYPE_CHECKING:
    from headerlens.gui.main_window import MainWindow


class Listing(QObject):
    """Keeps the list of `window` as its session is."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.body.list.chosen.connect(self._on_chosen)

    @property
    def worth_showing(self) -> bool:
        """Whether there is anything to choose from."""
        return len(self._window.session.entries) >= 2

    @Slot()
    def refresh(self) -> None:
        """Show the entries as they are; a message opened from a table stands for its table."""
        window = self._window
        entries = list(window.session.entries)
        # glyph, sender and subject are the same in every language: no view is made for another one
        rows = [row_of(entry, entry.view or window.view_of(entry)) for entry in entries]
        shown = window.entry.within or window.entry if window.entry is not None else None
        window.body.list.show_rows(rows, entries.index(shown) if shown in entries else -1)
        window.body.set_list(shown=self.worth_showing and window.settings.session_list)

    def toggle(self) -> None:
        """Beside a wide page the list is a setting, over a narrow one a glance."""
        body = self._window.body
        if body.wide:
            self._window.change(session_list=not self._window.settings.session_list)
        else:
            body.open_overlay(shown=not body.list.isVisible())

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        window, entries = self._window, self._window.session.entries
        if 0 <= row < len(entries) and entries[row] is not window.entry:
            window.body.clear_notice()
            window.body.open_overlay(shown=False)
            window.show_entry(entries[row])
