"""DMARC by RFC 9989: what the vectors (test_dmarc_vectors) leave open."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from headerlens.model.dns import Answer, Failure, Outcome, Question
from headerlens.model.verdicts import DkimCheck, DmarcCheck, Result, SpfCheck
from headerlens.verify.dmarc import check_dmarc
from tests.support.dmarc_world import Zone, dkim_check, spf_check


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
