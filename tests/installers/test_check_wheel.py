"""What counts as left behind when pipx has removed the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers.commands import Broken
from installers.trials.chroots import Chroot
from installers.trials.wheel import _gone, _judged, _told_version


@pytest.fixture
def system(tmp_path: Path) -> Chroot:
    (tmp_path / "root/.local/share/pipx").mkdir(parents=True)
    return Chroot(tmp_path)


def _leave(system: Chroot, name: str) -> None:
    path = system.root / "root" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")


def test_what_pipx_keeps_for_itself_is_no_trace(system: Chroot) -> None:
    before = system.files("/root")
    for name in (".cache/pip/http/a", ".local/share/pipx/shared/bin/pip", ".local/state/pipx/log/cmd_1.log"):
        _leave(system, name)
    (system.root / "root/.local/bin").mkdir()
    _gone(system, before)


@pytest.mark.parametrize(
    "name", [".local/bin/headerlens", ".local/share/pipx/venvs/headerlens/pyvenv.cfg", ".config/HeaderLens/a", "a.txt"]
)
def test_anything_else_is(system: Chroot, name: str) -> None:
    before = system.files("/root")
    _leave(system, name)
    with pytest.raises(Broken, match="left"):
        _gone(system, before)


def test_another_answer_is_noticed() -> None:
    _told_version("HeaderLens 0.1.0\n")
    _judged("✓ Authenticated as example.co.jp\n")
    for judge in (_told_version, _judged):
        with pytest.raises(Broken):
            judge("Traceback (most recent call last):\n")
