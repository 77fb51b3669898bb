import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installers import frozen
from installers.__main__ import BUILDERS
from installers.commands import Broken
from installers.linux import appimage, debian, dep5, linking
from installers.source import ROOT, Source

SOURCE = Source(ROOT, "1.2.3", "abc", 1_800_000_000)
LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="ELF files are Linux's")


def test_debian_copyright_names_every_work_the_linux_packages_carry() -> None:
    text = dep5.copyright_text(ROOT)
    assert text.startswith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n")
    for name in ("Qt 6", "Python", "dkimpy", "pyspf", "publicsuffixlist", "PyInstaller bootloader"):
        assert f"Comment: {name}. Source:" in text
    assert "LGPL-3.0" in text


def test_debian_copyright_has_a_holder_and_a_licence_in_every_part() -> None:
    parts = dep5.copyright_text(ROOT).split("\n\n")
    for part in parts[1:]:
        keys = [line.split(":")[0] for line in part.splitlines() if not line.startswith(" ")]
        assert keys[:3] == ["Files", "Copyright", "License"]
        assert ".dll" not in part.splitlines()[0]


def test_the_debian_changelog_has_the_date_of_the_commit() -> None:
    text = debian._changelog(SOURCE, "1.2.3")
    assert text.startswith("headerlens (1.2.3) unstable;")
    assert text.endswith("  Fri, 15 Jan 2027 08:00:00 +0000\n")


def test_an_installed_size_counts_each_file_rounded_up(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_bytes(b"x" * 1025)
    assert debian._kibibytes(tmp_path) == 1 + 2


def test_an_appimage_is_marked_where_file_managers_look() -> None:
    marked = appimage._marked(b"\x7fELF" + bytes(20))
    assert marked[8:11] == b"AI\x02"
    assert len(marked) == 24


def test_somebody_elses_runtime_is_only_taken_by_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "runtime").write_bytes(b"runtime")
    monkeypatch.setenv(appimage.RUNTIME_VARIABLE, str(tmp_path / "runtime"))
    monkeypatch.delenv(appimage.DIGEST_VARIABLE, raising=False)
    with pytest.raises(Broken, match="is not the runtime"):
        appimage._runtime(SOURCE)
    digest = "d6a14ef93b5dcbd45e33eebb1acb7d03b9bb12df9f62a2e6dc16c9b5b0e7b9b0"
    monkeypatch.setenv(appimage.DIGEST_VARIABLE, digest)
    with pytest.raises(Broken, match="is not the runtime"):
        appimage._runtime(SOURCE)


def test_a_frozen_program_without_an_input_method_is_broken(tmp_path: Path) -> None:
    for name in frozen.INDISPENSABLE[1:]:
        path = tmp_path / frozen.INSIDE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with pytest.raises(Broken, match=r"lacks .*libqxcb\.so"):
        frozen.inspect(tmp_path)


def test_a_frozen_program_with_more_of_qt_than_listed_is_broken(tmp_path: Path) -> None:
    for name in (*frozen.INDISPENSABLE, "PySide6/Qt/lib/libQt6Qml.so.6"):
        path = tmp_path / frozen.INSIDE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with pytest.raises(Broken, match=r"holds .*libQt6Qml"):
        frozen.inspect(tmp_path)


def test_the_self_test_of_a_frozen_program_sees_nothing_of_the_build() -> None:
    command = frozen.bare(["/opt/program", "--self-test"])
    assert command[:3] == ["env", "--chdir=/", "-i"]
    assert not [word for word in command if word.startswith(("PYTHON", "VIRTUAL_ENV", "LD_"))]


@LINUX_ONLY
def test_libraries_are_followed_through_one_another(tmp_path: Path) -> None:
    if shutil.which("readelf") is None:
        pytest.skip("binutils are not installed")
    names = linking.needed(Path(shutil.which("sh") or "/bin/sh").resolve())
    assert "libc.so.6" in names
    (tmp_path / "libc.so.6").symlink_to(Path("/bin/sh").resolve())
    assert linking.reached([Path("/bin/sh").resolve()], tmp_path) == {"libc.so.6"}
    assert linking.missing(Path("/bin/sh").resolve()) == []


@pytest.mark.parametrize("name", ["build", "check", "tools", "prepare", "run", "test", "linux/AppRun"])
def test_a_script_is_one_that_a_plain_shell_reads(name: str) -> None:
    if shutil.which("sh") is None:
        pytest.skip("no POSIX shell here")
    subprocess.run(["sh", "-n", ROOT / "packaging" / name], check=True)


def test_every_target_has_a_line_with_what_it_needs() -> None:
    tools = (ROOT / "packaging" / "tools").read_text("utf-8")
    assert all(f'"build {target}")' in tools for target in BUILDERS)
