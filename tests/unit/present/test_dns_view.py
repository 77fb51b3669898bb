"""The DNS pane: every question, its answer in words, chains, and the form of dig."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headerlens.model.case import Case
from headerlens.model.dns import Answer, Evidence, Failure, Outcome, Question
from headerlens.present.dns_view import as_dig, dns_view
from headerlens.present.evidence_views import DnsLine
from headerlens.present.views import Glyph
from headerlens.present.words import Words
from tests.support.corpus_cases import corpus_case

EN = Words("en")
KEY = Question("k1._domainkey.example.com", "TXT")
RECORD = (b"v=DKIM1; ", b'p="A"')
FOUND = Answer(KEY, Outcome.FOUND, (RECORD,), ("k1.keys.example.net",), ttl=300, milliseconds=12.4, server="192.0.2.53")


def case_with(*answers: Answer, used: str = "dkim") -> Case:
    return replace(corpus_case("plain"), evidence=tuple(Evidence(one, (used,)) for one in answers), foreseen=())


def line(answer: Answer) -> DnsLine:
    return dns_view(case_with(answer), EN).lines[0]


def test_a_found_record_is_shown_whole_with_its_chain_time_and_user() -> None:
    shown = line(FOUND)
    assert (shown.name, shown.rtype, shown.time) == (KEY.name, "TXT", "12 ms")
    assert shown.answer == 'v=DKIM1; p="A"'
    assert shown.used_by == ("DKIM",)
    assert shown.full == 'CNAME k1.keys.example.net\nv=DKIM1; p="A"'
    assert "through CNAME k1.keys.example.net" in shown.accessible
    assert "used by DKIM" in shown.accessible


def test_the_form_of_dig_follows_the_chain_and_quotes_strings() -> None:
    assert as_dig(FOUND).split("\n") == [
        "; <<>> dig k1._domainkey.example.com TXT <<>>  status: NOERROR",
        "k1._domainkey.example.com.\t300\tIN\tCNAME\tk1.keys.example.net.",
        'k1.keys.example.net.\t300\tIN\tTXT\t"v=DKIM1; " "p=\\"A\\""',
    ]
    assert as_dig(replace(FOUND, records=((b"a\x1b\xc3",),))).endswith('"a\\027\\195"')
    assert "status: NXDOMAIN" in as_dig(Answer(KEY, Outcome.NO_NAME))
    assert "status: SERVFAIL" in as_dig(Answer(KEY, Outcome.FAILED, failure=Failure.SERVFAIL))


@pytest.mark.parametrize("failure", list(Failure))
def test_every_failure_has_words(failure: Failure) -> None:
    shown = line(Answer(KEY, Outcome.FAILED, failure=failure))
    assert shown.answer
    assert "dns-failure" not in shown.answer
    assert shown.glyph in {Glyph.WARN, Glyph.UNKNOWN}


def test_nothing_there_is_no_failure() -> None:
    assert line(Answer(KEY, Outcome.NO_DATA)).glyph is Glyph.WAIT
    assert line(Answer(KEY, Outcome.NO_NAME)).answer == "no such name (NXDOMAIN)"


def test_the_heading_names_count_and_server() -> None:
    assert dns_view(case_with(FOUND), EN).heading == "1 look-up, 192.0.2.53"
    assert dns_view(case_with(FOUND, replace(FOUND, server="192.0.2.54")), EN).heading == "2 look-ups, 2 servers"


def test_a_key_names_its_signature_where_there_are_several() -> None:
    users = {line.name: line.used_by for line in dns_view(corpus_case("list-footer"), EN).lines}
    assert users["l1._domainkey.lists.example.org"] == ("DKIM 1",)
    assert users["s1._domainkey.example.com"] == ("DKIM 2",)
    alone = {line.name: line.used_by for line in dns_view(corpus_case("plain"), EN).lines}
    assert alone["s1._domainkey.example.com"] == ("DKIM",)


def test_offline_is_said() -> None:
    case = case_with(Answer(KEY, Outcome.FAILED, failure=Failure.OFFLINE))
    told = dns_view(replace(case, choices=replace(case.choices, offline=True)), EN)
    assert told.heading == "1 look-up, offline"
    assert told.notices[0].text == "Offline mode is on: nothing was looked up."


def test_questions_sent_in_advance_for_nothing_are_listed_too() -> None:
    case = replace(
        case_with(FOUND), foreseen=(Answer(Question("x.example.com", "A"), Outcome.NO_DATA, milliseconds=3.0),)
    )
    told = dns_view(case, EN)
    assert told.lines[-1].used_by == ("not needed",)
    assert told.notices[-1].text == "Asked in advance, then not needed: 1."


def test_a_slow_answer_is_told_in_seconds() -> None:
    assert line(replace(FOUND, milliseconds=5012.0)).time == "5.0 s"


def test_a_record_keeps_its_blanks() -> None:
    assert line(replace(FOUND, records=((b" v=spf1  -all ",),), aliases=())).full == " v=spf1  -all "


def test_very_many_records_are_counted() -> None:
    many = replace(FOUND, records=tuple((b"192.0.2.%d" % number,) for number in range(80)))
    assert line(many).full.endswith("and 30 more records")
