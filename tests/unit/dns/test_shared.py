"""Answers that many messages share."""

from __future__ import annotations

import threading

import pytest

from headerlens.dns.shared import SharedAnswers
from headerlens.model.dns import Answer, Failure, Outcome, Question

NAME = Question("example.com", "TXT")


class Asker:
    """Answers with what it was given, and counts."""

    def __init__(self, *answers: Answer) -> None:
        self.asked: list[Question] = []
        self._answers = list(answers)

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question)
        return self._answers[min(len(self.asked), len(self._answers)) - 1]


def found(text: bytes = b"x") -> Answer:
    return Answer(NAME, Outcome.FOUND, ((text,),))


def failed(failure: Failure, milliseconds: float | None = None) -> Answer:
    return Answer(NAME, Outcome.FAILED, failure=failure, milliseconds=milliseconds)


def test_a_second_message_is_served_without_asking() -> None:
    shared, first, second = SharedAnswers(), Asker(found()), Asker(found(b"other"))
    assert shared.through(first)(NAME) == shared.through(second)(Question("Example.COM.", "txt")) == found()
    assert (len(first.asked), second.asked) == (1, [])


def test_a_failure_of_one_message_is_not_the_next_ones() -> None:
    for failure in (Failure.CANCELLED, Failure.TOO_MANY, Failure.UNREACHABLE):
        shared, ask = SharedAnswers(), Asker(failed(failure), found())
        assert shared.through(ask)(NAME) == failed(failure)
        assert shared.through(ask)(NAME) == found()


def test_a_server_that_was_silent_for_the_whole_time_is_not_waited_for_again() -> None:
    ask = Asker(failed(Failure.TIMEOUT, 5000), found())
    shared = SharedAnswers(timeout=5)
    assert shared.through(ask)(NAME) == shared.through(ask)(NAME) == failed(Failure.TIMEOUT)


def test_a_question_cut_short_by_a_deadline_is_asked_again() -> None:
    ask = Asker(failed(Failure.TIMEOUT, 300), found())
    shared = SharedAnswers(timeout=5)
    assert shared.through(ask)(NAME) == failed(Failure.TIMEOUT)
    assert shared.through(ask)(NAME) == found()


def test_those_who_wait_for_a_cut_question_ask_themselves() -> None:
    shared, begun, go = SharedAnswers(), threading.Event(), threading.Event()
    results: list[Answer] = []

    def slow(_question: Question) -> Answer:
        begun.set()
        go.wait(5)
        return failed(Failure.CANCELLED)

    def wait() -> None:
        results.append(shared.through(Asker(found()))(NAME))

    first = threading.Thread(target=lambda: shared.through(slow)(NAME))
    second = threading.Thread(target=wait)
    first.start()
    begun.wait(5)
    second.start()
    go.set()
    first.join(5)
    second.join(5)
    assert results == [found()]


def test_known_tells_only_what_is_there() -> None:
    shared = SharedAnswers()
    assert shared.known(NAME) is None
    shared.through(Asker(found()))(NAME)
    assert shared.known(NAME) == found()


def test_a_bug_in_one_lookup_leaves_the_question_open() -> None:
    shared = SharedAnswers()

    def broken(_question: Question) -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shared.through(broken)(NAME)
    assert shared.through(Asker(found()))(NAME) == found()


def test_the_oldest_answers_go_first() -> None:
    shared = SharedAnswers(most=2)
    names = [Question(f"{n}.example", "A") for n in range(3)]
    for name in names:
        shared.through(lambda question: Answer(question, Outcome.NO_NAME))(name)
    assert [shared.known(name) is None for name in names] == [True, False, False]
