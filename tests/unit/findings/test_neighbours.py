"""Fields beside authentication as notes."""

from __future__ import annotations

from dataclasses import replace

from headerlens.findings.find import find
from headerlens.findings.neighbours import find_neighbours
from headerlens.findings.verdict import judge
from headerlens.model.verdicts import SignedField, Trust, TrustedField
from tests.support.facts import AUTHOR, dkim, facts, field_of, message, spf

LIST = ("List-Unsubscribe: <https://example.co.jp/u?7>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click")


def test_each_kind_of_field_is_named_once() -> None:
    made = message("DKIM2-Signature: i=1", "DKIM2-Signature: i=2", "BIMI-Selector: s", "BIMI-Selector: t", *LIST)
    found = list(find_neighbours(facts((dkim(),), made=made)))
    assert [(one.id, dict(one.params)) for one in found] == [
        ("neighbour.dkim2", {"n": 2}),
        ("neighbour.bimi", {"names": "BIMI-Selector"}),
        ("neighbour.one-click", {"reason": "one-click.unsigned"}),
    ]
    assert [len(one.where) for one in found] == [2, 2, 2]


def test_a_feedback_id_of_the_senders_own_signature_is_covered() -> None:
    made = message("Feedback-ID: 7:news:jp:midorishop")
    covering = (SignedField("feedback-id", field_of(made, "feedback-id")),)
    own, foreign = (replace(dkim(domain), signed_fields=covering) for domain in (AUTHOR, "mailer-7.example.net"))
    for check, state in ((own, "covered"), (foreign, "foreign")):
        (found,) = find_neighbours(facts((check,), made=made))
        assert dict(found.params) == {"id": "midorishop", "reason": f"feedback.{state}"}


def test_a_bimi_result_is_told_only_of_a_receiver_that_is_believed() -> None:
    made = message("Authentication-Results: mx.google.com; bimi=pass header.d=example.co.jp")
    for trust, ids in ((Trust.TRUSTED, ["neighbour.bimi-recorded"]), (Trust.UNTRUSTED, [])):
        judged = (TrustedField(field_of(made), trust, "trust.chosen", "mx.google.com"),)
        assert [one.id for one in find_neighbours(facts(made=made, trust=judged))] == ids


def test_nothing_of_it_changes_the_answer() -> None:
    plain = facts((dkim(AUTHOR),), spf(AUTHOR), made=message())
    made = message("DKIM2-Signature: i=1", "BIMI-Indicator: x", *LIST, "Feedback-ID: 7:news:jp:midorishop")
    with_all = replace(plain, message=made)
    assert judge(with_all) == judge(plain)
    more = {one.id for one in find(with_all)} - {one.id for one in find(plain)}
    assert more == {"neighbour.dkim2", "neighbour.bimi", "neighbour.one-click", "neighbour.feedback-id"}
