"""Everything the packages carry is listed with its terms, and none of it may be had under the GPL only."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from headerlens.present.licences import components, licences_text, notice, text_of

ROOT = Path(__file__).resolve().parents[2]
LISTED = tomllib.loads((ROOT / "resources" / "licences" / "list.toml").read_text("utf-8"))["component"]
TEXTS = ROOT / "resources" / "licences" / "texts"
ALLOWED = {
    "0BSD", "AFL-2.1", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "bzip2-1.0.6", "CC0-1.0", "FTL", "HPND", "IJG",
    "ISC", "LGPL-2.1-or-later", "LGPL-3.0-only", "libpng-2.0", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Unicode-3.0",
    "Unicode-DFS-2016", "X11", "Zlib", "LicenseRef-Microsoft-Visual-Cpp-Runtime",
    "GPL-2.0-or-later WITH Bootloader-exception", "GPL-3.0-or-later WITH GCC-exception-3.1",
}  # fmt: skip
"""Terms under which HeaderLens, itself under the Apache License, may carry a work of others."""

WHOLE = {
    "Apache-2.0.txt": "END OF TERMS AND CONDITIONS",
    "GPL-3.0.txt": "END OF TERMS AND CONDITIONS",
    "LGPL-3.0.txt": "permanent authorization for you to choose that version",
    "LGPL-2.1.txt": "END OF TERMS AND CONDITIONS",
    "MPL-2.0.txt": "Incompatible With Secondary Licenses",
    "PyInstaller.txt": "Bootloader Exception",
    "python.txt": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
}
"""Words that stand near the end or at the heart of a text: one that was cut lacks them."""


def plain(name: str) -> str:
    """A distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed() -> set[str]:
    """The distributions that HeaderLens needs at run time, and what those need in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting, found = list(project["dependencies"]), set[str]()
    while waiting:
        one = Requirement(waiting.pop())
        if plain(one.name) in found or (one.marker is not None and not one.marker.evaluate({"extra": ""})):
            continue
        found.add(plain(one.name))
        waiting += distribution(one.name).requires or []
    return found


def told(one: dict[str, object]) -> set[str]:
    return {plain(str(name)) for name in (one["version"], *([] if one["name"] is None else [one["name"]]))}


def test_every_dependency_is_listed() -> None:
    listed = {name for one in LISTED for name in told(one)} | {"shiboken6"}
    assert "shiboken6" in "".join(one["name"] for one in LISTED).lower()
    assert needed() - listed == set()
    assert len(needed()) >= 10


@pytest.mark.parametrize("one", LISTED, ids=[one["name"] for one in LISTED])
def test_its_terms_are_allowed(one: dict[str, str]) -> None:
    """A choice ("OR") needs one side that is allowed, everything else all of them."""
    terms = re.sub(r"\(([^()]*)\)", lambda choice: allowed_of(choice[1]), one["licence"])
    for part in terms.split(" AND "):
        assert allowed_of(part) in ALLOWED, part


def allowed_of(choice: str) -> str:
    """The side of a choice that is allowed; the first where none is."""
    sides = choice.split(" OR ")
    return next((side for side in sides if side in ALLOWED), sides[0])


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "GPL-2.0-or-later", "MIT AND AGPL-3.0-only"])
def test_a_licence_of_the_gpl_alone_is_noticed(licence: str) -> None:
    with pytest.raises(AssertionError):
        test_its_terms_are_allowed({"licence": licence})


def test_every_text_that_is_named_exists_and_every_one_that_exists_is_named() -> None:
    named = {name for one in LISTED for name in one["texts"]}
    assert named == {path.name for path in TEXTS.iterdir()}
    for name in named:
        assert len(text_of(name)) > 500, name


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_the_text_is_whole(name: str) -> None:
    assert WHOLE[name] in text_of(name)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_terms_of_the_lgpl_are_met_in_words(language: str) -> None:
    """LGPL 3, section 4: a notice, both texts, a way to run it with a changed library, and where the source is."""
    said = notice(language)
    assert {"LGPL-3.0.txt", "GPL-3.0.txt"} <= {name for one in components() for name in one.texts}
    for words in ("PySide6", "shiboken6", "https://download.qt.io/official_releases/qt/", "--appimage-extract"):
        assert words in said
    assert "Lesser General Public License" in said
    assert "version 3" in said or "バージョン 3" in said


def test_every_entry_says_the_same_kind_of_thing() -> None:
    for one in LISTED:
        assert one.keys() == {
            "name", "licence", "copyright", "en", "ja", "source", "systems", "version", "texts", "libraries",
        }  # fmt: skip
        assert set(one["systems"]) <= {"linux", "windows", "macos"}
        assert one["en"]
        assert one["ja"]


def test_what_is_installed_here_tells_its_version() -> None:
    for one in LISTED:
        if one["version"] and not one["version"].startswith("="):
            try:
                distribution(one["version"])
            except PackageNotFoundError:  # pragma: no cover  a name that pip does not know is a slip in the list
                pytest.fail(one["version"])
    versions = {one.name: one.version for one in components()}
    assert versions["Qt 6"]
    assert re.match(r"\d+\.\d+", versions["OpenSSL"])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_terminal_lists_all_of_them(language: str) -> None:
    text = licences_text(language)
    for one in components(language):
        assert one.title in text
        assert one.purpose in text
        assert one.source in text
    assert "licences" in text.splitlines()[-1]
