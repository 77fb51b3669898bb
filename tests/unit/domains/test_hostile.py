"""Every DNS answer is an attack: nothing raises, nothing takes long, nothing grows without bound."""

from __future__ import annotations

import random
import time

import pytest

from headerlens.dns.recorded import replay
from headerlens.model.dns import Answer, Failure, Outcome, Question
from headerlens.model.limits import MAX_FORESEEN, MAX_QUESTIONS
from headerlens.pipeline import inspect_domain
from headerlens.present.domain import present_domain
from headerlens.present.words import LANGUAGES, Words
from headerlens.report.domain import domain_json, markdown_domain, text_domain
from headerlens.report.json import report_text
from headerlens.report.terminal import Style
from tests.support.domains import DMARC, HOME, NOW, SPF
from tests.support.signing import key_record

PIECES = (
    b"v=spf1",
    b"v=DMARC1",
    b"v=DKIM1",
    b" ",
    b";",
    b"=",
    b"p=",
    b"p=reject",
    b"rua=mailto:a@",
    b"include:",
    b"redirect=",
    b"a:",
    b"mx",
    b"ip4:10.0.0.1",
    b"ip6:::1",
    b"exists:%{i}.",
    b"%{",
    b"-all",
    b"+all",
    b"ptr",
    b"k=rsa",
    b"\xff\xfe",
    b"\x00",
    b"\xe2\x80\xae",
    b'"',
    b"\\",
    b"example",
    b".",
    b"inn.example",
    b"t=y",
    b"A" * 400,
)
PLAIN = (
    b"192.0.2.1",
    b"2001:db8::1",
    b"10 mx.inn.example",
    b"0 .",
    b"0 ",
    b"x",
    b"99999999999999999 a.b",
    b"10 192.0.2.1",
)


def random_answers(seed: int):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """A resolver that says anything, always the same for one question."""

    def ask(question: Question) -> Answer:
        dice = random.Random(f"{seed} {question.name} {question.rtype}")
        if dice.random() < 0.1:
            return Answer(question, Outcome.FAILED, failure=dice.choice(list(Failure)))
        if dice.random() < 0.2:
            return Answer(
                question, dice.choice([Outcome.NO_DATA, Outcome.NO_NAME]), aliases=("x.example",) * dice.randint(0, 2)
            )
        if question.rtype != "TXT":  # the room of DNS lets nothing through but presentation forms
            return Answer(question, Outcome.FOUND, tuple((dice.choice(PLAIN),) for _ in range(dice.randint(1, 3))))
        texts = tuple((b"".join(dice.choices(PIECES, k=dice.randint(0, 12))),) for _ in range(dice.randint(1, 3)))
        return Answer(question, Outcome.FOUND, texts, ("alias.example",) * dice.randint(0, 2))

    return ask


@pytest.mark.parametrize("seed", range(60))
def test_anything_is_answered(seed: int) -> None:
    provider = ("", "amazon-ses", "mailchimp", "mailgun", "alibaba-directmail")[seed % 5]
    case = inspect_domain(HOME, random_answers(seed), NOW, selectors=("s1", "x.y"), provider=provider)
    for language in LANGUAGES:
        view = present_domain(case, Words(language))
        told = text_domain(view, Style()) + markdown_domain(view) + report_text([domain_json(case, view)])
        assert "\x00" not in told
        assert "\u202e" not in told
    assert len(case.evidence) <= MAX_QUESTIONS
    assert len(case.foreseen) <= MAX_FORESEEN


def flood(question: Question) -> Answer:
    """Every record is as large as DNS allows, and leads to others."""
    name = question.name[-40:]
    if question.rtype == "MX":
        return Answer(question, Outcome.FOUND, tuple((f"{n} m{n}.{name}".encode(),) for n in range(2000)))
    if question.rtype != "TXT":
        return Answer(question, Outcome.FOUND, tuple((b"192.0.2.1",) for _ in range(2000)))
    if question.name.startswith("_dmarc"):
        addresses = ",".join(f"mailto:a@r{n}.{name}" for n in range(1500))
        return Answer(question, Outcome.FOUND, ((f"v=DMARC1; p=none; rua={addresses}".encode(),),))
    wide = " ".join(f"include:i{n}.{name} a:a{n}.{name}" for n in range(900))
    return Answer(question, Outcome.FOUND, ((f"v=spf1 {wide} -all".encode(),),))


def test_a_flood_ends_soon() -> None:
    began = time.monotonic()
    case = inspect_domain(HOME, flood, NOW, selectors=tuple(f"s{n}" for n in range(500)), provider="sendgrid")
    assert len(case.evidence) <= MAX_QUESTIONS
    text_domain(present_domain(case, Words("en")), Style())
    assert time.monotonic() - began < 20


def test_a_replayed_attack_is_the_same_attack() -> None:
    case = inspect_domain(HOME, random_answers(3), NOW, selectors=("s1",))
    assert inspect_domain(HOME, replay(case.evidence), NOW, selectors=("s1",)).spf == case.spf


def test_the_longest_names_are_survived() -> None:
    name = ".".join(["a" * 60] * 4)
    zone = {name: SPF, f"_dmarc.{name}": DMARC, f"s1._domainkey.{name}": key_record("rsa2048")}

    def ask(question: Question) -> Answer:
        text = zone.get(question.name)
        if text is None or question.rtype != "TXT":
            return Answer(question, Outcome.NO_NAME)
        return Answer(question, Outcome.FOUND, ((text.encode(),),))

    assert inspect_domain(name, ask, NOW, selectors=("s1", "b" * 63)).domain == name
