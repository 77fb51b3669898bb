"""Holds a packaged program to its `--self-test`: every part must be told, and nothing else may be printed."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Mapping, Sequence

from installers.commands import Broken

PARTS = frozenset({
    "version",
    "example all-pass", "example amazon-ses", "example forwarded", "example mailing-list", "example spoofed",
    "example third-party",
    "catalogue", "html", "pdf", "json", "case file", "second opinion", "ed25519", "suffixes", "providers", "msg",
    "archive", "encodings", "dns", "tls", "worker", "licences", "guides",
    "help", "labels", "words of qt", "icons", "printing", "window en", "window ja",
})  # fmt: skip
"""What `headerlens --self-test` has to report; headerlens.cli.self_test makes the lines, a test compares the two."""

SECONDS = 120
"""After so long it hangs; on a loaded machine under wine it takes half a minute."""

_LINE = re.compile(r"(ok|FAILED) ([a-z0-9 -]+): (\S.*)")
_END = re.compile(r"self-test: ok \(\d+ parts\)")
_OF_WINE = re.compile(
    r"(?:[0-9a-f]{4}:)?(?:fixme|err|warn|trace):|wine(?:server)?: |Application tried to create a window"
)
"""wine talks of itself on the same channel."""


def prove(command: Sequence[str], *, environment: Mapping[str, str] | None = None, wine: bool = False) -> float:
    """Run `command` (the program, without `--self-test`) to its end; the seconds it took.

    `environment` is added to the present one. With `wine`, what wine prints of itself on standard error is passed over.
    Raises `Broken` for a status other than 0, a line or part that is not known, a part that is missing or told twice,
    and anything on standard error.
    """
    words = [str(one) for one in command]
    words += [] if any("--self-test" in one for one in words) else ["--self-test"]
    quiet = {"WINEDEBUG": "-all"} if wine else {}
    began = time.monotonic()
    try:
        done = subprocess.run(
            words, env={**os.environ, **quiet, **(environment or {})}, stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", errors="replace", timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise Broken(f"the self-test did not end within {SECONDS} s: {_told(late.stdout)}") from late
    except OSError as error:
        raise Broken(f"the self-test could not be started: {error}") from error
    seconds = time.monotonic() - began
    problems = judge(done.stdout, done.stderr, done.returncode, wine=wine)
    if problems:
        raise Broken("self-test: " + "\n   ".join(problems))
    return seconds


def judge(output: str, errors: str, status: int, *, wine: bool = False) -> list[str]:
    """What is wrong with what a self-test printed and ended with; empty where everything holds."""
    lines = output.splitlines()
    problems = [] if status == 0 else [f"it ended with status {status}"]
    if not lines or not _END.fullmatch(lines[-1]):
        problems.append(f"its last line is no good end: {lines[-1] if lines else 'nothing was printed'!r}")
    told: list[str] = []
    for line in lines[:-1]:
        found = _LINE.fullmatch(line)
        if found is None or found[2] not in PARTS:
            problems.append(f"unexpected line: {line!r}")
        elif found[1] == "FAILED":
            problems.append(line)
        if found is not None:
            told.append(found[2])
    problems += [f"told twice: {part}" for part in sorted(PARTS) if told.count(part) > 1]
    problems += [f"missing: {part}" for part in sorted(PARTS - set(told))]
    talk = [line for line in errors.splitlines() if line.strip() and not (wine and _OF_WINE.match(line))]
    return problems + [f"on standard error: {line!r}" for line in talk[:20]]


def _told(output: bytes | str | None) -> str:
    """The last thing it said before it hung."""
    text = output.decode("utf-8", "replace") if isinstance(output, bytes) else output or ""
    return text.splitlines()[-1] if text.strip() else "nothing was printed"
