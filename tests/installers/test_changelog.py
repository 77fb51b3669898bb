"""Release notes come from CHANGELOG, and only where tag, program and CHANGELOG agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers.changelog import for_tag, notes, section
from installers.commands import Broken
from installers.source import ROOT, version_of

TEXT = """\
# Changelog

## Unreleased

- Later.

## [1.10.0] - 2026-12-24

### Added

- Ten.

## 1.1.0

- One.

[1.10.0]: https://example.org/1.10.0
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "headerlens").mkdir()
    (tmp_path / "headerlens/__init__.py").write_text('__version__ = "1.1.0"\n', "utf-8")
    (tmp_path / "CHANGELOG.md").write_text(TEXT, "utf-8")
    return tmp_path


def test_a_section_ends_where_the_next_one_begins() -> None:
    assert section(TEXT, "1.10.0") == "### Added\n\n- Ten."
    assert section(TEXT, "Unreleased") == "- Later."


def test_the_last_section_ends_before_the_addresses() -> None:
    assert section(TEXT, "1.1.0") == "- One."


@pytest.mark.parametrize("heading", ["1.1", "1.10", "10.0", "2.0.0"])
def test_a_part_of_a_version_is_no_version(heading: str) -> None:
    assert section(TEXT, heading) == ""


def test_before_a_release_the_notes_are_what_is_collected(tree: Path) -> None:
    (tree / "headerlens/__init__.py").write_text('__version__ = "2.0.0"\n', "utf-8")
    assert notes(tree) == "- Later."
    with pytest.raises(Broken, match="no section 2"):
        for_tag("v2.0.0", tree)


def test_a_tag_gets_the_notes_of_its_version(tree: Path) -> None:
    assert for_tag("v1.1.0", tree) == notes(tree) == "- One."


@pytest.mark.parametrize("tag", ["v1.10.0", "1.1.0", "v1.1.0-rc1", ""])
def test_a_tag_of_another_version_is_refused(tree: Path, tag: str) -> None:
    with pytest.raises(Broken, match="is not that of version"):
        for_tag(tag, tree)


def test_our_own_changelog_has_something_to_say_of_this_version() -> None:
    assert notes(ROOT)
    assert version_of(ROOT)
