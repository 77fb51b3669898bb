"""What the receiver did, as notes."""

from __future__ import annotations

from headerlens.findings.facts import Facts
from headerlens.findings.handling import find_handling
from headerlens.model.verdicts import Trust
from tests.support.facts import believed, dkim, facts, message


def _facts(results: str, *, trust: Trust = Trust.TRUSTED) -> Facts:
    made = message(f"Authentication-Results: mx.google.com; {results}")
    return facts((dkim(),), made=made, trust=believed(made, trust))


def test_a_failure_is_told_with_what_the_receiver_did() -> None:
    (found,) = find_handling(_facts("dmarc=fail (p=REJECT dis=NONE) header.from=x.example"))
    assert found.id == "recorded.action"
    assert dict(found.params) == {"receiver": "mx.google.com", "action": "action-taken.none", "recorded": "fail"}


def test_a_pass_to_which_nothing_was_done_is_not_worth_a_word() -> None:
    assert not list(find_handling(_facts("dmarc=pass (p=REJECT dis=NONE) header.from=x.example")))


def test_compauth_is_a_note_with_its_reason() -> None:
    (found,) = find_handling(_facts("compauth=softpass reason=201; compauth=pass reason=100"))
    assert dict(found.params) == {"receiver": "mx.google.com", "result": "softpass", "reason": "compauth.softpass"}


def test_forged_results_say_nothing_of_what_was_done() -> None:
    assert not list(find_handling(_facts("dmarc=fail (dis=NONE); compauth=pass reason=100", trust=Trust.UNTRUSTED)))


def test_a_filter_report_of_others_is_named_as_such() -> None:
    made = message("X-Forefront-Antispam-Report: SFV:NSPM;SCL:-1")
    (found,) = find_handling(facts(made=made))
    assert (found.id, dict(found.params)) == ("recorded.foreign-filter", {"header": "X-Forefront-Antispam-Report"})
