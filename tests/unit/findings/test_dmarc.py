"""Policy, verdict and notes of DMARC, and names that nearly align."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from headerlens.findings.alignment import find_alignment
from headerlens.findings.dmarc import MOST_SIGNATURES, find_dmarc
from headerlens.findings.facts import Facts
from headerlens.findings.find import find
from headerlens.findings.rank import severity_of
from headerlens.model.case import Case
from headerlens.model.findings import Severity
from headerlens.model.message import BodyState
from headerlens.model.verdicts import Note, Organization, PslView, Result
from headerlens.pipeline import analyse
from headerlens.present.findings import present_findings
from headerlens.present.words import Words
from headerlens.samples import samples
from tests.support.corpus_cases import corpus_case
from tests.support.facts import AUTHOR, HOME, NO_SPF, RESULTS, case_of, dkim, dmarc, facts, message, spf

OTHER = "mailer-7.example.net"


def _ids(given: Facts) -> list[str]:
    return [finding.id for finding in find_dmarc(given)]


def test_a_policy_is_a_wish_with_its_value() -> None:
    found = next(f for f in find_dmarc(facts((dkim(HOME),))) if f.id == "dmarc.policy")
    assert found.params == {"domain": HOME, "wish": "wish.reject", "policy": "reject"}


@pytest.mark.parametrize(
    ("policy", "testing", "expected"),
    [
        ("none", False, ["dmarc.monitoring"]),
        ("quarantine", False, ["dmarc.policy"]),
        ("reject", True, ["dmarc.policy", "dmarc.testing"]),
        ("quarantine", True, ["dmarc.policy", "dmarc.testing-quarantine"]),
    ],
)
def test_what_the_owner_asks_for(policy: str, testing: bool, expected: list[str]) -> None:
    checks = (dkim(HOME),)
    assert _ids(facts(checks, policy=dmarc(checks, policy=policy, testing=testing))) == expected


@pytest.mark.parametrize(
    ("code", "identifier"),
    [
        ("none.no_record", "dmarc.no-record"),
        ("none.several_records", "dmarc.several-records"),
        ("none.version", "dmarc.version"),
        ("none.unusable_policy", "dmarc.unusable-policy"),
        ("temperror.policy", "dmarc.temperror"),
        ("temperror.something_new", "dmarc.temperror"),
    ],
)
def test_a_missing_record_or_answer_is_named(code: str, identifier: str) -> None:
    assert _ids(facts(policy=dmarc(policy=None, code=code))) == [identifier]


def test_a_fail_names_the_domain_that_passed() -> None:
    found = next(find_dmarc(facts((dkim(OTHER),))))
    assert (found.id, found.params) == ("dmarc.not-aligned", {"author": AUTHOR, "other": OTHER})
    assert next(find_dmarc(facts())).id == "dmarc.nothing-passed"


@pytest.mark.parametrize(
    ("note", "identifier"),
    [
        ("note.policy_replaced", "dmarc.policy-replaced"),
        ("note.duplicate_tag", "dmarc.duplicate-tag"),
        ("note.historic_tag", "dmarc.historic-tag"),
        ("note.psl_differs", "dmarc.older-receivers"),
        ("note.depth", "dmarc.depth"),
    ],
)
def test_each_note_has_its_finding(note: str, identifier: str) -> None:
    checks = (dkim(HOME),)
    assert identifier in _ids(facts(checks, policy=dmarc(checks, notes=(Note(note, "pct"),))))


def test_an_unknown_note_is_passed_over() -> None:
    checks = (dkim(HOME),)
    assert _ids(facts(checks, policy=dmarc(checks, notes=(Note("note.new"),)))) == ["dmarc.policy"]


def test_a_domain_that_does_not_exist_is_a_problem() -> None:
    assert "dmarc.no-such-domain" in _ids(facts(policy=replace(dmarc(), author_exists=False)))


def test_traces_of_a_list_are_remarked_only_beside_a_failing_author_signature() -> None:
    made = message(RESULTS, "List-Id: <dev.lists.example.net>")
    assert "dmarc.indirect" in _ids(facts((dkim(AUTHOR, "hash.body"),), made=made))
    assert "dmarc.indirect" not in _ids(facts((dkim(OTHER),), made=made))


def test_strict_mode_is_the_cause_where_relaxed_mode_would_have_passed() -> None:
    checks = (dkim(HOME),)
    given = facts(checks, policy=dmarc(checks, strict=True))
    assert [f.id for f in find_alignment(given)] == ["dmarc.strict"]
    assert find(given)[0].id == "dmarc.strict"


def test_an_organisation_of_its_own_is_named() -> None:
    checks = (dkim(f"spun-off.{HOME}"),)
    given = facts(checks, policy=dmarc(checks, NO_SPF, separate=frozenset({f"spun-off.{HOME}"})))
    assert [f.id for f in find_alignment(given)] == ["dmarc.separate-organisation"]


def test_another_organisation_is_no_near_miss() -> None:
    assert not list(find_alignment(facts((dkim(OTHER),))))


@pytest.mark.parametrize(
    ("view", "changes", "reason"),
    [
        (PslView("other.example", HOME, Result.FAIL, "reject", differs=True), {}, "organisation"),
        (PslView(HOME, AUTHOR, Result.PASS, "none", differs=True), {}, "record"),
        (PslView(HOME, HOME, Result.TEMPERROR, None, differs=True), {}, "missing-answer"),
        (PslView(HOME, HOME, Result.FAIL, "reject", differs=True), {"policy_tag": "np"}, "nonexistent"),
        (PslView(HOME, HOME, Result.FAIL, "reject", differs=True), {"policy_tag": "p=none"}, "bad-policy"),
        (PslView(HOME, HOME, Result.FAIL, "reject", differs=True), {"test_mode": True}, "testing"),
        (
            PslView(HOME, HOME, Result.FAIL, "reject", differs=True),
            {"organization": Organization(AUTHOR, AUTHOR, "psd=n")},
            "declared",
        ),
        (
            PslView(HOME, None, Result.NONE, None, differs=True),
            {"notes": (Note("note.several_records", AUTHOR), Note("note.psl_differs"))},
            "several",
        ),
        (PslView(HOME, HOME, Result.FAIL, "reject", differs=True), {}, "other"),
    ],
)
def test_why_older_receivers_decide_otherwise_is_told(view: PslView, changes: dict[str, Any], reason: str) -> None:
    policy = replace(dmarc((dkim(HOME),), notes=(Note("note.psl_differs"),)), psl=view, **changes)
    found = next(one for one in find_dmarc(facts((dkim(HOME),), policy=policy)) if one.id == "dmarc.older-receivers")
    assert found.params["reason"] == f"older.{reason}"


def test_the_organisations_of_both_rule_books_stand_in_the_evidence() -> None:
    view = PslView("co.jp", HOME, Result.FAIL, "reject", differs=True)
    policy = replace(dmarc((dkim(HOME),), notes=(Note("note.psl_differs"),)), psl=view)
    case = case_of(facts((dkim(HOME),), policy=policy))
    told = next(one for one in present_findings(case, Words("en")) if one.id == "dmarc.older-receivers")
    assert told.evidence == (f"Organisation by the rules of RFC 7489: co.jp; by RFC 9989: {HOME}",)


def test_without_a_body_nothing_has_failed() -> None:
    given = facts((dkim(HOME, "body.missing"),), spf(OTHER), body=BodyState.MISSING)
    assert _ids(given) == ["dmarc.unfinished", "dmarc.policy"]
    assert [one.id for one in find(given) if severity_of(one) is Severity.PROBLEM] == []


def test_what_was_never_delivered_has_not_failed() -> None:
    assert _ids(facts(made=message(received=()))) == ["dmarc.policy"]
    assert "dkim.none" not in [one.id for one in find(facts(made=message(received=())))]


def test_a_policy_without_an_answer_is_a_note_where_it_cannot_matter() -> None:
    for domain, expected in ((AUTHOR, "dmarc.policy-unknown"), (HOME, "dmarc.temperror")):
        checks = (dkim(domain),)
        assert _ids(facts(checks, policy=dmarc(checks, policy=None, code="temperror.policy"))) == [expected]


def test_a_name_of_the_senders_own_is_not_anybodys() -> None:
    checks = (dkim(f"mail.{AUTHOR}"),)
    found = find(facts(checks, policy=dmarc(checks, strict=True)))
    assert [one.id for one in found] == ["dmarc.strict", "spf.no-domain", "dmarc.policy", "dkim.pass"]


def _sample_case(name: str) -> Case:
    sample = next(one for one in samples() if one.name == name)
    return analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices)


def _marked(case: Case, finding: str) -> list[str]:
    """The header fields a finding marks, from the top."""
    found = next(one for one in case.findings if one.id == finding)
    indexes = sorted(one.field_index for one in found.where if one.field_index is not None)
    return [case.message.fields[index].name for index in indexes]


def test_a_verdict_without_a_connection_marks_the_sender_the_signature_and_the_record_of_both() -> None:
    case = _sample_case("spoofed")
    assert _marked(case, "dmarc.not-aligned") == ["Authentication-Results", "DKIM-Signature", "From"]
    places = next(one for one in present_findings(case, Words("en")) if one.id == "dmarc.not-aligned").places
    assert [place.text.partition(",")[0] for place in places] == [
        "From", "DKIM-Signature", "Authentication-Results", "DNS: _dmarc.example.co.jp",
    ]  # fmt: skip


def test_results_that_are_not_believed_are_no_place_of_a_verdict() -> None:
    sample = next(one for one in samples() if one.name == "spoofed")
    raw = sample.message()
    below = raw.octets.replace(b"Authentication-Results: mx.google.com", b"Authentication-Results: mx.forger.example")
    assert below != raw.octets
    case = analyse(replace(raw, octets=below), sample.lookup(), sample.checked_at)
    assert _marked(case, "dmarc.not-aligned") == ["DKIM-Signature", "From"]


def test_a_verdict_marks_a_few_signatures_only() -> None:
    checks = tuple(replace(dkim(OTHER), index=number) for number in range(9))
    found = next(find_dmarc(facts(checks)))
    assert len([one for one in found.where if one.field_index is not None]) <= MOST_SIGNATURES + 2


def test_strict_mode_marks_the_sender_and_the_signature_it_keeps_out() -> None:
    assert _marked(corpus_case("dmarc-strict-dkim"), "dmarc.strict") == ["DKIM-Signature", "From"]
