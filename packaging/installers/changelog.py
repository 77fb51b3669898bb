"""Release notes: the section of CHANGELOG.md that belongs to a version. `python -m installers.changelog vX.Y.Z`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from installers.commands import Broken
from installers.source import ROOT, version_of

UNRELEASED = "Unreleased"


def section(changelog: str, heading: str) -> str:
    """The text below `## heading` (a version, with or without brackets and a date), "" when there is none."""
    begin = re.search(rf"^## \[?{re.escape(heading)}\]?(?: - \d{{4}}-\d\d-\d\d)?$", changelog, re.MULTILINE)
    if begin is None:
        return ""
    rest = changelog[begin.end() :]
    end = re.search(r"^(?:## |\[[^\]]+\]: )", rest, re.MULTILINE)
    return rest[: end.start() if end else None].strip()


def notes(tree: Path) -> str:
    """What is new in the version of `tree`; before its section is written, what is collected for it."""
    changelog = (tree / "CHANGELOG.md").read_text("utf-8")
    return section(changelog, version_of(tree)) or section(changelog, UNRELEASED)


def for_tag(tag: str, tree: Path) -> str:
    """The notes of a release. Raises `Broken` unless program, tag and CHANGELOG name the same version."""
    version = version_of(tree)
    if tag != f"v{version}":
        raise Broken(f"the tag {tag} is not that of version {version}")
    text = section((tree / "CHANGELOG.md").read_text("utf-8"), version)
    if not text:
        raise Broken(f"CHANGELOG.md has no section {version}")
    return text


if __name__ == "__main__":
    try:
        print(for_tag(sys.argv[1], ROOT))
    except Broken as broken:
        sys.exit(f"Broken: {broken}")
