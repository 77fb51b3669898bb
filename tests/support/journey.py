"""What a journey needs: an engine for one recorded day, and the eyes and hands of a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from headerlens.dns.recorded import load_evidence
from headerlens.gui.engine import Asking
from headerlens.gui.main_window import MainWindow
from headerlens.gui.opening import read, stored_in
from headerlens.gui.sources import Source
from headerlens.model.case import Case, Choices
from headerlens.model.dns import Answer, Lookup, Outcome, Question
from headerlens.model.message import Message, Refusal
from headerlens.model.progress import Cancelled, Progress
from headerlens.parse.message import parse
from headerlens.pipeline import analyse
from headerlens.samples import Sample, samples
from tests.conftest import NOW
from tests.support.batch import RecordedEngine
from tests.support.outline import outline

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PATIENCE = 20_000
"""Milliseconds that a person waits at most."""


class DayEngine(RecordedEngine):
    """Checks files and pasted texts by the answers of `day`, at `now`; a case file keeps its own."""

    def __init__(self) -> None:
        super().__init__()
        self.day: Lookup = named("spoofed").lookup()
        self.now: datetime = NOW

    def publish(self, name: str, value: str) -> None:
        """From now on there is a TXT record at `name`."""
        before, octets = self.day, value.encode()
        strings = tuple(octets[at : at + 255] for at in range(0, len(octets), 255))

        def ask(question: Question) -> Answer:
            if question == Question(name, "TXT"):
                return Answer(question, Outcome.FOUND, (strings,))
            return before(question)

        self.day = ask

    def check(
        self,
        source: Source,
        asking: Asking,
        watcher: Callable[[Progress], None],
        opened: Callable[[Message], None],
        *,
        stop_asking: Cancelled,
        cancelled: Cancelled,
    ) -> Case | Refusal | None:
        """What the real engine finds, with the day's answers instead of a network."""
        if stored_in(source) is not None:
            return super().check(source, asking, watcher, opened, stop_asking=stop_asking, cancelled=cancelled)
        raw = read(source)
        if isinstance(raw, Refusal):
            return raw
        opened(parse(raw))
        choices = Choices(trusted=asking.trusted, offline=asking.offline)
        return analyse(raw, self.day, self.now, choices=choices, progress=watcher, cancelled=cancelled)


def named(name: str) -> Sample:
    """The shipped example of that name."""
    return next(one for one in samples() if one.name == name)


def of_corpus(name: str) -> tuple[bytes, Lookup, datetime]:
    """Message, answers and clock of a case of tests/corpus."""
    folder = CORPUS / name
    given = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["input"]
    answers = load_evidence((folder / "dns.json").read_text(encoding="utf-8"))
    return (folder / "message.eml").read_bytes(), answers, datetime.fromisoformat(given["checked_at"])


# -- eyes --------------------------------------------------------------------------------------------------------------


def seen(widget: QWidget) -> str:
    """Everything that can be read in `widget` now, by eye or by ear."""
    QApplication.processEvents()
    return outline(widget)


def copied() -> str:
    """What the person could paste elsewhere."""
    return QGuiApplication.clipboard().text()


def button(inside: QWidget, name: str) -> QPushButton:
    """The visible button that is called so."""
    found = [one for one in inside.findChildren(QPushButton) if one.isVisible() and name in _names(one)]
    assert found, f"no button {name!r} in:\n{outline(inside)}"
    return found[0]


def _names(one: QPushButton) -> tuple[str, str]:
    return one.text().replace("&&", "&"), one.accessibleName()


# -- hands -------------------------------------------------------------------------------------------------------------


def click(widget: QWidget) -> None:
    """The left button of the mouse."""
    QTest.mouseClick(widget, LEFT)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """A key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def tab_to(wanted: Callable[[QWidget], bool]) -> QWidget:
    """Tab until the focus is where it is wanted."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        if wanted(focus):
            return focus
        press(Qt.Key.Key_Tab)
    raise AssertionError("Tab never comes there")


def drop(window: MainWindow, mime: QMimeData) -> None:
    """Let something fall on the window."""
    action, no_key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(50, 50), action, mime, LEFT, no_key))


def choose(opener: QPushButton, entry: str) -> None:
    """Click a button that has a menu, then an entry of it."""

    def pick(menu: QMenu) -> str:
        found = [one for one in menu.actions() if one.text().replace("&", "") == entry]
        if not found or not found[0].isEnabled():
            menu.close()
            return f"{entry!r} is not among {[one.text() for one in menu.actions()]}"
        QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(found[0]).center())
        return ""

    _in_menu(opener, lambda: click(opener), pick)


def choose_first_by_keys() -> None:
    """Open the menu of the button that has the keyboard, and take its first entry."""
    opener = QApplication.focusWidget()
    assert opener is not None

    def pick(menu: QMenu) -> str:
        if menu.activeAction() is None:
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        return ""

    _in_menu(opener, lambda: press(Qt.Key.Key_Space), pick)


def _in_menu(opener: QWidget, show: Callable[[], None], pick: Callable[[QMenu], str]) -> None:
    """Do what opens a menu, and `pick` in it once it is there, however slow the machine; `pick` tells what is wrong."""
    told: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu) and menu.isVisible():
            told.append(pick(menu))
            watch.stop()

    watch = QTimer(opener)
    watch.timeout.connect(look)
    watch.start(50)
    show()  # the menu may have a loop of its own, which ends with it
    for _ in range(PATIENCE // 50):
        if told:
            break
        QTest.qWait(50)
    watch.deleteLater()
    QTest.qWait(100)  # the menu goes, and the keyboard comes back to its window
    assert told, "no menu came up"
    assert not told[0], told[0]


def answered(window: MainWindow, qtbot: QtBot, *lines: str) -> str:
    """Wait until the answer page says each of `lines`; all that it says."""
    qtbot.waitUntil(lambda: window.body.shows("result"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: all(one in seen(window.body.result.answer) for one in lines[:1]), timeout=PATIENCE)
    told = seen(window.body.result.answer)
    for line in lines:
        assert line in told, f"{line!r} is not in:\n{told}"
    return told
