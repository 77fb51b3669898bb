"""What Linux programs and libraries need of each other, read from their ELF headers by binutils and the loader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from installers.commands import run

_NEEDED = re.compile(r"\(NEEDED\).*\[([^\]]+)\]")
_NOT_FOUND = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)


def programs(folder: Path) -> list[Path]:
    """Every ELF file below `folder`, links left out, sorted."""
    return sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink() and _is_elf(one))


def needed(path: Path) -> list[str]:
    """The libraries that the ELF file `path` names itself, such as libc.so.6."""
    return _NEEDED.findall(run(["readelf", "--dynamic", "--wide", path], shown=False))


def reached(roots: Iterable[Path], libraries: Path) -> set[str]:
    """Names of the files in the folder `libraries` which `roots` need, directly or through one another."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        for name in needed(waiting.pop()):
            library = libraries / name
            if name not in found and library.exists():
                found.add(name)
                waiting.append(library)
    return found


def missing(path: Path) -> list[str]:
    """Libraries that the loader of this system would not find for `path`."""
    return sorted(set(_NOT_FOUND.findall(run(["ldd", path], shown=False))))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
