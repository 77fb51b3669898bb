"""Answers that many messages share: each question is asked once, by whichever message needs it first."""

from __future__ import annotations

import threading
from concurrent.futures import Future

from headerlens.dns.ledger import normalise
from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.limits import DNS_TIMEOUT_SECONDS, MAX_SHARED_ANSWERS

_OF_ONE_MESSAGE = frozenset({Failure.CANCELLED, Failure.TOO_MANY, Failure.UNREACHABLE})
"""Failures that say nothing about the name: the next message may well be answered."""

_NEARLY = 0.9


class SharedAnswers:
    """A cache for one run over many messages. Thread-safe; at most `most` answers, the oldest go first.

    `timeout` is that of one question in seconds: a question that had less of it, because the deadline of its message
    was near, is asked again for the next message.
    """

    def __init__(self, timeout: float = DNS_TIMEOUT_SECONDS, most: int = MAX_SHARED_ANSWERS) -> None:
        self._timeout, self._most = timeout, most
        self._lock = threading.Lock()
        self._held: dict[Question, Future[Answer]] = {}

    def known(self, question: Question) -> Answer | None:
        """The answer if it is there; None while it is under way, or when nobody has asked."""
        with self._lock:
            future = self._held.get(normalise(question))
        return future.result() if future is not None and future.done() and future.exception() is None else None

    def through(self, ask: Lookup) -> Lookup:
        """The lookup of one message: what is known, and `ask` (with the deadline of that message) for the rest."""
        return lambda question: self._look_up(question, ask)

    def _look_up(self, question: Question, ask: Lookup) -> Answer:
        key = normalise(question)
        with self._lock:
            future = self._held.get(key)
            mine = future is None
            if future is None:
                future = self._held[key] = Future()
        if mine:
            return self._fetch(key, future, ask)
        answer = future.result()
        return answer if self._serves_all(answer) else ask(key)

    def _fetch(self, key: Question, future: Future[Answer], ask: Lookup) -> Answer:
        """Ask, and let the waiting ones go on even where a bug makes the lookup raise."""
        try:
            answer = ask(key)
        except BaseException as error:
            self._forget(key)
            future.set_exception(error)
            raise
        if self._serves_all(answer):
            self._trim()
        else:
            self._forget(key)
        future.set_result(answer)
        return answer

    def _serves_all(self, answer: Answer) -> bool:
        if answer.outcome is not Outcome.FAILED:
            return True
        if answer.failure is Failure.TIMEOUT:
            return answer.milliseconds is None or answer.milliseconds >= self._timeout * 1000 * _NEARLY
        return answer.failure not in _OF_ONE_MESSAGE

    def _forget(self, key: Question) -> None:
        with self._lock:
            self._held.pop(key, None)

    def _trim(self) -> None:
        with self._lock:
            while len(self._held) > self._most:
                del self._held[next(iter(self._held))]
