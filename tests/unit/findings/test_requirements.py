"""What receivers ask of senders, as far as one mail shows it (standards.md 5.5)."""

from __future__ import annotations

import warnings
from datetime import date, timedelta

import pytest

from headerlens.findings.requirements import RULES, UNSEEN, Met, requirements, rule_on
from headerlens.model.verdicts import Result
from headerlens.present.requirements import present_requirements
from headerlens.present.words import LANGUAGES, Words
from tests.support.facts import AUTHOR, case_of, dkim, dmarc, facts, spf


def _met(receiver: str, given: object) -> dict[str, Met]:
    one = next(r for r in rule_on(given) if r.receiver.id == receiver)  # type: ignore[arg-type]  # Facts
    return dict((*one.rules, *one.bulk))


def test_a_mail_with_everything_meets_what_a_mail_can_show() -> None:
    checks = (dkim(AUTHOR),)
    met = _met("gmail", facts(checks, spf(AUTHOR), policy=dmarc(checks, home=AUTHOR)))
    assert met["spf-and-dkim"] is met["aligned"] is met["dmarc-record"] is met["one-from"] is Met.YES
    assert met["one-click"] is Met.UNSEEN


def test_a_missing_signature_is_missed_by_bulk_rules_only() -> None:
    met = _met("gmail", facts((), spf(AUTHOR)))
    assert met["spf-or-dkim"] is Met.YES
    assert met["spf-and-dkim"] is Met.NO


def test_what_could_not_be_judged_is_no_miss() -> None:
    met = _met("gmail", facts((dkim(AUTHOR, "body.missing", result=Result.NEUTRAL),), spf(AUTHOR, Result.FAIL)))
    assert met["spf-or-dkim"] is Met.UNSEEN


def test_the_data_file_is_dated_sourced_and_known() -> None:
    table = requirements()
    as_of = date.fromisoformat(table.as_of)
    if as_of + timedelta(days=365) < date.today():  # noqa: DTZ011  a reminder, no failure
        warnings.warn(f"requirements.toml is of {as_of}", UserWarning, stacklevel=1)
    for one in table.receivers:
        assert set(one.source) == set(LANGUAGES)
        assert date.fromisoformat(one.since) <= as_of
        assert set(one.rules) | set(one.bulk) <= set(RULES)
        assert set(one.unseen) <= set(UNSEEN)
        assert set(one.names) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_words(language: str) -> None:
    words = Words(language)
    assert all(words.has_phrase(f"require.{name}") for name in (*RULES, *UNSEEN))
    checks = (dkim(AUTHOR),)
    view = present_requirements(case_of(facts(checks, spf(AUTHOR), policy=dmarc(checks, home=AUTHOR))), words)
    assert view is not None
    assert len(view.receivers) == len(requirements().receivers)
    assert "{" not in view.summary + view.note
