"""DKIM2, BIMI, one-click unsubscribing and Feedback-ID: recognised by their form, covered or not, never judged."""

from dataclasses import replace

import pytest

from headerlens.model.message import Message
from headerlens.model.verdicts import DkimCheck, SignedField
from headerlens.verify.neighbours import (
    FEEDBACK_STATES,
    ONE_CLICK_STATES,
    FeedbackId,
    OneClick,
    bimi_fields,
    dkim2_fields,
    feedback_id,
    one_click,
)
from tests.support.facts import HOME, dkim, message

LIST = "List-Unsubscribe: <mailto:u@example.co.jp>, <https://example.co.jp/u?7>"
POST = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
FEEDBACK = "Feedback-ID: 7:news:jp:midorishop"


def covering(made: Message, *names: str, code: str | None = None, domain: str = HOME) -> DkimCheck:
    """A signature that covers the fields of these names."""
    fields = tuple(SignedField(field.key, field.index) for field in made.fields if field.key in names)
    return replace(dkim(domain, code), signed_fields=fields)


BOTH = ("list-unsubscribe", "list-unsubscribe-post")


def test_covered_by_one_passing_signature_is_covered() -> None:
    made = message(LIST, POST)
    assert one_click(made, (covering(made, *BOTH),)) == OneClick("covered", (1, 2))


def test_two_signatures_with_a_line_each_cover_nothing() -> None:
    made = message(LIST, POST)
    halves = tuple(covering(made, name) for name in BOTH)
    assert one_click(made, halves) == OneClick("unsigned", (1, 2))


def test_a_signature_that_does_not_pass_is_told_apart() -> None:
    made = message(LIST, POST)
    assert one_click(made, (covering(made, *BOTH, code="hash.body"),)) == OneClick("not-passing", (1, 2))


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ((LIST,), "no-post"),
        ((POST,), "no-list"),
        ((LIST, "List-Unsubscribe-Post: One-Click"), "bad-post"),
        (("List-Unsubscribe: <mailto:u@example.co.jp>", POST), "no-https"),
        (("List-Unsubscribe: <http://example.co.jp/u>", POST), "no-https"),
        ((LIST, LIST, POST), "several"),
        ((LIST, "List-Unsubscribe-Post:  list-unsubscribe = one-click"), "unsigned"),
    ],
)
def test_the_form_of_both_lines_is_looked_at(lines: tuple[str, ...], state: str) -> None:
    found = one_click(message(*lines), ())
    assert found is not None
    assert found.state == state
    assert state in ONE_CLICK_STATES


def test_a_message_that_offers_no_unsubscribing_says_nothing() -> None:
    assert one_click(message(), (dkim(),)) is None


def test_a_feedback_id_wants_the_senders_own_signature() -> None:
    made = message(FEEDBACK)
    check = covering(made, "feedback-id")
    assert feedback_id(made, (check,), frozenset({0})) == FeedbackId("covered", "midorishop", (1,))
    assert feedback_id(made, (check,), frozenset()) == FeedbackId("foreign", "midorishop", (1,))
    failing = covering(made, "feedback-id", code="hash.body")
    assert feedback_id(made, (failing,), frozenset({0})) == FeedbackId("not-passing", "midorishop", (1,))
    assert feedback_id(made, (dkim(),), frozenset({0})) == FeedbackId("unsigned", "midorishop", (1,))


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("::1.ap-northeast-1.abc=:AmazonSES", "unsigned"),
        ("midorishop", "unsigned"),
        ("a:b:c:d:e", "form"),
        ("a:b:c:abc", "form"),
        ("a:b:c:" + "x" * 16, "form"),
        ("a:b:c:", "form"),
    ],
)
def test_a_sender_id_has_5_to_15_characters_and_at_most_three_before_it(written: str, state: str) -> None:
    found = feedback_id(message(f"Feedback-ID: {written}"), (), frozenset())
    assert found is not None
    assert found.state == state
    assert state in FEEDBACK_STATES


def test_a_second_feedback_id_makes_both_worthless() -> None:
    found = feedback_id(message(FEEDBACK, FEEDBACK), (), frozenset())
    assert found is not None
    assert (found.state, found.fields) == ("several", (1, 2))


def test_dkim2_and_bimi_are_known_by_their_names() -> None:
    made = message("DKIM2-Signature: i=1", "Message-Instance: m=1", "BIMI-Indicator: x", "bimi-selector: v=BIMI1; s=x")
    assert dkim2_fields(made) == (1, 2)
    assert bimi_fields(made) == (3, 4)
    assert (dkim2_fields(message()), bimi_fields(message())) == ((), ())


def test_long_lines_stay_cheap() -> None:
    made = message("List-Unsubscribe: " + "<https://" * 20_000, POST, "Feedback-ID: " + ":" * 200_000)
    assert one_click(made, ()) == OneClick("no-https", (1, 2))
    found = feedback_id(made, (), frozenset())
    assert found is not None
    assert found.state == "form"
