"""Pictures of the whole window in its states: `python -m tests.support.screens` writes them to tests/output/.

They are looked at beside design/pictures; no test compares them (fonts differ between machines).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from headerlens.gui.app import Program, make_application
from headerlens.gui.engine import LiveEngine
from headerlens.gui.settings import Settings
from headerlens.gui.sources import of_path, of_sample
from headerlens.model.progress import Progress, Step
from headerlens.parse.message import parse
from headerlens.samples import samples
from tests.support.batch import RecordedEngine, write_samples

PICTURES = Path(__file__).resolve().parents[2] / "packaging" / "pictures"
OUTPUT = Path(__file__).resolve().parents[1] / "output"
ENGINE = RecordedEngine()
SIZES = {"900x640": (900, 640), "1440x900": (1440, 900)}
STATES = (
    "start",
    "running",
    "all-pass",
    "spoofed",
    "third-party",
    "session",
    "refusal",
    "failure",
    "evidence",
    "batch",
    "batch-running",
    "batch-message",
)


def settle(milliseconds: int = 60) -> None:
    """Let layouts and timers come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until_idle(program: Program) -> None:
    """Wait for the last check of the queue."""
    while program.window.session.running is not None or program.window.session.waiting:
        settle(20)
    settle()


def show(program: Program, state: str) -> None:
    """Bring the window into `state`."""
    window = program.window
    named = {one.name: one for one in samples()}
    if state.startswith("batch"):
        show_batch(program, state)
    elif state == "start":
        window.show_start()
        window.body.start.offer_clipboard("bank.example.co.jp")
    elif state == "running":
        engine, message = LiveEngine(), named["third-party"].message()
        window.body.progress.begin("booking.eml")
        window.body.progress.show_line(engine.line(parse(message), program.speaker.language))
        window.body.progress.show_progress(engine.progress(Progress(Step.SPF, 3, 1), program.speaker.language))
        settle(200)
        view = engine.progress(
            Progress(Step.DKIM, 8, 5, "489ban._domainkey.inn.example.co.jp"), program.speaker.language
        )
        window.body.progress.show_progress(view)
        window.body.show_page(window.body.progress)
        window.toolbar.show_state(result=False, running=True, listed=False)
    elif state == "session":
        window.open_sources([of_sample(one) for one in named.values()])
        until_idle(program)
    elif state in {"refusal", "failure"}:
        window.open_sources([of_path(Path(__file__))] if state == "refusal" else [of_sample(named["spoofed"])])
        until_idle(program)
        if state == "failure":
            from headerlens.gui.workers import failure_of

            window.body.failure.show_failure(failure_of(ValueError("x")))
            window.body.show_page(window.body.failure)
    else:
        window.open_sources([of_sample(named["spoofed" if state == "evidence" else state])])
        until_idle(program)
        if state == "evidence":
            window.body.result.show_tab(0)


def show_batch(program: Program, state: str) -> None:
    """The table of a folder of samples: finished, half done, or with a message opened from it."""
    window, many = program.window, ENGINE.many
    folder = OUTPUT / "november"
    folder.mkdir(exist_ok=True)
    list(write_samples(folder, 4))
    (folder / "shopping-list.eml").write_bytes(b"")
    many.hold = state == "batch-running"
    window.open_paths([folder])
    while window.entry is None or window.entry.batch is None or not window.entry.batch.lines:
        settle(20)
    batch, page = window.entry.batch, window.body.batch
    while batch.running and not many.hold:
        settle(20)
    settle(200)
    page.table.choose(page.model.place_of(0))
    settle(400)
    if state == "batch-message":
        window.batching.open(page.model.place_of(1))
        settle(600)


def take(app: QApplication, state: str, settings: Settings, name: str) -> None:
    """One picture of a fresh window."""
    path = OUTPUT / "settings.json"
    path.unlink(missing_ok=True)
    program = Program(app, ENGINE, path)
    program.change(settings)
    for label, (width, height) in SIZES.items():
        program.window.resize(width, height)
        program.window.show()
        settle()
        show(program, state)
        settle()
        program.window.grab().save(str(OUTPUT / f"{state}-{name}-{label}.png"))
    program.close()
    program.window.deleteLater()
    settle()
    path.unlink(missing_ok=True)


def readme_pictures(app: QApplication) -> None:
    """The pictures README opens with: a real window, a shipped sample, each language."""
    for language in ("en", "ja"):
        path = OUTPUT / "settings.json"
        path.unlink(missing_ok=True)
        program = Program(app, LiveEngine(), path)
        program.change(Settings(language=language, theme="light"))
        program.window.resize(1240, 860)
        program.window.show()
        settle()
        show(program, "spoofed")
        settle()
        program.window.grab().save(str(PICTURES / f"spoofed-{language}.png"))
        program.close()
        program.window.deleteLater()
        path.unlink(missing_ok=True)


def main(wanted: list[str]) -> None:
    """All states, or those named; with --readme the pictures of README."""
    OUTPUT.mkdir(exist_ok=True)
    app = make_application(["headerlens"])
    font = QFont("Inter")
    font.setPixelSize(14)
    app.setFont(font)
    if wanted == ["--readme"]:
        readme_pictures(app)
        return
    looks: dict[str, Callable[[], Settings]] = {
        "light-en": lambda: Settings(language="en", theme="light"),
        "dark-en": lambda: Settings(language="en", theme="dark"),
        "dark-ja": lambda: Settings(language="ja", theme="dark"),
        "light-ja": lambda: replace(Settings(language="ja", theme="light"), look_at_clipboard=False),
    }
    for name, settings in looks.items():
        for state in STATES:
            if not wanted or state in wanted:
                take(app, state, settings(), name)


if __name__ == "__main__":
    main(sys.argv[1:])
