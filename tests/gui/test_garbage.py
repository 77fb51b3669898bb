"""Widgets that are part of a cycle are destroyed on the window's thread, whatever a worker allocates."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.garbage import FULL_AFTER, Collector


class Knot(QObject):
    """Reachable from itself alone, once nobody holds it."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    made = Collector(qapp)
    yield made
    made.hand_back()
    made.deleteLater()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def _allocate() -> None:
    """Enough for Python to search all generations, were it allowed to."""
    kept = [[number] for number in range(300_000)]
    assert kept


def _tangle() -> None:
    one: list[object] = []
    one.append(one)


@pytest.mark.usefixtures("collector")
def test_a_worker_destroys_no_object_of_qt() -> None:
    knot = weakref.ref(Knot())
    worker = threading.Thread(target=_allocate)
    worker.start()
    worker.join()
    assert knot() is not None


def test_the_young_are_searched_soon_and_everything_in_time(collector: Collector, qtbot: QtBot) -> None:
    knot = weakref.ref(Knot())

    def is_gone() -> bool:
        """Objects freed meanwhile count down what was made, so this makes more than anything else frees."""
        for _ in range(10 * gc.get_threshold()[0]):
            _tangle()
        return knot() is None

    qtbot.waitUntil(is_gone)
    old = Knot()
    told = weakref.ref(old)
    gc.collect()
    del old
    for _ in range(FULL_AFTER):
        collector.look()
    assert told() is None


def test_what_start_up_made_is_not_searched_again(collector: Collector) -> None:
    collector.settle()
    assert gc.get_freeze_count() > 0
