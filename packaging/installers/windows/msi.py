"""The administrators' package: wixl over packaging/windows/headerlens.wxs and a list of every file.

Every identifier is made from names, version and commit, so that the same commit gives the same package, and another one
never the same package code, which is what Windows Installer's cache goes by.
"""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from installers.commands import run, say
from installers.identity import TITLE
from installers.source import Source
from installers.windows.folder import files_of
from installers.windows.msi_dates import settle

OURS = UUID("3c8c1a52-6f0b-4d8e-9a35-2f1f5e0f8d27")
"""The space of names all GUIDs of the package are made in. Changing it would orphan the files of earlier packages."""

SCHEMA = "http://schemas.microsoft.com/wix/2006/wi"


def make_msi(source: Source, folder: Path, out: Path, work: Path) -> Path:
    """Write the package of the program folder into `out`."""
    say("The administrators' package")
    target = out.resolve() / f"{TITLE}-{source.version}.msi"
    files = [PurePosixPath(name) for name in files_of(folder)]
    described = source.tree / "packaging/windows"
    # wixl finds files by names relative to where it runs
    shutil.copyfile(described / "headerlens.ico", work / "headerlens.ico")
    (work / "files.wxs").write_text(file_list(files, folder.relative_to(work)), "utf-8")
    run([
        "wixl", "-a", "x64", "-D", f"Version={source.version}", "-D", f"Product={guid('product', source)}",
        "-o", target, described / "headerlens.wxs", "files.wxs",
    ], inside=work, with_=source.environment)  # fmt: skip
    settle(target, guid("package", source), source.epoch)
    return target


def guid(kind: str, source: Source) -> str:
    """Of this state of the program."""
    return _upper(uuid5(OURS, f"{kind} {source.version} {source.commit}"))


def file_list(files: list[PurePosixPath], folder: Path) -> str:
    """A WiX fragment: the folders below the program folder, a component for each of `files`, all as group Files.

    `folder` is where they are now, relative to where wixl runs.
    """
    wix = ET.Element("Wix", xmlns=SCHEMA)
    fragment = ET.SubElement(wix, "Fragment")
    places = {PurePosixPath("."): ET.SubElement(fragment, "DirectoryRef", Id="INSTALLDIR")}
    group = ET.Element("ComponentGroup", Id="Files")
    for file in files:
        _add_file(_place(file.parent, places), file, folder)
        ET.SubElement(group, "ComponentRef", Id=f"C{_key(file)}")
    fragment.append(group)
    ET.indent(wix)
    return ET.tostring(wix, encoding="unicode")


def _place(path: PurePosixPath, places: dict[PurePosixPath, ET.Element]) -> ET.Element:
    """The element of the folder `path`, made with its parents where it is not there yet."""
    if path not in places:
        above = _place(path.parent, places)
        places[path] = ET.SubElement(above, "Directory", Id=f"D{_key(path)}", Name=path.name)
    return places[path]


def _add_file(place: ET.Element, file: PurePosixPath, folder: Path) -> None:
    key = _key(file)
    component = ET.SubElement(place, "Component", Id=f"C{key}", Guid=_upper(uuid5(OURS, f"file {file}")), Win64="yes")
    ET.SubElement(
        component, "File", Id=f"F{key}", Name=file.name, Source=str(folder / file), KeyPath="yes"
    )  # fmt: skip


def _upper(made: UUID) -> str:
    """Windows Installer takes GUIDs with capital letters only."""
    return str(made).upper()


def _key(path: PurePosixPath) -> str:
    """An identifier of Windows Installer may hold letters, digits, dots and underlines; names may hold anything."""
    return uuid5(OURS, f"key {path}").hex
