"""DMARC by RFC 9989: the 62 vectors against recorded and against real answers, and against what mailauth says."""

import json
from pathlib import Path
from typing import Any

import pytest

from headerlens.model.verdicts import DmarcCheck, Result
from tests.support.dmarc_world import VECTORS, judge, zone_of
from tests.support.nameserver import NameServer

every_vector = pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])


def expect(check: DmarcCheck, vector: dict[str, Any]) -> None:
    wanted = vector["expect"]
    assert check.result == wanted["result"]
    for key in ("policy_domain", "policy_tag", "policy", "disposition"):
        assert getattr(check, key) == wanted[key], key
    assert (check.spf_aligned, check.dkim_aligned) == (wanted["aligned_spf"], wanted["aligned_dkim"])
    assert check.organization.name == wanted["org_domain_treewalk"]
    if "queries" in wanted:
        assert [step.domain for step in check.discovery] == wanted["queries"]


def expect_old(check: DmarcCheck, vector: dict[str, Any]) -> None:
    if check.psl is None:
        assert vector["expect"]["org_domain_psl"] is None
        return
    assert check.psl.organizational_domain == vector["expect"]["org_domain_psl"]
    wanted = {**vector["expect"], **vector.get("rfc7489", {})}
    assert check.psl.result == wanted["result"]
    assert (check.psl.policy_domain, check.psl.disposition) == (wanted["policy_domain"], wanted["disposition"])
    if "rfc7489" not in vector or "aligned_dkim" in vector["rfc7489"]:
        assert (check.psl.aligned_spf, check.psl.aligned_dkim) == (wanted["aligned_spf"], wanted["aligned_dkim"])
    alone = {"aligned_dkim"}  # A08: another alignment, the same verdict
    assert check.psl.differs == ("rfc7489" in vector and not alone & vector["rfc7489"].keys())


def test_there_are_62_vectors() -> None:
    assert len(VECTORS) == 62


@every_vector
def test_a_vector_gives_its_verdict(vector: dict[str, Any]) -> None:
    expect(judge(vector, zone_of(vector)), vector)


@every_vector
def test_a_vector_gives_the_verdict_of_the_old_rules(vector: dict[str, Any]) -> None:
    expect_old(judge(vector, zone_of(vector)), vector)


@every_vector
def test_no_question_is_asked_twice_and_no_walk_is_longer_than_eight(vector: dict[str, Any]) -> None:
    zone = zone_of(vector)
    check = judge(vector, zone)
    assert len(zone.asked) == len(set(zone.asked))
    assert len(check.organization.steps) <= 8


@every_vector
def test_a_vector_gives_the_same_over_a_real_name_server(vector: dict[str, Any]) -> None:
    zone = zone_of(vector)
    with NameServer(zone.served()) as server:
        check = judge(vector, server.lookup())
    expect(check, vector)
    expect_old(check, vector)
    assert check == judge(vector, zone)


CODES = {
    "none.no_record": "B19",
    "none.version": "E03 E21",
    "none.unusable_policy": "E07 E09 E11 E13 E17 E25",
    "na.no_from": "F01",
    "na.no_domain": "F05 F09",
    "temperror.key": "F13",
    "fail.passed_not_aligned": "A03 A09 B11 D01 D03 D07 D09 D11 D19 G02",
}


def test_the_vectors_give_these_codes() -> None:
    found: dict[str, list[str]] = {}
    for vector in VECTORS:
        code = judge(vector, zone_of(vector)).code
        if code is not None and code != "fail.nothing_passed":
            found.setdefault(code, []).append(vector["id"])
    assert {code: " ".join(ids) for code, ids in found.items()} == CODES


# ------------------------------------------------------------------------------------------------ mailauth

MAILAUTH: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data/foreign/mailauth_dmarc.json").read_text(encoding="utf-8")
)
NO_RECORD_NAMED = "9989 4.10.1 ends DMARC after the record was found; we still tell where, mailauth names no record"
NO_ANSWER = "outside the specification (9989 5.3.1), both end DMARC; mailauth answers false, we none with a reason"
EXPLAINED: dict[str, dict[str, str]] = {
    "E07": {"policy_domain": NO_RECORD_NAMED},
    "E09": {"policy_domain": NO_RECORD_NAMED},
    "E11": {"policy_domain": NO_RECORD_NAMED},
    "E13": {"policy_domain": NO_RECORD_NAMED},
    "E25": {"policy_domain": NO_RECORD_NAMED},
    "F01": {"result": NO_ANSWER},
    "F05": {"result": NO_ANSWER},
    "F09": {"organization": "9989 3.2.14: a walk starts at a domain name; a literal, which mailauth gives, is none"},
    "F13": {
        "result": "9989 5.3.6: neither pass nor fail; mailauth takes only what passed, so it is not told",
        "wish": "9989 5.3.6: the policy cannot be applied",
    },
    "F15": {
        "organization": "9989 4.10.2: the walk failed, so there is none; mailauth shows the author's domain instead"
    },
}
"""Where mailauth and we differ on a vector, and what the text says."""


def ours_as_mailauth(check: DmarcCheck) -> dict[str, Any]:
    return {
        "result": check.result.value,
        "policy_domain": check.policy_domain,
        "organization": check.organization.name,
        "spf": bool(check.spf_aligned),
        "dkim": bool(check.dkim_aligned),
        "wish": check.disposition if check.result is Result.FAIL else None,
    }


def test_mailauth_answered_every_vector() -> None:
    assert MAILAUTH["version"] == "7.1.0"
    assert list(MAILAUTH["answers"]) == [vector["id"] for vector in VECTORS]


@every_vector
def test_mailauth_differs_only_where_the_text_explains_it(vector: dict[str, Any]) -> None:
    ours = ours_as_mailauth(judge(vector, zone_of(vector)))
    theirs = MAILAUTH["answers"][vector["id"]]
    assert ours.keys() == theirs.keys()
    differing = {key for key in ours if ours[key] != theirs[key]}
    assert differing == EXPLAINED.get(vector["id"], {}).keys()
