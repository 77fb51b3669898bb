"""Runs other programs: each is shown before it starts, and its failure ends the build with its own words."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

SHOWN_LINES = 60
"""Of a failed program's output: enough for its last error, and it still fits a screen."""


class Broken(Exception):  # noqa: N818  reads as what it is: "the package is broken"
    """A build or a check did not come out as it must; the text says what and where."""


def say(text: str) -> None:
    """Tell what comes next."""
    print(f"== {text}", flush=True)


def run(
    command: Sequence[str | Path], *, inside: Path | None = None, with_: Mapping[str, str] | None = None,
    shown: bool = True,
) -> str:  # fmt: skip
    """What `command` printed on both channels. `with_` is added to the environment. Raises `Broken` on failure.

    `shown` False: the caller has told what is run.
    """
    words = [str(word) for word in command]
    if shown:
        print(f"   {shlex.join(words)[:200]}", flush=True)
    done = subprocess.run(
        words, cwd=inside, env={**os.environ, **(with_ or {})}, capture_output=True, text=True, check=False,
        errors="replace",
    )  # fmt: skip
    output = done.stdout + done.stderr
    if done.returncode != 0:
        print("\n".join(output.splitlines()[-SHOWN_LINES:]), file=sys.stderr, flush=True)
        raise Broken(f"{words[0]} ended with status {done.returncode}")
    return output
