"""The Python packages of the Windows program, unpacked from wheels without what a program does not need."""

from __future__ import annotations

import shutil
import zipfile
from fnmatch import fnmatch
from pathlib import Path

from installers.commands import Broken, run
from installers.source import ROOT
from installers.windows.parts import LEFT_OUT, NEWER_RUNTIME, QT, RUNTIME_FROM
from installers.windows.python import MINOR

PINNED = ROOT / "packaging/constraints/windows.txt"
QT_WHEELS = ("pyside6_essentials-", "shiboken6-")


def fetch(work: Path, pip: list[str | Path]) -> list[Path]:
    """The wheels for Windows that the list names, each held to its hash; what comes as source is made into one."""
    folder = work / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    tag = MINOR.replace(".", "")
    run([
        *pip, "download", "--no-deps", "--no-build-isolation", "--require-hashes", "-r", PINNED, "-d", folder,
        "--platform", "win_amd64", "--python-version", MINOR, "--implementation", "cp",
        "--abi", f"cp{tag}", "--abi", "abi3", "--abi", "none",
    ])  # fmt: skip
    for package in sorted(folder.glob("*.tar.gz")):
        run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", package, "-w", folder])
    return sorted(folder.glob("*.whl"))


def unpack(wheels: list[Path], lib: Path, runtime: Path) -> None:
    """Unpack `wheels` into the folder `lib`, and the newer C runtime into `runtime`."""
    for wheel in wheels:
        of_qt = wheel.name.startswith(QT_WHEELS)
        with zipfile.ZipFile(wheel) as files:
            for name in files.namelist():
                if not name.endswith("/") and (_of_qt(name) if of_qt else _of_others(name)):
                    files.extract(name, lib)
            if wheel.name.startswith(QT_WHEELS[0]):
                for name in NEWER_RUNTIME:
                    (runtime / name).write_bytes(files.read(RUNTIME_FROM + name))
    lost = [name for name in QT if not (lib / name).is_file()]
    if lost:
        raise Broken(f"PySide6 no longer has {', '.join(lost)}")


def _of_qt(name: str) -> bool:
    return name in QT or (".dist-info/" in name and _of_others(name))


def _of_others(name: str) -> bool:
    return not any(fnmatch(name, f"*{pattern}" if pattern.startswith("/") else pattern) for pattern in LEFT_OUT)
