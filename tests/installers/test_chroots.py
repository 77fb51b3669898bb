"""How commands get into a bare system; the systems take root and a network, and are for `packaging/check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers.commands import Broken
from installers.trials import chroots


def test_a_command_runs_in_namespaces_of_its_own_and_with_a_bare_environment() -> None:
    words = chroots.Chroot(Path("/somewhere")).command(["sh", "-c", "true"], with_={"DISPLAY": ":9"})
    assert words[:4] == ["unshare", "--mount", "--pid", "--fork"]
    assert "--mount-proc=/somewhere/proc" in words
    inside = words[words.index("chroot") :]
    assert inside[1:4] == ["/somewhere", "env", "-i"]
    assert "DISPLAY=:9" in inside
    assert inside[-3:] == ["sh", "-c", "true"]


def test_files_are_told_relative_to_the_system(tmp_path: Path) -> None:
    (tmp_path / "root/.local").mkdir(parents=True)
    (tmp_path / "root/.local/a").write_text("")
    (tmp_path / "etc").mkdir()
    assert chroots.Chroot(tmp_path).files("/root") == {"root/.local", "root/.local/a"}


def test_folders_and_files_are_copied_in(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep/a").write_text("a")
    system = chroots.Chroot(tmp_path / "system")
    system.copy_in(outside, "/home/reader/checkout")
    system.copy_in(outside / "deep/a", "/root/b")
    assert system.files("/") >= {"home/reader/checkout/deep/a", "root/b"}


def test_without_root_a_system_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(Broken, match="need root"), chroots.bare("debian12"):
        pass


def test_a_system_with_something_mounted_in_it_is_not_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "system").mkdir()
    mounts = f"tmpfs {tmp_path}/system/dev tmpfs rw 0 0\nproc /proc proc rw 0 0\n"
    monkeypatch.setattr(Path, "read_text", lambda *_: mounts)
    with pytest.raises(Broken, match="mounted in it"):
        chroots._delete(tmp_path / "system")
    assert (tmp_path / "system").is_dir()


def test_the_three_systems_of_readme_are_known() -> None:
    assert {name.rstrip(".0123456789") for name in chroots.DISTRIBUTIONS} == {"debian", "ubuntu"}
    assert [one.suite for one in chroots.DISTRIBUTIONS.values()] == ["bookworm", "trixie", "noble"]
