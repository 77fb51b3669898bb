"""The command line: reads which command is meant and returns the exit status."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from headerlens import __version__
from headerlens.cli import usage

EX_USAGE = 64
"""sysexits.h: the command was used wrongly."""

EX_SOFTWARE = 70
"""sysexits.h: a mistake of the program."""


def main(arguments: Sequence[str]) -> int:
    """Run `arguments` (without the program's name) and return the exit status of product.md 3."""
    _speak_utf8()
    command = arguments[0] if arguments else "--help"
    if command == "--version":
        print(f"HeaderLens {__version__}")
        return 0
    if command == "--licences":
        return _licences()
    if command in {"check", "domain"}:
        return _run(command, arguments[1:])
    if command in {"--help", "-h", "help"}:
        print(usage.OVERVIEW, end="")
        return 0
    print(usage.OVERVIEW, end="", file=sys.stderr)
    return EX_USAGE


def _licences() -> int:
    """The list in the system's language; the window has the texts beside it."""
    from headerlens.cli.options import system_language
    from headerlens.present.licences import licences_text

    print(licences_text(system_language()), end="")
    return 0


def _run(command: str, arguments: Sequence[str]) -> int:
    """A command; a mistake of ours must not end with the status that means "not authenticated"."""
    try:
        if command == "check":
            from headerlens.cli.check import check

            return check(arguments)
        from headerlens.cli.domain import domain

        return domain(arguments)
    except Exception as error:  # noqa: BLE001  the last door: Python itself would end with 1
        from headerlens.batch.crash import failure_of

        failure = failure_of(error)  # without the error's text, which may hold words of the mail
        print(f"headerlens {command}: program mistake {failure.kind}\n{failure.places}", file=sys.stderr)
        return EX_SOFTWARE


def _speak_utf8() -> None:
    """Japanese and the ladder's signs must not stop the program where the console's encoding lacks them."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
