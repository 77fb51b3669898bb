"""`build windows`: the program folder, and from it the installer (.exe) and the administrators' package (.msi)."""

from __future__ import annotations

from pathlib import Path

from installers.commands import say
from installers.source import ROOT, export
from installers.windows.folder import files_of, make_folder
from installers.windows.msi import make_msi
from installers.windows.nsis import make_installer
from installers.windows.signing import sign


def build(out: Path) -> list[Path]:
    """Write both packages into `out`. They are tried by `check windows`, which needs wine or a Windows."""
    work = ROOT / "build" / "windows"
    source = export(work)
    folder = work / "HeaderLens"
    make_folder(source, folder, work)
    sign([folder / name for name in ("HeaderLens.exe", "bin/headerlens.exe")])
    size = sum((folder / name).stat().st_size for name in files_of(folder))
    say(f"The program folder: {len(files_of(folder))} files, {size / 1e6:.1f} MB")
    packages = [make_installer(source, folder, out, work), make_msi(source, folder, out, work)]
    sign(packages)
    return packages
