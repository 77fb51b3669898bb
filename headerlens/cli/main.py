"""The command line: reads which command is meant and returns the exit status."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from headerlens import __version__
from headerlens.cli import usage

EX_USAGE = 64
"""sysexits.h: the command was used wrongly."""


def main(arguments: Sequence[str]) -> int:
    """Run `arguments` (without the program's name) and return the exit status of product.md 3."""
    _speak_utf8()
    command = arguments[0] if arguments else "--help"
    if command == "--version":
        print(f"HeaderLens {__version__}")
        return 0
    if command == "check":
        from headerlens.cli.check import check

        return check(arguments[1:])
    if command == "domain":
        from headerlens.cli.domain import domain

        return domain(arguments[1:])
    if command in {"--help", "-h", "help"}:
        print(usage.OVERVIEW, end="")
        return 0
    print(usage.OVERVIEW, end="", file=sys.stderr)
    return EX_USAGE


def _speak_utf8() -> None:
    """Japanese and the ladder's signs must not stop the program where the console's encoding lacks them."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
