"""What a screen reader walks through in every state, in both languages, as approved text (interface.md 9.3).

HEADERLENS_APPROVE=1 writes the files anew; read what changed before it is committed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.engine import LiveEngine
from headerlens.gui.pages.paste import PasteDialog
from headerlens.gui.settings import Settings
from headerlens.gui.sources import of_octets, of_path, of_sample
from headerlens.gui.workers import Failure
from headerlens.model.progress import Progress
from headerlens.parse.message import parse
from headerlens.pipeline import analyse
from headerlens.samples import samples
from tests.support.corpus_engine import CORPUS, CorpusEngine
from tests.support.outline import compare, outline

RESULTS = (
    "dmarc-none",
    "unpublished-no-key",
    "dns-offline",
    "drift-paste-spoilt",
    "drift-headers-only",
    "drift-key-gone",
    "unpublished-nothing",
    "from-two-domains",
    "sent-copy",
    "many-signatures",
    "bounce-pass",
    "dmarc-strict-dkim",
)
"""Cases of the corpus, one for each shape an answer can have; the levels pass and fail are among the samples."""

SAMPLES = ("all-pass", "spoofed", "forwarded", "mailing-list", "third-party")


@pytest.fixture(params=["en", "ja"])
def program(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program in one language, around the corpus, in a clock of its own."""
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    QGuiApplication.clipboard().clear()
    made = Program(qapp, CorpusEngine(), tmp_path / "settings.json")
    made.change(Settings(language=request.param, theme="light", look_at_clipboard=False))
    qtbot.addWidget(made.window)
    made.window.resize(900, 640)
    with qtbot.waitExposed(made.window):
        made.window.show()
    yield made
    made.close()
    if zone is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = zone
    time.tzset()


def approve(name: str, program: Program, text: str) -> None:
    compare(f"{name}-{program.speaker.language}", text)


def settled(program: Program, qtbot: QtBot) -> None:
    """The check is over, and so is what follows it: second opinion and proofs."""
    session = program.window.session
    qtbot.waitUntil(lambda: session.running is None and not session.waiting, timeout=20_000)
    qtbot.waitUntil(lambda: not program.window.crew._under_way, timeout=20_000)
    qtbot.wait(200)


@pytest.mark.parametrize("name", RESULTS)
def test_the_outline_of_an_answer(program: Program, qtbot: QtBot, name: str) -> None:
    octets = (CORPUS / name / "message.eml").read_bytes()
    program.window.open_sources([of_octets(octets, f"{name}.eml")])
    settled(program, qtbot)
    approve(f"answer-{name}", program, outline(program.window.body.result.answer))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_outline_of_a_sample(program: Program, qtbot: QtBot, name: str) -> None:
    sample = next(one for one in samples() if one.name == name)
    program.window.open_sources([of_sample(sample)])
    settled(program, qtbot)
    approve(f"answer-{name}", program, outline(program.window.body.result.answer))


def test_the_outline_of_a_running_check(program: Program) -> None:
    engine, told, language = LiveEngine(), list[Progress](), program.speaker.language
    sample = next(one for one in samples() if one.name == "third-party")
    raw = sample.message()
    analyse(raw, sample.lookup(), sample.checked_at, choices=sample.choices, progress=told.append)
    half = [one for one in told if one.so_far is not None and len(one.so_far.dkim) == 1][-1]
    half = replace(half, asked=8, answered=5, began=0.0, ends=())
    page = program.window.body.progress
    page.begin("booking.eml")
    page.card._began = None
    page.show_line(engine.line(parse(raw), language))
    page.show_progress(engine.progress(half, language))
    program.window.body.show_page(page)
    approve("progress", program, outline(page))


def test_the_outline_of_a_refusal(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_bytes(b"milk\r\nbread\r\n")
    program.window.open_sources([of_path(tmp_path / "list.txt")])
    settled(program, qtbot)
    approve("refusal", program, outline(program.window.body.refusal))


def test_the_outline_of_a_mistake(program: Program) -> None:
    page = program.window.body.failure
    page.show_failure(Failure("ValueError", ""))
    program.window.body.show_page(page)
    approve("failure", program, outline(page))


@pytest.mark.parametrize("name", ["paste", "settings", "about", "source_help", "first_steps"])
def test_the_outline_of_a_dialog(program: Program, qtbot: QtBot, name: str) -> None:
    dialog = program.window.open_dialog(name)
    if isinstance(dialog, PasteDialog):
        dialog.field.setPlainText("From: a@example.com\nSubject: x")
        qtbot.wait(600)
    # the versions of a machine are no part of it
    approve(name, program, "".join(line for line in outline(dialog).splitlines(True) if "Python" not in line))
    dialog.close()


def other(program: Program) -> None:
    """Switch to the other language while everything is shown."""
    language = "en" if program.speaker.language == "ja" else "ja"
    program.change(program.settings._replace(language=language))


@pytest.mark.parametrize("name", ["spoofed", "third-party"])
def test_an_answer_changes_its_language_as_if_opened_in_it(program: Program, qtbot: QtBot, name: str) -> None:
    sample = next(one for one in samples() if one.name == name)
    program.window.open_sources([of_sample(sample)])
    settled(program, qtbot)
    other(program)
    qtbot.wait(200)
    approve(f"answer-{name}", program, outline(program.window.body.result.answer))


def test_trouble_changes_its_language_as_if_opened_in_it(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_bytes(b"milk\r\nbread\r\n")
    program.window.open_sources([of_path(tmp_path / "list.txt")])
    settled(program, qtbot)
    other(program)
    qtbot.wait(200)
    approve("refusal", program, outline(program.window.body.refusal))


def test_a_mistake_changes_its_language_as_if_met_in_it(program: Program, qtbot: QtBot) -> None:
    program.window.show_bug(Failure("ValueError", ""))
    other(program)
    qtbot.wait(200)
    approve("failure", program, outline(program.window.body.failure))
