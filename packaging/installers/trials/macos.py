"""On a real Mac: opens the disk image as a person would, and a case by what the Finder does on a double-click."""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
import time
from pathlib import Path

from installers.commands import Broken, run, say
from installers.identity import NAME, TITLE
from installers.macos.image import opened
from installers.selftest import prove

SECONDS = 15
"""A program that cannot start has ended by then."""

REGISTER = Path(
    "/System/Library/Frameworks/CoreServices.framework/Frameworks/LaunchServices.framework/Support/lsregister"
)
"""Tells the Finder of a program at once; copying it to Applications does so after a while."""


def check(out: Path) -> None:
    """Try the disk image of `out`; a picture of the screen goes to `out`/pictures. Raises `Broken`."""
    if platform.system() != "Darwin":
        raise Broken("this check is for a real Mac")
    image = _only(out, f"{NAME}-*.dmg")
    with tempfile.TemporaryDirectory() as place:
        app = Path(place) / f"{TITLE}.app"
        with opened(image) as folder:
            run(["ditto", folder / app.name, app])
        program = app / "Contents/MacOS" / NAME
        say(f"self-test: {prove([str(program)], environment={'QT_QPA_PLATFORM': 'offscreen'}):.1f} s")
        _window(program, out / "pictures" / f"macos-{platform.machine()}.png")
        _double_click(app, program, Path(place))


def _window(program: Path, picture: Path) -> None:
    """The program with a sample, on the real screen: it must live, and say nothing."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as talk:
        with subprocess.Popen([program, "--sample", "spoofed"], stdout=talk, stderr=talk) as running:
            time.sleep(SECONDS)
            picture.parent.mkdir(parents=True, exist_ok=True)
            # without the permission to record, macOS leaves the windows out; then it is a picture of the desktop
            subprocess.run(["screencapture", "-x", picture], check=False)
            ended = running.poll()
            running.terminate()
        talk.seek(0)
        said = talk.read()
    if ended is not None or said.strip():
        raise Broken(f"the window ended with {ended} and said {said[:2000]!r}")


def _double_click(app: Path, program: Path, folder: Path) -> None:
    """The Finder finds the program for a case by its type."""
    case = folder / "受信 メール.hlcase"
    run([program, "check", "--sample", "all-pass", "--case", case])
    run([REGISTER, "-f", app])
    run(["open", case])
    time.sleep(SECONDS)
    found = subprocess.run(["pgrep", "-f", str(program)], capture_output=True, text=True, check=False).stdout.split()
    for number in found:
        os.kill(int(number), 15)
    if not found:
        raise Broken("a case was opened by another program, or by none")
    run([REGISTER, "-u", app])


def _only(out: Path, pattern: str) -> Path:
    found = sorted(out.glob(pattern))
    if len(found) != 1:
        raise Broken(f"{out} should hold one {pattern}, not {len(found)}")
    return found[0]
