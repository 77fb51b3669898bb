import threading
import time
from collections.abc import Callable

import pytest

from headerlens.dns import prefetch as prefetch_module
from headerlens.dns.ledger import Ledger
from headerlens.dns.prefetch import prefetch
from headerlens.dns.recorded import replay
from headerlens.model.dns import Answer, Failure, Question
from tests.support.nameserver import NameServer

Start = Callable[..., NameServer]


def q(name: str) -> Question:
    return Question(name, "TXT")


def includes(answer: Answer) -> tuple[Question, ...]:
    """As SPF does: every word of a record is the next name."""
    return tuple(q(word.decode()) for text in answer.texts for word in text.split())


def dns_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("dns")]


def test_twenty_slow_questions_take_the_time_of_few(nameserver: Start) -> None:
    server = nameserver({}, delay=0.3)
    ledger = Ledger(server.lookup())
    started = time.monotonic()
    prefetch([q(f"n{at}.example") for at in range(20)], ledger.foreseeing).wait()
    assert time.monotonic() - started < 20 * 0.3 / 2
    assert len(server.log) == 20


def test_answers_lead_to_further_questions(nameserver: Start) -> None:
    zone = {"a.example": {"TXT": ["b.example c.example"]}, "c.example": {"TXT": ["d.example A.example."]}}
    server = nameserver(zone)
    ledger = Ledger(server.lookup())
    prefetch([q("a.example")], ledger.foreseeing, follow=includes).wait()
    assert sorted(server.names) == [(f"{letter}.example", "TXT") for letter in "abcd"]
    ledger.asking("spf")(q("d.example"))
    assert len(server.log) == 4, "the check finds its answer ready"


def test_a_slow_branch_does_not_hold_back_another(nameserver: Start) -> None:
    zone = {"quick.example": {"TXT": ["next.example"]}, "next.example": {"TXT": ["last.example"]}}
    server = nameserver(zone, delays={"slow.example": 1.0})
    prefetch([q("slow.example"), q("quick.example")], Ledger(server.lookup()).foreseeing, follow=includes).wait()
    at = {entry.name: entry.at for entry in server.log}
    assert at["last.example"] < at["slow.example"] + 1.0


def test_the_same_questions_are_asked_every_time() -> None:
    asked: list[list[Question]] = []
    for _ in range(5):
        ledger = Ledger(replay([]))
        seen: list[Question] = []

        def follow(answer: Answer, seen: list[Question] = seen) -> tuple[Question, ...]:
            seen.append(answer.question)
            depth = answer.question.name.count(".")
            return tuple(q(f"{letter}.{answer.question.name}") for letter in "ab" if depth < 5)

        prefetch([q("example")], ledger.foreseeing, follow=follow).wait()
        asked.append(sorted(seen))
    assert len(asked[0]) == 2**6 - 1
    assert all(questions == asked[0] for questions in asked)


def test_endless_answers_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefetch_module, "MAX_FORESEEN", 25)
    asked: list[Question] = []

    def endless(answer: Answer) -> tuple[Question, ...]:
        asked.append(answer.question)
        return tuple(q(f"{letter}.{answer.question.name}") for letter in "abc")

    prefetch([q("example")], replay([]), follow=endless).wait()
    assert len(asked) == 25


def test_no_question_is_no_wait() -> None:
    prefetch([], replay([])).wait()


def test_no_thread_is_left() -> None:
    with prefetch([q(f"n{at}.example") for at in range(30)], replay([])):
        pass
    assert dns_threads() == []


def test_threads_end_even_where_nobody_waits() -> None:
    prefetch([q(f"n{at}.example") for at in range(30)], replay([]))
    until = time.monotonic() + 10
    while dns_threads() and time.monotonic() < until:
        time.sleep(0.01)
    assert dns_threads() == []


def test_no_thread_is_a_daemon(nameserver: Start) -> None:
    """A daemon thread that still works crashes the window at its end."""
    server = nameserver({}, delay=0.3)
    with prefetch([q("a.example")], server.lookup()):
        assert [thread.daemon for thread in threading.enumerate() if thread.name.startswith("dns")] == [False]


def test_cancelled_nothing_new_is_asked(nameserver: Start) -> None:
    server, stop = nameserver({}, silent=True), threading.Event()
    lookup = server.lookup(timeout=60, deadline=60, cancelled=stop.is_set)
    handle = prefetch([q(f"n{at}.example") for at in range(100)], lookup, cancelled=stop.is_set)
    server.wait_for(1)
    stop.set()
    handle.wait()
    assert len(server.log) < 100


def test_finished_nothing_new_is_asked_and_nothing_is_left(nameserver: Start) -> None:
    server = nameserver({}, delay=0.2)
    handle = prefetch([q(f"n{at}.example") for at in range(150)], server.lookup())
    server.wait_for(1)
    handle.finish()
    assert len(server.log) < 150
    assert dns_threads() == []


def test_what_an_answer_gave_rise_to_goes_first(monkeypatch: pytest.MonkeyPatch, nameserver: Start) -> None:
    monkeypatch.setattr(prefetch_module, "DNS_PARALLEL", 1)
    server = nameserver({"n0.example": {"TXT": ["next.example"]}}, delay=0.01)
    prefetch([q(f"n{at}.example") for at in range(10)], server.lookup(), follow=includes).wait()
    assert [name for name, _ in server.names][:3] == ["n0.example", "next.example", "n1.example"]


def test_failures_are_answers() -> None:
    answers: list[Answer] = []

    def follow(answer: Answer) -> tuple[Question, ...]:
        answers.append(answer)
        return ()

    prefetch([q("a..b")], replay([]), follow=follow).wait()
    assert [answer.failure for answer in answers] == [Failure.BAD_NAME]


def test_a_bug_in_follow_comes_out_of_wait() -> None:
    def broken(answer: Answer) -> tuple[Question, ...]:
        raise RuntimeError(answer.question.name)

    handle = prefetch([q("a.example")], replay([]), follow=broken)
    with pytest.raises(RuntimeError, match=r"a\.example"):
        handle.wait()
