"""DMARC records as they should be written (RFC 9989 4.7, 4.8, 9.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headerlens.parse.dmarc import parse_dmarc
from headerlens.verify.mend_dmarc import mended_dmarc, merged_dmarc

SLIPS = {
    '"v=DMARC1; p=reject"': "v=DMARC1; p=reject",
    "v=DMARC1 p=none": "v=DMARC1; p=none",
    "v=dmarc1;P=Quarantine;pct=50;rua=dmarc@example.com": "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com",
    "v=DMARC1; p=reject; pct=0": "v=DMARC1; p=reject; t=y",
    "v=DMARC1; p=none; pct=0": "v=DMARC1; p=none",
    "v=DMARC1; sp=foo; p=reject; rf=afrf; ri=86400": "v=DMARC1; p=reject",
    "v=DMARC1; adkim=strict; p=none; fo=2": "v=DMARC1; p=none",
    "v=DMARC1; rua=mailto:a@example.com": "v=DMARC1; p=none; rua=mailto:a@example.com",
    "v=DMARC1; p=reject; p=none": "v=DMARC1; p=reject",
    r"v=DMARC1\; p=reject\; rua=mailto:a@example.com": "v=DMARC1; p=reject; rua=mailto:a@example.com",
    " v=DMARC1; p=none; repot=x": "v=DMARC1; p=none",
    "v=DMARC1; p=none; rua=nonsense": "v=DMARC1; p=none",
}


@pytest.mark.parametrize(("written", "meant"), SLIPS.items())
def test_a_slip_is_mended(written: str, meant: str) -> None:
    assert mended_dmarc(written) == meant


@pytest.mark.parametrize("written", ["", "v=spf1 -all", "hello", "v=DKIM1; p=reject", '"'])
def test_what_was_never_meant_as_a_policy_is_left_alone(written: str) -> None:
    assert mended_dmarc(written) is None


@given(st.text(alphabet='v=DMARC1; pstn\\"reject,quarantine:mailto@.x', max_size=80))
def test_a_mended_record_has_nothing_left_to_mend(tail: str) -> None:
    mended = mended_dmarc("v=DMARC1;" + tail)
    assert mended is not None
    record = parse_dmarc("example.com", mended)
    assert record is not None
    assert record.notes == ()
    assert record.bad_policy == ()
    assert mended_dmarc(mended) == mended


def test_several_records_become_the_mildest_with_all_report_addresses() -> None:
    texts = ("v=DMARC1; p=reject; rua=mailto:a@x.example", "v=DMARC1; p=none; rua=mailto:b@x.example")
    assert merged_dmarc(texts) == "v=DMARC1; p=none; rua=mailto:a@x.example,mailto:b@x.example"
    assert merged_dmarc(("v=spf1 -all",)) is None
