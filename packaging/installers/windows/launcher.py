"""Compiles HeaderLens.exe (window) and bin/headerlens.exe (terminal) from packaging/windows/launcher.c."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from installers.commands import run
from installers.source import Source
from installers.windows.python import LIBRARY

TOOLS = "x86_64-w64-mingw32-"


@dataclass(frozen=True, slots=True)
class Launcher:
    """One of the two. `steps` tells how many folders it lies below the program folder."""

    path: str
    steps: int
    system: str
    defines: tuple[str, ...] = ()


LAUNCHERS = (
    Launcher("HeaderLens.exe", 0, "-mwindows"),
    Launcher("bin/headerlens.exe", 1, "-mconsole", ("-DCONSOLE",)),
)

STRICT = ("-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic")
SAFE = "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va"
"""Address space randomisation and no execution of data; and no date, so that two builds are equal."""


def compile_launchers(source: Source, folder: Path, work: Path) -> None:
    """Put both into the program folder."""
    for launcher in LAUNCHERS:
        (folder / launcher.path).parent.mkdir(parents=True, exist_ok=True)
        _compile(launcher, source, folder / launcher.path, work)


def numbers(version: str) -> tuple[int, ...]:
    """Windows wants four: 0.1.0 is 0, 1, 0, 0."""
    given = tuple(int(one) for one in version.split("."))
    return (*given, *(0,) * (4 - len(given)))


def _compile(launcher: Launcher, source: Source, target: Path, work: Path) -> None:
    files = source.tree / "packaging/windows"
    resources = work / f"{target.stem}.{launcher.steps}.res"
    # windres hands its defines to a shell
    version = (f'-DVERSION=\\"{source.version}\\"', f"-DNUMBERS={','.join(map(str, numbers(source.version)))}")
    run([f"{TOOLS}windres", *version, *launcher.defines, "launcher.rc", "-O", "coff", "-o", resources], inside=files)
    run([
        f"{TOOLS}gcc", *STRICT, "-O2", "-s", "-static", "-municode", launcher.system, *launcher.defines,
        f"-DHOME_STEPS={launcher.steps}", f'-DPYTHON="{LIBRARY}"', SAFE, "launcher.c", resources, "-o", target,
    ], inside=files, with_=source.environment)  # fmt: skip
