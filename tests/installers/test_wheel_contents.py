"""What the wheel and the sdist must hold is found missing where it is missing."""

from __future__ import annotations

import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from installers.source import ROOT
from installers.trials.wheel import QT_NEEDS
from installers.wheels.contents import missing_from_sdist, missing_from_wheel

OTHERS = (
    "headerlens-1.data/data/share/man/man1/headerlens.1",
    "headerlens-1.dist-info/licenses/LICENSE",
    "headerlens-1.dist-info/entry_points.txt",
    "headerlens-1.dist-info/METADATA",
)
FILES = ("headerlens/py.typed", "headerlens/gui/app.py", "resources/i18n/headerlens_ja.ts")
ROOTS = ("pyproject.toml", "LICENSE", "README.md", "README.ja.md", "CHANGELOG.md", "ARCHITECTURE.md")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (*FILES, *ROOTS, "tests/a.py", "packaging/run"):
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    return tmp_path / "tree"


def _wheel(folder: Path, without: str = "") -> Path:
    inside = [name if name.startswith("headerlens/") else f"headerlens/{name}" for name in FILES]
    with zipfile.ZipFile(folder / "headerlens-1-py3-none-any.whl", "w") as packed:
        for name in (*inside, *OTHERS):
            if name != without:
                packed.writestr(name, "")
    return folder / "headerlens-1-py3-none-any.whl"


def test_a_whole_wheel_lacks_nothing(tree: Path, tmp_path: Path) -> None:
    assert missing_from_wheel(_wheel(tmp_path), tree) == []


@pytest.mark.parametrize(
    "name", ["headerlens/gui/app.py", "headerlens/resources/i18n/headerlens_ja.ts", "headerlens/py.typed", *OTHERS]
)
def test_what_a_wheel_lacks_is_named(tree: Path, tmp_path: Path, name: str) -> None:
    (lacking,) = set(missing_from_wheel(_wheel(tmp_path, without=name), tree))
    assert name.endswith(lacking)


def test_what_an_sdist_lacks_is_named(tree: Path, tmp_path: Path) -> None:
    packed = tmp_path / "headerlens-1.tar.gz"
    with tarfile.open(packed, "w:gz") as made:
        made.add(tree, "headerlens-1")
    assert missing_from_sdist(packed, tree) == []
    (tree / "tests/b.py").write_text("", "utf-8")
    assert missing_from_sdist(packed, tree) == ["tests/b.py"]


def test_pipx_is_tried_with_the_libraries_readme_s_command_installs() -> None:
    prepare = (ROOT / "packaging/prepare").read_text("utf-8")
    assert f'LIBRARIES="{" ".join(QT_NEEDS)}"' in prepare


def test_the_manual_page_is_packed_where_man_looks() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    shared = build["wheel"]["shared-data"]
    assert shared["packaging/man/headerlens.1"] == "share/man/man1/headerlens.1"
    assert all((ROOT / name).is_file() for name in shared)
