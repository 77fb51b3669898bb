"""How long the window is deaf while an answer comes: `python -m tests.benchmarks.bench_answer`, by hand only.

Opens each shipped sample in a window that has just moved in, then each once more, with a timer of 1 ms in the window's
thread. What counts is the processor time of that thread between two beats: it does not depend on what else the machine
does (issue 6: at most 50 ms).
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from headerlens.gui.app import Program, make_application
from headerlens.gui.engine import LiveEngine
from headerlens.gui.entry import State
from headerlens.gui.garbage import Collector
from headerlens.gui.settings import Settings
from headerlens.gui.sources import of_sample
from headerlens.samples import samples
from tests.benchmarks.bench_batch import Heart
from tests.support.screens import settle


def main(app: QApplication, language: str) -> None:
    """Every sample twice."""
    with tempfile.TemporaryDirectory() as name:
        program = Program(app, LiveEngine(), Path(name) / "settings.json")
        collector = Collector(program.window)  # as gui.app.run does
        program.window.moved_in.connect(collector.settle)
        program.change(Settings(language=language, theme="light", look_at_clipboard=False))
        window = program.window
        window.resize(1440, 900)
        heart = Heart(beat=1)
        window.show()
        settle(4000)
        print(f"moving in: {heart.told()}")
        for time in ("first", "again"):
            for sample in samples():
                heart.begin()
                window.open_sources([of_sample(sample)])
                while window.entry is None or window.entry.state is not State.DONE:
                    settle(20)
                settle(1500)
                print(f"{time} {sample.name}: {heart.told()}")
        program.close()


if __name__ == "__main__":
    main(make_application(["headerlens"]), (*sys.argv[1:], "en")[0])
