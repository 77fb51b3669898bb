"""The Python that fetches and compiles for the Windows program: it has to be of the version that goes in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from installers.commands import Broken, run
from installers.source import ROOT
from installers.windows.python import MINOR

BUILDERS = ROOT / "packaging/constraints/builders.txt"


def environment(work: Path) -> Path:
    """The Python of a fresh environment in `work`, with what building source packages takes."""
    folder = work / "tools"
    shutil.rmtree(folder, ignore_errors=True)
    run([python_of_the_program(), "-m", "venv", folder])
    python = folder / "bin" / "python"
    run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", BUILDERS])
    return python


def pip(python: Path) -> list[str | Path]:
    """How pip is called."""
    return [python, "-m", "pip", "-q", "--disable-pip-version-check"]


def python_of_the_program() -> str:
    """A Python of the version that goes in: what it compiles, no older or newer one reads."""
    candidates = (sys.executable, f"python{MINOR}", *_kept_by_others())
    for candidate in candidates:
        if _says(candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2])") == MINOR:
            return candidate
    raise Broken(
        f"building for Windows takes Python {MINOR} on this machine: apt install python{MINOR}-venv (Debian 13), or "
        f"uv python install {MINOR}"
    )


def _kept_by_others() -> Iterator[str]:
    """Pythons that a version manager keeps."""
    yield _says("uv", "python", "find", MINOR)
    yield f"{_says('pyenv', 'prefix', MINOR)}/bin/python"


def _says(*command: str) -> str:
    """What `command` prints; empty when it is not there or fails."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
