"""Many messages on the command line: side by side, told in the order they were given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice

from headerlens.batch import outcome as batch
from headerlens.batch.crash import Failure
from headerlens.batch.run import Plan, run, usual_jobs
from headerlens.batch.work import Item
from headerlens.casefile import StoredCase
from headerlens.cli.answering import Outcome, broken, named, refused, told
from headerlens.cli.inputs import Given
from headerlens.cli.lookups import answers_of
from headerlens.cli.options import CheckOptions
from headerlens.cli.stored import reopened
from headerlens.model.case import Case
from headerlens.model.message import RawMessage, Refusal
from headerlens.model.verdicts import SecondOpinion
from headerlens.present.words import Words
from headerlens.reading import meant, open_message
from headerlens.report.terminal import Style


def check_many(found: Iterable[Given], options: CheckOptions, words: Words, style: Style) -> Iterator[Outcome]:
    """What became of each of `found`, in its order. A single message is checked in this process."""
    answers, ahead = answers_of(options), iter(found)
    first = list(islice(ahead, 2))
    jobs = 1 if len(first) < 2 else options.jobs or usual_jobs()
    keep = partial(_keep, options, words, style)
    plan = Plan(
        partial(open_message, which=options.attached), keep, answers, _now, options.choices, jobs, options.timeout
    )
    desk = _Desk(options, words, style)
    try:
        for number, one in run(desk.accept(chain(first, ahead)), plan):
            yield from desk.settle(number, one)
        yield from desk.rest()
    except KeyboardInterrupt:
        print(file=sys.stderr)
        raise


def _now() -> datetime:
    return datetime.now(UTC)


def _keep(options: CheckOptions, words: Words, style: Style, case: Case, second: tuple[SecondOpinion, ...]) -> Outcome:
    """Called in the worker: the words are made there too."""
    return told(case, second, options, words, style)


class _Desk:
    """Puts outcomes back into the order of what was given; those that can't be opened wait their turn like others."""

    def __init__(self, options: CheckOptions, words: Words, style: Style) -> None:
        self._options, self._words, self._style = options, words, style
        self._places: list[str] = []
        self._sent: list[int] = []
        self._ready: dict[int, Outcome] = {}
        self._next = 0

    def accept(self, found: Iterable[Given]) -> Iterator[Item]:
        """What is to be checked; called by the thread that reads ahead."""
        for number, one in enumerate(found):
            self._places.append(one.place)
            found_here = one.message
            if isinstance(found_here, RawMessage):
                found_here = meant(found_here, self._options.attached)
            if isinstance(found_here, StoredCase):
                self._ready[number] = reopened(found_here, self._options, self._words, self._style, one.place)
            elif isinstance(found_here, Refusal):
                self._ready[number] = refused(found_here, one.place, self._options, self._words)
            else:
                self._sent.append(number)
                yield found_here

    def settle(self, number: int, one: batch.Outcome[Outcome]) -> Iterator[Outcome]:
        """Take what became of the `number`th that was checked; everything whose turn has come."""
        place = self._sent[number]
        self._ready[place] = self._told(one, self._places[place])
        return self.rest()

    def rest(self) -> Iterator[Outcome]:
        """Everything whose turn has come."""
        while self._next in self._ready:
            yield self._ready.pop(self._next)
            self._next += 1

    def _told(self, one: batch.Outcome[Outcome], place: str) -> Outcome:
        if isinstance(one, Refusal):
            return refused(one, place, self._options, self._words)
        if isinstance(one, Failure):
            return broken(one, place, self._options, self._words)
        return named(one.kept, place, self._words)
