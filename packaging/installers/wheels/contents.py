"""What a wheel and an sdist must hold, compared with the tree they were built from."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

PACKED = ("headerlens", "resources")
"""Folders of the tree that go into the wheel whole; resources/ is inside the package there."""

MANUAL = "data/share/man/man1/headerlens.1"
SOURCES = (".github", "headerlens", "resources", "tests", "packaging")
"""Folders of the sdist: enough to run the tests and to build every package from it."""


def missing_from_wheel(wheel: Path, tree: Path) -> list[str]:
    """What `wheel` lacks, by name; empty where it is whole."""
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        metadata = next((name for name in names if name.endswith(".dist-info/METADATA")), "")
    wanted = {_inside_package(name) for name in _files(tree, PACKED)}
    lacking = sorted(wanted - names)
    ends = (MANUAL, ".dist-info/licenses/LICENSE", ".dist-info/entry_points.txt", "headerlens/py.typed")
    lacking += [end for end in ends if not any(name.endswith(end) for name in names)]
    return lacking + ([] if metadata else ["METADATA"])


def missing_from_sdist(sdist: Path, tree: Path) -> list[str]:
    """What `sdist` lacks, by name; empty where it is whole."""
    with tarfile.open(sdist) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    roots = ("pyproject.toml", "LICENSE", "README.md", "README.ja.md", "CHANGELOG.md", "ARCHITECTURE.md")
    return sorted({*_files(tree, SOURCES), *roots} - names)


def _files(tree: Path, folders: tuple[str, ...]) -> set[str]:
    everything = (path for folder in folders for path in (tree / folder).rglob("*"))
    return {path.relative_to(tree).as_posix() for path in everything if path.is_file()}


def _inside_package(name: str) -> str:
    return f"headerlens/{name}" if name.startswith("resources/") else name
