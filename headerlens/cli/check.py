"""`headerlens check`: the answer in the terminal, by the same pipeline as the window."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from headerlens.cli.main import EX_USAGE
from headerlens.cli.options import CheckOptions, WrongUsage, parse_options
from headerlens.dns.live import LiveOptions, live_lookup, offline_lookup
from headerlens.dns.recorded import EvidenceError, load_evidence, replay
from headerlens.findings.second import reviewed
from headerlens.findings.verdict import exit_status
from headerlens.intake.files import read_file, read_octets
from headerlens.model.case import Case
from headerlens.model.dns import Lookup
from headerlens.model.limits import MAX_MESSAGE_OCTETS
from headerlens.model.message import RawMessage, Refusal
from headerlens.pipeline import analyse
from headerlens.present.refusal import present_refusal
from headerlens.present.result import present_result
from headerlens.present.words import Words, harmless
from headerlens.preview import questions_ahead
from headerlens.report.json import Json, report, report_line, report_text
from headerlens.report.terminal import Style
from headerlens.report.text import text_refusal, text_report
from headerlens.samples import sample, samples
from headerlens.verify.second_opinion import second_opinion

EX_NOT_A_MAIL = 65
EX_CANNOT_READ = 66

_WEIGHT = (0, 2, EX_NOT_A_MAIL, EX_CANNOT_READ, 1)
"""Exit statuses, the later one wins over the earlier."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one path."""

    status: int
    text: str
    data: Json | None


def check(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    try:
        options = parse_options(arguments)
        return _run(options)
    except (WrongUsage, EvidenceError) as wrong:
        print(f"headerlens check: {harmless(str(wrong))}", file=sys.stderr)
        print('Try "headerlens check --help".', file=sys.stderr)
        return EX_USAGE
    except KeyboardInterrupt:
        return 130


def _run(options: CheckOptions) -> int:
    words = Words(options.language)
    style = _style(options)
    answers = _answers(options)
    outcomes = []
    for path in options.paths:
        outcome = (
            _check_sample(options, words, style) if options.sample else _check_one(path, options, words, style, answers)
        )
        outcomes.append(outcome)
        if outcome.data is None:
            print(outcome.text, end="", file=sys.stderr)
    _write(options, _joined(options, outcomes))
    return max((outcome.status for outcome in outcomes), key=_WEIGHT.index)


def _check_one(path: str, options: CheckOptions, words: Words, style: Style, answers: Callable[[], Lookup]) -> _Outcome:
    raw = _read(path)
    if isinstance(raw, Refusal):
        status = EX_CANNOT_READ if raw.unreadable else EX_NOT_A_MAIL
        return _Outcome(status, text_refusal(present_refusal(raw, words), harmless(path), _style_of(sys.stderr)), None)
    if options.list_questions:
        return _preview(raw, options)
    case = analyse(raw, answers(), datetime.now(UTC), choices=options.choices)
    return _answer(case, options, words, style)


def _check_sample(options: CheckOptions, words: Words, style: Style) -> _Outcome:
    """A shipped example, at the moment and with the answers recorded for it."""
    one = sample(options.sample or "")
    if one is None:
        names = ", ".join(known.name for known in samples())
        raise WrongUsage(f"there is no example {options.sample!r}; known are {names}")
    if options.list_questions:
        return _preview(one.message(), options)
    case = analyse(one.message(), one.lookup(), one.checked_at, choices=one.choices)
    return _answer(case, options, words, style)


def _preview(raw: RawMessage, options: CheckOptions) -> _Outcome:
    """What would be asked first, a line each; nothing is asked."""
    questions = questions_ahead(raw, options.choices)
    return _Outcome(0, "".join(f"{question.rtype:4} {harmless(question.name)}\n" for question in questions), {})


def _read(path: str) -> RawMessage | Refusal:
    if path == "-":
        if sys.stdin.isatty():
            print("Reading a mail from standard input; end it with Ctrl+D (Windows: Ctrl+Z, Enter).", file=sys.stderr)
        octets = sys.stdin.buffer.read(MAX_MESSAGE_OCTETS + 1)
        return read_octets(octets, "-")
    return read_file(Path(path))


def _answers(options: CheckOptions) -> Callable[[], Lookup]:
    """What makes a lookup for each message: the deadline of a live one begins with its first question."""
    if options.evidence is not None:
        recorded = _recorded(options.evidence)
        return lambda: recorded
    if options.offline:
        return offline_lookup
    return lambda: live_lookup(LiveOptions(servers=options.servers, timeout=options.timeout, doh=options.doh))


def _recorded(path: Path) -> Lookup:
    try:
        # a pipe or device could keep the program reading for ever
        if path.exists() and not path.is_file():
            raise WrongUsage(f"{path} is no file")
        with path.open("rb") as stream:
            octets = stream.read(MAX_MESSAGE_OCTETS + 1)
        if len(octets) > MAX_MESSAGE_OCTETS:
            raise WrongUsage(f"{path} is too large for DNS evidence")
        return load_evidence(octets.decode("utf-8"))
    except OSError as wrong:
        raise WrongUsage(f"{path} cannot be read: {wrong.strerror}") from wrong
    except UnicodeDecodeError as wrong:
        raise WrongUsage(f"{path} is no UTF-8 text") from wrong


def _answer(case: Case, options: CheckOptions, words: Words, style: Style) -> _Outcome:
    second = second_opinion(case.message, case.dkim, replay(case.evidence))
    case = reviewed(case, second)
    view = present_result(case, words, second=second)
    if options.format == "text":
        return _Outcome(exit_status(case), text_report(view, style), {})
    return _Outcome(exit_status(case), "", report(case, view, second))


def _joined(options: CheckOptions, outcomes: list[_Outcome]) -> str:
    taken = [outcome for outcome in outcomes if outcome.data is not None]
    if options.format == "text":
        return "\n".join(outcome.text for outcome in taken)
    data = [outcome.data for outcome in taken if outcome.data is not None]
    if options.format == "ndjson":
        return "".join(report_line(one) + "\n" for one in data)
    if not data:
        return ""
    return report_text(data) + "\n"


def _write(options: CheckOptions, text: str) -> None:
    if options.output is None:
        print(text, end="")
        return
    try:
        options.output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as wrong:
        raise WrongUsage(f"{options.output} cannot be written: {wrong.strerror}") from wrong


def _style(options: CheckOptions) -> Style:
    if options.output is not None:
        return Style()
    return _style_of(sys.stdout)


def _style_of(stream: object) -> Style:
    """Colour only on a terminal that wants it (https://no-color.org), signs only where the encoding has them."""
    terminal = bool(getattr(stream, "isatty", lambda: False)())
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(110, max(60, shutil.get_terminal_size((96, 40)).columns)) if terminal else 96
    encoding = str(getattr(stream, "encoding", None) or "ascii")
    return Style(width=width, colour=colour, unicode=encoding.lower().replace("-", "") in {"utf8", "utf16"})
