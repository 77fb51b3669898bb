"""What is asked in advance: everything the checks will ask as far as it can be known, and little more."""

import json

import pytest

from headerlens.assets import asset
from headerlens.dns.recorded import replay
from headerlens.model.case import Choices
from headerlens.model.dns import Answer, Evidence, Outcome, Question, Record
from headerlens.model.message import RawMessage
from headerlens.parse.message import parse
from headerlens.pipeline import analyse
from headerlens.samples import Sample, samples
from headerlens.verify.foresee import follow_for, foreseeable
from headerlens.verify.sender import propose_sender
from tests.conftest import NOW

MAIL = parse(RawMessage(b"From: a@news.shop.example\r\n\r\n", "x"))


def after(name: str, rtype: str, *records: str, ip: str = "192.0.2.9") -> list[tuple[str, str]]:
    """What an answer makes foreseeable, as (name, type)."""
    sender = propose_sender(MAIL, Choices(client_ip=ip, mail_from="me@shop.example", helo="out.shop.example"))
    rows: tuple[Record, ...] = tuple((record.encode("latin-1"),) for record in records)
    answer = Answer(Question(name, rtype), Outcome.FOUND if rows else Outcome.NO_NAME, rows)
    return [(question.name, question.rtype) for question in follow_for(MAIL, sender)(answer)]


def test_every_term_of_a_record_is_foreseen() -> None:
    record = "v=spf1 a mx:m.example a:b.example/24 include:I.example. exists:e.example ptr redirect=r.example"
    assert after("shop.example", "TXT", record) == [
        ("shop.example", "A"),
        ("m.example", "MX"),
        ("b.example", "A"),
        ("i.example", "TXT"),
        ("e.example", "A"),
        ("9.2.0.192.in-addr.arpa", "PTR"),
        ("r.example", "TXT"),
    ]


def test_an_ipv6_client_needs_other_addresses_but_for_exists() -> None:
    found = after("shop.example", "TXT", "v=spf1 a exists:e.example -all", ip="2001:db8::9")
    assert found == [("shop.example", "AAAA"), ("e.example", "A")]


@pytest.mark.parametrize("match", ["ip4:192.0.2.0/24", "+all", "-all", "?ip4:192.0.2.9"])
def test_nothing_behind_a_sure_match_is_asked(match: str) -> None:
    assert after(
        "shop.example", "TXT", f"v=spf1 include:i.example {match} include:never.example redirect=no.example"
    ) == [("i.example", "TXT")]


def test_redirect_counts_for_nothing_beside_all() -> None:
    assert after("shop.example", "TXT", "v=spf1 redirect=r.example ~all") == []


@pytest.mark.parametrize(
    "records",
    [
        ("v=spf1 include:i.example bogus",),
        ("v=spf1 include:i.example", "v=spf1 -all"),
        ("v=spf1 include:i.example é",),
        ("v=spf10 include:i.example",),
        ("v=spf1 ip4:192.0.2.0/99 include:i.example",),
        (),
    ],
)
def test_a_record_that_will_not_be_evaluated_leads_nowhere(records: tuple[str, ...]) -> None:
    assert after("shop.example", "TXT", *records) == []


def test_macros_of_the_domain_are_expanded_and_those_of_the_mail_wait() -> None:
    record = "v=spf1 include:_s.%{d} exists:%{i}.x.example exists:%{l}.y.example include:%{h}.z.example -all"
    assert after("shop.example", "TXT", record) == [("_s.shop.example", "TXT")]


def test_mail_servers_lead_to_addresses_unless_there_are_too_many() -> None:
    assert after("shop.example", "MX", "10 m1.example", "20 M2.example") == [("m1.example", "A"), ("m2.example", "A")]
    assert after("shop.example", "MX", *(f"10 m{at}.example" for at in range(11))) == []
    assert after("shop.example", "MX", "0 .", "") == []


def test_names_of_the_client_lead_to_addresses_ten_at_most() -> None:
    found = after("9.2.0.192.in-addr.arpa", "PTR", *(f"p{at}.example" for at in range(20)), ip="2001:db8::9")
    assert found == [(f"p{at}.example", "AAAA") for at in range(10)]


def test_np_of_the_authors_organisation_leads_to_the_author() -> None:
    assert after("_dmarc.shop.example", "TXT", "v=DMARC1; p=none; np=reject") == [("news.shop.example", "A")]
    assert after("_dmarc.shop.example", "TXT", "v=DMARC1; p=none") == []
    assert after("_dmarc.news.shop.example", "TXT", "v=DMARC1; p=none; np=reject") == [], "its own record has p="
    assert after("_dmarc.other.example", "TXT", "v=DMARC1; p=none; np=reject") == []


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.name)
def test_no_check_of_a_sample_asks_what_was_not_foreseen(sample: Sample) -> None:
    case = analyse(sample.message(), sample.lookup(), NOW, choices=sample.choices)
    ask = sample.lookup()
    follow = follow_for(case.message, case.sender)
    known: set[Question] = set()
    waiting = list(foreseeable(case.message, case.sender))
    while waiting:
        question = waiting.pop()
        if question not in known:
            known.add(question)
            waiting += follow(ask(question))
    assert {entry.answer.question for entry in case.evidence} <= known


def test_samples_have_answers_to_follow() -> None:
    """The test above would pass over empty zones as well."""
    assert all(json.loads(asset("samples", f"{sample.name}.dns.json").read_bytes()) for sample in samples())


def test_a_case_asks_the_same_whatever_was_foreseen() -> None:
    sample = samples()[0]
    case = analyse(sample.message(), sample.lookup(), NOW, choices=sample.choices)
    again = analyse(case.raw, replay(case.evidence), NOW, choices=case.choices)
    evidence: tuple[Evidence, ...] = again.evidence
    assert evidence == case.evidence
