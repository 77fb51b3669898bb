"""The help on where mail programs keep the source, as resources/help has it; one file for each language."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from headerlens.assets import asset

OTHER = "other"
"""The page for any program that has none."""


@lru_cache(maxsize=2)
def pages_in(language: str) -> dict[str, Any]:
    """The file of `language`: title, lead, badges by their id, and a list of clients.

    A client has id, name, badge, gives (one sentence), steps, note ("" for none), as_of and source.
    """
    return tomllib.loads(asset("help", f"{language}.toml").read_text(encoding="utf-8"))


def name_of(client: str, language: str) -> str:
    """What the program `client` is called, "" for an id without a page."""
    return next((str(one["name"]) for one in pages_in(language)["client"] if one["id"] == client), "")
