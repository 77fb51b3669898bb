"""Holds every compiled file of a package against the list of resources/licences: what is carried has to be on it."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

from installers.commands import Broken
from installers.source import ROOT

LIST = ROOT / "resources" / "licences" / "list.toml"

_COMPILED = (
    b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe",
)  # fmt: skip
"""How files begin for Linux, Windows and macOS (one processor, or several in one file)."""


def check(folder: Path, system: str) -> None:
    """Raise `Broken` where the package in `folder` for "linux", "windows" or "macos" carries what the list lacks."""
    surplus = unlisted(folder, system)
    if surplus:
        raise Broken(f"no licence is listed in {LIST.relative_to(ROOT)} for {', '.join(surplus)}")


def unlisted(folder: Path, system: str) -> list[str]:
    """The names of compiled files below `folder` that no component of the list claims for `system`."""
    patterns = claimed(system)
    names = {file.name for file in folder.rglob("*") if file.is_file() and _is_compiled(file)}
    return sorted(name for name in names if not any(fnmatchcase(name.lower(), one) for one in patterns))


def claimed(system: str) -> tuple[str, ...]:
    """The patterns over file names, in lower case, of what the list has for `system`."""
    listed = tomllib.loads(LIST.read_text("utf-8"))["component"]
    return tuple(pattern for one in listed if system in one["systems"] for pattern in one["libraries"])


def _is_compiled(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(4).startswith(_COMPILED)
