"""Time from starting Python to the first painted window, beside a bare PySide6 window in the same run.

Run `python -m tests.benchmarks.bench_start` from the root of the checkout. Not run by CI. On a busy machine even the
processor's time varies by a third; `valgrind --tool=callgrind python -c …` counts the same instructions every time.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time

RUNS = 9

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1080, 760)
window.show()
app.processEvents()
import os
os._exit(0)
"""
"""No window that anybody would open: without a word it needs no font."""

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget
app = QApplication(sys.argv)
window = QMainWindow()
centre = QWidget()
column = QVBoxLayout(centre)
column.addWidget(QLabel("Hello"))
column.addWidget(QPushButton("Open"))
window.setCentralWidget(centre)
window.resize(1080, 760)
window.show()
app.processEvents()
import os
os._exit(0)
"""

OURS = """
import gc
gc.disable()  # as headerlens.__main__ does
from pathlib import Path
from tempfile import TemporaryDirectory
from headerlens.gui.app import Program, make_application
app = make_application(["headerlens"])
with TemporaryDirectory() as folder:
    program = Program(app, None, Path(folder) / "settings.json")
    program.window.show()
    app.processEvents()
    assert program.window._painted
    import os
    os._exit(0)
"""


def start(program: str) -> tuple[float, float]:
    """Seconds of one start in a fresh interpreter: by the clock, and of the processor."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, stderr=subprocess.DEVNULL)
    took = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Alternate the two, so that a busy moment hits both. On a busy machine only the processor's time says anything."""
    programs = {"empty window": EMPTY, "bare window": BARE, "HeaderLens": OURS}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for program in programs.values():
        start(program)
    for _ in range(RUNS):
        for name, program in programs.items():
            times[name].append(start(program))
    for place, what in enumerate(("by the clock", "of the processor")):
        middles = {}
        for name, values in times.items():
            column = [one[place] for one in values]
            middles[name] = statistics.median(column)
            print(f"{what:16} {name:12} min {min(column) * 1000:5.0f} ms   median {middles[name] * 1000:5.0f} ms")
        for other in ("bare window", "empty window"):
            print(f"{what:16} HeaderLens / {other}: {middles['HeaderLens'] / middles[other]:.2f}")


if __name__ == "__main__":
    main()
