"""What reports show: facts, tables, how it was checked, and no recipients."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from headerlens.model.limits import MAX_REPORT_ROWS
from headerlens.present.answer import answer_text
from headerlens.present.recipients import address_mask
from headerlens.present.report import present_report
from headerlens.present.words import LANGUAGES, Words
from headerlens.report.ticket import ticket_text
from tests.support.reports import hostile_case, sample_case, view_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_recipients_are_masked_unless_they_may_be_seen(language: str) -> None:
    assert "hanako@victim.example" in repr(view_of(hostile_case(), language, masked=False))
    masked = repr(view_of(hostile_case(), language))
    assert "hanako@victim.example" not in masked
    assert "hanako=victim.example" not in masked
    assert "***=victim.example" in masked or "***@victim.example" in masked


def test_words_that_are_names_of_recipients_stay() -> None:
    mask = address_mask(hostile_case().message)
    assert mask is not None
    assert mask("hanako writes to HANAKO@victim.example") == "hanako writes to ***@victim.example"
    assert address_mask(replace(hostile_case().message, fields=())) is None


def test_the_tables_have_what_was_recorded_signed_passed_on_and_asked() -> None:
    view = view_of(sample_case("spoofed"))
    assert [table.id for table in view.tables] == ["recorded", "signatures", "path", "dns"]
    for table in view.tables:
        assert all(len(row) == len(table.columns) for row in table.rows)
    assert view.tables[0].rows == (("mx.google.com", "yes", "dkim=pass, spf=pass, dmarc=fail"),)
    assert view.tables[1].rows[0][1:3] == ("mailer-7.example.net", "m7")
    assert any("SPF was checked here" in cell for row in view.tables[2].rows for cell in row)
    assert ("_dmarc.example.co.jp", "TXT") in {row[:2] for row in view.tables[3].rows}


def test_a_table_has_its_bound_and_says_what_it_left_out() -> None:
    case = sample_case("spoofed")
    many = replace(case, evidence=case.evidence * (MAX_REPORT_ROWS // len(case.evidence) + 1))
    table = present_report(many, Words("en")).tables[-1]
    assert len(table.rows) == MAX_REPORT_ROWS
    assert table.more == f"and more: {len(many.evidence) + len(many.foreseen) - MAX_REPORT_ROWS}"


def test_the_footer_says_where_the_answers_come_from() -> None:
    case = sample_case("spoofed")
    words = Words("en")
    for told, made in (
        ("DNS was asked on that date.", present_report(case, words)),
        ("This is an example", present_report(case, words, sample=True)),
        ("The DNS answers come from a case file", present_report(replace(case, reopened=True), words)),
        ("the check was made offline", present_report(hostile_case(), words)),
    ):
        assert any(told in line for line in made.footer), told
    assert "Times are those of the time zone UTC+00:00." in view_of(case).footer


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_from_a_file_says_so_and_that_answers_could_be_changed(language: str) -> None:
    case = replace(sample_case("all-pass"), reopened=True)
    notices = present_report(case, Words(language), zone=UTC).result.notices
    assert len(notices) == 1
    assert ("whoever made the file" if language == "en" else "書き換えた可能性") in notices[0]
    assert ("21 Nov 2026" if language == "en" else "2026年11月21日") in notices[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_copied_of_a_case_file_says_so_too(language: str) -> None:
    words, case = Words(language), replace(sample_case("all-pass"), reopened=True)
    said = "case file" if language == "en" else "ケースファイル"
    assert said in answer_text(case, words)
    assert said in ticket_text(present_report(case, words))
    assert said not in answer_text(sample_case("all-pass"), words)
