"""The order of findings, and consequences behind their causes."""

from __future__ import annotations

from headerlens.findings.catalogue import entries
from headerlens.findings.find import find
from headerlens.findings.rank import rank, severity_of
from headerlens.model.findings import Finding, Severity
from headerlens.model.verdicts import Result
from tests.support.facts import AUTHOR, HOME, dkim, facts, spf


def test_problems_come_first_and_goods_last() -> None:
    found = rank(
        [Finding("dkim.pass"), Finding("dmarc.policy"), Finding("identity.reply-to"), Finding("dmarc.nothing-passed")]
    )
    order = [severity_of(finding) for finding in found]
    assert order == [Severity.PROBLEM, Severity.WARNING, Severity.NOTE, Severity.GOOD]


def test_a_consequence_stands_behind_its_cause_and_names_it() -> None:
    found = rank([Finding("dmarc.nothing-passed"), Finding("dkim.no-key")])
    assert [finding.id for finding in found] == ["dkim.no-key", "dmarc.nothing-passed"]
    assert found[1].because == ("dkim.no-key",)


def test_a_cause_weighs_as_much_as_what_it_causes() -> None:
    found = rank(
        [Finding("spf.fail"), Finding("dkim.no-key"), Finding("dmarc.nothing-passed"), Finding("identity.no-from")]
    )
    assert [finding.id for finding in found][:2] == ["dkim.no-key", "dmarc.nothing-passed"]


def test_no_finding_is_lost_or_doubled() -> None:
    given = [
        Finding("dkim.no-key", {"n": 1}),
        Finding("dkim.no-key", {"n": 2}),
        Finding("dmarc.nothing-passed"),
        Finding("dmarc.strict"),
    ]
    assert sorted(finding.id for finding in rank(given)) == sorted(finding.id for finding in given)


def test_nothing_hides_itself_by_way_of_others() -> None:
    hides = {identifier: set(entry.hides) for identifier, entry in entries().items()}
    for identifier, direct in hides.items():
        below, reached = set(direct), set[str]()
        while below:
            reached |= below
            below = set().union(*(hides[one] for one in below)) - reached
        assert identifier not in reached, identifier


def test_all_consequences_stand_under_the_root() -> None:
    found = rank([Finding("dmarc.nothing-passed"), Finding("dkim.no-key"), Finding("publish.doubled-key")])
    assert found[0].id == "publish.doubled-key"
    assert {finding.because for finding in found[1:]} == {("publish.doubled-key",)}


def test_a_cause_that_a_rule_named_holds_for_the_consequences_of_the_consequence() -> None:
    changed = Finding("dkim.body-changed", because=("recorded.differs",))
    found = rank([changed, Finding("recorded.differs"), Finding("dmarc.nothing-passed")])
    assert [finding.id for finding in found] == ["recorded.differs", "dkim.body-changed", "dmarc.nothing-passed"]
    assert {finding.because for finding in found[1:]} == {("recorded.differs",)}


def test_a_finding_may_stand_under_an_earlier_one_of_its_own_kind() -> None:
    second = Finding("recorded.differs", {"check": "DMARC"}, because=("recorded.differs",))
    found = rank([Finding("recorded.differs", {"check": "DKIM 1"}), second])
    assert [finding.because for finding in found] == [(), ("recorded.differs",)]


def test_the_first_finding_of_a_broken_signature_is_its_cause() -> None:
    found = find(facts((dkim(HOME, "hash.body"),), spf(AUTHOR, Result.FAIL)))
    assert found[0].id == "dkim.body-changed"
    assert found[0].because == ()
