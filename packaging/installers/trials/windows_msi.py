"""Tries the administrators' package: installed, tried and removed without a question, for everybody."""

from __future__ import annotations

from pathlib import Path

from installers.commands import Broken, say
from installers.identity import TITLE
from installers.selftest import prove
from installers.source import Source
from installers.trials.wine import Wine
from installers.trials.wine_traces import must_be_clean, traces

PACKAGE = "C:\\package.msi"
PROGRAM = f"C:\\Program Files\\{TITLE}"


def check(windows: Wine, package: Path, source: Source) -> None:
    """Raise `Broken` where it does not do what it should."""
    say("The administrators' package: silent, for everybody")
    windows.fresh()
    windows.outside(PACKAGE).write_bytes(package.read_bytes())
    before = traces(windows)
    windows.run("msiexec", "/i", PACKAGE, "/qn")
    _known_to_windows(windows, source)
    seconds = prove(windows.command([f"{PROGRAM}\\bin\\headerlens.exe", "--self-test"]), wine=True)
    say(f"Self-test: ok ({seconds:.1f} s)")
    windows.run("msiexec", "/x", PACKAGE, "/qn")
    if windows.outside(PROGRAM).exists():
        raise Broken("removing the package left its folder")
    must_be_clean(before, traces(windows))


def _known_to_windows(windows: Wine, source: Source) -> None:
    found = traces(windows)
    for wanted in (
        '"DisplayName"="HeaderLens"', f'"DisplayVersion"="{source.version}"',
        '.eml\\\\OpenWithProgids] "HeaderLens.Mail"',
        '.hlcase] @="HeaderLens.Case"', f"Programs/{TITLE}.lnk",
    ):  # fmt: skip
        if not any(wanted in line for line in found):
            raise Broken(f"the package wrote no {wanted}")
    if any(".eml] @=" in line and "HeaderLens" in line for line in found):
        raise Broken("the package took .eml over")
