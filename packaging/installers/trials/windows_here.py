"""On a real Windows: installs both packages silently, opens a case by double-click, and removes them without a trace.

What wine cannot tell (packaging.md 4): the runtime library of a fresh Windows, and the association through the shell.
"""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from installers.commands import Broken, run, say
from installers.identity import NAME, TITLE
from installers.selftest import prove

PROGRAM = f"{TITLE}.exe"
CONSOLE = Path("bin") / f"{NAME}.exe"
SECONDS = 90
CLASSES = r"HKCU\Software\Classes"
CASE = "受信 メール.hlcase"
AUTHOR = "shop.example.co.jp"
"""The title of the window begins with it."""

QUIET = {"QT_QPA_PLATFORM": "offscreen"}


def check(out: Path) -> None:
    """Try the installer and the administrators' package of `out`. Raises `Broken`."""
    if platform.system() != "Windows":
        raise Broken("this check is for a real Windows; elsewhere wine has its own")
    _try_installer(_only(out, f"{TITLE}-*-setup.exe"))
    _try_msi(_only(out, f"{TITLE}-*.msi"))


def _try_installer(setup: Path) -> None:
    folder = Path(os.environ["LOCALAPPDATA"]) / "Programs" / TITLE
    mails = _default_of(".eml")
    run([setup, "/S"])
    _try_program(folder)
    if _default_of(".eml") != mails:
        raise Broken("the installer took .eml over")
    run([folder / "Uninstall.exe", "/S", "/SETTINGS"])
    _until(lambda: not folder.exists(), f"{folder} is still there after the removal")
    _no_key_left("HKCU")


def _try_msi(package: Path) -> None:
    folder = Path(os.environ["PROGRAMFILES"]) / TITLE
    run(["msiexec", "/i", package, "/qn", "/norestart"])
    _try_program(folder)
    run(["msiexec", "/x", package, "/qn", "/norestart"])
    _until(lambda: not folder.exists(), f"{folder} is still there after the removal")
    _no_key_left("HKLM")


def _try_program(folder: Path) -> None:
    """The program in `folder`: its self-test, its answer in the terminal, its window through the shell."""
    say(f"self-test in {folder}: {prove([str(folder / CONSOLE)], environment=QUIET):.1f} s")
    with tempfile.TemporaryDirectory() as place:
        case = Path(place) / CASE
        answer = run([folder / CONSOLE, "check", "--sample", "all-pass", "--lang", "en", "--case", case])
        if "Authenticated as" not in answer:
            raise Broken(f"the sample came out differently: {answer[:300]!r}")
        # what a double-click does: the shell finds the program by the ending
        run(["cmd", "/c", "start", "", case])
        try:
            _until(lambda: AUTHOR in _titles(), f"no window shows the case: {_titles()!r}")
        finally:
            subprocess.run(["taskkill", "/f", "/im", PROGRAM], capture_output=True, check=False)
        time.sleep(2)  # Windows lets go of the files a moment later


def _titles() -> str:
    """What the titles of our windows say, with everything else tasklist tells."""
    return _told(["tasklist", "/v", "/fo", "csv", "/fi", f"imagename eq {PROGRAM}"])


def _default_of(ending: str) -> str:
    return _told(["reg", "query", rf"{CLASSES}\{ending}", "/ve"])


def _no_key_left(hive: str) -> None:
    found = _told(["reg", "query", rf"{hive}\Software", "/s", "/k", "/f", TITLE])
    left = [line for line in found.splitlines() if line.startswith("HKEY_") and TITLE in line]
    if left:
        raise Broken(f"the removal left {left[:10]}")


def _told(command: Sequence[str]) -> str:
    """What a tool of Windows printed, whatever its status: `reg` ends with 1 where nothing is found."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return done.stdout


def _until(come: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + SECONDS
    while not come():
        if time.monotonic() > end:
            raise Broken(otherwise)
        time.sleep(0.5)


def _only(out: Path, pattern: str) -> Path:
    found = sorted(out.glob(pattern))
    if len(found) != 1:
        raise Broken(f"{out} should hold one {pattern}, not {len(found)}")
    return found[0]
