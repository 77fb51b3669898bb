"""What goes beside the packages of a release: its notes, and SHA256SUMS over everything that is there."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from installers.changelog import notes
from installers.source import export

SUMS = "SHA256SUMS"
NOTES = "release-notes.md"


def build(out: Path) -> list[Path]:
    """Write both into `out`, where every other file is by then."""
    with tempfile.TemporaryDirectory() as place:
        text = notes(export(Path(place)).tree)
    told, listed = out / NOTES, out / SUMS
    told.write_text(f"{text}\n", encoding="utf-8")
    listed.write_text(sums(out), encoding="utf-8")
    return [told, listed]


def sums(folder: Path) -> str:
    """A line for each file of `folder`, as `sha256sum --check` reads it, sorted by name. Notes are no download."""
    files = sorted(one for one in folder.iterdir() if one.is_file() and one.name not in {SUMS, NOTES})
    return "".join(f"{_digest(one)}  {one.name}\n" for one in files)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
