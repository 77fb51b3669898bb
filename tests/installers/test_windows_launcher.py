"""The launchers of the Windows program, and the icon they carry."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from installers.commands import Broken
from installers.windows import icon as windows_icon
from installers.windows import msi_dates as windows_msi_dates
from installers.windows.launcher import LAUNCHERS, STRICT, TOOLS, numbers

WINDOWS = Path(__file__).parents[2] / "packaging/windows"
ICON = (WINDOWS / "headerlens.ico").read_bytes()

needs_mingw = pytest.mark.skipif(shutil.which(f"{TOOLS}gcc") is None, reason="gcc-mingw-w64-x86-64 is not here")


@needs_mingw
@pytest.mark.parametrize("launcher", LAUNCHERS, ids=lambda one: str(one.path))
def test_the_launchers_compile_without_a_warning(launcher: object, tmp_path: Path) -> None:
    assert launcher in LAUNCHERS
    one = LAUNCHERS[LAUNCHERS.index(launcher)]
    done = subprocess.run(
        [f"{TOOLS}gcc", *STRICT, "-municode", *one.defines, f"-DHOME_STEPS={one.steps}", '-DPYTHON="python313.dll"',
         "-c", WINDOWS / "launcher.c", "-o", tmp_path / "launcher.o"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@needs_mingw
@pytest.mark.parametrize("shim", sorted((WINDOWS / "wine-shims").glob("*.c")), ids=lambda one: str(one.name))
def test_the_shims_for_wine_compile_without_a_warning(shim: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [f"{TOOLS}gcc", *STRICT, "-c", shim, "-o", tmp_path / "shim.o"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_both_launchers_find_the_program_folder_from_where_they_lie() -> None:
    assert [one.steps for one in LAUNCHERS] == [one.path.count("/") for one in LAUNCHERS]


def test_the_manifest_asks_for_no_rights_and_knows_sharp_screens_long_paths_and_utf8() -> None:
    manifest = (WINDOWS / "launcher.manifest").read_text("utf-8")
    for wanted in ('level="asInvoker"', ">PerMonitorV2<", "<longPathAware", ">UTF-8<"):
        assert wanted in manifest


def test_a_version_has_four_numbers_for_windows() -> None:
    assert numbers("0.1.0") == (0, 1, 0, 0)
    assert numbers("12.3") == (12, 3, 0, 0)


def _entries() -> dict[int, bytes]:
    """The content of each size in the kept icon."""
    _, kind, count = struct.unpack_from("<HHH", ICON)
    assert kind == 1
    found = {}
    for index in range(count):
        width, *_, length, place = struct.unpack_from("<BBBBHHII", ICON, 6 + 16 * index)
        found[width or 256] = ICON[place : place + length]
    return found


def test_the_icon_has_every_size() -> None:
    assert tuple(_entries()) == windows_icon.SIZES


@pytest.mark.parametrize("size", [size for size in windows_icon.SIZES if size < windows_icon.PACKED])
@pytest.mark.usefixtures("qapp")
def test_the_icon_shows_the_drawing(size: int) -> None:
    drawn = windows_icon.rows(size)
    stored = _entries()[size][40 : 40 + len(drawn)]
    line = size * 4
    upright = b"".join(stored[start : start + line] for start in range(len(stored) - line, -1, -line))
    # other versions of Qt round edges differently
    differing = sum(abs(one - other) > 24 for one, other in zip(upright, drawn, strict=True))
    assert differing < len(drawn) // 50


def _package(code: bytes, *, kind: int = 0x1E) -> bytes:
    """A file with a description as wixl writes it: package code and two times, and octets around."""
    text = struct.pack("<II", kind, len(code)) + code
    values = [text + b"\0" * (-len(text) % 4), struct.pack("<IQ", 0x40, 1), struct.pack("<IQ", 0x40, 2)]
    pairs, place = b"", 8 + 8 * 3
    for number, value in zip((9, 12, 13), values, strict=True):
        pairs += struct.pack("<II", number, place)
        place += len(value)
    section = struct.pack("<II", place, 3) + pairs + b"".join(values)
    head = b"\xfe\xff" + b"\0" * 22 + struct.pack("<I", 1) + windows_msi_dates.SUMMARY + struct.pack("<I", 48)
    return b"x" * 100 + head + section + b"y" * 100


GUID = "3d97be13-dcb5-56ed-8e2a-07902d99b1d1"


def test_two_packages_that_differ_by_chance_and_clock_become_equal(tmp_path: Path) -> None:
    one, other = tmp_path / "one.msi", tmp_path / "other.msi"
    one.write_bytes(_package(b"{42406565-D639-438B-B293-E0396BA7AB68}\0"))
    other.write_bytes(_package(b"{00000000-D639-438B-B293-E0396BA7AB68}\0"))
    for file in (one, other):
        windows_msi_dates.settle(file, GUID, 1_763_000_000)
    assert one.read_bytes() == other.read_bytes()
    assert GUID.upper().encode() in one.read_bytes()
    assert one.read_bytes().count(struct.pack("<Q", (1_763_000_000 + 11_644_473_600) * 10_000_000)) == 2


def test_a_package_of_another_form_is_not_written_to(tmp_path: Path) -> None:
    file = tmp_path / "one.msi"
    file.write_bytes(_package(b"{42406565-D639-438B-B293-E0396BA7AB68}\0", kind=0x1F))
    with pytest.raises(Broken, match="not of the expected kind"):
        windows_msi_dates.settle(file, GUID, 0)
    file.write_bytes(b"no package")
    with pytest.raises(Broken, match="no description"):
        windows_msi_dates.settle(file, GUID, 0)
