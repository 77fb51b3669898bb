"""Tries the installed program: self-test, terminal, workers, and that no library is loaded from where the mail lies."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from installers.commands import Broken, say
from installers.selftest import prove
from installers.source import Source
from installers.trials.screens import Screen
from installers.trials.wine import HOME, JAPANESE, Wine

FOLDER = f"{HOME}\\Documents\\届いた メール"
"""A folder with Japanese and a space in its name, where the mails of the check are."""

MAILS = ("all-pass", "spoofed", "forwarded", "mailing-list", "third-party", "amazon-ses")

UNTOLD = 2
"""The status where nothing could be told, as everything that is checked offline."""

PLANTED = (
    "python3.dll", "python313.dll", "vcruntime140.dll", "Qt6Svg.dll", "Qt6Core.dll", "version.dll", "libcrypto-3.dll",
    "shcore.dll", "dwmapi.dll", "profapi.dll",
)  # fmt: skip
"""Names that programs ask for without saying where. Here lies nonsense of those names, which stops whoever loads it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An installed program and what it is tried with. `folder` is a Windows path."""

    windows: Wine
    folder: str
    source: Source
    shown: Screen
    pictures: Path

    @property
    def terminal(self) -> str:
        """The program of the terminal."""
        return f"{self.folder}\\bin\\headerlens.exe"


def try_program(tried: Tried) -> None:
    """Raise `Broken` where it does not do what it should."""
    _lay_out_mails(tried)
    seconds = prove(tried.windows.command([tried.terminal, "--self-test"]), wine=True)
    say(f"Self-test: ok ({seconds:.1f} s)")
    _one_mail(tried)
    _folder_of_mails(tried)
    _window_program_in_terminal(tried)
    _nothing_planted(tried)


def _lay_out_mails(tried: Tried) -> None:
    folder = tried.windows.outside(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    samples = tried.source.tree / "resources/samples"
    for name in MAILS:
        shutil.copyfile(samples / f"{name}.eml", folder / f"{name}.eml")
    shutil.copyfile(samples / "all-pass.eml", folder / "受信 メール 2026年.eml")
    shutil.copyfile(samples / "all-pass.dns.json", folder / "答え.json")


def _one_mail(tried: Tried) -> None:
    """Japanese in file names, arguments and output; nobody says which language, it is that of this Windows."""
    say("In the terminal of a Japanese Windows: a mail and recorded answers with Japanese names")
    answer = tried.windows.run(
        tried.terminal, "check", "--dns-evidence", f"{FOLDER}\\答え.json",
        "--as-of", "2026-11-21T08:20:00+09:00", f"{FOLDER}\\受信 メール 2026年.eml", locale=JAPANESE,
    )  # fmt: skip
    if "認証" not in answer:
        raise Broken(f"no answer in Japanese: {answer[:600]!r}")


def _folder_of_mails(tried: Tried) -> None:
    """Worker processes are this very program, called again."""
    say("In the terminal: a folder of mails, three at a time")
    told = tried.windows.run(
        tried.terminal, "check", "--offline", "--jobs", "3", "--format", "ndjson", FOLDER, expect=UNTOLD
    )
    lines = [json.loads(line) for line in told.splitlines() if line.strip()]
    if len(lines) < len(MAILS) + 1 or "受信 メール 2026年.eml" not in told:
        raise Broken(f"{len(lines)} results: {told[:600]}")


def _window_program_in_terminal(tried: Tried) -> None:
    """The window's program, asked for something of the terminal's, neither hangs nor opens anything."""
    window = f"{tried.folder}\\HeaderLens.exe"
    told = tried.windows.run(window, "--version")
    if told and tried.source.version not in told:
        raise Broken(f"{window} --version says {told!r}")


def _nothing_planted(tried: Tried) -> None:
    """A mail opened from a folder of downloads: what lies beside it must not become part of the program."""
    say("Libraries that lie beside a mail are not loaded")
    folder = tried.windows.outside(FOLDER)
    for name in PLANTED:
        (folder / name).write_bytes(b"MZ" + b"\0" * 510)
    told = tried.windows.run(
        tried.terminal, "check", "--offline", "--format", "json", "spoofed.eml", inside=FOLDER, expect=UNTOLD
    )
    for name in PLANTED:
        (folder / name).unlink()
    if '"spoofed.eml"' not in told:
        raise Broken(f"with libraries beside the mail it said {told[:600]!r}")
