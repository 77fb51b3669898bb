"""`headerlens check`: the answer in the terminal, by the same pipeline as the window."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from headerlens.casefile import StoredCase
from headerlens.cli.answering import Outcome, answered, refused, style_for, worse
from headerlens.cli.ending import ended
from headerlens.cli.inputs import Given, given
from headerlens.cli.lookups import answers_of
from headerlens.cli.many import check_many
from headerlens.cli.options import CheckOptions, WrongUsage, parse_options
from headerlens.cli.stored import reopened
from headerlens.cli.writing import CaseKeeper, Writer
from headerlens.model.dns import Lookup
from headerlens.model.locator import Locator
from headerlens.model.message import RawMessage, Refusal
from headerlens.model.progress import Cancelled
from headerlens.pipeline import analyse
from headerlens.present.words import Words, harmless
from headerlens.preview import questions_ahead
from headerlens.reading import meant, open_message
from headerlens.report.terminal import Style
from headerlens.samples import sample, samples


def check(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    return ended("check", lambda: _run(parse_options(arguments)))


def _run(options: CheckOptions) -> int:
    words = Words(options.language)
    writer, keeper = Writer(options.format, options.output), CaseKeeper(options.case)
    worst = 0
    for outcome in _outcomes(options, words):
        if outcome.data is None:
            print(outcome.text, end="", file=sys.stderr)
        else:
            writer.add(outcome.text, outcome.data, outcome.view)
        keeper.add(outcome.stored)
        worst = worse(worst, outcome.status)
    writer.close()
    keeper.close()
    return worst


def _outcomes(options: CheckOptions, words: Words) -> Iterator[Outcome]:
    """What became of each message of each path, one after the other."""
    style = style_for(options)
    if options.sample:
        yield _check_sample(options, words, style)
        return
    many = not options.list_questions and options.jobs != 1
    found = (one for path in options.paths for one in given(path, words, later=many))
    if many:
        yield from check_many(found, options, words, style)
        return
    answers = answers_of(options)
    for one in found:
        yield _check_one(one, options, words, style, answers)


def _check_one(
    one: Given, options: CheckOptions, words: Words, style: Style, answers: Callable[[Cancelled], Lookup]
) -> Outcome:
    if isinstance(one.message, StoredCase):
        if options.list_questions:
            return _preview(one.message.raw, options)
        return reopened(one.message, options, words, style, one.place)
    raw = open_message(one.message) if isinstance(one.message, Locator) else one.message
    raw = meant(raw, options.attached)
    if isinstance(raw, Refusal):
        return refused(raw, one.place, options, words)
    if options.list_questions:
        return _preview(raw, options)
    case = analyse(raw, answers(lambda: False), datetime.now(UTC), choices=options.choices)
    return answered(case, options, words, style, one.place)


def _check_sample(options: CheckOptions, words: Words, style: Style) -> Outcome:
    """A shipped example, at the moment and with the answers recorded for it."""
    one = sample(options.sample or "")
    if one is None:
        names = ", ".join(known.name for known in samples())
        raise WrongUsage(f"there is no example {options.sample!r}; known are {names}")
    if options.list_questions:
        return _preview(one.message(), options)
    case = analyse(one.message(), one.lookup(), one.checked_at, choices=one.choices)
    return answered(case, options, words, style, one.file_name)


def _preview(raw: RawMessage, options: CheckOptions) -> Outcome:
    """What would be asked first, a line each; nothing is asked."""
    questions = questions_ahead(raw, options.choices)
    return Outcome(0, "".join(f"{question.rtype:4} {harmless(question.name)}\n" for question in questions), {})
