"""SPF records as they should be written (RFC 7208 4.6, 5, 12)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headerlens.parse.spf import is_spf, parse_spf
from headerlens.verify.mend_spf import mended_spf, merged_spf, without_terms
from headerlens.verify.unquoted import is_quoted, unquoted

SLIPS = {
    "v=spf1 ipv4:192.0.2.1 -all": "v=spf1 ip4:192.0.2.1 -all",
    "v=spf1 ip:192.0.2.0/24 -all": "v=spf1 ip4:192.0.2.0/24 -all",
    "v=spf1 include: example.com ~all": "v=spf1 include:example.com ~all",
    "v=spf1 include=example.com,~all": "v=spf1 include:example.com ~all",
    '"v=spf1 mx -all"': "v=spf1 mx -all",
    '"v=spf1 mx" " -all"': "v=spf1 mx -all",
    "v=spf1 ip4:2001:db8::1 -all": "v=spf1 ip6:2001:db8::1 -all",
    "v=spf1 192.0.2.1 –all": "v=spf1 ip4:192.0.2.1 -all",
    "v=spf1 ip4:mail.example.com all-": "v=spf1 a:mail.example.com -all",
    "v=spf1 v=spf1 a -all": "v=spf1 a -all",
    "v=spf1 a mx ~all.": "v=spf1 a mx ~all",
    "v=spf1 redirect:_spf.example.com": "v=spf1 redirect=_spf.example.com",
    "v=spf1; a -all": "v=spf1 a -all",
    "v=spf1 a -all include:x.example": "v=spf1 a -all",
}


@pytest.mark.parametrize(("written", "meant"), SLIPS.items())
def test_a_slip_is_mended(written: str, meant: str) -> None:
    assert mended_spf(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "v=spf1 a -all",  # nothing to mend
        "v=spf1 foo:bar -all",
        "v=spf1 ip4:192.0.2.0/33 -all",
        "v=spf1 include: -all",
        "v=DMARC1; p=none",
        "",
    ],
)
def test_what_does_not_tell_what_was_meant_is_left_alone(written: str) -> None:
    assert mended_spf(written) is None


@given(st.text(alphabet='v=spf1 include:ap4mx.example,;"-~?+all/2%{}', max_size=80))
def test_a_mended_record_keeps_the_grammar(tail: str) -> None:
    mended = mended_spf("v=spf1 " + tail)
    if mended is not None:
        assert is_spf(mended.encode())
        assert all(term.fault is None for term in parse_spf(mended))
        assert mended_spf(mended) is None


def test_several_records_become_one_with_the_mildest_all() -> None:
    assert merged_spf(["v=spf1 include:a.example -all", "v=spf1 mx ~all"]) == "v=spf1 include:a.example mx ~all"
    assert merged_spf(["v=spf1 a +all", "v=spf1 mx -all"]) == "v=spf1 a mx ~all"
    assert merged_spf(["v=spf1 a", "v=spf1 mx"]) == "v=spf1 a mx ?all"
    assert merged_spf(["v=spf1 a -all", "v=spf1 redirect=x.example"]) is None
    assert merged_spf(["v=spf1 a -all", "v=spf1 foo -all"]) is None


def test_single_terms_can_go() -> None:
    assert without_terms("v=spf1 include:a.example mx -all", ["include:a.example"]) == "v=spf1 mx -all"


def test_quotation_marks_are_seen_where_the_value_begins() -> None:
    assert is_quoted('"v=spf1 -all"')
    assert is_quoted("“v=spf1 -all”")
    assert not is_quoted("v=spf1 -all")
    assert unquoted(r"\"v=DMARC1\; p=none\"") == "v=DMARC1; p=none"
