"""What is said about one message on the command line, and the exit status it comes to."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field, replace

from headerlens.batch.crash import Failure
from headerlens.casefile import save_case
from headerlens.cli.main import EX_SOFTWARE
from headerlens.cli.options import PAGES, CheckOptions
from headerlens.dns.recorded import replay
from headerlens.findings.second import reviewed
from headerlens.findings.verdict import exit_status
from headerlens.model.case import Case
from headerlens.model.message import Refusal
from headerlens.model.verdicts import SecondOpinion
from headerlens.pipeline import prove
from headerlens.present.batch import Listed, summarise
from headerlens.present.refusal import present_refusal
from headerlens.present.report import present_report
from headerlens.present.report_views import ReportView
from headerlens.present.result import present_result
from headerlens.present.words import Words
from headerlens.report.csv import csv_line
from headerlens.report.json import Json, report
from headerlens.report.terminal import Style
from headerlens.report.text import text_refusal, text_report
from headerlens.verify.second_opinion import second_opinion

EX_NOT_A_MAIL = 65
EX_CANNOT_READ = 66
_WEIGHT = (0, 2, EX_NOT_A_MAIL, EX_CANNOT_READ, 1, EX_SOFTWARE)
"""Exit statuses, the later one wins over the earlier."""


def worse(one: int, other: int) -> int:
    """Of two exit statuses the one that decides for several messages."""
    return max(one, other, key=_WEIGHT.index)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message. With `data` None the text is a complaint. `listed` is a line of a table to be."""

    status: int
    text: str
    data: Json | None
    listed: Listed | None = None
    view: ReportView | None = None
    """What a document shows of it."""
    stored: bytes | None = field(default=None, repr=False)
    """The case file, where one is wanted."""


def answered(case: Case, options: CheckOptions, words: Words, style: Style, place: str) -> Outcome:
    """The answer about a case, after the second opinion and with the causes that can be proved."""
    second = second_opinion(case.message, case.dkim, replay(case.evidence))
    return named(told(prove(reviewed(case, second)), second, options, words, style), place, words)


def told(case: Case, second: tuple[SecondOpinion, ...], options: CheckOptions, words: Words, style: Style) -> Outcome:
    """The answer about a finished case, and the case file where one is wanted. A line of a table is made by `named`."""
    outcome = _told(case, second, options, words, style)
    return outcome if options.case is None else replace(outcome, stored=save_case(case))


def _told(case: Case, second: tuple[SecondOpinion, ...], options: CheckOptions, words: Words, style: Style) -> Outcome:
    status = exit_status(case)
    if options.format in PAGES:
        masked, sample = not options.recipients, bool(options.sample)
        view = present_report(case, words, second=second, sample=sample, masked=masked)
        return Outcome(status, "", {}, view=view)
    if options.format == "csv":
        return Outcome(status, "", {}, Listed("", summarise(case, second), case.checked_at))
    page = present_result(case, words, second=second)
    if options.format == "text":
        return Outcome(status, text_report(page, style), {})
    return Outcome(status, "", report(case, page, second))


def named(outcome: Outcome, place: str, words: Words) -> Outcome:
    """The outcome with the place of its message in its line, where it is one of a table."""
    if outcome.listed is None:
        return outcome
    return replace(outcome, text=csv_line(replace(outcome.listed, name=place), words))


def refused(refusal: Refusal, place: str, options: CheckOptions, words: Words) -> Outcome:
    """Why there is no answer; a table has a line for it."""
    status = EX_CANNOT_READ if refusal.unreadable else EX_NOT_A_MAIL
    if options.format == "csv":
        return Outcome(status, csv_line(Listed(place, refusal=refusal), words), {})
    return Outcome(status, text_refusal(present_refusal(refusal, words), place, style_of(sys.stderr)), None)


def broken(failure: Failure, place: str, options: CheckOptions, words: Words) -> Outcome:
    """A mistake of the program: its kind and places go to standard error, whatever the format."""
    print(f"headerlens check: {place}: program mistake {failure.kind}\n{failure.places}", file=sys.stderr)
    if options.format == "csv":
        return Outcome(EX_SOFTWARE, csv_line(Listed(place, broken=failure.kind), words), {})
    return Outcome(EX_SOFTWARE, "", None)


def style_for(options: CheckOptions) -> Style:
    """How the answer may look: plain in a file."""
    if options.output is not None:
        return Style()
    return style_of(sys.stdout)


def style_of(stream: object) -> Style:
    """Colour only on a terminal that wants it (https://no-color.org), signs only where the encoding has them."""
    terminal = bool(getattr(stream, "isatty", lambda: False)())
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(110, max(60, shutil.get_terminal_size((96, 40)).columns)) if terminal else 96
    encoding = str(getattr(stream, "encoding", None) or "ascii")
    return Style(width=width, colour=colour, unicode=encoding.lower().replace("-", "") in {"utf8", "utf16"})
