"""Alignment compares names and nothing else (RFC 9989 4.4)."""

import pytest

from headerlens.model.verdicts import Organization
from headerlens.verify.alignment import is_aligned, is_exact


def walk(domain: str, name: str | None) -> Organization:
    return Organization(domain, name, "fewest-labels" if name else "error")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("example.com", "EXAMPLE.com.", True),
        ("example.com", "www.example.com", False),
        ("example.com", "badexample.com", False),
        ("", "", False),
    ],
)
def test_names_are_the_same_without_case_and_final_dot(one: str, other: str, *, same: bool) -> None:
    assert is_exact(one, other) is same


@pytest.mark.parametrize(
    ("author", "other", "mode", "aligned"),
    [
        (("m.example.com", "example.com"), ("n.example.com", "example.com"), "r", True),
        (("m.example.com", "example.com"), ("n.example.com", "example.com"), "s", False),
        (("m.example.com", None), ("m.example.com", None), "s", True),
        (("example.com", "example.com"), ("example.net", "example.net"), "r", False),
        # an unfinished walk matters only where it could still lead to the same organisation
        (("example.com", "example.com"), ("a.example.com", None), "r", None),
        (("example.com", "example.com"), ("a.example.net", None), "r", False),
        (("a.example.com", None), ("example.com", "example.com"), "r", None),
        (("a.example.com", None), ("example.net", "example.net"), "r", False),
        (("a.example.com", None), ("b.example.com", None), "r", None),
        (("a.example.com", None), ("b.example.net", None), "r", False),
        (("a.example.com", "a.example.com"), ("example.com", None), "r", False),
    ],
)
def test_alignment_of_two_names(
    author: tuple[str, str | None], other: tuple[str, str | None], mode: str, *, aligned: bool | None
) -> None:
    assert is_aligned(walk(*author), walk(*other), other[0], mode) is aligned


def test_no_name_aligns_with_nothing() -> None:
    assert is_aligned(walk("example.com", "example.com"), None, "", "r") is False
