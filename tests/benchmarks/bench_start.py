"""Time from starting Python to the first painted window, beside a bare PySide6 window in the same run.

Run `python -m tests.benchmarks.bench_start` from the root of the checkout. Not run by CI.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

RUNS = 9

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1080, 760)
window.show()
app.processEvents()
window.grab()
import os
os._exit(0)
"""

OURS = """
from pathlib import Path
from tempfile import TemporaryDirectory
from headerlens.gui.app import Program, make_application
app = make_application(["headerlens"])
with TemporaryDirectory() as folder:
    program = Program(app, None, Path(folder) / "settings.json")
    program.window.show()
    app.processEvents()
    program.window.grab()
    import os
    os._exit(0)
"""


def seconds(program: str) -> float:
    """One start in a fresh interpreter."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Alternate the two, so that a busy moment hits both."""
    times: dict[str, list[float]] = {"bare window": [], "HeaderLens": []}
    seconds(BARE), seconds(OURS)
    for _ in range(RUNS):
        times["bare window"].append(seconds(BARE))
        times["HeaderLens"].append(seconds(OURS))
    for name, values in times.items():
        print(f"{name:12} min {min(values) * 1000:5.0f} ms   median {statistics.median(values) * 1000:5.0f} ms")
    ratio = statistics.median(times["HeaderLens"]) / statistics.median(times["bare window"])
    print(f"ratio of medians {ratio:.2f}")


if __name__ == "__main__":
    main()
