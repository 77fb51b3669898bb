"""Asks the foreseeable questions in parallel, so that a check waits for the longest chain and not for the sum."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeAlias

from headerlens.dns.ledger import normalise
from headerlens.model.dns import Answer, Lookup, Question
from headerlens.model.limits import DNS_PARALLEL, MAX_FORESEEN

Follow: TypeAlias = Callable[[Answer], tuple[Question, ...]]


def prefetch(
    questions: Iterable[Question],
    ask: Lookup,
    *,
    follow: Follow = lambda _: (),
    cancelled: Callable[[], bool] = lambda: False,
) -> Prefetch:
    """Starts asking and returns at once; `ask` is `ledger.foreseeing`, which keeps the answers for the checks.

    `follow` names the questions an answer gives rise to (the includes of an SPF record); it runs on any thread. Each
    question is asked once, MAX_FORESEEN at most; fewer than that are always the same ones. Once `cancelled` nothing new
    is asked. What an answer gave rise to goes before what was known from the start, because chains are what takes time.
    Call `.finish()` or `.wait()`, or use it as a context, before the answers are out of use.
    """
    return Prefetch(questions, ask, follow, cancelled)


class Prefetch:
    """Questions under way."""

    def __init__(
        self, questions: Iterable[Question], ask: Lookup, follow: Follow, cancelled: Callable[[], bool]
    ) -> None:
        self._ask = ask
        self._follow = follow
        self._cancelled = cancelled
        self._condition = threading.Condition()
        self._seen: set[Question] = set()
        self._first: deque[Question] = deque()
        self._next: deque[Question] = deque()
        self._enough = False
        self._pending = 0
        self._bug: BaseException | None = None
        self._pool = ThreadPoolExecutor(DNS_PARALLEL, thread_name_prefix="dns")
        # held back by one until all are in, else the first answer of several could end the pool
        self._pending += 1
        self._submit(questions, self._first)
        self._settle()

    def wait(self) -> None:
        """Until every question has its answer, or is dropped as cancelled; then no thread is left.

        A lookup's failure is an answer. Only an exception of `ask` or `follow`, a bug, comes out here.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._pending == 0)
        self._pool.shutdown(wait=True)
        if self._bug is not None:
            raise self._bug

    def finish(self) -> None:
        """As wait(), but what is not under way yet is not asked any more: the checks have all they need."""
        self._enough = True
        self.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.wait()

    def _submit(self, questions: Iterable[Question], queue: deque[Question]) -> None:
        for question in map(normalise, questions):
            with self._condition:
                if question in self._seen or len(self._seen) >= MAX_FORESEEN:
                    continue
                self._seen.add(question)
                # in this order: a pool that takes nothing more (the program ends) must leave nothing to wait for
                self._pool.submit(self._work)
                self._pending += 1
                queue.append(question)

    def _work(self) -> None:
        """Asks one of the queued questions: as many are queued as there are calls of this."""
        try:
            with self._condition:
                question = (self._next or self._first).popleft()
            if self._bug is None and not self._enough and not self._cancelled():
                self._submit(self._follow(self._ask(question)), self._next)
        except BaseException as error:  # noqa: BLE001 - raised again by wait(); the others must not wait for ever
            self._bug = self._bug or error
        finally:
            self._settle()

    def _settle(self) -> None:
        """One less to wait for; the last one lets the threads end, also where nobody waits."""
        with self._condition:
            self._pending -= 1
            if self._pending:
                return
            self._condition.notify_all()
        self._pool.shutdown(wait=False)
