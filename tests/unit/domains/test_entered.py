"""What people paste where a domain is wanted."""

from __future__ import annotations

import pytest

from headerlens.domains.entered import Entered, entered_domain, entered_selectors


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("example.com", "example.com"),
        ("  EXAMPLE.com. ", "example.com"),
        ("https://www.example.com/path?x=1", "www.example.com"),
        ("http://example.com:8080", "example.com"),
        ("info@example.com", "example.com"),
        ("Joe <joe@example.com>", "example.com"),
        ("mailto:joe@example.com", "example.com"),
        ("例え.jp", "xn--r8jz45g.jp"),
        ("例え。jp", "xn--r8jz45g.jp"),
        ("_dmarc.example.com", "example.com"),
        ('"example.com"', "example.com"),
    ],
)
def test_the_domain_is_found_in_what_was_pasted(text: str, domain: str) -> None:
    found = entered_domain(text)
    assert found is not None
    assert found.domain == domain


def test_the_name_of_a_key_record_brings_its_selector_along() -> None:
    assert entered_domain("s1._domainkey.example.com") == Entered("example.com", "s1")
    assert entered_domain("a.b._domainkey.example.com") == Entered("example.com", "a.b")


@pytest.mark.parametrize(
    "text", ["", "   ", "localhost", "192.0.2.1", "[192.0.2.1]", "2001:db8::1", "a..b", "x" * 5000, "@", "//", "a b"]
)
def test_what_is_no_domain_is_refused(text: str) -> None:
    assert entered_domain(text) is None


def test_selectors_are_divided_by_blanks_and_commas() -> None:
    assert entered_selectors(" s1, S2;s1 、k3._domainkey.example.com ") == ("s1", "s2", "k3")
    assert entered_selectors("") == ()
    assert entered_selectors("s1 b/d") is None
