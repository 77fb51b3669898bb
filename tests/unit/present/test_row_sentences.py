"""The sentences under the tiles say no more than the verdict proves."""

from __future__ import annotations

import dataclasses

import pytest

from headerlens.findings.verdict import judge
from headerlens.model.verdicts import ArcCheck, Result
from headerlens.present.row_sentences import dkim_sentence, from_sentence, spf_sentence
from headerlens.present.standing import Standing
from tests.support.facts import AUTHOR, RESULTS, dkim, dmarc, facts, message, sealed, spf

LIST = "lists.example.net"


@pytest.mark.parametrize(("list_id", "expected"), [(LIST, "list"), ("lists.example.com", "other")])
def test_a_pass_is_called_the_lists_only_where_the_list_is_proved(list_id: str, expected: str) -> None:
    made = sealed(message(RESULTS, f"List-Id: Dev <dev.{list_id}>"))
    checks = (dkim(AUTHOR, "hash.body"), dkim(LIST, index=1))
    given = facts(checks, spf(LIST), made=made, arc=ArcCheck(Result.PASS, None))
    judged = judge(given)
    assert judged.situation == "S7"
    assert spf_sentence(given, judged, Standing.ELSEWHERE)[0] == f"row.spf.{expected}"
    third = {"list": "row.dkim.list", "other": "row.dkim.third-party"}[expected]
    assert dkim_sentence(given, judged, checks[1], Standing.ELSEWHERE)[0] == third


@pytest.mark.parametrize(
    ("code", "expected"), [("temperror.policy", "row.from.both"), ("none.no_record", "row.from.no-policy")]
)
def test_a_policy_that_was_not_heard_is_not_called_absent(code: str, expected: str) -> None:
    checks, checked = (dkim(AUTHOR),), spf(AUTHOR)
    given = facts(checks, checked, policy=dmarc(checks, checked, policy=None, code=code))
    assert from_sentence(given, judge(given), 2)[0] == expected


def test_no_name_is_the_right_one_where_there_is_no_single_sender() -> None:
    checks, checked = (dkim(AUTHOR),), spf(AUTHOR)
    policy = dataclasses.replace(dmarc(checks, checked), author_domain="", policy_domain=None, identifiers=())
    given = facts(checks, checked, policy=policy)
    assert spf_sentence(given, judge(given), Standing.FAILS)[0] == "row.no-sender"
    assert dkim_sentence(given, judge(given), checks[0], Standing.FAILS)[0] == "row.no-sender"
