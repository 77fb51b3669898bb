"""The installer for one person: makensis over packaging/windows/headerlens.nsi and a list of every single file.

The uninstaller deletes exactly what was installed and nothing else, so that it is harmless whatever folder was chosen.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path, PurePosixPath, PureWindowsPath

from installers.commands import run, say
from installers.identity import TITLE
from installers.source import HOME_VARIABLE, Source
from installers.windows.folder import files_of
from installers.windows.launcher import numbers
from installers.windows.signing import signing_command


def make_installer(source: Source, folder: Path, out: Path, work: Path) -> Path:
    """Write the installer of the program folder into `out`."""
    say("The installer (packing takes a minute)")
    target = out.resolve() / f"{TITLE}-{source.version}-setup.exe"
    files = [PurePosixPath(name) for name in files_of(folder)]
    (work / "install.nsh").write_text(install_list(files), "utf-8")
    (work / "uninstall.nsh").write_text(uninstall_list(files), "utf-8")
    described = source.tree / "packaging/windows"
    for file in described.iterdir():  # makensis keeps the date of each picture that its pages show
        os.utime(file, (source.epoch, source.epoch))
    kilobytes = sum((folder / name).stat().st_size for name in files) // 1024
    defines = {
        "VERSION": source.version, "NUMBERS": ".".join(map(str, numbers(source.version))), "OUT": target,
        "TREE": folder, "LISTS": work, "KILOBYTES": kilobytes,
    } | _optional()  # fmt: skip
    words = [f"-D{name}={value}" for name, value in defines.items()]
    run(
        ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, "headerlens.nsi"],
        inside=described, with_=source.environment,
    )  # fmt: skip
    return target


def install_list(files: list[PurePosixPath]) -> str:
    """NSIS lines that put `files`, relative to the program folder ${TREE}, into $INSTDIR."""
    lines, here = [], None
    for file in files:
        if file.parent != here:
            here = file.parent
            lines.append(f'SetOutPath "{_installed(here)}"')
        lines.append(f'File "${{TREE}}/{file}"')
    return "\n".join(lines) + "\n"


def uninstall_list(files: list[PurePosixPath]) -> str:
    """NSIS lines that take them away again, and then every folder that is empty."""
    folders = {parent for file in files for parent in file.parents} - {PurePosixPath(".")}
    deepest_first = sorted(folders, key=lambda one: (-len(one.parts), one))
    lines = [f'Delete "{_installed(file)}"' for file in files]
    lines += [f'RMDir "{_installed(one)}"' for one in deepest_first]
    return "\n".join(lines) + "\n"


def _installed(path: PurePosixPath) -> str:
    name = str(PureWindowsPath(path))
    # a dollar begins a variable of NSIS
    return "$INSTDIR" if name == "." else "$INSTDIR\\" + name.replace("$", "$$")


def _optional() -> dict[str, str]:
    home, signing = os.environ.get(HOME_VARIABLE, ""), signing_command()
    return ({"HOME": home} if home else {}) | ({"SIGN": shlex.join(signing)} if signing else {})
