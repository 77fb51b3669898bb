"""The program with its own Python in one folder, made by PyInstaller: where the packages of Linux and macOS begin."""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path

from installers import selftest
from installers.commands import Broken, run, say
from installers.identity import NAME
from installers.linux import linking
from installers.source import ROOT, Source, export, stamp
from installers.trimming import kept

INSIDE = "_internal"
"""PyInstaller's name for the folder with everything but the program itself."""

OPTIONAL = frozenset({"libcupsprintersupport.so"})
"""May lack their libraries on the user's system: without CUPS there is nothing to print on anyway."""

LARGEST = 60_000_000
"""Octets of a package. It is a third more than today's: what grows past it has picked up something nobody asked for."""

INDISPENSABLE = (
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
    "PySide6/Qt/translations/qtbase_ja.qm",
)
"""What a build has lost before, silently: freezers drop input methods, and plugins whose libraries they do not find."""


@cache
def frozen() -> tuple[Source, Path]:
    """The source and its frozen program for Linux, made and tried once per run."""
    folder = ROOT / "build" / "linux"
    source = export(folder)
    program = freeze(source, folder)
    prune(program)
    strip(program)
    inspect(program)
    prove(program)
    return source, program


def freeze(source: Source, folder: Path) -> Path:
    """Freeze the source's tree; the folder with the program, below `folder`."""
    say("Freezing the program (PyInstaller; about a minute)")
    packaging = source.tree / "packaging"
    run([
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN",
        "--distpath", folder / "frozen", "--workpath", folder / "work", packaging / "headerlens.spec",
    ], inside=source.tree, with_={**source.environment, "PYTHONPATH": str(packaging)})  # fmt: skip
    return folder / "frozen" / NAME


def prune(program: Path) -> None:
    """Take out the libraries that only left-out plugins needed: PyInstaller collects before the list is applied."""
    inside = program / INSIDE
    beside = {one for one in inside.iterdir() if one.name.startswith("lib")}
    roots = [one for one in linking.programs(program) if one.parent != inside]
    wanted = linking.reached(roots, inside)
    for library in sorted(beside):
        if library.name not in wanted and not library.name.startswith("libpython"):
            library.unlink()


def strip(program: Path) -> None:
    """Take the compilers' marks out of the libraries. Not out of the program itself: PyInstaller's archive is in it."""
    for one in linking.programs(program / INSIDE):
        one.chmod(0o644)
        run(["strip", "--strip-unneeded", "--remove-section=.comment", "--remove-section=.note", one], shown=False)


def inspect(program: Path) -> None:
    """Raise `Broken` where the frozen folder lacks what only some desktop would miss, or holds what it should not."""
    inside = program / INSIDE
    lost = [name for name in INDISPENSABLE if not (inside / name).is_file()]
    if lost:
        raise Broken(f"the frozen program lacks {', '.join(lost)}")
    names = [str(one.relative_to(program)) for one in program.rglob("*") if one.is_symlink() or one.is_file()]
    surplus = [name for name in names if not kept(name)]
    dangling = [name for name in names if not (program / name).exists()]
    if surplus or dangling:
        raise Broken(f"the frozen program holds {', '.join(surplus + dangling)}")
    unlinked(program)


def unlinked(program: Path) -> None:
    """Raise `Broken` where the loader of this system would not find a library; such plugins of Qt just stay silent."""
    for path in linking.programs(program):
        missing = [] if path.name in OPTIONAL else linking.missing(path)
        if missing:
            raise Broken(f"{path.relative_to(program)} does not find {', '.join(missing)}")


def prove(program: Path) -> None:
    """Hold the program in the folder `program` to its self-test, as bare of this build as a desktop starts it."""
    say(f"Self-test of {program}")
    seconds = selftest.prove(bare([str(program / NAME)]))
    say(f"Self-test: ok ({seconds:.1f} s)")


def weigh(package: Path) -> None:
    """Raise `Broken` where a package has grown out of proportion."""
    octets = package.stat().st_size
    if octets > LARGEST:
        raise Broken(f"{package.name} has {octets} octets, more than {LARGEST}")


def bare(command: list[str]) -> list[str]:
    """The same command without this environment (no PYTHONPATH, no virtual environment) and from another folder."""
    return ["env", "--chdir=/", "-i", "PATH=/usr/bin:/bin", "HOME=/nonexistent", "LC_ALL=C.UTF-8",
            "QT_QPA_PLATFORM=offscreen", *command]  # fmt: skip


def copy(target: Path, package: str) -> Source:
    """Put the frozen program into the folder `target`, stamped as of `package`; the source it comes from."""
    source, program = frozen()
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(program, target, symlinks=True)
    stamp(source, package, target / INSIDE / NAME / "resources")
    return source
