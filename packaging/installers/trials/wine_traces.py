"""What a program leaves behind: every file of the C: drive and every value of the registry, before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from installers.commands import Broken
from installers.trials.wine import PREFIX, Wine

HIVES = ("user.reg", "system.reg", "userdef.reg")

OF_WINDOWS = tuple(map(re.compile, (
    # of whatever runs; Windows Installer keeps its own copies of packages while they are installed
    r"file windows/(temp|Installer)(/|$)",
    r"file users/[^/]+/(AppData/Local/)?Temp(/|$)",
    # wine's own, such as that a program was ended from outside
    r"key user\.reg Software\\\\Wine(\\\\|\]|$)",
    # the colours of the desktop, noted by wine when the first window asks for them
    r"key user\.reg Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Explorer\\\\Accent(\]|$)",
    # devices, as wine finds them at each start
    r"key system\.reg (System\\\\|Hardware\\\\|HARDWARE\\\\|System\])",
    r"key system\.reg Software\\\\(Wine|Microsoft\\\\(DirectDraw|Windows NT|Tracing|DirectInput))",
    # the certificate authorities of the machine, taken over when a program first looks at them
    r"key (system|user)\.reg Software\\\\(Policies|Microsoft\\\\SystemCertificates)(\\\\|\]|$)",
)))  # fmt: skip
"""What wine or Windows writes by itself while programs come and go. Nothing in it may name HeaderLens."""

EMPTY_KEYS = re.compile(
    # standard keys, which a real Windows has from the start; in wine the first program or package makes them
    r"key user\.reg Software\\\\Classes"
    r"|key system\.reg Software\\\\(Classes|Microsoft\\\\Windows\\\\CurrentVersion)\\\\Installer"
    r"(\\\\(Folders|Features|Products|UpgradeCodes|UserData\\\\S-1-5-18\\\\(Components|Products)))?"
)
"""Keys that may stay behind, without any value in them."""

_SECTION = re.compile(r"^\[(.*?)\](?: \d+)?$")


def traces(wine: Wine) -> frozenset[str]:
    """One line for each file, folder, registry key and registry value."""
    prefix = wine.system.root / PREFIX.lstrip("/")
    drive = prefix / "drive_c"
    files = {f"file {path.relative_to(drive)}" for path in drive.rglob("*")}
    return frozenset(files.union(*(_registry(prefix / hive) for hive in HIVES if (prefix / hive).exists())))


def _registry(hive: Path) -> Iterable[str]:
    section = ""
    for line in hive.read_text("utf-8", errors="replace").splitlines():
        found = _SECTION.match(line)
        if found:
            section = found[1]
            yield f"key {hive.name} {section}"
        elif line.startswith(('"', "@")):
            yield f"key {hive.name} {section}] {line}"


def must_be_clean(before: frozenset[str], after: frozenset[str], *, but: frozenset[str] = frozenset()) -> None:
    """Raise `Broken` when something new is left, `but` aside, or something is gone."""
    left = {one for one in after - before - but if not _of_windows(one)}
    gone = {one for one in before - after if not _of_windows(one)}
    ours = {one for one in after - before - but if "headerlens" in one.lower()}
    if left | ours:
        raise Broken("left behind:\n   " + "\n   ".join(sorted(left | ours)[:60]))
    if gone:
        raise Broken("taken away, though it was there before:\n   " + "\n   ".join(sorted(gone)[:60]))


def _of_windows(line: str) -> bool:
    return EMPTY_KEYS.fullmatch(line) is not None or any(pattern.match(line) for pattern in OF_WINDOWS)
