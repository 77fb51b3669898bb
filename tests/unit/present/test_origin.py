"""The stamp of a build."""

from __future__ import annotations

import pytest

from headerlens.present.origin import Origin, origin, read_origin

STAMP = 'version = "0.1.0"\ncommit = "38763c6d2a11"\nday = "2026-11-22"\npackage = "appimage"\n'


def test_a_checkout_has_none() -> None:
    assert origin() is None


def test_a_stamp_is_read_with_and_without_an_address() -> None:
    assert read_origin(STAMP) == Origin("0.1.0", "38763c6d2a11", "2026-11-22", "appimage")
    assert read_origin(STAMP + 'home = "https://example.org/new"\n').home == "https://example.org/new"


@pytest.mark.parametrize("broken", ["", STAMP.replace("commit", "commmit"), "version = 1"])
def test_a_damaged_stamp_is_no_origin(broken: str) -> None:
    with pytest.raises(KeyError):
        read_origin(broken)
