from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headerlens.parse.spf import ParsedTerm, followers, is_spf, parse_spf


def one(term: str) -> ParsedTerm:
    (parsed,) = parse_spf(f"v=spf1 {term}")
    return parsed


@given(st.text(max_size=200))
def test_nothing_raises_and_every_term_stands_where_it_says(text: str) -> None:
    record = "v=spf1 " + text
    for term in parse_spf(record):
        assert record[term.start : term.end] == term.text
    assert [term.text for term in parse_spf(record)] == [word for word in text.split(" ") if word]


@pytest.mark.parametrize(
    ("octets", "answer"),
    [
        (b"v=spf1", True),
        (b"V=SPF1 -all", True),
        (b"v=spf1\t-all", False),
        (b"v=spf10", False),
        (b" v=spf1", False),
        (b"", False),
    ],
)
def test_a_record_begins_with_its_version_and_a_blank(octets: bytes, answer: bool) -> None:
    assert is_spf(octets) is answer


def test_what_is_no_record_has_no_terms() -> None:
    assert parse_spf("v=DMARC1; p=none") == ()


@pytest.mark.parametrize(
    ("text", "kind", "qualifier", "spec", "cidr4", "cidr6"),
    [
        ("-all", "all", "-", "", None, None),
        ("A", "a", "+", "", None, None),
        ("a/24//64", "a", "+", "", 24, 64),
        ("?mx:mail.example.com//96", "mx", "?", "mail.example.com", None, 96),
        ("~include:_spf.%{d2}", "include", "~", "_spf.%{d2}", None, None),
        ("ip4:192.0.2.0/24", "ip4", "+", "192.0.2.0", 24, None),
        ("ip6:2001:db8::/32", "ip6", "+", "2001:db8::", None, 32),
        ("exists:%{ir}.list.example", "exists", "+", "%{ir}.list.example", None, None),
        ("ptr:example.com", "ptr", "+", "example.com", None, None),
        ("redirect=example.com.", "redirect", "", "example.com.", None, None),
        ("Exp=why.example.com", "exp", "", "why.example.com", None, None),
        ("ra=%{c}", "modifier", "", "%{c}", None, None),
        ("a:a.b/c.example/8", "a", "+", "a.b/c.example", 8, None),
    ],
)
def test_terms_are_taken_apart(
    text: str, kind: str, qualifier: str, spec: str, cidr4: int | None, cidr6: int | None
) -> None:
    assert one(text) == ParsedTerm(text, 7, kind, qualifier, spec, cidr4, cidr6)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("foo", "mechanism"),
        ("=a", "qualifier"),
        ("all:x", "argument"),
        ("include", "domain"),
        ("include:", "domain"),
        ("exists:example", "domain"),
        ("exists:foo.com/24", "domain"),
        ("a:example.1", "domain"),
        ("a:example.-a", "domain"),
        ("a:%{d}.", "domain"),
        ("a:%%{d}", "domain"),
        ("a:%{d}.x%", "macro"),
        ("a:%{x}.example", "macro"),
        ("a:%{c}.example", "macro"),
        ("a:%{d0}.example", "macro"),
        ("a:%(d).example", "macro"),
        ("a/33", "cidr"),
        ("a//129", "cidr"),
        ("a/024", "cidr"),
        ("a/24/64", "cidr"),
        ("ip4:192.0.2.1/33", "cidr"),
        ("ip4:192.0.02.1", "address"),
        ("ip4", "address"),
        ("ip4:::1", "address"),
        ("ip6:fe80::1%eth0", "address"),
        ("redirect=", "domain"),
        ("ra=%", "macro"),
        ("ra=\x07", "characters"),
        ("é", "characters"),
        ("a:é.example", "characters"),
        ("ptr/24", "domain"),
        ("a:" + "x" * 600 + ".example", "length"),
    ],
)
def test_faults_are_named(text: str, fault: str) -> None:
    assert one(text).fault == fault


def test_the_second_redirect_is_the_fault() -> None:
    faults = [term.fault for term in parse_spf("v=spf1 redirect=a.example REDIRECT=b.example ra=1 ra=2")]
    assert faults == [None, "repeated", None, None]


def test_followers_are_the_records_that_can_be_foreseen() -> None:
    record = "v=spf1 include:A.example. ?include:%{d}.x.example include:bad include:a.example redirect=b.example"
    assert followers(record) == ("a.example", "b.example")
    assert followers("nothing") == ()
