"""Evidence that a list or forwarder had the message in its hands."""

from __future__ import annotations

import pytest

from headerlens.findings.lists import list_that_sent, sealed_as_passing
from headerlens.findings.verdict import judge
from headerlens.model.verdicts import ArcCheck, Result
from tests.support.facts import AUTHOR, HOME, RESULTS, dkim, facts, message, sealed, spf

PASSING = ArcCheck(Result.PASS, None)


@pytest.mark.parametrize(
    ("list_id", "sent_by", "expected"),
    [
        ("dev.lists.example.net", "lists.example.net", "lists.example.net"),
        ("dev.example.net", "bounce.example.net", "bounce.example.net"),  # one owner
        ("dev.example.net", "evil.example", None),
        ("net", "evil.net", None),
        ("co.jp", "evil.co.jp", None),
        (f"news.{AUTHOR}", "evil.example", None),
        (HOME, HOME, None),
    ],
)
def test_a_list_sent_it_only_where_its_own_check_passes(list_id: str, sent_by: str, expected: str | None) -> None:
    made = message(RESULTS, f"List-Id: Dev <{list_id}>")
    assert list_that_sent(facts((), spf(sent_by), made=made)) == expected


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("dmarc=pass header.from=example.co.jp", True),
        (f"dkim=pass header.d={AUTHOR}", True),
        (f"dkim=pass header.i=@{AUTHOR}", True),
        ("dkim=pass header.d=evil.example; dmarc=fail", False),
        ("spf=pass", False),
    ],
)
def test_a_chain_speaks_for_the_author_only_where_its_first_set_recorded_it(results: str, expected: bool) -> None:
    made = sealed(message(RESULTS), results)
    assert sealed_as_passing(facts(made=made, arc=PASSING)) is expected
    assert not sealed_as_passing(facts(made=made, arc=ArcCheck(Result.FAIL, "arc.seal_invalid")))


def test_a_genuine_header_above_another_body_is_refused_however_it_is_sealed() -> None:
    checks = (dkim(AUTHOR, "hash.body"),)
    judged = judge(facts(checks, made=sealed(message(RESULTS), "dmarc=fail"), arc=PASSING))
    assert (judged.level, judged.situation, judged.params["variant"]) == ("fail", "S6", "changed")
