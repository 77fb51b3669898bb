"""The tree a package is built from: the files git knows of, and nothing else that lies about in the checkout."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from installers.commands import Broken, run, say

ROOT = Path(__file__).resolve().parents[2]
HOME_VARIABLE = "HEADERLENS_HOME"
"""Where releases are published (a URL). Public CI knows it; a build by hand need not."""


@dataclass(frozen=True, slots=True)
class Source:
    """One state of the program, ready to be packaged. `tree` may be written to: it is a copy."""

    tree: Path
    version: str
    commit: str
    epoch: int
    """Seconds since 1970 of the commit: every date in a package is this one, so that two builds are equal."""

    @property
    def day(self) -> str:
        """YYYY-MM-DD of the commit, UTC."""
        return datetime.fromtimestamp(self.epoch, UTC).strftime("%Y-%m-%d")

    @property
    def environment(self) -> dict[str, str]:
        """What makes tools repeat themselves to the byte."""
        return {
            "SOURCE_DATE_EPOCH": str(self.epoch), "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8",
        }  # fmt: skip


def export(folder: Path) -> Source:
    """Copy the checkout's files (those git knows or would add) into `folder`/tree, which is emptied first."""
    tree = folder / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    for name in _names():
        target = tree / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
        target.chmod(0o755 if os.access(ROOT / name, os.X_OK) else 0o644)
    changed = bool(_git("status", "--porcelain"))
    if changed:
        say("This checkout differs from its commit: what is built here is marked so, and is not for others.")
    commit = _git("rev-parse", "--short=12", "HEAD") + ("+changed" if changed else "")
    return Source(tree, version_of(tree), commit, int(_git("log", "-1", "--format=%ct")))


def stamp(source: Source, package: str, resources: Path | None = None) -> None:
    """Write where this package came from, for About: origin.toml in `resources`, by default those of the tree."""
    lines = {"version": source.version, "commit": source.commit, "day": source.day, "package": package}
    home = os.environ.get(HOME_VARIABLE, "")
    if home:
        if not re.fullmatch(r"https://[\w./-]+", home):
            raise Broken(f"{HOME_VARIABLE} is not an https address: {home!r}")
        lines["home"] = home
    text = "".join(f'{key} = "{value}"\n' for key, value in lines.items())
    ((resources or source.tree / "resources") / "origin.toml").write_text(text, encoding="utf-8")


def _names() -> list[str]:
    listed = _git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    return sorted({name for name in listed if name and (ROOT / name).is_file()})


def version_of(tree: Path) -> str:
    """The version that the program in `tree` calls itself."""
    found = re.search(r'^__version__ = "([\d.]+)"$', (tree / "headerlens/__init__.py").read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise Broken("headerlens/__init__.py names no version")
    return found[1]


def _git(*words: str) -> str:
    # the owner of a checkout in a container is often another user; reading it is no risk here
    return run(["git", "-c", f"safe.directory={ROOT}", "-C", ROOT, *words]).strip()
