import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from headerlens.dns import ledger as ledger_module
from headerlens.dns.ledger import Counts, Ledger
from headerlens.model.dns import Answer, Failure, Outcome, Question
from tests.support.nameserver import NameServer

Start = Callable[..., NameServer]


class Asked:
    """A lookup that has no record of anything and remembers what it was asked."""

    def __init__(self) -> None:
        self.questions: list[Question] = []

    def __call__(self, question: Question) -> Answer:
        self.questions.append(question)
        return Answer(question, Outcome.NO_NAME)


def q(name: str, rtype: str = "TXT") -> Question:
    return Question(name, rtype)


def test_a_question_is_asked_once_for_all_checks() -> None:
    asked = Asked()
    ledger = Ledger(asked)
    first = ledger.asking("spf")(q("Example.COM."))
    assert ledger.asking("dmarc")(q("example.com", "txt")) is first
    assert asked.questions == [q("example.com")]


def test_eight_threads_with_one_question_are_one_query(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": ["x"]}}, delay=0.2)
    ledger = Ledger(server.lookup())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ledger.asking("spf"), [q("example.com")] * 8))
    assert {answer.texts for answer in answers} == {(b"x",)}
    assert server.names == (("example.com", "TXT"),)
    assert ledger.counts == Counts(asked=1, answered=1)


def test_the_evidence_names_its_users_and_is_sorted() -> None:
    ledger = Ledger(Asked())
    for user, name in (("spf", "b.example"), ("dmarc", "b.example"), ("dkim", "a.example"), ("spf", "b.example")):
        ledger.asking(user)(q(name))
    ledger.asking("spf")(q("a.example", "MX"))
    kept = [(entry.answer.question, entry.used_by) for entry in ledger.evidence()]
    assert kept == [
        (q("a.example", "MX"), ("spf",)),
        (q("a.example"), ("dkim",)),
        (q("b.example"), ("dmarc", "spf")),
    ]


def test_what_was_only_foreseen_is_no_evidence_until_used() -> None:
    asked = Asked()
    ledger = Ledger(asked)
    ledger.foreseeing(q("a.example"))
    assert ledger.evidence() == ()
    ledger.asking("spf")(q("a.example"))
    assert [entry.used_by for entry in ledger.evidence()] == [("spf",)]
    assert asked.questions == [q("a.example")]


def test_beyond_the_limit_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "MAX_QUESTIONS", 3)
    asked = Asked()
    ledger = Ledger(asked)
    answers = [ledger.asking("spf")(q(f"n{at}.example")) for at in range(5)]
    assert [answer.failure for answer in answers] == [None, None, None, Failure.TOO_MANY, Failure.TOO_MANY]
    assert len(asked.questions) == 3
    assert ledger.counts == Counts(asked=3, answered=3, refused=2)
    assert ledger.asking("dkim")(q("n0.example")).outcome is Outcome.NO_NAME, "what is known costs nothing"
    assert len(ledger.evidence()) == 3


def test_foresight_does_not_use_up_what_checks_may_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "MAX_QUESTIONS", 3)
    monkeypatch.setattr(ledger_module, "MAX_FORESEEN", 4)
    ledger = Ledger(Asked())
    foreseen = [ledger.foreseeing(q(f"f{at}.example")).failure for at in range(6)]
    assert foreseen == [None] * 4 + [Failure.TOO_MANY] * 2
    used = [ledger.asking("spf")(q(f"f{at}.example")).failure for at in (5, 4, 0, 1)]
    assert used == [None, None, None, Failure.TOO_MANY], "foreseen or not, a check has three"


def test_the_observer_hears_every_change_in_order() -> None:
    heard: list[Counts] = []
    ledger = Ledger(Asked(), heard.append)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ledger.asking("spf"), [q(f"n{at}.example") for at in range(20)]))
    assert heard == sorted(heard, key=lambda counts: counts.asked + counts.answered)
    assert heard[-1] == ledger.counts == Counts(asked=20, answered=20)


def test_a_bug_in_the_lookup_does_not_leave_others_waiting() -> None:
    entered, go = threading.Event(), threading.Event()

    def broken(question: Question) -> Answer:
        entered.set()
        go.wait(10)
        raise RuntimeError(question.name)

    ledger = Ledger(broken)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ledger.asking("spf"), q("a.example"))
        assert entered.wait(10)
        second = pool.submit(ledger.asking("dkim"), q("a.example"))
        go.set()
        for waiting in (first, second):
            with pytest.raises(RuntimeError, match=r"a\.example"):
                waiting.result(timeout=10)


def test_only_ascii_letters_are_lowered() -> None:
    """The Kelvin sign in lower case is the letter k: another domain."""
    asked = Asked()
    Ledger(asked).asking("spf")(q("ban\u212a.example"))
    assert asked.questions == [q("ban\u212a.example")]
