"""How long the header pane needs for 20,000 lines, one line of a megabyte and a body of 25 MB, and how long it holds.

Run `python -m tests.benchmarks.bench_source_view` from the root of the checkout, on an idle machine. Not run by CI. A
gap is the time between two ticks of a 2 ms timer on the GUI thread.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from headerlens.gui.app import make_application
from headerlens.gui.pages.headers import HeadersPane
from headerlens.gui.theme import Theme
from headerlens.intake.files import read_octets
from headerlens.model.case import Case
from headerlens.model.message import RawMessage
from tests.support.fake_engine import make_case

TOP = (
    b"Received: from a.example ([192.0.2.1])\r\n\tby mx.example.net; Fri, 20 Nov 2026 00:12:02 +0000\r\n"
    b"From: A <a@example.com>\r\nSubject: big\r\nDate: Fri, 20 Nov 2026 09:12:00 +0900\r\n"
)
FIELDS = TOP + b"".join(b"X-%d: %s\r\n" % (n, b"v" * 36) for n in range(19_995)) + b"\r\nBody\r\n"
ONE_LINE = TOP + b"\r\n" + b"x" * 1_000_000 + b"\r\n"
LONG_BODY = TOP + b"\r\n" + (b"y" * 72 + b"\r\n") * (25_000_000 // 74)


class Watch(QObject):
    """Counts the gaps of the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(2)

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    def longest(self) -> str:
        """The longest gaps in ms since the last call."""
        text = " ".join(f"{gap * 1000:.0f}" for gap in sorted(self.gaps, reverse=True)[:4])
        self.gaps.clear()
        self._last = time.perf_counter()
        return text


def rest(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def case_of(octets: bytes) -> Case:
    """A finished case of `octets`."""
    raw = read_octets(octets, "big.eml")
    assert isinstance(raw, RawMessage)
    return make_case(raw)


def timed(watch: Watch, pane: HeadersPane, label: str, act: Callable[[], object]) -> None:
    """How long `act` takes to return, and until everything is filled in."""
    rest(100)
    watch.longest()
    began, worked = time.perf_counter(), time.process_time()
    act()
    returned = time.perf_counter() - began
    while pane._filler.running:
        QApplication.processEvents()
    done = time.perf_counter() - began
    worked = time.process_time() - worked
    rest(100)
    spent = f"returns after {returned * 1000:.0f} ms, done after {done * 1000:.0f} ms, {worked * 1000:.0f} ms of CPU"
    print(f"  {label}: {spent}, longest gaps {watch.longest()}")


def scroll(pane: HeadersPane) -> None:
    """Fifty steps of a page, each painted."""
    for step in range(50):
        pane.view.verticalScrollBar().setValue(step * 40)
        QApplication.processEvents()


def main() -> None:
    """The three mails, and what a person does with them."""
    app = make_application(["headerlens"])
    theme = Theme()
    theme.apply(app, "light")
    pane = HeadersPane(theme)
    pane.resize(424, 800)
    pane.show()
    watch = Watch()
    for label, octets in (("20,000 fields", FIELDS), ("a line of 1 MB", ONE_LINE), ("a body of 25 MB", LONG_BODY)):
        case = case_of(octets)
        print(label)
        timed(watch, pane, "open", partial(pane.show_case, case))
        timed(watch, pane, "show the body", pane.show_body)
        print(f"  lines: {len(pane.model)}")
        timed(watch, pane, "to the end", lambda: pane.view.go_to(len(pane.model) - 1))
        pane.find_bar.field.setText("v" if octets is FIELDS else "y")
        timed(watch, pane, "find", pane.find_next)
        timed(watch, pane, "other width", lambda: pane.resize(640, 800))
        pane.resize(424, 800)
        timed(watch, pane, "scroll over 50 pages", partial(scroll, pane))
    pane.close()


if __name__ == "__main__":
    main()
