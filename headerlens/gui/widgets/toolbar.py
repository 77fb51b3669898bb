"""The toolbar (interface.md 4.2): 52 px high, its buttons are faces of the window's actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton, SegmentedControl
from headerlens.gui.widgets.page_width import give_tooltip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from headerlens.gui.actions import Actions

HEIGHT = 52
MARGIN, SPACING = 14, 6


class Toolbar(QWidget):
    """Left: session list, Open, Paste. Centre (narrow): Answer or Evidence. Right: Re-check, Copy, pane, ⋯."""

    part_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wide, self._result, self._running, self._listed, self._started = True, False, False, False, False
        self._batch = False
        self._build()
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()
        self._arrange()

    def show_state(
        self, *, result: bool, running: bool, listed: bool, started: bool = True, batch: bool = False
    ) -> None:
        """What is on the page: a finished check, a running one, a session of several mails, or anything but the start.

        The start page has the buttons for opening and pasting itself.
        """
        self._result, self._running, self._listed, self._started = result, running, listed, started
        self._batch = batch
        self._arrange()

    def set_wide(self, wide: bool) -> None:  # noqa: FBT001  a setter
        """Wide windows show both parts at once and have room for words on every button."""
        self._wide = wide
        self._arrange()

    def set_part(self, part: int) -> None:
        """Tick Answer (0) or Evidence (1)."""
        self._parts.set_current(part)

    def lead_to(self, after: QWidget) -> None:
        """Let Tab go on to `after` and what is in it."""
        QWidget.setTabOrder(self._more, after)

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self._parts.set_texts([self.tr("Answer"), self.tr("Evidence")])
        self._parts.setAccessibleName(self.tr("Part of the result"))
        for button, name in (
            (self._open, self.tr("Open…")),
            (self._paste, self.tr("Paste")),
            (self._list, self.tr("Session list")),
            (self._pane, self.tr("Evidence pane")),
            (self._more, self.tr("More commands")),
            (self._copy, self.tr("Copy")),
        ):
            button.setAccessibleName(name)
            give_tooltip(button, name)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A surface with a line below."""
        painter = QPainter(self)
        painter.setBackground(self._theme.brush("surface"))
        painter.eraseRect(self.rect())
        painter.setBackground(self._theme.brush("line"))
        painter.eraseRect(0, self.height() - 1, self.width(), 1)
        painter.end()

    def _build(self) -> None:
        theme = self._theme
        self._list = PushButton(theme, "list", "", "tool")
        self._open = PushButton(theme, "open", "", "plain")
        self._paste = PushButton(theme, "paste", "", "plain")
        self._parts = SegmentedControl(theme, ("", ""))
        self._recheck = PushButton(theme, "refresh", "", "plain")
        self._copy = PushButton(theme, "copy", "", "plain")
        self._pane = PushButton(theme, "panel", "", "tool")
        self._more = PushButton(theme, "more", "", "tool")
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(SPACING)
        row.addWidget(_group(self._list, self._open, self._paste), 1)
        row.addWidget(self._parts)
        row.addWidget(_group(self._recheck, self._copy, self._pane, self._more, to_the_right=True), 1)

    def take_actions(self, actions: Actions) -> None:
        """Put commands behind the buttons and into the menus; until then, a moment after the first paint, they rest."""

        def recheck_or_stop() -> None:
            actions["stop" if self._running else "recheck"].trigger()

        self._open.clicked.connect(actions["open"].trigger)
        self._paste.clicked.connect(actions["paste"].trigger)
        self._recheck.clicked.connect(recheck_or_stop)
        self._list.clicked.connect(actions["session_list"].trigger)
        self._pane.clicked.connect(actions["evidence_pane"].trigger)
        self._parts.chosen.connect(self.part_chosen)
        self._copy_menu = actions.copy_menu(QMenu(self))
        self._more_menu = actions.more_menu(QMenu(self))
        self._copy.setMenu(self._copy_menu)
        self._more.clicked.connect(lambda: _drop_down(self._more, self._more_menu))
        for name, button in (("session_list", self._list), ("evidence_pane", self._pane)):
            button.setCheckable(True)
            actions[name].toggled.connect(button.setChecked)
            button.setChecked(actions[name].isChecked())

    def _arrange(self) -> None:
        busy = self._result or self._running or self._batch
        self._list.setVisible(self._listed)
        self._open.setVisible(busy or self._started)
        self._paste.setVisible(busy or self._started)
        # while it runs they sleep in their places, so that nothing moves when the answer comes
        parts = self._result or (self._running and not self._batch)
        self._parts.setVisible(parts and not self._wide)
        self._parts.setEnabled(self._result)
        self._recheck.setVisible(busy)
        self._recheck.set_icon_name("stop" if self._running else "refresh")
        self._recheck.set_kind("plain" if self._wide or self._running else "tool")
        self._copy.set_kind("plain" if self._wide else "tool")
        self._copy.setVisible(parts)
        self._copy.setEnabled(self._result)
        self._pane.setVisible((self._result or self._batch) and self._wide)
        self._word()

    def _word(self) -> None:
        """Words on the buttons as far as there is room; an icon alone keeps its name and its tooltip."""
        again = self.tr("Stop") if self._running else self.tr("Re-check")
        self._recheck.setAccessibleName(again)
        give_tooltip(self._recheck, again)
        self._copy.setText(self.tr("Copy") if self._wide else "")
        worded = ((self._recheck, again), (self._paste, self.tr("Paste")), (self._open, self.tr("Open…")))
        for button, words in worded:
            button.setText(words)
        for button, _words in worded:
            if self._needed() > self.width():
                button.setText("")

    def _needed(self) -> int:
        """Width in px that everything shown takes."""
        shown = (self._list, self._open, self._paste, self._parts, self._recheck, self._copy, self._pane, self._more)
        widths = [one.sizeHint().width() for one in shown if not one.isHidden()]
        return sum(widths) + SPACING * len(widths) + 2 * MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words come and go with the room."""
        super().resizeEvent(event)
        self._word()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.update()


def _group(*parts: QWidget, to_the_right: bool = False) -> QWidget:
    """A row of buttons pushed to one side; both groups get the same width, so that the centre is the centre."""
    group = QWidget()
    group.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    if to_the_right:
        row.addStretch()
    for part in parts:
        row.addWidget(part)
    if not to_the_right:
        row.addStretch()
    return group


def _drop_down(button: QWidget, menu: QMenu) -> None:
    """Open `menu` below `button`, flush with its right edge."""
    right = button.mapToGlobal(QPoint(button.width(), button.height() + 4))
    menu.popup(QPoint(right.x() - menu.sizeHint().width(), right.y()))
