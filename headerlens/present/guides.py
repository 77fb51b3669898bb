"""The guides for staff: one page of HTML for each system and language, and the same words for the window."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from headerlens.assets import asset

SYSTEMS = ("windows", "macos", "linux")
LANGUAGES = ("en", "ja")
TONES = ("pass", "warn", "fail", "unk")
_OF_PLATFORM = {"win32": "windows", "darwin": "macos"}


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of answer: its tone, how the headline reads, and what it means."""

    tone: str
    word: str
    means: str


@dataclass(frozen=True, slots=True)
class Guide:
    """The words of one guide. `lines` are to be filled in by whoever hands it out."""

    system: str
    title: str
    lead: str
    install: tuple[str, tuple[str, ...], str]
    """Heading, steps, what an unsigned program makes the system say."""
    check: tuple[str, tuple[str, ...], str]
    """Heading, steps, where to find more."""
    answer: tuple[str, tuple[Row, ...]]
    call: tuple[str, str, tuple[str, ...]]
    remove: tuple[str, str]
    captions: tuple[str, str]
    """Of the two pictures: the window, and an answer."""


def names() -> tuple[str, ...]:
    """The pages, such as "windows-en.html"."""
    return tuple(f"{system}-{language}.html" for system in SYSTEMS for language in LANGUAGES)


def system_here() -> str:
    """The system this program runs on, as the guides call it."""
    return _OF_PLATFORM.get(sys.platform, "linux")


def page(name: str) -> bytes:
    """A page; it holds its pictures and loads nothing."""
    return asset("guides", name).read_bytes()


@cache
def guide(system: str, language: str) -> Guide:
    """The words for `system` in `language`, with its keys in them."""
    table = _words()
    said, keys = table[language], table["keys"][system]
    install, check, answer, call = (said[name] for name in ("install", "check", "answer", "call"))
    here = install[system]
    return Guide(
        system=table["systems"][system],
        title=said["title"],
        lead=said["lead"],
        install=(install["title"], tuple(here["steps"]), here["note"]),
        check=(check["title"], tuple(step.format_map(keys) for step in check["steps"]), check["more"]),
        answer=(answer["title"], tuple(Row(**row) for row in answer["row"])),
        call=(call["title"], call["text"].format_map(keys), tuple(call["lines"])),
        remove=(said["remove"]["title"], said["remove"][system]),
        captions=(check["picture"], answer["picture"]),
    )


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(asset("guides", "words.toml").read_text(encoding="utf-8"))
