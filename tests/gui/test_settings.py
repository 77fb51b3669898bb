"""Settings survive damage, newer versions and folders that refuse."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from headerlens.gui.settings import Settings, load, save


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    wanted = Settings(language="ja", text_size=130, servers=("192.0.2.1",), trusted=("mx.example.jp",), offline=True)
    assert save(wanted, tmp_path / "new" / "settings.json")
    assert load(tmp_path / "new" / "settings.json") == (wanted, ())


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == (Settings(), ())


def test_unknown_keys_are_written_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"language": "ja", "of_tomorrow": {"a": 1}}')
    settings, problems = load(path)
    assert problems == ()
    assert save(replace(settings, theme="dark"), path)
    assert json.loads(path.read_text())["of_tomorrow"] == {"a": 1}


def test_bad_values_become_defaults_and_are_mentioned(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        '{"language": "fr", "text_size": 1000, "offline": 1, "servers": "8.8.8.8", "time_limit": true, "theme": "dark"}'
    )
    settings, problems = load(path)
    assert settings == Settings(theme="dark")
    assert problems == ("language", "offline", "servers", "text_size", "time_limit")


@pytest.mark.parametrize("octets", [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'"x"', b"[" * 200_000, b'{"a": NaN'])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, octets: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(octets)
    assert load(path) == (Settings(), ("",))


def test_a_folder_that_refuses_keeps_the_old_file(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert not save(Settings(), blocked / "settings.json")
    assert list(tmp_path.iterdir()) == [blocked]


def test_nothing_of_a_new_file_is_left_beside_it(tmp_path: Path) -> None:
    save(Settings(), tmp_path / "settings.json")
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]
