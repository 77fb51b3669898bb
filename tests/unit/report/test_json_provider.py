"""The service in the report as data."""

from __future__ import annotations

from dataclasses import replace

from headerlens.model.providers import Provider, ProviderEvidence
from headerlens.present.result import present_result
from headerlens.present.words import Words
from headerlens.report.json import Json, report
from tests.support.facts import case_of, facts


def _told(provider: Provider | None) -> Json | None:
    case = replace(case_of(facts()), provider=provider)
    return report(case, present_result(case, Words("en")))["provider"]  # type: ignore[no-any-return]


def test_a_service_is_told_with_what_proves_it_and_what_the_mail_shows_of_the_account() -> None:
    proof = (ProviderEvidence("dkim-domain", "amazonses.com"),)
    assert _told(Provider("amazon-ses", "Amazon SES", proof, (("region", "eu-west-1"),))) == {
        "id": "amazon-ses",
        "name": "Amazon SES",
        "evidence": [{"kind": "dkim-domain", "value": "amazonses.com"}],
        "values": {"region": "eu-west-1"},
    }


def test_no_service_is_null() -> None:
    assert _told(None) is None
