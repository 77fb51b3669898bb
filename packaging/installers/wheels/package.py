"""The wheel and the sdist: what pip, pipx and uv install. Built twice; the two must be equal to the byte."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from installers.commands import Broken, run, say
from installers.identity import NAME
from installers.selftest import prove
from installers.source import Source, export, stamp
from installers.wheels.contents import missing_from_sdist, missing_from_wheel

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def build(out: Path) -> list[Path]:
    """Write the wheel and the sdist into `out`, by the tools locked in constraints/wheel.txt, and try the wheel."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = export(folder)
        first, second = (_round(source, folder / name) for name in ("first", "second"))
        for one, again in zip(first, second, strict=True):
            if one.read_bytes() != again.read_bytes():
                raise Broken(f"{one.name} came out differently the second time")
        program = install(first[0], folder / "fresh")
        say(f"self-test of the installed wheel: {prove([str(program)], environment=OFFSCREEN):.1f} s")
        return [Path(shutil.copy2(one, out / one.name)) for one in first]


def environment(folder: Path) -> Path:
    """Make an empty virtual environment in `folder`; its Python."""
    run([sys.executable, "-m", "venv", folder])
    return scripts(folder) / ("python.exe" if os.name == "nt" else "python")


def install(package: Path, folder: Path) -> Path:
    """Install `package` (a wheel, an sdist, a checkout) and what it needs into a new environment; its program."""
    run([environment(folder), "-m", "pip", "install", "-q", package])
    return scripts(folder) / (f"{NAME}.exe" if os.name == "nt" else NAME)


def scripts(folder: Path) -> Path:
    """Where the virtual environment `folder` keeps its programs."""
    return folder / ("Scripts" if os.name == "nt" else "bin")


def _round(original: Source, folder: Path) -> tuple[Path, Path]:
    """The wheel and the sdist, from a copy of the tree of its own."""
    source = replace(original, tree=Path(shutil.copytree(original.tree, folder / "tree")))
    wheel = _make(source, folder, "wheel")
    sdist = _make(source, folder, "sdist")
    lacking = missing_from_wheel(wheel, source.tree) + missing_from_sdist(sdist, source.tree)
    if lacking:
        raise Broken(f"not packed: {', '.join(lacking[:20])}")
    return wheel, sdist


def _make(source: Source, folder: Path, kind: str) -> Path:
    stamp(source, kind)
    out = folder / kind
    run(
        [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", out, source.tree],
        with_=source.environment,
    )
    (made,) = out.iterdir()
    return made
