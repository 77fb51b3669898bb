"""Many messages in the window: `python -m tests.benchmarks.bench_batch [mails] [rows]`, by hand only.

Checks generated mails in worker processes while a timer of 5 ms beats in the window's thread; the longest time between
two beats is how long the window was deaf (issue 6: at most 50 ms). Then a table of many lines is scrolled and sorted.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from headerlens.gui.app import Program, make_application
from headerlens.gui.batch_run import Batch, Line, Phase
from headerlens.gui.garbage import Collector
from headerlens.gui.main_window import MainWindow
from headerlens.gui.settings import Settings
from headerlens.model.locator import Locator
from headerlens.samples import samples
from tests.support.batch import RecordedEngine
from tests.support.screens import settle

BEAT_MS = 5
ALLOWED_MS = 50


class Heart:
    """Beats in the window's thread and remembers the pauses, and how much of each the thread itself was computing.

    On a machine that is busy with other things a pause says little: then the thread's own work is what counts.
    """

    def __init__(self, beat: int = BEAT_MS) -> None:
        self.pauses: list[float] = []
        self.work: list[float] = []
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer(interval=beat)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.pauses.append((now - self._last) * 1000)
        self.work.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked

    def begin(self) -> None:
        """Forget what was before."""
        self.pauses, self.work = [], []
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def told(self) -> str:
        """The longest pauses in words."""
        worst = sorted(self.pauses, reverse=True)[:8]
        over = sum(one > ALLOWED_MS for one in self.pauses)
        longest = ", ".join(f"{one:.0f}" for one in worst)
        work = ", ".join(f"{one:.0f}" for one in sorted(self.work, reverse=True)[:8])
        return f"{over} of {len(self.pauses)} pauses over {ALLOWED_MS} ms; longest {longest} ms; own work {work} ms"


def write(folder: Path, mails: int) -> None:
    """Mails made of the samples, each with a subject of its own."""
    kinds = [one.message().octets for one in samples()]
    for number in range(mails):
        octets = kinds[number % len(kinds)].replace(b"Subject: ", b"Subject: %d " % number, 1)
        (folder / f"{number:05}.eml").write_bytes(octets)


def check(window: MainWindow, folder: Path, heart: Heart, mails: int) -> Batch:
    """Open the folder and wait for its end."""
    heart.begin()
    begun = time.perf_counter()
    window.open_paths([folder])
    while window.entry is None or window.entry.batch is None or not window.entry.batch.lines:
        settle(20)
    batch = window.entry.batch
    first = time.perf_counter() - begun
    while batch.running:
        settle(50)
    took = time.perf_counter() - begun
    print(f"{mails} mails: table after {first:.2f} s, done after {took:.1f} s ({mails / took:.0f} a second)")
    print(f"  {heart.told()}")
    kept = sum(len(line.checked.answers) for line in batch.lines if line.checked is not None)
    print(f"  answers kept: {kept / mails:.0f} octets a mail; peak {_peak()} MB in this process")
    return batch


def scroll(window: MainWindow, batch: Batch, heart: Heart, rows: int) -> None:
    """The lines of `batch` again and again, until there are so many; then sort, filter and scroll them."""
    lines = batch.lines
    batch.lines = [Line(Locator(Path(f"{n}.eml")), lines[n % len(lines)].outcome) for n in range(rows)]
    page = window.body.batch
    for name, act in {
        "show": page.model.arrange,
        "sort by sender": lambda: page.table.sort_by(1),
        "sort by result": lambda: page.table.sort_by(0),
        "filter": lambda: page.model.show_only("fail"),
        "all": page.model.show_only,
        "causes": page._find_causes,
    }.items():
        begun = time.perf_counter()
        act()
        print(f"  {rows} rows, {name}: {(time.perf_counter() - begun) * 1000:.0f} ms")
    bar, times = page.table.verticalScrollBar(), []
    for step in range(200):
        begun = time.perf_counter()
        bar.setValue(bar.maximum() * step // 200)
        page.table.viewport().repaint()
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    print(f"  {rows} rows, one scroll step: median {times[100]:.1f} ms, worst {times[-1]:.1f} ms")
    heart.begin()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(app: QApplication, mails: int, rows: int) -> None:
    """Both measurements in one window."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "mails"
        folder.mkdir()
        write(folder, mails)
        engine = RecordedEngine()
        engine.many.jobs = None
        program = Program(app, engine, Path(name) / "settings.json")
        collector = Collector(program.window)  # as gui.app.run does
        program.window.moved_in.connect(collector.settle)
        program.change(Settings(language="en", theme="light"))
        program.window.resize(1440, 900)
        program.window.show()
        settle(3000)
        heart = Heart()
        settle(3000)
        print(f"at rest: {heart.told()}")  # what the machine does by itself
        batch = check(program.window, folder, heart, mails)
        assert batch.phase is Phase.DONE
        scroll(program.window, batch, heart, rows)
        program.close()


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:]]
    mails, rows = (*numbers, *(500, 10_000)[len(numbers) :])
    main(make_application(["headerlens"]), mails, rows)
