"""The options of `headerlens check`, read into one frozen value."""

from __future__ import annotations

import argparse
import locale
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from headerlens.cli import usage
from headerlens.dns.doh import parse_doh
from headerlens.model.case import Choices
from headerlens.model.limits import DNS_TIMEOUT_SECONDS
from headerlens.reading import Which

FORMATS = ("text", "json", "ndjson", "markdown", "html", "pdf", "csv")
PAGES = frozenset({"markdown", "html", "pdf"})
"""Formats that hold all messages in one document."""

MAX_JOBS = 64
"""Each is a process with the program in it, about 60 MB."""


class WrongUsage(Exception):  # noqa: N818  said to the user, status 64
    """The command line cannot be understood; the text says why."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the command line asked for. `paths` holds "-" for standard input."""

    paths: tuple[str, ...]
    sample: str | None
    format: str
    output: Path | None
    language: str
    servers: tuple[str, ...]
    doh: str | None
    timeout: float
    offline: bool
    evidence: Path | None
    choices: Choices
    list_questions: bool = False
    jobs: int | None = None
    """Messages checked at a time; None leaves it to the program."""
    attached: Which = Which.AUTO
    case: Path | None = None
    """Where to keep the message, its answers and the clock."""
    recipients: bool = False
    """Whether the recipients' addresses may be seen in a document."""

    @property
    def asks_anew(self) -> bool:
        """Whether the command line itself says who answers."""
        return bool(self.servers or self.doh or self.evidence)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are said as this program says them."""

    def error(self, message: str) -> NoReturn:
        """A complaint becomes a value that the command answers."""
        raise WrongUsage(message)


def parse_options(arguments: Sequence[str]) -> CheckOptions:
    """The options in `arguments`; raises WrongUsage, or SystemExit(0) after --help."""
    given = _parser().parse_args(arguments)
    _refuse_contradictions(given)
    return CheckOptions(
        paths=tuple(given.path or ["-"]),
        sample=given.sample,
        format="json" if given.json else given.format,
        output=given.output,
        language=given.lang or system_language(),
        servers=tuple(given.dns_server),
        doh=given.doh,
        timeout=given.dns_timeout,
        offline=given.offline,
        evidence=given.dns_evidence,
        choices=_choices(given),
        list_questions=given.list_questions,
        jobs=given.jobs,
        attached=Which(given.attached),
        case=given.case,
        recipients=given.show_recipients,
    )


def _refuse_contradictions(given: argparse.Namespace) -> None:
    """Raises WrongUsage where one option makes another meaningless."""
    named = sources_named(given)
    if given.sample and (given.path or named):
        raise WrongUsage("--sample brings its own message and answers: leave out paths and DNS options")
    if given.format == "pdf" and not given.json and given.output is None and sys.stdout.isatty():
        raise WrongUsage("--format pdf is no text: give --output FILE, or lead standard output elsewhere")
    if given.list_questions and given.case is not None:
        raise WrongUsage("--list-questions checks nothing that --case could keep")
    if given.list_questions and (given.json or given.format != "text"):
        raise WrongUsage("--list-questions writes plain lines: leave out --json and --format")


def sources_named(given: argparse.Namespace) -> list[str]:
    """The options that say who answers, one at most; raises WrongUsage for several."""
    sources = {
        "--offline": given.offline,
        "--dns-server": given.dns_server,
        "--doh": given.doh,
        "--dns-evidence": given.dns_evidence,
    }
    named = [name for name, value in sources.items() if value]
    if len(named) > 1:
        raise WrongUsage(f"{' and '.join(named)} exclude each other: only one may say who answers")
    return named


def _choices(given: argparse.Namespace) -> Choices:
    return Choices(
        trusted=tuple(name.strip().lower() for name in given.trust),
        client_ip=given.client_ip,
        mail_from=given.mail_from,
        helo=given.helo,
        as_of=given.as_of,
        offline=given.offline,
    )


def system_language() -> str:
    """The system's language as far as we speak it: "ja" or "en"."""
    names = (os.environ.get(key) for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((name for name in names if name), None) or _display_language()
    return "ja" if name.lower().startswith("ja") else "en"


def _display_language() -> str:
    """Where the environment says nothing; Windows keeps the language of its screens apart from how it writes dates."""
    if sys.platform == "win32":
        import ctypes

        primary_language, japanese = 0x3FF, 0x11
        return "ja" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & primary_language == japanese else "en"
    return locale.getlocale()[0] or ""


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 8601 time, such as 2026-11-21T08:00:00+09:00") from None
    return moment if moment.tzinfo is not None else moment.astimezone()


def _resolver(text: str) -> str:
    url = parse_doh(text)
    if url is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no address of a resolver, such as https://dns.example/dns-query")
    return str(url)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 60:
        raise argparse.ArgumentTypeError("seconds must be more than 0 and at most 60")
    return seconds


def _jobs(text: str) -> int:
    jobs = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= jobs <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {MAX_JOBS} is wanted")
    return jobs


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="headerlens check",
        description='Verify saved mails and explain the result. "-" (or no path) reads standard input.',
        epilog=usage.EXIT_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "path",
        nargs="*",
        metavar="PATH",
        help='a saved mail, a mailbox, a folder or archive of them, a case file, or "-"',
    )
    parser.add_argument("--sample", metavar="NAME", help="a shipped example with its recorded answers, such as spoofed")
    _add_output(parser)
    _add_dns(parser)
    _add_choices(parser)
    return parser


