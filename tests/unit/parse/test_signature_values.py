"""Values of single tags."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headerlens.parse.signature_values import read_base64, read_list, read_number, read_quoted


@given(st.binary(min_size=1, max_size=80), st.integers(1, 20))
def test_base64_is_read_across_folds_and_without_padding(octets: bytes, width: int) -> None:
    text = base64.b64encode(octets).decode()
    folded = "\r\n\t".join(text[at : at + width] for at in range(0, len(text), width))
    assert read_base64(folded) == octets
    assert read_base64(text.rstrip("=")) == octets


@pytest.mark.parametrize("text", ["", " ", "=", "A", "AAAAA", "AA-_", "AAAA====", "AA=A", "ünüs"])
def test_what_is_no_base64_is_none(text: str) -> None:
    assert read_base64(text) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [("a=40example.com", "a@example.com"), ("=C3=A4 b", "äb"), ("a=4", "a=4"), ("a=zz", "a=zz"), ("=", "="), ("", "")],
)
def test_quoted_printable_is_decoded_and_broken_escapes_stay(text: str, read: str) -> None:
    assert read_quoted(text) == read


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "1" * 13, "١", "1e3"])
def test_what_is_no_number_of_so_many_digits_is_none(text: str) -> None:
    assert read_number(text, 12) is None


def test_lists_lose_blanks_and_empty_places() -> None:
    assert read_list(" From :\r\n\tTo::x ") == ("From", "To", "x")
