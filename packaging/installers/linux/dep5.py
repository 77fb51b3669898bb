"""debian/copyright from the program's own list of licences, in Debian's machine-readable form (DEP 5)."""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from installers.identity import NAME, TITLE

COMMON = {
    "Apache-2.0": "Apache-2.0", "GPL-2.0": "GPL-2", "GPL-3.0": "GPL-3", "LGPL-2.1": "LGPL-2.1", "LGPL-3.0": "LGPL-3",
    "MPL-2.0": "MPL-2.0",
}  # fmt: skip
"""Texts that every Debian has under /usr/share/common-licenses; the others are part of the program."""


OF_OTHER_SYSTEMS = (".dll", ".exe", ".pyd", "dylib")
"""What the list's patterns for Windows and macOS end with."""


def copyright_text(tree: Path) -> str:
    """The whole file for the source tree `tree`."""
    listed = tomllib.loads((tree / "resources/licences/list.toml").read_text("utf-8"))["component"]
    ours, others = listed[0], [one for one in listed[1:] if "linux" in one["systems"]]
    head = (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: {TITLE}\nSource: {ours['source']}\n"
        f"Comment:\n{_indented(_about(others))}\n"
    )
    files = [f"Files: *\nCopyright: {_holder(ours)}\nLicense: {ours['licence']}\n{_where(ours['licence'], ours)}"]
    return "\n".join([head, *files, *(_part(one) for one in others)])


def _part(one: dict[str, Any]) -> str:
    """One work of others. Its files are a comment: they are named after compilation, which DEP 5 does not foresee."""
    names = (name for name in one["libraries"] if not name.endswith(OF_OTHER_SYSTEMS))
    patterns = " ".join(f"*/{name}" for name in names) or f"usr/lib/{NAME}/{_slug(one['name'])}*"
    licence = _short(one["licence"])
    return (
        f"Files: {patterns}\nCopyright: {_holder(one)}\nLicense: {licence}\n{_where(one['licence'], one)}"
        f"Comment: {one['name']}. Source: {one['source']}\n"
    )


def _where(expression: str, one: dict[str, Any]) -> str:
    lines = [f"The licence is {expression}."]
    common = (name for name in sorted(COMMON) if name in expression)
    lines += [
        f"On Debian systems the text of {name} is in /usr/share/common-licenses/{COMMON[name]}." for name in common
    ]
    own = [text for text in one["texts"] if text.removesuffix(".txt") not in COMMON]
    folder = f"/usr/lib/{NAME}/_internal/{NAME}/resources/licences/texts"
    lines += [f"The text is in {folder}/{text}." for text in own]
    return _indented(lines) + "\n"


def _about(others: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield "The package carries Python, Qt and the Python packages it needs, as they are built by their authors:"
    yield ", ".join(sorted(one["name"] for one in others)) + "."
    yield "Qt may be exchanged: its libraries are ordinary files under PySide6, and nothing checks them."


def _indented(lines: Iterable[str]) -> str:
    wrapped = (part for line in lines for part in textwrap.wrap(line, 100, break_long_words=False))
    return "\n".join(f" {line}" for line in wrapped)


def _holder(one: dict[str, Any]) -> str:
    return " ".join(one["copyright"].split())


def _short(expression: str) -> str:
    """DEP 5 knows "and" and "or" in small letters and no brackets."""
    plain = expression.replace(" WITH ", " with ").replace(" AND ", " and ").replace(" OR ", " or ")
    return re.sub(r"[()]", "", plain)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
