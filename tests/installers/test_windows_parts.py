"""What goes into the Windows program: nothing twice, nothing the common list leaves out, everything we import."""

from __future__ import annotations

import re
from pathlib import Path

from installers.trimming import BINDINGS, kept
from installers.windows.packages import _of_others, _of_qt
from installers.windows.parts import FOUND_IN_WINDOWS, NEWER_RUNTIME, PYTHON, QT
from installers.windows.python import LIBRARY, MINOR, OFFICIAL

ROOT = Path(__file__).parents[2]
PINNED = (ROOT / "packaging/constraints/windows.txt").read_text("utf-8")


def test_every_part_of_qt_is_one_that_all_systems_keep() -> None:
    assert [name for name in QT if not kept(name)] == []


def test_each_binding_of_qt_comes_with_its_library() -> None:
    bindings = {name[len("PySide6/") : -len(".pyd")] for name in QT if name.startswith("PySide6/Qt") and ".pyd" in name}
    libraries = {name[len("PySide6/Qt6") : -len(".dll")] for name in QT if name.startswith("PySide6/Qt6")}
    assert bindings == BINDINGS
    assert {name.removeprefix("Qt") for name in bindings} == libraries


def test_no_part_is_named_twice() -> None:
    assert len(set(PYTHON)) == len(PYTHON)
    assert len(set(QT)) == len(QT)


def test_nothing_that_is_brought_along_is_expected_of_windows() -> None:
    brought = {Path(name).name.lower() for name in (*PYTHON, *QT, *NEWER_RUNTIME)}
    assert brought.isdisjoint(FOUND_IN_WINDOWS)


def test_the_library_the_launchers_load_is_that_of_the_pinned_python() -> None:
    tag = MINOR.replace(".", "")
    assert f"python{tag}.dll" == LIBRARY
    assert LIBRARY in PYTHON
    assert f"/{MINOR}." in OFFICIAL


def test_the_program_does_not_run_on_a_python_that_qt_aborts() -> None:
    # pyproject.toml: PySide6 6.12 takes a reference from None too many on 3.11
    assert tuple(map(int, MINOR.split("."))) >= (3, 12)


def test_every_dependency_is_pinned_by_one_hash() -> None:
    named = re.findall(r"^([\w-]+)==\S+ \\\n    --hash=sha256:[0-9a-f]{64}$", PINNED, re.MULTILINE)
    lines = [line for line in PINNED.splitlines() if "==" in line]
    assert len(named) == len(lines)
    wanted = re.findall(r'^  "([A-Za-z0-9-]+)[><=]', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    needed = set(wanted[: wanted.index("PyNaCl") + 1])
    assert {one.lower() for one in needed} <= {one.lower() for one in named}


def test_the_list_of_packages_names_no_registry() -> None:
    for name in ("windows.txt", "windows-python.txt"):
        text = (ROOT / "packaging/constraints" / name).read_text("utf-8")
        assert "://" not in text
        assert "--index" not in text


def test_of_the_other_packages_only_what_compilers_and_installers_read_is_left_out() -> None:
    assert _of_others("dns/resolver.py")
    assert _of_others("dnspython-2.9.2.dist-info/METADATA")
    assert _of_others("cryptography-50.0.2.dist-info/licenses/LICENSE")
    assert _of_others("_cffi_backend.cp313-win_amd64.pyd")
    assert not _of_others("dnspython-2.9.2.dist-info/RECORD")
    assert not _of_others("cffi/api.py")
    assert not _of_others("dkim/tests/test_dkim.py")
    assert not _of_others("cryptography/hazmat/bindings/_rust/__init__.pyi")


def test_of_qt_only_what_is_named_and_its_papers_come_along() -> None:
    assert _of_qt("PySide6/Qt6Core.dll")
    assert _of_qt("pyside6_essentials-6.12.0.dist-info/METADATA")
    assert not _of_qt("PySide6/Qt6Network.dll")
    assert not _of_qt("PySide6/opengl32sw.dll")
