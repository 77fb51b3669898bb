"""Asks each question once, keeps every answer, and remembers which check used it."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from headerlens.model.dns import Answer, Evidence, Failure, Lookup, Outcome, Question
from headerlens.model.limits import MAX_FORESEEN, MAX_QUESTIONS


@dataclass(frozen=True, slots=True)
class Counts:
    """Questions sent on so far, how many of them have their answer, and how often a limit refused one."""

    asked: int = 0
    answered: int = 0
    refused: int = 0


class Ledger:
    """One message's questions. Thread-safe; `observer` hears every change in order, on the thread that made it.

    A second asker of a question under way waits for the same answer. Checks may use MAX_QUESTIONS different questions;
    whatever is only foreseen (`foreseeing`) counts apart, so that the verdict never depends on which thread was first.
    """

    def __init__(self, ask: Lookup, observer: Callable[[Counts], None] | None = None) -> None:
        self._ask = ask
        self._observer = observer
        self._lock = threading.Lock()
        self._answers: dict[Question, Future[Answer]] = {}
        self._users: dict[Question, set[str]] = {}
        self._foreseen = 0
        self._telling = threading.RLock()
        self._counts = Counts()

    def asking(self, user: str) -> Lookup:
        """The lookup of one check ("spf", "dkim", ...), whose name the evidence will bear.

        Beyond MAX_QUESTIONS nothing is sent, the answer is FAILED/TOO_MANY, and `counts.refused` tells.
        """
        return lambda question: self._look_up(question, user)

    @property
    def foreseeing(self) -> Lookup:
        """The lookup for questions asked in advance: they become evidence only when a check uses them.

        Beyond MAX_FORESEEN nothing is sent and the answer is FAILED/TOO_MANY; a check may still ask the same.
        """
        return lambda question: self._look_up(question, None)

    @property
    def counts(self) -> Counts:
        """How many questions are asked, answered and refused so far."""
        return self._counts

    def evidence(self) -> tuple[Evidence, ...]:
        """Every answer a check used, sorted by question: the same for the same message and the same DNS."""
        with self._lock:
            used = [(question, tuple(sorted(users))) for question, users in self._users.items()]
            done = {question: future for question, future in self._answers.items() if future.done()}
        return tuple(Evidence(done[question].result(), users) for question, users in sorted(used) if question in done)

    def unused(self) -> tuple[Answer, ...]:
        """Answers to foreseen questions that no check needed, sorted by question: they were sent, so they are told."""
        with self._lock:
            done = {q: future for q, future in self._answers.items() if future.done() and q not in self._users}
        return tuple(done[question].result() for question in sorted(done))

    def _look_up(self, asked: Question, user: str | None) -> Answer:
        question = normalise(asked)
        with self._lock:
            admitted = self._admit(question, user)
            future = self._answers.get(question)
            mine = admitted and future is None
            if future is None:
                future = Future()
            if mine:
                self._answers[question] = future
        if not admitted:
            self._count(refused=1)
            return Answer(question, Outcome.FAILED, failure=Failure.TOO_MANY)
        if mine:
            self._fetch(question, future)
        return future.result()

    def _admit(self, question: Question, user: str | None) -> bool:
        """Whether the question may be answered; notes its user. Called with the lock held."""
        if user is None:
            new = question not in self._answers
            self._foreseen += new
            return not new or self._foreseen <= MAX_FORESEEN
        if question not in self._users and len(self._users) >= MAX_QUESTIONS:
            return False
        self._users.setdefault(question, set()).add(user)
        return True

    def _fetch(self, question: Question, future: Future[Answer]) -> None:
        """Asks and lets the waiting ones go on, even where a bug makes the lookup raise."""
        self._count(asked=1)
        try:
            answer = self._ask(question)
        except BaseException as error:
            future.set_exception(error)
            raise
        future.set_result(answer)
        self._count(answered=1)

    def _count(self, *, asked: int = 0, answered: int = 0, refused: int = 0) -> None:
        with self._telling:
            now = self._counts
            self._counts = Counts(now.asked + asked, now.answered + answered, now.refused + refused)
            if self._observer is not None:
                self._observer(self._counts)


def normalise(question: Question) -> Question:
    """Name in lower case without a final dot, type in capitals: the form in which questions are compared.

    Only ASCII is lowered: elsewhere a different letter would come out (the Kelvin sign becomes "k").
    """
    name = question.name.removesuffix(".")
    return dataclasses.replace(question, name=name.lower() if name.isascii() else name, rtype=question.rtype.upper())
