"""`headerlens domain`: the set-up of a sending domain, without a message."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from headerlens.cli import usage
from headerlens.cli.answering import style_of
from headerlens.cli.ending import ended
from headerlens.cli.lookups import answers_of
from headerlens.cli.options import Parser, WrongUsage, add_dns, sources_named, system_language
from headerlens.domains.entered import entered_domain, entered_selectors
from headerlens.findings.domain import domain_exit_status
from headerlens.model.domain import DomainCase
from headerlens.pipeline import inspect_domain
from headerlens.present.domain import present_domain
from headerlens.present.words import Words
from headerlens.providers.asked import checkable
from headerlens.report.domain import domain_json, markdown_domain, text_domain
from headerlens.report.json import report_text

FORMATS = ("text", "json", "markdown")


@dataclass(frozen=True, slots=True)
class DomainOptions:
    """What the command line asked for; `domain` and `selectors` in A-labels, `provider` a known id or ""."""

    domain: str
    selectors: tuple[str, ...]
    provider: str
    format: str
    output: Path | None
    language: str
    servers: tuple[str, ...]
    doh: str | None
    timeout: float
    offline: bool
    evidence: Path | None


def domain(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    return ended("domain", lambda: _run(parse_domain_options(arguments)))


def _run(options: DomainOptions) -> int:
    case = inspect_domain(
        options.domain,
        answers_of(options)(lambda: False),
        datetime.now(UTC),
        selectors=options.selectors,
        provider=options.provider,
    )
    _write(_told(case, options), options.output)
    return domain_exit_status(case)


def parse_domain_options(arguments: Sequence[str]) -> DomainOptions:
    """The options in `arguments`; raises WrongUsage, or SystemExit(0) after --help."""
    given = _parser().parse_args(arguments)
    sources_named(given)
    entered = entered_domain(given.domain)
    if entered is None:
        raise WrongUsage(f"{given.domain!r} is no domain name, such as example.com")
    selectors = entered_selectors(",".join([entered.selector, *given.selector]))
    if selectors is None:
        raise WrongUsage("a selector is a name such as s1: letters, digits and hyphens, with dots between them")
    return DomainOptions(
        domain=entered.domain,
        selectors=selectors,
        provider=_known(given.provider),
        format="json" if given.json else given.format,
        output=given.output,
        language=given.lang or system_language(),
        servers=tuple(given.dns_server),
        doh=given.doh,
        timeout=given.dns_timeout,
        offline=given.offline,
        evidence=given.dns_evidence,
    )


def _known(provider: str) -> str:
    """The id as it stands in resources/providers, "" for none; raises WrongUsage, with the nearest ones."""
    wanted = provider.strip().lower()
    known = checkable()
    if not wanted or wanted in known:
        return wanted
    near = difflib.get_close_matches(wanted, known, 3, 0.4) or known
    raise WrongUsage(f"there is no service {provider!r}; known are for example {', '.join(near[:3])} (see --help)")


def _told(case: DomainCase, options: DomainOptions) -> str:
    view = present_domain(case, Words(options.language), offline=options.offline)
    if options.format == "json":
        return report_text([domain_json(case, view)]) + "\n"
    if options.format == "markdown":
        return markdown_domain(view)
    return text_domain(view, style_of(sys.stdout if options.output is None else None))


def _write(text: str, output: Path | None) -> None:
    if output is None:
        print(text, end="", flush=True)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as wrong:
        raise WrongUsage(f"{output} cannot be written: {wrong.strerror}") from wrong


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="headerlens domain",
        description="Look at SPF, DKIM, DMARC and MX of a domain, and say what has to be mended.",
        epilog=f"services for --provider:\n{_columns(checkable())}\n{usage.DOMAIN_EXIT_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("domain", metavar="DOMAIN", help="a domain; of a mail or web address the domain is taken")
    parser.add_argument(
        "--selector", action="append", default=[], metavar="S", help="a DKIM selector (s= of a signature); repeatable"
    )
    parser.add_argument(
        "--provider", default="", metavar="ID", help="compare with what this sending service asks to publish"
    )
    group = parser.add_argument_group("output")
    group.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    group.add_argument("--json", action="store_true", help="short for --format json")
    group.add_argument("--output", type=Path, metavar="FILE", help="write there instead of standard output")
    group.add_argument("--lang", choices=("en", "ja"), help="language of the explanations; default: the system's")
    add_dns(parser)
    return parser


def _columns(names: Sequence[str]) -> str:
    width = max(map(len, names)) + 2
    rows = (names[at : at + 3] for at in range(0, len(names), 3))
    return "\n".join("  " + "".join(name.ljust(width) for name in row).rstrip() for row in rows) + "\n"
