"""The summary for a ticket: short, whole, and no address in it becomes a link."""

from __future__ import annotations

import pytest

from headerlens.present.views import plain
from headerlens.present.words import LANGUAGES
from headerlens.report.ticket import MOST_FINDINGS, ticket_text, value_of
from tests.support.reports import hostile_case, sample_case, view_of


def test_the_summary_of_a_spoofed_mail() -> None:
    lines = ticket_text(view_of(sample_case("spoofed"))).splitlines()
    assert lines[0] == "**✗ Not authenticated as bank.example.co.jp**"
    assert "- From: `support@bank.example.co.jp “Example Bank”`" in lines
    assert "- SPF: `bounce.mailer-7.example.net`, now pass, recorded pass" in lines
    assert "- DMARC: `bank.example.co.jp`, now fail, recorded fail" in lines
    assert any(line.startswith("- HL-302 ") for line in lines)
    assert lines[-1].startswith("Checked with HeaderLens on 21 Nov 2026, 08:20.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_short_in_both_languages(language: str) -> None:
    view = view_of(sample_case("mailing-list"), language)
    told = ticket_text(view)
    assert plain(view.result.verdict.headline) in told.replace("\\", "")
    assert len(told.splitlines()) < 20 + MOST_FINDINGS


def test_what_a_mail_writes_stands_as_it_is() -> None:
    told = ticket_text(view_of(hostile_case()))
    outside = "".join(part for place, part in enumerate(told.split("`")) if place % 2 == 0)
    assert "<script>" not in outside
    assert "http://" not in outside
    assert "\u202e" not in told
    assert all(line.count("`") % 2 == 0 for line in told.splitlines())


def test_a_value_cannot_leave_its_marks() -> None:
    assert value_of("a`b` [x](y)") == "`aˋbˋ [x](y)`"
    assert value_of("") == ""
