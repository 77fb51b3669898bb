"""Runs many messages: a thread for each worker takes the next message, outcomes come as they are ready."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Generic

from headerlens.batch.hand import Common, Hand
from headerlens.batch.outcome import Keep, Outcome, T
from headerlens.batch.work import Item, Order, Read
from headerlens.dns.shared import SharedAnswers
from headerlens.model.case import Choices
from headerlens.model.dns import Lookup
from headerlens.model.limits import BATCH_JOBS, DNS_PARALLEL, DNS_TIMEOUT_SECONDS
from headerlens.model.progress import Cancelled, Stopped

GLANCE_SECONDS = 0.05
"""How often a run that waits looks whether it is stopped."""


def usual_jobs() -> int:
    """As many workers as there are processors, at most BATCH_JOBS."""
    return max(1, min(BATCH_JOBS, os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Plan(Generic[T]):
    """How a run is done. `answers` makes the lookup of one message and is given what tells it to give up.

    `clock` tells the moment of each check, aware. `read` and `keep` are called in the worker: functions of modules.
    `timeout` is that of one question, in seconds. With one job everything happens in this process, otherwise each
    worker is a process, or this one where none can be started.
    """

    read: Read
    keep: Keep[T]
    answers: Callable[[Cancelled], Lookup]
    clock: Callable[[], datetime]
    choices: Choices = Choices()  # noqa: RUF009  frozen
    jobs: int = 1
    timeout: float = DNS_TIMEOUT_SECONDS


def run(items: Iterable[Item], plan: Plan[T], cancelled: Cancelled = lambda: False) -> Iterator[tuple[int, Outcome[T]]]:
    """The place of each item in `items` and what became of it, in the order of completion.

    `items` is read ahead, in a thread of its own. Once `cancelled()` is true no further outcome comes, and the workers
    are ended. Questions are shared between the messages: each is asked once, within the deadline of whoever asks.
    """
    crew = _Crew(items, plan)
    try:
        yield from crew.outcomes(cancelled)
    finally:
        crew.dismiss()


_Report = tuple[int, Outcome[T]] | BaseException | None
"""An outcome; what a thread died of; None from a thread that has nothing more to do."""


class _Crew(Generic[T]):
    """The threads of one run."""

    def __init__(self, items: Iterable[Item], plan: Plan[T]) -> None:
        self._items = items
        self._over = threading.Event()
        self._tasks: queue.SimpleQueue[tuple[int, Item] | None] = queue.SimpleQueue()
        self._reports: queue.SimpleQueue[_Report[T]] = queue.SimpleQueue()
        self._asking = ThreadPoolExecutor(plan.jobs * DNS_PARALLEL, "headerlens-ask")
        order = Order(plan.read, plan.keep, plan.choices)
        shared, lock = SharedAnswers(plan.timeout), threading.Lock()
        common = Common(order, plan.answers, plan.clock, shared, self._asking, self._over.is_set, lock)
        self._hands = [Hand(common, alone=plan.jobs <= 1) for _ in range(max(1, plan.jobs))]
        works: list[Callable[[], None]] = [self._feed, *(self._worker(hand) for hand in self._hands)]
        self._threads = [threading.Thread(target=self._watched(work), daemon=True) for work in works]

    def outcomes(self, cancelled: Cancelled) -> Iterator[tuple[int, Outcome[T]]]:
        """Everything that comes until all are done or the run is stopped."""
        for thread in self._threads:
            thread.start()
        left = len(self._threads)
        while left and not cancelled():
            try:
                report = self._reports.get(timeout=GLANCE_SECONDS)
            except queue.Empty:
                continue
            if isinstance(report, BaseException):
                raise report
            if report is None:
                left -= 1
            else:
                yield report

    def dismiss(self) -> None:
        """End every process and wait for the threads; those that read a file or wait for DNS end by themselves."""
        self._over.set()
        for hand in self._hands:
            hand.end()
        self._asking.shutdown(wait=False, cancel_futures=True)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(2)

    def _watched(self, work: Callable[[], None]) -> Callable[[], None]:
        def watched() -> None:
            try:
                work()
            except BaseException as error:  # noqa: BLE001  raised again where the outcomes are taken
                self._reports.put(error)
            else:
                self._reports.put(None)

        return watched

    def _feed(self) -> None:
        try:
            for task in enumerate(self._items):
                if self._over.is_set():
                    break
                self._tasks.put(task)
        finally:
            for _ in self._hands:
                self._tasks.put(None)

    def _worker(self, hand: Hand[T]) -> Callable[[], None]:
        """A process is started only for a message, so that few messages start few."""

        def work() -> None:
            try:
                while (task := self._tasks.get()) is not None and not self._over.is_set():
                    outcome = hand.check(task[1])
                    if not self._over.is_set():
                        self._reports.put((task[0], outcome))
            except Stopped:
                return
            finally:
                hand.close()

        return work
