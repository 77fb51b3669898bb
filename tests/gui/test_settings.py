"""Settings survive damage, newer versions and folders that refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headerlens.gui.settings import Settings, load, save


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    wanted = Settings(language="ja", text_size=130, servers=("192.0.2.1",), trusted=("mx.example.jp",), offline=True)
    assert save(wanted, tmp_path / "new" / "settings.json")
    assert load(tmp_path / "new" / "settings.json") == (wanted, ())


STORED = {
    "language", "theme", "text_size", "offline", "servers", "doh", "time_limit", "trusted", "look_at_clipboard",
    "menu_bar", "session_list", "evidence_pane", "mask_recipients", "geometry", "pane_width", "reduced_motion",
}  # fmt: skip


def test_nothing_else_is_stored(tmp_path: Path) -> None:
    save(Settings(), tmp_path / "settings.json")
    assert set(json.loads((tmp_path / "settings.json").read_text())) == STORED


@pytest.mark.parametrize("value", [-1, 10_001, 424.0, True, "424", None])
def test_a_width_that_no_pane_can_have_is_forgotten(tmp_path: Path, value: object) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"pane_width": value}))
    assert load(tmp_path / "settings.json") == (Settings(), ("pane_width",))


def test_a_write_that_was_cut_off_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save(Settings(theme="dark"), path)

    def full(self: Path, *_args: object, **_named: object) -> int:
        self.write_bytes(b'{"theme":')
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert not save(Settings(theme="light"), path)
    assert load(path) == (Settings(theme="dark"), ())
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == (Settings(), ())


def test_unknown_keys_are_written_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"language": "ja", "of_tomorrow": {"a": 1}}')
    settings, problems = load(path)
    assert problems == ()
    assert save(settings._replace(theme="dark"), path)
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
