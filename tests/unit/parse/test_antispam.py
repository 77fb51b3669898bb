"""The report of Microsoft's filter."""

from headerlens.model.limits import MAX_STRUCTURED_OCTETS
from headerlens.parse.antispam import first_value, parse_antispam_report


def test_pairs_are_read_in_their_order_with_colons_inside() -> None:
    pairs = parse_antispam_report("CIP:2001:db8::25;CTRY:JP; scl:5 ;SFV:SPM;CAT:NONE;SFS:(13230040)(376014);DIR:INB;")
    assert pairs[:3] == (("CIP", "2001:db8::25"), ("CTRY", "JP"), ("SCL", "5"))
    assert (first_value(pairs, "SFV"), first_value(pairs, "PTR")) == ("SPM", "")


def test_what_is_no_pair_is_left_out() -> None:
    assert parse_antispam_report("") == ()
    assert parse_antispam_report("nothing; :x;;") == ()


def test_a_report_without_end_is_cut() -> None:
    assert len(parse_antispam_report("A:1;" * 1_000_000)) <= MAX_STRUCTURED_OCTETS // 4 + 1
