"""What the program carries of others, and under which terms: the list of resources/licences in one language."""

from __future__ import annotations

import platform
import tomllib
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from headerlens import __version__
from headerlens.assets import asset


@dataclass(frozen=True, slots=True)
class Component:
    """One work of others. `version` is "" where this installation does not tell it; `texts` are names for `text_of`."""

    name: str
    version: str
    licence: str
    copyright: str
    purpose: str
    source: str
    systems: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def title(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()


def components(language: str = "en") -> tuple[Component, ...]:
    """Everything the packages carry, HeaderLens first."""
    return tuple(
        Component(
            name=one["name"],
            version=_version(one["version"]),
            licence=one["licence"],
            copyright=one["copyright"],
            purpose=one[language],
            source=one["source"],
            systems=tuple(one["systems"]),
            texts=tuple(one["texts"]),
        )
        for one in _table()["component"]
    )


def notice(language: str) -> str:
    """What has to be said of them, paragraphs with an empty line between."""
    return str(_table()["notice"][language]).strip()


@lru_cache(maxsize=4)
def text_of(name: str) -> str:
    """The text of a licence, as its authors wrote it."""
    return asset("licences", "texts", name).read_text(encoding="utf-8")


def licences_text(language: str) -> str:
    """The list for the terminal."""
    parts = [notice(language)]
    for one in components(language):
        lines = [f"{one.title} ({one.licence})", one.purpose, one.copyright, one.source]
        parts.append("\n  ".join(lines))
    where = {"en": "The texts of the licences are in", "ja": "ライセンスの本文は次の場所にあります:"}
    parts.append(f"{where[language]} {asset('licences', 'texts')}")
    return "\n\n".join(parts) + "\n"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(asset("licences", "list.toml").read_text(encoding="utf-8"))


def _version(named: str) -> str:
    """What is running: of a distribution, or of what Python was built with. A package may not know it: then ""."""
    if not named.startswith("="):
        try:
            return version(named) if named else ""
        except PackageNotFoundError:
            return ""
    if named == "=openssl":
        return _openssl()
    known = {"=headerlens": __version__, "=python": platform.python_version(), "=zlib": zlib.ZLIB_RUNTIME_VERSION}
    return known[named]


def _openssl() -> str:
    """There are two of them: cryptography has one built in, Python brings its own."""
    from cryptography.hazmat.backends.openssl import backend

    inside = backend.openssl_version_text().split()[1]
    try:
        import ssl
    except ImportError:
        return inside
    beside = ssl.OPENSSL_VERSION.split()[1]
    return inside if inside == beside else f"{inside}, {beside}"
