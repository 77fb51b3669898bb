from pathlib import Path

import pytest

from installers.commands import Broken
from installers.trials import linux as check_linux
from installers.trials.bare import Trial
from installers.trials.chroots import Chroot
from installers.trials.screens import Screen


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    (tmp_path / "usr" / "share").mkdir(parents=True)
    (tmp_path / "usr" / "share" / "old").touch()
    return Trial(Chroot(tmp_path), "debian12", Screen(":9", tmp_path / "screen"), tmp_path)


def test_what_came_and_what_went_is_told(trial: Trial) -> None:
    before = trial.files()
    (trial.system.root / "usr/share/new").touch()
    (trial.system.root / "usr/share/old").unlink()
    assert trial.changes(before) == (["usr/share/new"], ["usr/share/old"])


def test_what_the_system_writes_for_itself_is_passed_over(trial: Trial) -> None:
    names = ("var/lib/apt/lists/x", "var/cache/man/index.db", "root/.cache/fontconfig/x")
    folders = {(trial.system.root / name).parent for name in names}
    for folder in folders:
        folder.mkdir(parents=True)
    before = trial.files()
    for name in names:
        (trial.system.root / name).touch()
    assert trial.changes(before) == ([], [])


def test_what_is_named_after_us_is_never_passed_over(trial: Trial) -> None:
    before = trial.files()
    (trial.system.root / "var/lib/apt/lists").mkdir(parents=True)
    (trial.system.root / "var/lib/apt/lists/HeaderLens.list").touch()
    assert "var/lib/apt/lists/HeaderLens.list" in trial.changes(before)[0]


def test_a_folder_without_exactly_one_package_is_not_tried(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="build it first"):
        check_linux._only(tmp_path, "headerlens_*.deb")
    for version in ("1", "2"):
        (tmp_path / f"headerlens_{version}_amd64.deb").touch()
    with pytest.raises(Broken, match="not 2"):
        check_linux._only(tmp_path, "headerlens_*.deb")
