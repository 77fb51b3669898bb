"""What the person chose about the window, kept as JSON in the configuration folder of the system."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

LANGUAGES = ("system", "en", "ja")
THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 115, 130, 150)
LIMITS_IN_SECONDS = (1, 60)
LONGEST_LIST = 64
"""Names kept in a list of receivers or servers; a person types a handful."""
WIDEST_PANE = 10_000
"""Logical px; no screen is wider."""
LONGEST_FILE = 1_000_000
"""A settings file beyond this was not written by us."""

Reader = Callable[[object], Any]


def _one_of(*allowed: object) -> Reader:
    """A reader that knows `allowed` values of the same type only (True is not 1)."""
    return lambda value: value if any(value == one and type(value) is type(one) for one in allowed) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    low, high = LIMITS_IN_SECONDS
    return float(value) if low <= value <= high else None


def _width(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= WIDEST_PANE else None


def _names(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    cleaned = (one.strip() for one in value[:LONGEST_LIST])
    return tuple(dict.fromkeys(one for one in cleaned if one and one.isprintable()))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.isascii() else None


class Settings(NamedTuple):
    """Every choice with its default. `others` holds keys this version does not know; they are written back.

    `servers` are "host" or "host:port"; `doh` is the URL of a resolver, "" for none; `trusted`
    authserv-ids in lower case; `geometry` is Qt's, in base 64; `pane_width` that of the evidence at 100 % text size, 0
    for the usual one. Nothing of a mail is ever in here.

    A named tuple, because the first paint waits for its making, and a dataclass takes ten times as long.
    """

    language: str = "system"
    theme: str = "system"
    text_size: int = 100
    offline: bool = False
    servers: tuple[str, ...] = ()
    doh: str = ""
    time_limit: float = 5.0
    trusted: tuple[str, ...] = ()
    look_at_clipboard: bool = True
    menu_bar: bool = False
    session_list: bool = True
    evidence_pane: bool = True
    mask_recipients: bool = True
    geometry: str = ""
    pane_width: int = 0
    reduced_motion: bool = False
    others: Mapping[str, object] = MappingProxyType({})


_KNOWN: dict[str, Reader] = {
    "language": _one_of(*LANGUAGES),
    "theme": _one_of(*THEMES),
    "text_size": _one_of(*TEXT_SIZES),
    "offline": _flag,
    "servers": _names,
    "doh": _text,
    "time_limit": _seconds,
    "trusted": _names,
    "look_at_clipboard": _flag,
    "menu_bar": _flag,
    "session_list": _flag,
    "evidence_pane": _flag,
    "mask_recipients": _flag,
    "geometry": _text,
    "pane_width": _width,
    "reduced_motion": _flag,
}
"""How each is read from what the file holds: None when that cannot be used."""


def settings_path() -> Path:
    """Where the settings of this person live; nothing is created."""
    from PySide6.QtCore import QStandardPaths

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / "settings.json"


def load(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and the keys whose values had to be replaced by defaults ("" for a file that is no JSON)."""
    try:
        octets = path.read_bytes()
    except FileNotFoundError:
        return Settings(), ()
    except OSError:
        return Settings(), ("",)
    import json  # here and below, because most starts of a new installation need none

    try:
        stored = json.loads(octets) if len(octets) <= LONGEST_FILE else None
    except (ValueError, RecursionError):
        stored = None
    return _from_json(stored) if isinstance(stored, dict) else (Settings(), ("",))


def _from_json(stored: Mapping[str, object]) -> tuple[Settings, tuple[str, ...]]:
    values: dict[str, Any] = {}
    bad: list[str] = []
    for key in stored.keys() & _KNOWN.keys():
        value = _KNOWN[key](stored[key])
        if value is None:
            bad.append(key)
        else:
            values[key] = value
    others = {key: value for key, value in stored.items() if key not in _KNOWN}
    return Settings(**values, others=others), tuple(sorted(bad))


def save(settings: Settings, path: Path) -> bool:
    """Write all of it or nothing: a new file takes the old one's place. False when the folder refuses."""
    import json

    stored = dict(settings.others) | {key: getattr(settings, key) for key in _KNOWN}
    beside = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(stored, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        return False
    return True
