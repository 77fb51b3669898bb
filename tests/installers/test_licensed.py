"""Every compiled file of a package stands in the list of licences."""

from pathlib import Path

import pytest

from installers.commands import Broken
from installers.licensed import check, claimed, unlisted

ELF, MZ, MACH = b"\x7fELF\x02\x01", b"MZ\x90\x00", b"\xcf\xfa\xed\xfe\x0c"


def put(folder: Path, name: str, octets: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(octets)


@pytest.mark.parametrize(
    ("system", "octets", "names"),
    [
        ("linux", ELF, ["headerlens", "_internal/PySide6/Qt/lib/libQt6Core.so.6", "_internal/libicudata.so.73"]),
        ("windows", MZ, ["HeaderLens.exe", "runtime/python313.dll", "runtime/PySide6/Qt6Gui.dll", "runtime/_ssl.pyd"]),
        ("macos", MACH, ["HeaderLens.app/Contents/MacOS/headerlens", "PySide6/Qt/lib/QtCore.framework/QtCore"]),
    ],
)
def test_what_the_list_has_passes(tmp_path: Path, system: str, octets: bytes, names: list[str]) -> None:
    for name in names:
        put(tmp_path, name, octets)
    check(tmp_path, system)


def test_what_it_lacks_fails_with_its_name(tmp_path: Path) -> None:
    put(tmp_path, "_internal/libreadline.so.8", ELF)
    put(tmp_path, "_internal/libssl.so.3", ELF)
    assert unlisted(tmp_path, "linux") == ["libreadline.so.8"]
    with pytest.raises(Broken, match=r"libreadline\.so\.8"):
        check(tmp_path, "linux")


def test_what_is_carried_elsewhere_does_not_count_here(tmp_path: Path) -> None:
    put(tmp_path, "vcruntime140.dll", MZ)
    assert unlisted(tmp_path, "windows") == []
    assert unlisted(tmp_path, "linux") == ["vcruntime140.dll"]


def test_words_and_pictures_are_no_libraries(tmp_path: Path) -> None:
    put(tmp_path, "resources/page.html", b"<!doctype html>")
    put(tmp_path, "empty.so", b"")
    assert unlisted(tmp_path, "linux") == []


@pytest.mark.parametrize("system", ["linux", "windows", "macos"])
def test_no_pattern_claims_everything(system: str) -> None:
    assert all(len(pattern.replace("*", "").strip(".")) >= 2 for pattern in claimed(system))
    assert all(pattern == pattern.lower() for pattern in claimed(system))
