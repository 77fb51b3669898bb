"""A gate: every library that a program file asks for is in the folder, or is part of Windows."""

from __future__ import annotations

import re
from pathlib import Path

from installers.commands import Broken, run
from installers.windows.parts import FOUND_IN_WINDOWS

_ASKED = re.compile(r"DLL Name: (\S+)")


def check_imports(folder: Path) -> None:
    """Raise `Broken` naming what is missing: it would show on a fresh Windows only, never on a developer's."""
    programs = [file for file in sorted(folder.rglob("*")) if file.suffix in {".dll", ".exe", ".pyd"}]
    present = {file.name.lower() for file in programs}
    missing = {
        f"{file.relative_to(folder)} asks for {name}"
        for file in programs
        for name in sorted(asked(file))
        if name not in present | FOUND_IN_WINDOWS and not name.startswith("api-ms-win-")
    }
    if missing:
        raise Broken("libraries are missing:\n   " + "\n   ".join(sorted(missing)))


def asked(file: Path) -> frozenset[str]:
    """The libraries that `file` imports at its start or when first used, in lower case."""
    told = run(["x86_64-w64-mingw32-objdump", "-p", file], shown=False)
    return frozenset(name.lower() for name in _ASKED.findall(told))
