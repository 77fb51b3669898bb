"""Holds README to its two commands: bare Debian 12, Debian 13 and Ubuntu 24.04 with nothing but python3."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from installers.commands import Broken, say
from installers.identity import NAME
from installers.source import export
from installers.trials.chroots import DISTRIBUTIONS, Chroot, bare
from installers.trials.screens import photograph, screen

CHECKOUT = "/home/reader/headerlens"
SOME_TESTS = ("tests/house", "tests/journeys")
"""The whole suite takes many minutes, and public CI runs it; here it is the way to it that is tried."""

INSTALLING = 600
"""Seconds `sh packaging/run` may take for the window's libraries and its first paint."""


def check(out: Path) -> None:
    """Try both commands in every system; pictures of the windows go to `out`/pictures. Raises `Broken`."""
    with tempfile.TemporaryDirectory() as place:
        tree = export(Path(place)).tree
        for name in DISTRIBUTIONS:
            with bare(name) as system:
                system.install("python3")
                system.copy_in(tree, CHECKOUT)
                _in_terminal(system, name)
                _in_window(system, name, out)
                _tests(system, name)


def _in_terminal(system: Chroot, name: str) -> None:
    for what in ("first", "again"):
        began = time.monotonic()
        answer = system.run(["sh", f"{CHECKOUT}/packaging/run"])
        say(f"{name}: `sh packaging/run` in the terminal, {what}: {time.monotonic() - began:.1f} s")
        for text in ("There is no display", "Not authenticated as bank.example.co.jp"):
            if text not in answer:
                raise Broken(f"{name}: the terminal did not say {text!r}: {answer[-1000:]}")


def _in_window(system: Chroot, name: str, out: Path) -> None:
    for what in ("with the window's libraries to install", "again"):
        with screen() as shown_on:
            command = system.command(["sh", f"{CHECKOUT}/packaging/run"], with_={"DISPLAY": shown_on.display})
            seconds = photograph(command, shown_on, out / "pictures" / f"readme-{name}.png", wait=INSTALLING)
        say(f"{name}: `sh packaging/run` in a window, {what}: {seconds:.1f} s")


def _tests(system: Chroot, name: str) -> None:
    began = time.monotonic()
    told = system.run(["sh", f"{CHECKOUT}/packaging/test", *(f"{CHECKOUT}/{one}" for one in SOME_TESTS)])
    last = next((line for line in reversed(told.splitlines()) if " passed" in line), "")
    if not last:
        raise Broken(f"{name}: no tests passed: {told[-1000:]}")
    say(f"{name}: `sh packaging/test {' '.join(SOME_TESTS)}`: {last.strip('= ')}; all of it {_minutes(began)}")


def _minutes(began: float) -> str:
    seconds = round(time.monotonic() - began)
    return f"{seconds // 60} min {seconds % 60} s ({NAME} installed with its test tools, lint, types, import rules)"
