"""Where this package came from, as its build wrote it into resources/origin.toml; a checkout has no such file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from headerlens.assets import asset


@dataclass(frozen=True, slots=True)
class Origin:
    """A build: `version`, `commit`, `day` (YYYY-MM-DD) and kind of `package`; `home` is "" or where new ones are."""

    version: str
    commit: str
    day: str
    package: str
    home: str = ""


@cache
def origin() -> Origin | None:
    """The build that is running, None in a checkout."""
    file = asset("origin.toml")
    if not file.is_file():
        return None
    return read_origin(file.read_text(encoding="utf-8"))


def read_origin(text: str) -> Origin:
    """What a stamp says. Raises KeyError or ValueError for one that is damaged: the build is, then."""
    table = tomllib.loads(text)
    version, commit, day, package = (str(table[name]) for name in ("version", "commit", "day", "package"))
    return Origin(version, commit, day, package, str(table.get("home", "")))
