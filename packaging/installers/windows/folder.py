"""The program folder for Windows: what the installers install, whole and ready to run.

HeaderLens.exe           the window
bin/headerlens.exe       the terminal
runtime/                 CPython, start.pyc
runtime/lib/             the program with its resources, PySide6, the other packages: compiled, without sources
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from installers.commands import run, say
from installers.source import Source, stamp
from installers.windows.imports import check_imports
from installers.windows.launcher import compile_launchers
from installers.windows.packages import fetch, unpack
from installers.windows.python import LIBRARY, lay_out_python
from installers.windows.tools import environment, pip

PATHS = f"{Path(LIBRARY).stem}.zip\n.\nlib\n"
"""sys.path of the program; nothing of the user's is ever added."""

PRUNED = ("__pycache__", ".ruff_cache", ".mypy_cache")


def make_folder(source: Source, folder: Path, work: Path) -> None:
    """Make the program folder at `folder`, anew; `work` is for what lies in between."""
    shutil.rmtree(folder, ignore_errors=True)
    python = environment(work)
    runtime, lib = folder / "runtime", folder / "runtime/lib"
    say("CPython and the packages for Windows")
    lay_out_python(runtime, work, pip(python))
    (runtime / Path(LIBRARY).with_suffix("._pth").name).write_text(PATHS, "utf-8")
    unpack(fetch(work, pip(python)), lib, runtime)
    _own_code(source, lib, runtime)
    _compile(python, source, runtime)
    say("The launchers")
    compile_launchers(source, folder, work)
    _papers(source, folder)
    check_imports(folder)
    _settle(folder, source.epoch)


def _own_code(source: Source, lib: Path, runtime: Path) -> None:
    """The program and its resources, told which package they are part of."""
    ignored = shutil.ignore_patterns(*PRUNED)
    shutil.copytree(source.tree / "headerlens", lib / "headerlens", ignore=ignored)
    shutil.copytree(source.tree / "resources", lib / "headerlens/resources", ignore=ignored)
    stamp(source, "windows", lib / "headerlens/resources")
    shutil.copyfile(source.tree / "packaging/windows/start.py", runtime / "start.py")


def _compile(python: Path, source: Source, runtime: Path) -> None:
    """Replace all Python sources by what Python makes of them.

    It then compares no dates at each start, and a folder that may not be written to starts as quickly.
    """
    say("Compiling")
    run([
        python, "-I", "-m", "compileall", "-q", "-b", "-j", "1", "--invalidation-mode", "unchecked-hash",
        "-s", runtime, runtime,
    ], with_=source.environment)  # fmt: skip
    for file in sorted(runtime.rglob("*.py")):
        file.unlink()


def _papers(source: Source, folder: Path) -> None:
    """What people look for in a program folder. The licences of the parts are among the resources."""
    for name, target in (("LICENSE", "LICENSE.txt"), ("README.md", "README.md"), ("README.ja.md", "README.ja.md")):
        shutil.copyfile(source.tree / name, folder / target)


def _settle(folder: Path, epoch: int) -> None:
    """One date and one mode for everything, so that installers come out equal."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (epoch, epoch))


def files_of(folder: Path) -> list[Path]:
    """Every file below `folder`, relative to it, in an order that depends on nothing but the names."""
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
