"""What may stay behind after a removal under wine, and that nothing else may."""

from __future__ import annotations

import pytest

from installers.commands import Broken
from installers.trials.wine_traces import must_be_clean

BEFORE = frozenset({"file windows/win.ini", 'key user.reg Software\\\\Classes\\\\.eml] @="Outlook.File.eml"'})


@pytest.mark.parametrize(
    "left",
    [
        "file users/root/AppData/Local/Programs/HeaderLens",
        "file users/root/AppData/Local/Temp/headerlens.log",
        'key user.reg Software\\\\Classes\\\\.eml\\\\OpenWithProgids] "HeaderLens.Mail"=""',
        "key user.reg Software\\\\SomebodyElse",
        'key system.reg Software\\\\Classes\\\\Installer\\\\Products] "A"="1"',
    ],
)
def test_something_left_is_found(left: str) -> None:
    with pytest.raises(Broken, match="left behind"):
        must_be_clean(BEFORE, BEFORE | {left})


@pytest.mark.parametrize(
    "left",
    [
        "file users/root/AppData/Local/Temp/nsx1.tmp",
        "key user.reg Software\\\\Classes",
        "key system.reg Software\\\\Classes\\\\Installer\\\\Products",
        "key system.reg Software\\\\Microsoft\\\\SystemCertificates\\\\Root\\\\Certificates\\\\0B",
    ],
)
def test_what_windows_notes_for_itself_may_stay(left: str) -> None:
    must_be_clean(BEFORE, BEFORE | {left})


def test_settings_may_stay_where_they_are_meant_to() -> None:
    kept = frozenset({"file users/root/AppData/Local/HeaderLens/settings.json"})
    must_be_clean(BEFORE, BEFORE | kept, but=kept)


def test_what_belongs_to_somebody_else_must_not_be_gone() -> None:
    with pytest.raises(Broken, match="taken away"):
        must_be_clean(BEFORE, BEFORE - {'key user.reg Software\\\\Classes\\\\.eml] @="Outlook.File.eml"'})
