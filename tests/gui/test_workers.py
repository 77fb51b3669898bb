"""The bridge between threads: results and failures arrive on the GUI thread, the cancelled are silent."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.workers import Cancelled, Crew, Failure, Task, failure_of


class Listener(QObject):
    """Keeps what it is told and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.at_home: list[bool] = []

    @Slot(object)
    def hear(self, what: object) -> None:
        self.heard.append(what)
        self.at_home.append(QThread.currentThread() == self.thread())


@pytest.fixture
def crew(qapp: QApplication) -> Iterator[Crew]:
    made = Crew(qapp)
    yield made
    assert made.join()
    made.deleteLater()


def test_a_result_arrives_on_the_gui_thread(crew: Crew, qtbot: QtBot) -> None:
    listener, worker = Listener(), []

    def work(_cancelled: Cancelled) -> object:
        worker.append(threading.get_ident())
        return "result"

    task = Task(work)
    task.done.connect(listener.hear)
    with qtbot.waitSignal(task.done):
        crew.start(task)
    assert listener.heard == ["result"]
    assert listener.at_home == [True]
    assert worker != [threading.get_ident()]


def test_a_failure_arrives_without_the_words_of_the_exception(crew: Crew, qtbot: QtBot) -> None:
    def work(_cancelled: Cancelled) -> object:
        msg = "Subject: secret"
        raise ValueError(msg)

    task = Task(work)
    with qtbot.waitSignal(task.failed) as told:
        crew.start(task)
    failure = told.args[0]
    assert isinstance(failure, Failure)
    assert failure.kind == "ValueError"
    assert "in work" in failure.places
    assert "secret" not in failure.places


def test_a_cancelled_task_stays_silent(crew: Crew, qtbot: QtBot) -> None:
    listener, begun = Listener(), threading.Event()

    def work(cancelled: Cancelled) -> object:
        begun.set()
        while not cancelled():
            pass
        return "too late"

    task = Task(work)
    task.done.connect(listener.hear)
    task.failed.connect(listener.hear)
    with qtbot.waitSignal(task.ended):
        crew.start(task)
        assert begun.wait(5)
        task.cancel()
    assert listener.heard == []


def test_a_task_cancelled_after_its_work_is_silent_too(crew: Crew, qtbot: QtBot) -> None:
    listener = Listener()
    task = Task(lambda _cancelled: "result")
    task.done.connect(listener.hear)
    crew.start(task)
    crew._pool.waitForDone()
    task.cancel()
    qtbot.wait(20)
    assert listener.heard == []


def test_joining_ends_work_that_waits(crew: Crew) -> None:
    def work(cancelled: Cancelled) -> object:
        while not cancelled():
            pass
        return None

    crew.start(Task(work))
    assert crew.join(5_000)


def test_after_joining_nothing_is_started(crew: Crew) -> None:
    worked = []
    assert crew.join()
    task = crew.start(Task(lambda _cancelled: worked.append(1)))
    assert crew.join()
    assert task.cancelled
    assert worked == []


def test_the_cause_of_a_failure_is_told_and_no_home_folder() -> None:
    outer = RuntimeError("outer")
    try:
        int("inner")
    except ValueError as error:
        outer.__cause__ = error
    failure = failure_of(outer)
    assert failure.kind == "RuntimeError"
    assert "ValueError" in failure.places
    assert "/work" not in failure.places
    assert "/home" not in failure.places
