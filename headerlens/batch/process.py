"""The life of a worker process: it takes messages one by one and asks its parent for every DNS answer.

The parent has the one lookup and the one cache, so that each question is asked once for all workers. On the pipe go
tuples: down "check" (item, clock) and "answer" (ticket, answer); up "ready", "ask" (ticket, question) and "done"
(outcome).
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from concurrent.futures import Future
from datetime import datetime
from itertools import count
from multiprocessing.connection import Connection
from typing import Any

from headerlens.batch.work import Item, Order, check_one
from headerlens.dns.shared import SharedAnswers
from headerlens.model.dns import Answer, Question

CHECK, ANSWER, READY, ASK, DONE = "check", "answer", "ready", "ask", "done"

NICE = 10

ANSWERS_KEPT = 2_000
"""Answers a worker keeps itself: those of the last few hundred mails, so that most questions cross no pipe."""


def serve(pipe: Connection, order: Order[Any]) -> None:
    """Check what comes down the pipe until it closes."""
    # Ctrl+C reaches every process of a terminal; only the parent decides
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _give_way()
    items: queue.SimpleQueue[tuple[Item, datetime]] = queue.SimpleQueue()
    post = _Post(pipe)
    threading.Thread(target=_listen, args=(pipe, items, post), daemon=True).start()
    ask = SharedAnswers(most=ANSWERS_KEPT).through(post.ask)
    post.send(READY)
    while True:
        outcome = check_one(*items.get(), order, ask, lambda: False)
        post.send(DONE, outcome)


def _give_way() -> None:
    """Run below the window, which has to answer the mouse while all processors are busy with this."""
    if sys.platform == "win32":
        import ctypes

        # a handle has 64 bits: a plain -1 would be handed over with 32
        below_normal, this_process = 0x4000, ctypes.c_void_p(-1)
        ctypes.windll.kernel32.SetPriorityClass(this_process, below_normal)
    else:
        os.nice(NICE)


def _listen(pipe: Connection, items: queue.SimpleQueue[tuple[Item, datetime]], post: _Post) -> None:
    """A parent that is gone closes the pipe: then nobody waits for this process any more."""
    try:
        while True:
            kind, *values = pipe.recv()
            if kind == CHECK:
                items.put((values[0], values[1]))
            else:
                post.deliver(*values)
    except (EOFError, OSError):
        os._exit(0)


class _Post:
    """Questions that are on their way to the parent."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._tickets = count()
        self._open: dict[int, Future[Answer]] = {}

    def send(self, *message: object) -> None:
        """Send from any thread; a pipe takes one message at a time."""
        try:
            with self._lock:
                self._pipe.send(message)
        except OSError:
            os._exit(0)

    def ask(self, question: Question) -> Answer:
        """The parent's answer; the parent keeps the time limits."""
        ticket, future = next(self._tickets), Future[Answer]()
        self._open[ticket] = future
        self.send(ASK, ticket, question)
        return future.result()

    def deliver(self, ticket: int, answer: Answer) -> None:
        """Hand an answer to whoever waits for it."""
        self._open.pop(ticket).set_result(answer)
