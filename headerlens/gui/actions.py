"""Every command of the window as a QAction, and the menus made of them.

An action stands in the menu bar, so that its shortcut works and can be found, and in the ⋯ menu, which shows the same
commands where the menu bar is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from headerlens.gui.settings import LANGUAGES, TEXT_SIZES, THEMES

SHORTCUTS: dict[str, tuple[str, ...]] = {
    "open": ("Ctrl+O",),
    "open_folder": ("Ctrl+Shift+O",),
    "paste": ("Ctrl+Shift+V",),
    "check_clipboard": ("Ctrl+V",),
    "start": ("Ctrl+N",),
    "save_report": ("Ctrl+S",),
    "save_original": ("Ctrl+Shift+S",),
    "print": ("Ctrl+P",),
    "quit": ("Ctrl+Q",),
    "copy_answer": ("Ctrl+Shift+C",),
    "copy_ticket": ("Ctrl+Shift+T",),
    "find": ("Ctrl+F",),
    "find_next": ("F3",),
    "find_previous": ("Shift+F3",),
    "answer": ("Ctrl+1",),
    "headers": ("Ctrl+2",),
    "signatures": ("Ctrl+3",),
    "spf": ("Ctrl+4",),
    "path": ("Ctrl+5",),
    "dns": ("Ctrl+6",),
    "session_list": ("Ctrl+B",),
    "evidence_pane": ("Ctrl+J",),
    "next_finding": ("F8",),
    "previous_finding": ("Shift+F8",),
    "next_pane": ("F6",),
    "previous_pane": ("Shift+F6",),
    "back": ("Alt+Left",),
    "forward": ("Alt+Right",),
    "larger": ("Ctrl++", "Ctrl+="),
    "smaller": ("Ctrl+-",),
    "normal_size": ("Ctrl+0",),
    "recheck": ("F5", "Ctrl+R"),
    "stop": ("Esc",),
    "check_domain": ("Ctrl+D",),
    "settings": ("Ctrl+,",),
    "legend": ("F1",),
    "menu": ("F10",),
}
CHECKABLE = frozenset({"session_list", "evidence_pane", "menu_bar", "offline", "mask_recipients"})
MENUS: dict[str, tuple[str, ...]] = {
    "file": (
        "open", "open_folder", "check_clipboard", "paste", "-", "start", "-",
        "save_report", "save_case", "save_original", "save_checked", "-", "print", "letter", "-", "quit",
    ),
    "edit": (
        "copy_answer", "copy_ticket", "copy_diagram", "mask_recipients", "-", "find", "find_next", "find_previous",
    ),
    "view": (
        "answer", "headers", "signatures", "spf", "path", "dns", "-",
        "back", "forward", "next_finding", "previous_finding",
        "next_pane", "previous_pane", "-", "session_list", "evidence_pane", "menu_bar", "-",
        "@language", "@theme", "@text_size",
    ),
    "check": ("recheck", "stop", "-", "check_domain", "-", "judge_by", "questions", "-", "offline", "-", "settings"),
    "help": ("first_steps", "legend", "source_help", "-", "about"),
}  # fmt: skip
MORE = (
    "open_folder", "start", "-", "save_report", "save_case", "save_original", "save_checked", "print", "letter", "-",
    "judge_by", "questions", "check_domain", "-",
    "@language", "@theme", "@text_size", "offline", "settings", "-", "menu_bar", "-",
    "first_steps", "legend", "source_help", "about", "-", "quit",
)  # fmt: skip
COPY = (
    "copy_answer", "copy_ticket", "copy_diagram", "-", "save_report", "save_case", "print", "letter", "-",
    "mask_recipients", "-", "save_original", "save_checked",
)  # fmt: skip
OF_A_RESULT = (
    "save_report", "copy_answer", "copy_diagram", "find", "find_next", "find_previous", "answer", "headers",
    "signatures", "spf", "path", "dns", "evidence_pane", "next_finding", "previous_finding", "recheck", "legend",
    "judge_by", "save_original", "save_checked", "save_case", "print", "letter", "copy_ticket",
)  # fmt: skip
"""Commands that need a finished check on the page."""


class Actions(QObject):
    """The actions by name; `actions["open"].triggered` is what the window listens to."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._menus: list[tuple[str, QMenu]] = []
        for name in self._texts():
            self._make(name)
        self.languages = self._group("language", LANGUAGES)
        self.themes = self._group("theme", THEMES)
        self.text_sizes = self._group("text_size", TEXT_SIZES)
        self._place_roles()
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> Iterable[QAction]:
        """Every action once, for the window: a hidden menu bar would keep the shortcuts asleep."""
        return self._actions.values()

    def names(self) -> Iterable[str]:
        """The name of each."""
        return self._actions.keys()

    def _make(self, name: str) -> None:
        action = QAction(self)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(keys) for keys in SHORTCUTS.get(name, ())])
        action.setCheckable(name in CHECKABLE)
        self._actions[name] = action

    def _group(self, kind: str, values: Iterable[str | int]) -> QActionGroup:
        group = QActionGroup(self)
        for value in values:
            action = QAction(group)
            action.setCheckable(True)
            action.setData(value)
            action.setObjectName(f"{kind}.{value}")
        return group

    def _place_roles(self) -> None:
        """Where macOS puts them; elsewhere a role means nothing."""
        for name in self._actions:
            self._actions[name].setMenuRole(QAction.MenuRole.NoRole)
        self["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self["about"].setMenuRole(QAction.MenuRole.AboutRole)
        self["settings"].setMenuRole(QAction.MenuRole.PreferencesRole)

    def fill_bar(self, bar: QMenuBar) -> None:
        """File, Edit, View, Check, Help."""
        for name, entries in MENUS.items():
            menu = bar.addMenu("")
            self._menus.append((name, menu))
            self._fill(menu, entries)
        self.retranslate()

    def more_menu(self, parent: QMenu) -> QMenu:
        """The content of ⋯."""
        self._fill(parent, MORE)
        self.retranslate()
        return parent

    def copy_menu(self, parent: QMenu) -> QMenu:
        """The content of Copy ▾."""
        self._fill(parent, COPY)
        return parent

    def _fill(self, menu: QMenu, entries: Iterable[str]) -> None:
        for entry in entries:
            if entry == "-":
                menu.addSeparator()
            elif entry.startswith("@"):
                self._fill_choices(menu.addMenu(""), entry[1:])
            else:
                menu.addAction(self[entry])

    def _fill_choices(self, menu: QMenu, kind: str) -> None:
        groups = {"language": self.languages, "theme": self.themes, "text_size": self.text_sizes}
        menu.addActions(groups[kind].actions())
        if kind == "text_size":
            menu.addSeparator()
            menu.addActions([self["larger"], self["smaller"], self["normal_size"]])
        self._menus.append((kind, menu))

    def set_result(self, *, shown: bool) -> None:
        """Enable what needs a result."""
        for name in OF_A_RESULT:
            self[name].setEnabled(shown)
        # F1 explains what is on the page: the ladder of a result, else where mails come from
        self["source_help"].setShortcuts([] if shown else [QKeySequence("F1")])

    @staticmethod
    def choose(group: QActionGroup, value: str | int) -> None:
        """Tick the action of `value` without triggering it."""
        for action in group.actions():
            action.setChecked(action.data() == value)

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        texts = self._texts()
        for name, action in self._actions.items():
            action.setText(texts[name])
        titles = self._titles()
        for name, menu in self._menus:
            menu.setTitle(titles[name])
        choices = self._choices()
        for group in (self.languages, self.themes, self.text_sizes):
            for action in group.actions():
                action.setText(choices[action.objectName()])

    def _texts(self) -> dict[str, str]:
        return {
            "open": self.tr("&Open…"),
            "open_folder": self.tr("Open &folder…"),
            "paste": self.tr("&Paste source…"),
            "check_clipboard": self.tr("&Check the clipboard"),
            "start": self.tr("Start &page"),
            "save_report": self.tr("&Save report…"),
            "save_original": self.tr("Save the ori&ginal…"),
            "save_checked": self.tr("Save the message as c&hecked…"),
            "save_case": self.tr("Sav&e case…"),
            "print": self.tr("&Print…"),
            "letter": self.tr("&Letter to an administrator…"),
            "quit": self.tr("&Quit"),
            "copy_answer": self.tr("Copy &answer"),
            "copy_ticket": self.tr("Copy summary for a &ticket"),
            "mask_recipients": self.tr("&Mask recipients"),
            "copy_diagram": self.tr("Copy &diagram"),
            "find": self.tr("&Find in headers…"),
            "find_next": self.tr("Find &next"),
            "find_previous": self.tr("Find &previous"),
            "answer": self.tr("&Answer"),
            "headers": self.tr("Evidence: &Headers"),
            "signatures": self.tr("Evidence: &Signatures"),
            "spf": self.tr("Evidence: S&PF"),
            "path": self.tr("Evidence: Pa&th"),
            "dns": self.tr("Evidence: &DNS"),
            "session_list": self.tr("&Session list"),
            "evidence_pane": self.tr("&Evidence pane"),
            "next_finding": self.tr("&Next finding"),
            "previous_finding": self.tr("P&revious finding"),
            "next_pane": self.tr("Next p&ane"),
            "previous_pane": self.tr("Pre&vious pane"),
            "back": self.tr("&Back"),
            "forward": self.tr("&Forward"),
            "menu_bar": self.tr("&Menu bar"),
            "larger": self.tr("&Larger"),
            "smaller": self.tr("S&maller"),
            "normal_size": self.tr("&Normal size"),
            "recheck": self.tr("&Re-check"),
            "stop": self.tr("&Stop"),
            "check_domain": self.tr("Check a &domain…"),
            "judge_by": self.tr("&Judge SPF by…"),
            "questions": self.tr("&List the DNS questions…"),
            "offline": self.tr("Offline: &never look anything up"),
            "settings": self.tr("Se&ttings…"),
            "legend": self.tr("How to &read this"),
            "source_help": self.tr("&Where do I find the source?"),
            "first_steps": self.tr("&First steps"),
            "about": self.tr("&About HeaderLens"),
            "menu": self.tr("Show the menu"),
        }

    def _titles(self) -> dict[str, str]:
        return {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "check": self.tr("&Check"),
            "help": self.tr("&Help"),
            "language": self.tr("&Language"),
            "theme": self.tr("&Theme"),
            "text_size": self.tr("Te&xt size"),
        }

    def _choices(self) -> dict[str, str]:
        return {
            "language.system": self.tr("Language of the system"),
            "language.en": "English",
            "language.ja": "日本語",
            "theme.system": self.tr("As the system"),
            "theme.light": self.tr("Light"),
            "theme.dark": self.tr("Dark"),
            **{f"text_size.{size}": f"{size} %" for size in TEXT_SIZES},
        }
