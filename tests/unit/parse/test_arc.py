"""ARC sets put together from their fields."""

import pytest

from headerlens.model.limits import MAX_ARC_SETS
from headerlens.model.records import ArcSet
from headerlens.parse.arc import parse_arc
from headerlens.parse.header import split_fields

RESULTS = "ARC-Authentication-Results: i={}; mx.example.net; spf=pass\r\n"
MESSAGE = "ARC-Message-Signature: i={}; a=rsa-sha256; d=example.net; s=s1; h=from; bh=YWJj; b=ZGVm\r\n"
SEAL = "ARC-Seal: i={}; a=rsa-sha256; d=example.net; s=s1; cv=none; b=ZGVm\r\n"


def read(*fields: str) -> tuple[ArcSet, ...]:
    return parse_arc(split_fields("".join(fields).encode())[0])


def whole(instance: int) -> str:
    return "".join(field.format(instance) for field in (SEAL, MESSAGE, RESULTS))


def test_a_message_without_arc_has_no_sets() -> None:
    assert read("From: a@example.com\r\n") == ()


def test_sets_stand_in_the_order_of_their_instances() -> None:
    sets = read(whole(2), whole(1))
    assert [each.instance for each in sets] == [1, 2]
    for each in sets:
        assert each.results is not None
        assert each.results.authserv_id == "mx.example.net"
        assert each.message_signature is not None
        assert each.seal is not None
        assert (each.cv, each.extra, each.faults) == ("none", 0, ())


def test_a_missing_field_leaves_its_place_empty() -> None:
    (only,) = read(SEAL.format(1))
    assert (only.results, only.message_signature) == (None, None)
    assert only.seal is not None


def test_a_second_field_of_a_kind_is_counted_and_the_upper_kept() -> None:
    (only,) = read(whole(1), SEAL.format(1).replace("none", "pass"), MESSAGE.format(1), RESULTS.format(1))
    assert (only.extra, only.cv) == (3, "none")


@pytest.mark.parametrize("broken", ["i=; x", "x; i=1", "i=1", "i=a;", "i=-1;", "i=99999;", ""])
def test_results_without_a_leading_instance_break_the_chain(broken: str) -> None:
    (only,) = read(f"ARC-Authentication-Results: {broken}\r\n")
    assert only.instance == 0
    assert [fault.code for fault in only.faults] == ["arc.instance"]


def test_blanks_around_the_instance_and_none_after_the_colon_do_not_matter() -> None:
    assert [each.instance for each in read("ARC-Authentication-Results:\t i =\r\n 3 ; x\r\n")] == [3]
    assert [each.instance for each in read(whole(3).replace(": i", ":i"))] == [3]


@pytest.mark.parametrize(("written", "claimed"), [("Pass", "pass"), ("fail", "fail"), ("", ""), ("maybe", "")])
def test_the_claim_is_one_of_three_words_or_nothing(written: str, claimed: str) -> None:
    assert read(SEAL.format(1).replace("none", written))[0].cv == claimed


def test_faults_of_the_three_fields_are_kept_with_the_set() -> None:
    (only,) = read(SEAL.format(1).replace("; b=", "; h=from; b="), MESSAGE.format(1).replace("h=from", "h=arc-seal"))
    assert [fault.code for fault in only.faults] == ["arc.seal_signed", "arc.seal_h"]


def test_a_flood_of_sets_is_cut_just_past_the_limit() -> None:
    assert len(read(*(whole(instance) for instance in range(1, 300)))) == MAX_ARC_SETS + 1
