"""DMARC by RFC 9989: the 62 vectors against recorded and against real answers, then what the vectors leave open."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.message import HeaderField
from headerlens.model.records import Canonicalization, DkimSignature, TagList
from headerlens.model.verdicts import DkimCheck, DmarcCheck, Identity, Result, SenderInputs, SpfCheck
from headerlens.parse.address import parse_addresses
from headerlens.parse.names import to_ascii
from headerlens.verify.dmarc import check_dmarc
from tests.support.nameserver import NameServer

VECTORS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data/dmarc_vectors.yaml").read_text(encoding="utf-8")
)["vectors"]
every_vector = pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])


# ------------------------------------------------------------------------------------------------ the world of a test


class Zone:
    """A literal zone as the vectors write it, and the questions it was asked."""

    def __init__(self, texts: dict[str, list[Any]], exists: tuple[str, ...] = (), broken: tuple[str, ...] = ()) -> None:
        self.texts, self.exists, self.broken = texts, exists, broken
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question)
        name = question.name
        if name in self.broken:
            return Answer(question, Outcome.FAILED, failure=Failure.SERVFAIL)
        if question.rtype == "TXT" and name in self.texts:
            return Answer(question, Outcome.FOUND, tuple(map(strings, self.texts[name])))
        known = [*self.texts, *self.exists, *self.broken]
        there = any(one == name or one.endswith("." + name) for one in known)
        return Answer(question, Outcome.NO_DATA if there else Outcome.NO_NAME)

    def served(self) -> dict[str, dict[str, Any]]:
        """The same zone for the name server."""
        zone: dict[str, dict[str, Any]] = {name: {} for name in self.exists}
        zone |= {name: {"TXT": texts} for name, texts in self.texts.items()}
        return zone | {name: {"TXT": {"error": "servfail"}, "A": {"error": "servfail"}} for name in self.broken}


def strings(record: str | list[str]) -> tuple[bytes, ...]:
    return tuple(one.encode() for one in ([record] if isinstance(record, str) else record))


def spf_check(
    result: str = "none", domain: str = "", *, scope: str = "mailfrom", mail_from: str = "a@b.example"
) -> SpfCheck:
    inputs = SenderInputs("192.0.2.1", "user", "h.example", "user", mail_from, "user", None, "")
    return SpfCheck(inputs, Result(result), None, Identity(scope), to_ascii(domain) or "")


def dkim_check(result: str, domain: str, index: int = 0, code: str | None = None) -> DkimCheck:
    signature = DkimSignature(
        field_index=index,
        tags=TagList(),
        algorithm="rsa-sha256",
        signature=b"",
        body_hash=b"",
        header_canonicalization=Canonicalization.RELAXED,
        body_canonicalization=Canonicalization.RELAXED,
        domain=to_ascii(domain) or "",
        domain_written=domain,
        selector="s",
        identity="",
        signed_names=("from",),
    )
    return DkimCheck(index, signature, Result(result), code)


def author_of(written: str | list[str]) -> tuple[tuple[str, ...], int]:
    bodies = [written] if isinstance(written, str) else written
    domains: list[str] = []
    for body in bodies:
        raw = f"From: {body}\r\n".encode()
        domains += [one.domain for one in parse_addresses(HeaderField(0, "From", raw, body, 0, 5, len(raw)))]
    return tuple(domains), len(bodies)


def judge(vector: dict[str, Any], ask: Lookup) -> DmarcCheck:
    author, count = author_of(vector["from"])
    spf = vector["spf"]
    dkim = tuple(dkim_check(one["result"], one["domain"], i) for i, one in enumerate(vector["dkim"]))
    sender = spf_check(spf["result"], spf["domain"], scope=spf.get("scope", "mailfrom"))
    return check_dmarc(author, count, sender, dkim, ask)


def zone_of(vector: dict[str, Any]) -> Zone:
    return Zone(vector["zone"], tuple(vector.get("exists", ())), tuple(vector.get("dns_error", ())))


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


# ------------------------------------------------------------------------------------------------ the vectors


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


# ------------------------------------------------------------------------------------------------ codes and notes


def check(
    zone: dict[str, list[Any]],
    author: tuple[str, ...] = ("example.com",),
    *,
    spf: SpfCheck | None = None,
    dkim: tuple[DkimCheck, ...] = (),
    count: int = 1,
    exists: tuple[str, ...] = (),
    broken: tuple[str, ...] = (),
) -> DmarcCheck:
    return check_dmarc(author, count, spf or spf_check(), dkim, Zone(zone, exists, broken))


def notes(found: DmarcCheck) -> dict[str, str]:
    return {note.code: note.detail for note in found.notes}


REJECT = {"_dmarc.example.com": ["v=DMARC1; p=reject"]}


@pytest.mark.parametrize(
    ("author", "count", "code"),
    [
        ((), 0, "na.no_from"),
        (("example.com",), 2, "na.several_from"),
        (("example.com", "example.net"), 1, "na.several_domains"),
        (("example.com", ""), 1, "na.several_domains"),
        ((), 1, "na.no_domain"),
        (("",), 1, "na.no_domain"),
        (("192.0.2.1",), 1, "na.no_domain"),
    ],
)
def test_without_one_author_domain_there_is_no_verdict(author: tuple[str, ...], count: int, code: str) -> None:
    zone = Zone(REJECT)
    found = check_dmarc(author, count, spf_check("pass", "example.com"), (dkim_check("pass", "example.com"),), zone)
    assert (found.result, found.code, found.disposition, found.psl) == (Result.NONE, code, None, None)
    assert [one.domain for one in found.identifiers] == ["example.com", "example.com"]
    assert not any(one.counts for one in found.identifiers)
    assert zone.asked == []


def test_two_records_alone_are_named_as_the_reason() -> None:
    found = check({"_dmarc.example.com": ["v=DMARC1; p=reject", "v=DMARC1; p=none"]})
    assert (found.result, found.code, notes(found)["note.several_records"]) == (
        "none",
        "none.several_records",
        "example.com",
    )


def test_a_pass_has_no_code() -> None:
    found = check(REJECT, dkim=(dkim_check("pass", "example.com"),))
    assert (found.result, found.code, found.dkim_aligned, found.spf_aligned) == ("pass", None, True, False)


def test_a_failed_search_for_the_record_is_no_verdict() -> None:
    found = check({}, broken=("_dmarc.example.com",), dkim=(dkim_check("pass", "example.com"),))
    assert (found.result, found.code, found.disposition) == ("temperror", "temperror.policy", None)
    assert found.identifiers[0].exact


def test_a_failed_search_above_a_missing_record_is_no_verdict() -> None:
    found = check({}, ("mail.example.com",), broken=("_dmarc.example.com",))
    assert (found.code, found.organization.how) == ("temperror.policy", "error")


def test_a_failed_walk_that_could_have_aligned_is_no_verdict() -> None:
    found = check(REJECT, dkim=(dkim_check("pass", "a.b.example.com"),), broken=("_dmarc.b.example.com",))
    assert (found.result, found.code, found.dkim_aligned) == ("temperror", "temperror.org", None)


def test_a_failed_walk_of_a_stranger_does_not_matter() -> None:
    found = check(REJECT, dkim=(dkim_check("pass", "esp.example.net"),), broken=("_dmarc.example.net",))
    assert (found.result, found.code) == ("fail", "fail.passed_not_aligned")


def test_a_failed_walk_for_the_picture_alone_does_not_matter() -> None:
    found = check(REJECT, dkim=(dkim_check("fail", "a.b.example.com"),), broken=("_dmarc.b.example.com",))
    assert (found.result, found.identifiers[0].aligned) == ("fail", None)


def test_when_both_walks_fail_names_below_another_top_cannot_align() -> None:
    found = check(
        {"_dmarc.mail.example.com": ["v=DMARC1; p=reject"]},
        ("mail.example.com",),
        dkim=(dkim_check("pass", "example.net"),),
        broken=("_dmarc.example.com", "_dmarc.example.net"),
    )
    assert found.result is Result.FAIL


def test_an_spf_time_out_of_an_aligned_name_is_no_verdict() -> None:
    found = check(REJECT, spf=spf_check("temperror", "example.com"))
    assert (found.result, found.code) == ("temperror", "temperror.spf")


def test_an_spf_time_out_beside_an_aligned_signature_does_not_matter() -> None:
    found = check(REJECT, spf=spf_check("temperror", "example.com"), dkim=(dkim_check("pass", "example.com"),))
    assert found.result is Result.PASS


def test_a_helo_time_out_with_an_ordinary_sender_does_not_matter() -> None:
    found = check(REJECT, spf=spf_check("temperror", "example.com", scope="helo"))
    assert found.result is Result.FAIL


def test_helo_is_the_identity_of_a_null_sender() -> None:
    found = check(REJECT, spf=spf_check("pass", "mail.example.com", scope="helo", mail_from=""))
    assert (found.result, found.spf_aligned) == ("pass", True)


def test_whether_the_author_exists_is_asked_only_for_np() -> None:
    asked = Zone({"_dmarc.example.com": ["v=DMARC1; p=none; sp=reject"]})
    check_dmarc(("nosuch.example.com",), 1, spf_check(), (), asked)
    assert {question.rtype for question in asked.asked} == {"TXT"}
    asked = Zone({"_dmarc.example.com": ["v=DMARC1; p=none; np=reject"]})
    found = check_dmarc(("nosuch.example.com",), 1, spf_check(), (), asked)
    assert asked.asked.count(Question("nosuch.example.com", "A")) == 1
    assert (found.author_exists, found.policy_tag, found.disposition) == (False, "np", "reject")


def test_an_existing_subdomain_gets_sp_and_not_np() -> None:
    zone = {"_dmarc.example.com": ["v=DMARC1; p=none; sp=quarantine; np=reject"]}
    found = check(zone, ("m.example.com",), exists=("m.example.com",))
    assert (found.author_exists, found.policy_tag, found.policy) == (True, "sp", "quarantine")


def test_without_knowing_whether_the_author_exists_a_failure_has_no_verdict() -> None:
    zone = {"_dmarc.example.com": ["v=DMARC1; p=none; np=reject"]}
    found = check(zone, ("m.example.com",), broken=("m.example.com",))
    assert (found.result, found.code, found.policy, found.disposition) == ("temperror", "temperror.exists", None, None)
    found = check(zone, ("m.example.com",), broken=("m.example.com",), dkim=(dkim_check("pass", "example.com"),))
    assert (found.result, found.disposition) == ("pass", "none")


def test_existence_does_not_matter_where_both_wishes_are_alike() -> None:
    zone = {"_dmarc.example.com": ["v=DMARC1; p=none; sp=reject; np=reject"]}
    found = check(zone, ("m.example.com",), broken=("m.example.com",))
    assert (found.result, found.policy_tag, found.disposition) == ("fail", "sp", "reject")


def test_a_replaced_policy_is_noted_with_the_tag_to_blame() -> None:
    found = check({"_dmarc.example.com": ["v=DMARC1; p=reject; np=rejct; rua=mailto:d@example.com"]})
    assert (found.policy_tag, notes(found)["note.policy_replaced"]) == ("p=none", "np")


def test_test_mode_historic_tags_and_the_old_rules_are_noted() -> None:
    found = check({"_dmarc.example.com": ["v=DMARC1; p=reject; t=y; pct=50"]})
    assert notes(found) == {"note.t": "reject", "note.historic_tag": "pct=50", "note.psl_differs": "fail"}
    assert (found.test_mode, found.policy, found.disposition) == (True, "reject", "quarantine")


def test_a_repeated_tag_is_noted_with_its_place() -> None:
    assert notes(check({"_dmarc.example.com": ["v=DMARC1; p=none; p=reject"]}))["note.duplicate_tag"] == "example.com"


def test_an_organisation_that_is_a_public_suffix_is_noted() -> None:
    found = check({"_dmarc.co.jp": ["v=DMARC1; p=none"]}, ("shop.co.jp",))
    assert notes(found)["note.public_suffix"] == "co.jp"


def test_a_name_too_deep_for_the_walk_is_noted() -> None:
    assert "note.depth" in notes(check(REJECT, ("a.b.c.d.e.f.g.example.com",)))
    assert "note.depth" not in notes(check(REJECT, ("b.c.d.e.f.g.example.com",)))


def test_a_signature_that_only_lacks_its_body_is_noted() -> None:
    found = check(REJECT, dkim=(dkim_check("neutral", "mail.example.com", 4, "body.missing"),))
    assert (found.result, notes(found)["note.body_missing"]) == ("fail", "4")


def test_names_are_compared_for_the_picture_even_without_a_record() -> None:
    found = check({}, spf=spf_check("pass", "example.com"), dkim=(dkim_check("fail", "esp.example.net"),))
    assert found.code == "none.no_record"
    assert [(one.aligned, one.exact, one.organization) for one in found.identifiers] == [
        (True, True, "example.com"),
        (False, False, "esp.example.net"),
    ]


def test_a_signature_without_a_domain_aligns_with_nothing() -> None:
    found = check(REJECT, dkim=(dkim_check("permerror", ""),))
    assert (found.identifiers[0].aligned, found.identifiers[0].exact) == (False, False)


def test_a_flood_of_failed_signatures_is_not_walked() -> None:
    zone = Zone(REJECT)
    dkim = tuple(dkim_check("fail", f"d{n}.example.net", n) for n in range(100))
    found = check_dmarc(("example.com",), 1, spf_check(), dkim, zone)
    assert len(zone.asked) < 30
    assert found.identifiers[-1].aligned is None
    assert found.result is Result.FAIL


def test_a_passing_signature_is_walked_however_many_failed_before_it() -> None:
    dkim = tuple(dkim_check("fail", f"d{n}.example.net", n) for n in range(100))
    assert check(REJECT, dkim=(*dkim, dkim_check("pass", "m.example.com", 100))).result is Result.PASS


def test_a_name_too_long_to_be_asked_has_no_record() -> None:
    def ask(question: Question) -> Answer:
        return Answer(question, Outcome.FAILED, failure=Failure.BAD_NAME)

    assert check_dmarc(("a" * 63 + ".example",), 1, spf_check(), (), ask).code == "none.no_record"


def test_records_of_octets_that_are_no_text_do_no_harm() -> None:
    def ask(question: Question) -> Answer:
        return Answer(question, Outcome.FOUND, ((b"v=DMARC1; p=none; rua=\xff\x00",),))

    assert check_dmarc(("example.com",), 1, spf_check(), (), ask).policy == "none"


def fails_at(number: int) -> Callable[[Question], Answer]:
    """A zone whose question number `number` fails."""
    zone = Zone({"_dmarc.example.com": ["v=DMARC1; p=quarantine; sp=none; np=reject"]})

    def ask(question: Question) -> Answer:
        answer = zone(question)
        failed = Answer(question, Outcome.FAILED, failure=Failure.TIMEOUT)
        return failed if len(zone.asked) == number else answer

    return ask


def failures() -> Iterator[DmarcCheck]:
    for number in range(1, 8):
        dkim = (dkim_check("pass", "example.com"), dkim_check("fail", "m.example.net", 1))
        yield check_dmarc(("x.example.com",), 1, spf_check(), dkim, fails_at(number))


def test_whichever_question_fails_the_verdict_is_never_a_failure_of_the_sender() -> None:
    assert [found.result.value for found in failures()] == ["temperror"] * 3 + ["pass"] * 4
