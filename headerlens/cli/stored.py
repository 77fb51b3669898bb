"""A case file on the command line: the answer as it was, or anew where the options say who answers now."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

from headerlens.casefile import StoredCase
from headerlens.cli.answering import Outcome, answered
from headerlens.cli.lookups import answers_of
from headerlens.cli.options import CheckOptions
from headerlens.model.case import Choices
from headerlens.pipeline import analyse
from headerlens.present.words import Words
from headerlens.report.terminal import Style


def reopened(stored: StoredCase, options: CheckOptions, words: Words, style: Style, place: str) -> Outcome:
    """The answer; the file's own DNS answers are used unless an option names others."""
    choices = _chosen(stored.choices, options.choices)
    if options.asks_anew:
        ask = answers_of(options)(lambda: False)
        case = analyse(stored.raw, ask, datetime.now(UTC), choices=replace(choices, offline=False))
    else:
        case = stored.judged_by(choices)
    return answered(case, options, words, style, place)


def _chosen(kept: Choices, given: Choices) -> Choices:
    """What was chosen when the case was saved; what is chosen now takes its place."""
    usual = Choices()
    changed = {
        one.name: getattr(given, one.name)
        for one in fields(Choices)
        if one.name != "offline" and getattr(given, one.name) != getattr(usual, one.name)
    }
    return replace(kept, **changed)
