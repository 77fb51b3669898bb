"""An installer of an older version, for trying an upgrade: the same script over a few files, one of them its own."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from installers.source import Source
from installers.windows.nsis import make_installer

VERSION = "0.0.1"
ITS_OWN = "runtime\\lib\\older\\only.pyc"
"""A file that no later version has."""


def make(source: Source, work: Path) -> Path:
    """Write it below `work`."""
    place = work / "older"
    shutil.rmtree(place, ignore_errors=True)
    folder = place / "HeaderLens"
    for name in ("HeaderLens.exe", "runtime/python313.dll", ITS_OWN.replace("\\", "/")):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("of an older version", "utf-8")
    return make_installer(replace(source, version=VERSION), folder, place, place)
