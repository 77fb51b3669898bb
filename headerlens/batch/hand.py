"""The parent's side of one worker: hands it messages, answers its questions, survives its end."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Generic

from headerlens.batch.crash import Failure, failure_of
from headerlens.batch.outcome import Outcome, T
from headerlens.batch.process import ANSWER, ASK, CHECK, DONE, serve
from headerlens.batch.work import Item, Order, check_one
from headerlens.dns.shared import SharedAnswers
from headerlens.model.dns import Lookup, Question
from headerlens.model.progress import Cancelled

START_SECONDS = 60.0
"""How long a process may take to load the program; on a slow disk behind a virus scanner that is ten seconds."""


@dataclass(frozen=True, slots=True)
class Common(Generic[T]):
    """What all workers of a run share. `answers` makes the lookup of one message, `stopped` tells that all is over."""

    order: Order[T]
    answers: Callable[[Cancelled], Lookup]
    clock: Callable[[], datetime]
    shared: SharedAnswers
    asking: Executor
    stopped: Cancelled
    one_at_a_time: threading.Lock
    """Held while a message is checked in this process, where threads would only stand in each other's way."""


class Hand(Generic[T]):
    """Checks messages in a process of its own, or in this one where `alone` or where no process can be started."""

    def __init__(self, common: Common[T], *, alone: bool) -> None:
        self._common = common
        self._here = alone
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._sending = threading.Lock()

    def check(self, item: Item) -> Outcome[T]:
        """What becomes of `item`; raises `Stopped` when the run is stopped while it is checked in this process."""
        common = self._common
        ask = common.shared.through(common.answers(common.stopped))
        if not self._here and self._process is None:
            self._here = not self._start()
        if not self._here:
            return self._check_there(item, ask)
        with common.one_at_a_time:
            return check_one(item, common.clock(), common.order, ask, common.stopped)

    def end(self) -> None:
        """End the process at once; from any thread. A check that runs in it comes back as a failure."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Give everything back; on the thread that checks."""
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _start(self) -> bool:
        """Whether a process could be started and has loaded the program."""
        context = multiprocessing.get_context("spawn")
        try:
            pipe, theirs = context.Pipe()
            arguments = (theirs, self._common.order)
            process = context.Process(target=serve, args=arguments, name="headerlens-check", daemon=True)
            process.start()
            theirs.close()
            self._process, self._pipe = process, pipe
            if pipe.poll(START_SECONDS):
                pipe.recv()
                return True
        except (OSError, EOFError, RuntimeError, ValueError):
            pass
        self.close()
        return False

    def _check_there(self, item: Item, ask: Lookup) -> Outcome[T]:
        try:
            self._send(CHECK, item, self._common.clock())
            return self._serve(ask)
        except (EOFError, OSError) as error:
            status = None if self._process is None else _exit_code(self._process)
            self.close()
            return Failure(f"WorkerEnded ({status})", failure_of(error).places)

    def _serve(self, ask: Lookup) -> Outcome[T]:
        """Answer questions until the outcome comes."""
        assert self._pipe is not None
        while True:
            kind, *values = self._pipe.recv()
            if kind == DONE:
                outcome: Outcome[T] = values[0]
                return outcome
            if kind == ASK:
                self._answer(values[0], values[1], ask)

    def _answer(self, ticket: int, question: Question, ask: Lookup) -> None:
        known = self._common.shared.known(question)
        if known is not None:
            self._send(ANSWER, ticket, known)
        else:
            self._common.asking.submit(partial(self._ask, ticket, question, ask))

    def _ask(self, ticket: int, question: Question, ask: Lookup) -> None:
        """In a thread of the pool; the process may have ended meanwhile."""
        try:
            self._send(ANSWER, ticket, ask(question))
        except (OSError, EOFError):
            return
        except Exception:
            # a lookup never raises: whoever waits for this answer would wait for ever, so its message is given up
            self.end()
            raise

    def _send(self, *message: object) -> None:
        with self._sending:
            if self._pipe is None:
                raise EOFError
            self._pipe.send(message)


def _exit_code(process: SpawnProcess) -> int | None:
    process.join(1)
    return process.exitcode
