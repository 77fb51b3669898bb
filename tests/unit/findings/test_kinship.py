"""Names that look like one organisation although nobody says so (RFC 9989 4.10.2)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headerlens.model.case import Case
from headerlens.model.message import RawMessage
from headerlens.pipeline import analyse
from headerlens.present.ladder import present_ladder
from headerlens.present.views import Glyph
from headerlens.present.words import Words
from tests.support.signing import answers

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)


def _case(author: str, passing: str, **dmarc: str) -> Case:
    """SPF passes for `passing`; `dmarc` are records, the dots of their names written as two underscores."""
    octets = (
        f"Return-Path: <b@{passing}>\r\n"
        f"Received: from out.{passing} (out.{passing} [192.0.2.25])\r\n"
        " by mx.recipient.example with ESMTPS id 7; Fri, 20 Nov 2026 08:12:02 +0000\r\n"
        f"From: News <info@{author}>\r\nSubject: Hi\r\nDate: Fri, 20 Nov 2026 08:12:00 +0000\r\n\r\nHi\r\n"
    )
    zone = {passing: "v=spf1 ip4:192.0.2.25 -all"}
    zone |= {f"_dmarc.{name.replace('__', '.')}": text for name, text in dmarc.items()}
    return analyse(RawMessage(octets.encode(), "a.eml"), answers(zone), NOW)


def _ids(case: Case) -> set[str]:
    return {finding.id for finding in case.findings}


@pytest.mark.parametrize(
    ("author", "passing"),
    [
        ("news.example.com", "example.com"),
        ("example.com", "bounce.example.com"),
        ("a.example.co.jp", "b.example.co.jp"),
    ],
)
def test_without_a_record_such_names_are_neither_the_same_nor_different(author: str, passing: str) -> None:
    case = _case(author, passing)
    assert (case.judgement.situation, case.judgement.params["variant"]) == ("S18", "nearby")
    assert case.judgement.params["x"] == passing
    assert "dmarc.undeclared-organisation" in _ids(case)
    assert not {"dmarc.separate-organisation", "spf.elsewhere", "dkim.third-party"} & _ids(case)


def test_the_first_record_is_proposed_where_both_names_find_it() -> None:
    found = next(one for one in _case("news.example.com", "example.com").findings if one.id == "dmarc.no-record")
    assert [edit.name for edit in found.edits] == ["_dmarc.example.com"]


@pytest.mark.parametrize(
    ("author", "passing"),
    [("example.com", "example.net"), ("a.co.jp", "b.co.jp"), ("alice.github.io", "bob.github.io")],
)
def test_names_of_different_registrations_stay_different(author: str, passing: str) -> None:
    case = _case(author, passing)
    assert "dmarc.undeclared-organisation" not in _ids(case)
    assert "spf.elsewhere" in _ids(case)


def test_a_record_decides_and_ends_the_guessing() -> None:
    apart = _case("news.example.com", "example.com", news__example__com="v=DMARC1; p=none")
    assert "dmarc.separate-organisation" in _ids(apart)
    assert "dmarc.undeclared-organisation" not in _ids(apart)
    joined = _case("news.example.com", "example.com", example__com="v=DMARC1; p=none")
    assert joined.judgement.situation == "S4"


def test_the_ladder_calls_such_a_name_neither_the_same_nor_a_different_organisation() -> None:
    view = present_ladder(_case("news.example.com", "example.com"), Words("en"))
    row = view.rows[0]
    assert (row.node, view.caption) == (Glyph.UNKNOWN, "organisation?")
    assert "Organisation unknown" in row.accessible
    assert "ifferent organisation" not in row.accessible