def _add_output(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="default: text; markdown, html and pdf hold all messages in one",
    )
    group.add_argument(
        "--jobs", type=_jobs, metavar="N", help="messages checked at a time; default: one for each processor, at most 4"
    )
    group.add_argument("--json", action="store_true", help="short for --format json")
    group.add_argument("--output", type=Path, metavar="FILE", help="write there instead of standard output")
    group.add_argument(
        "--case", type=Path, metavar="FILE.hlcase", help="keep the message with its DNS answers, to open offline later"
    )
    group.add_argument(
        "--show-recipients", action="store_true", help="don't mask their addresses in markdown, html and pdf"
    )
    group.add_argument("--lang", choices=("en", "ja"), help="language of the explanations; default: the system's")


def _add_dns(parser: argparse.ArgumentParser) -> None:
    add_dns(parser).add_argument(
        "--list-questions",
        action="store_true",
        help="write what would be asked first, and ask nothing; further questions follow from the answers",
    )


def add_dns(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """The options that say who answers, the same for every command."""
    group = parser.add_argument_group("DNS")
    group.add_argument(
        "--dns-server", action="append", default=[], metavar="HOST[:PORT]", help="ask this server; may be repeated"
    )
    group.add_argument("--doh", type=_resolver, metavar="URL", help="ask this resolver over HTTPS (RFC 8484)")
    group.add_argument(
        "--dns-timeout", type=_seconds, default=DNS_TIMEOUT_SECONDS, metavar="SECONDS", help="for one question"
    )
    group.add_argument("--offline", action="store_true", help="ask nothing")
    group.add_argument("--dns-evidence", type=Path, metavar="FILE", help="take answers only from this file (JSON)")
    return group


def _add_choices(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("instead of what the headers say")
    group.add_argument("--client-ip", metavar="IP", help="the address that delivered the mail")
    group.add_argument("--mail-from", metavar="ADDRESS", help='the envelope sender; "" is the null sender')
    group.add_argument("--helo", metavar="NAME", help="the name the delivering server gave")
    group.add_argument(
        "--trust", action="append", default=[], metavar="AUTHSERV-ID", help="believe this receiver; may be repeated"
    )
    group.add_argument(
        "--attached",
        choices=tuple(Which),
        default=Which.AUTO,
        help="which mail counts where one is attached to another: the outer, the inner, or (auto, the default)"
        " the inner only where the outer shows nothing of its own",
    )
    group.add_argument("--as-of", type=_moment, metavar="ISO-8601", help="judge the signatures' times by this moment")
