"""How long the window stands still while 25 MB are pasted, on the window and in the paste dialog, and one 1 MB line.

Run `python -m tests.benchmarks.bench_paste` from the root of the checkout, on an idle machine. Not run by CI. A gap is
the time between two ticks of a 2 ms timer on the GUI thread; what `QMimeData.text()` alone takes is told beside it.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from headerlens.gui.app import Program, make_application
from headerlens.gui.engine import LiveEngine
from headerlens.gui.pages.paste import PasteDialog

CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier
HEADER = (
    "Received: from a.example ([192.0.2.1])\n\tby mx.example.net; Fri, 20 Nov 2026 00:12:02 +0000\n"
    "From: A <a@example.com>\nSubject: big\nDate: Fri, 20 Nov 2026 09:12:00 +0900\n"
    "Message-ID: <1@example.com>\nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
)
LINES = HEADER + ("x" * 72 + "\n") * (25_000_000 // 73)
ONE_LINE = HEADER + "x" * 1_000_000


class Watch:
    """Counts the gaps of the GUI thread."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._tick)
        self.timer.start(2)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    def report(self, label: str) -> None:
        """The longest gaps since the last report."""
        longest = " ".join(f"{gap * 1000:.0f}" for gap in sorted(self.gaps, reverse=True)[:5])
        print(f"  {label}: longest gaps {longest} ms")
        self.gaps.clear()
        self._last = time.perf_counter()


def rest(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until_idle(program: Program) -> None:
    """Wait for the answer."""
    while program.window.session.running is not None:
        rest(20)


def copy(text: str) -> None:
    """Put it on the clipboard, and tell what fetching it costs by itself."""
    mime = QMimeData()
    mime.setText(text)
    QGuiApplication.clipboard().setMimeData(mime)
    rest(300)
    began = time.perf_counter()
    QGuiApplication.clipboard().mimeData().text()
    print(f"  QMimeData.text() alone: {(time.perf_counter() - began) * 1000:.0f} ms")


def on_window(program: Program, text: str) -> None:
    """Ctrl+V on the window."""
    copy(text)
    watch = Watch()
    rest(100)
    watch.report("at rest")
    began = time.perf_counter()
    QTest.keyClick(program.window, Qt.Key.Key_V, CONTROL)
    print(f"  Ctrl+V returns after {(time.perf_counter() - began) * 1000:.0f} ms")
    until_idle(program)
    watch.report("until the answer")
    rest(1000)
    watch.report("after it")


def in_dialog(program: Program, text: str) -> None:
    """Ctrl+V in the paste dialog."""
    copy(text)
    QTest.keyClick(program.window, Qt.Key.Key_V, BOTH)
    rest(300)
    dialog = program.window.findChild(PasteDialog)
    assert dialog is not None
    dialog.field.setFocus()
    watch = Watch()
    began = time.perf_counter()
    QTest.keyClick(dialog.field, Qt.Key.Key_V, CONTROL)
    print(f"  Ctrl+V returns after {(time.perf_counter() - began) * 1000:.0f} ms")
    rest(1000)
    watch.report(f"until {dialog.live.text()!r}")
    dialog.reject()
    rest(100)
    program.window.activateWindow()  # the offscreen platform does not give the window its turn back
    rest(100)


def main() -> None:
    """All of them in one window that checks offline."""
    app = make_application(["headerlens"])
    with TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.json"
        settings.write_text('{"language": "en", "offline": true, "look_at_clipboard": false}', encoding="utf-8")
        program = Program(app, LiveEngine(), settings)
        program.window.show()
        rest(1500)
        for label, text in (("25 MB of lines", LINES), ("one line of 1 MB", ONE_LINE)):
            print(f"{label}, in the paste dialog")
            in_dialog(program, text)
            print(f"{label}, on the window")
            on_window(program, text)
        QGuiApplication.clipboard().clear()
        program.close()
        program.window.deleteLater()
        rest(50)


if __name__ == "__main__":
    main()
