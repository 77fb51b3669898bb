"""Which language the terminal speaks where nobody has said."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace

import pytest

from headerlens.cli.options import system_language

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that says nothing of a language, as that of Windows."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_the_environment_decides_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert system_language() == "ja"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert system_language() == "en"


@pytest.mark.parametrize(("number", "language"), [(0x0411, "ja"), (0x0409, "en"), (0x0407, "en")])
def test_windows_is_asked_for_the_language_of_its_screens(
    number: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert system_language() == language
