"""Many messages in worker processes: all of them, each once, and never more lost than one."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from headerlens.batch.crash import Failure
from headerlens.batch.outcome import Checked, Outcome, answers_of
from headerlens.batch.run import Plan, run, usual_jobs
from headerlens.dns.recorded import replay
from headerlens.model.case import Choices
from headerlens.model.dns import Answer, Lookup, Question
from headerlens.model.dns import Outcome as Said
from headerlens.model.locator import Locator
from headerlens.model.message import RawMessage, Refusal
from headerlens.model.progress import Cancelled
from headerlens.pipeline import analyse
from headerlens.samples import samples
from tests.conftest import NOW
from tests.support import batch

Row = tuple[str, str, int]


class World:
    """All recorded answers of the samples, and how often each was asked for."""

    def __init__(self) -> None:
        self.asked: Counter[Question] = Counter()
        self._lookups = [one.lookup() for one in samples()]
        self._lock = threading.Lock()

    def answers(self, _cancelled: Cancelled) -> Lookup:
        def ask(question: Question) -> Answer:
            with self._lock:
                self.asked[question] += 1
            found = (lookup(question) for lookup in self._lookups)
            return next((one for one in found if one.outcome is not Said.NO_NAME), Answer(question, Said.NO_NAME))

        return ask


def plan(jobs: int, answers: Callable[[Cancelled], Lookup] | None = None) -> Plan[Row]:
    return Plan(batch.read, batch.level, answers or World().answers, lambda: NOW, jobs=jobs)


def kept(outcome: Outcome[Row]) -> Row:
    assert isinstance(outcome, Checked), outcome
    return outcome.kept


@pytest.fixture
def mails(tmp_path: Path) -> list[Locator]:
    return list(batch.write_samples(tmp_path, copies=3))


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_message_comes_out_once_as_it_does_alone(mails: list[Locator], jobs: int) -> None:
    world = World()
    outcomes = dict(run(mails, plan(jobs, world.answers)))
    assert sorted(outcomes) == list(range(len(mails)))
    for index, outcome in outcomes.items():
        name, level, _ = kept(outcome)
        raw = batch.read(mails[index])
        assert isinstance(raw, RawMessage)
        alone = analyse(raw, world.answers(lambda: False), kept_time(outcome))
        assert (name, level) == (mails[index].name, alone.judgement.level.value)


def kept_time(outcome: Outcome[Row]) -> datetime:
    assert isinstance(outcome, Checked)
    return outcome.checked_at


def test_workers_are_other_processes_and_one_job_is_this_one(mails: list[Locator]) -> None:
    assert {kept(outcome)[2] for _, outcome in run(mails[:2], plan(1))} == {os.getpid()}
    assert os.getpid() not in {kept(outcome)[2] for _, outcome in run(mails, plan(2))}


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_question_is_asked_once_for_all_messages(mails: list[Locator], jobs: int) -> None:
    world = World()
    list(run(mails, plan(jobs, world.answers)))
    assert world.asked
    assert set(world.asked.values()) == {1}


def test_the_kept_answers_make_the_same_case_again(mails: list[Locator]) -> None:
    for index, outcome in run(mails[:4], plan(2)):
        assert isinstance(outcome, Checked)
        raw = batch.read(mails[index])
        assert isinstance(raw, RawMessage)
        again = analyse(raw, replay(answers_of(outcome)), outcome.checked_at, choices=Choices())
        assert again.judgement.level.value == outcome.kept[1]
        assert len(outcome.answers) < 8_000


def test_a_worker_that_dies_costs_one_message(mails: list[Locator], tmp_path: Path) -> None:
    items = [*mails[:2], Locator(tmp_path / "crash.eml"), *mails[2:6]]
    outcomes = dict(run(items, plan(2)))
    assert len(outcomes) == 7
    died = outcomes.pop(2)
    assert isinstance(died, Failure)
    assert died.kind == "WorkerEnded (7)"
    assert all(isinstance(one, Checked) for one in outcomes.values())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bug_costs_one_message_and_quotes_nothing_of_it(mails: list[Locator], tmp_path: Path, jobs: int) -> None:
    outcomes = dict(run([Locator(tmp_path / "bug.eml"), *mails[:2]], plan(jobs)))
    broken = outcomes.pop(0)
    assert isinstance(broken, Failure)
    assert broken.kind == "ValueError"
    assert "secret" not in broken.places
    assert len(outcomes) == 2


def test_what_is_no_mail_is_refused_in_its_place(mails: list[Locator], tmp_path: Path) -> None:
    (tmp_path / "empty.eml").write_bytes(b"")
    outcomes = dict(run([mails[0], Locator(tmp_path / "empty.eml")], plan(2)))
    assert isinstance(outcomes[1], Refusal)


def test_a_stop_ends_at_once_and_keeps_what_came(mails: list[Locator], tmp_path: Path) -> None:
    stop = threading.Event()
    began, came = 0.0, []
    for index, _ in run([mails[0], *(Locator(tmp_path / f"slow-{n}.eml") for n in range(8))], plan(2), stop.is_set):
        came.append(index)
        stop.set()
        began = time.monotonic()
    assert came == [0]
    assert time.monotonic() - began < 3


def test_where_no_process_can_be_started_the_messages_are_checked_here(
    mails: list[Locator], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", refuse)
    outcomes = dict(run(mails, plan(2)))
    assert len(outcomes) == len(mails)
    assert {kept(outcome)[2] for outcome in outcomes.values()} == {os.getpid()}


def test_a_mistake_while_finding_messages_is_not_swallowed(mails: list[Locator]) -> None:
    def find() -> object:
        yield mails[0]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(run(find(), plan(1)))  # type: ignore[arg-type]


def test_a_lookup_that_raises_costs_its_messages_and_hangs_nothing(mails: list[Locator]) -> None:
    def broken(_question: Question) -> Answer:
        raise ZeroDivisionError

    outcomes = dict(run(mails[:2], plan(2, lambda _cancelled: broken)))
    assert [isinstance(one, Failure) for one in outcomes.values()] == [True, True]


def test_nothing_to_do_starts_nothing() -> None:
    assert list(run([], plan(4))) == []


def test_a_message_in_memory_is_taken_too(mails: list[Locator]) -> None:
    raw = batch.read(mails[0])
    assert isinstance(raw, RawMessage)
    [(index, outcome)] = run([replace(raw, name="-")], plan(2))
    assert (index, kept(outcome)[0]) == (0, "-")


def test_the_usual_number_of_jobs_is_small() -> None:
    assert 1 <= usual_jobs() <= 4
