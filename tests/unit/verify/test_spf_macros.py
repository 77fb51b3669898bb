"""The examples of RFC 7208 7.4, and pyspf's word for the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headerlens.model.dns import Answer, Outcome
from headerlens.verify.spf_macros import MacroValues, expand, letters
from headerlens.verify.spf_tracing import TracedQuery

FOUR = MacroValues("192.0.2.3", "strong-bad", "email.example.com", "mx.example.org")
SIX = MacroValues("2001:db8::cb01", "strong-bad", "email.example.com", "mx.example.org")


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("%{s}", "strong-bad@email.example.com"),
        ("%{o}", "email.example.com"),
        ("%{d}", "email.example.com"),
        ("%{d4}", "email.example.com"),
        ("%{d3}", "email.example.com"),
        ("%{d2}", "example.com"),
        ("%{d1}", "com"),
        ("%{dr}", "com.example.email"),
        ("%{d2r}", "example.email"),
        ("%{l}", "strong-bad"),
        ("%{l-}", "strong.bad"),
        ("%{lr}", "strong-bad"),
        ("%{lr-}", "bad.strong"),
        ("%{l1r-}", "strong"),
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
        ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
        ("%{h}.X.Example.", "mx.example.org.x.example"),
        ("a%%b%_c%-d.example", "a%b c%20d.example"),
    ],
)
def test_the_examples_of_the_standard(spec: str, name: str) -> None:
    assert expand(spec, FOUR, "email.example.com") == name


def test_an_ipv6_address_is_written_by_digits() -> None:
    digits = "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"
    assert expand("%{ir}.%{v}._spf.%{d2}", SIX, "email.example.com") == f"{digits}.ip6._spf.example.com"


def test_what_must_be_asked_for_is_not_guessed() -> None:
    assert expand("%{p}.example.com", FOUR, "example.com") is None
    assert expand("%{c}.example.com", FOUR, "example.com") is None


def test_long_names_lose_labels_from_the_left() -> None:
    name = expand("%{l}." * 30 + "example.com", FOUR, "example.com")
    assert name is not None
    assert len(name) <= 253
    assert name.endswith("strong-bad.example.com")
    assert name.startswith("strong-bad.")


def test_the_letters_are_told() -> None:
    assert letters("%{i}.%{D2r}%%{l}.x") == {"i", "d"}


@given(
    st.lists(
        st.builds(
            lambda letter, digits, turn: f"%{{{letter}{digits}{turn}}}",
            st.sampled_from("slodivh"),
            st.sampled_from(["", "1", "2", "3", "10"]),
            st.sampled_from(["", "r"]),
        )
        | st.sampled_from(["%{l-}", "%{sr.-}", "%{l1r+_=}", "%{s2-/,}", "a", "-b", ".", "%%", "%-", "x.y"]),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([FOUR, SIX]),
)
def test_pyspf_comes_to_the_same_name(pieces: list[str], values: MacroValues) -> None:
    """Not for delimiters of other letters: pyspf 2.0.14 keeps them, 7.3 joins with dots; nobody publishes such."""
    spec = "".join(pieces) + ".example.com"
    query = TracedQuery(
        values.ip, values.local, values.sender_domain, values.helo, lambda q: Answer(q, Outcome.NO_NAME)
    )
    assert expand(spec, values, values.sender_domain) == str(query.expand(spec)).lower().removesuffix(".")


def test_a_capital_letter_asks_for_escapes() -> None:
    assert expand("%{S}.example.com", FOUR, "example.com") == "strong-bad%40email.example.com.example.com"
