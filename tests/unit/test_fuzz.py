"""Twenty thousand damaged mails, fields, records, answers and files: nothing raises, and every page can be read.

`HEADERLENS_FUZZ=1000000` changes how many, `HEADERLENS_FUZZ_SEED=7` which; `-s` prints how many of each kind.
"""

from __future__ import annotations

import json
import os
import random
import struct
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import dns.message
import dns.rdatatype
import dns.rrset
import pytest

from headerlens.dns.recorded import EvidenceError, dump_evidence, load_evidence, replay
from headerlens.dns.wire import Query, ReplyError, build_query, read_reply
from headerlens.findings.catalogue import entries
from headerlens.intake.files import read_octets
from headerlens.model.case import Case, Choices
from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question, Record
from headerlens.model.findings import Finding
from headerlens.model.message import BodyState, HeaderField, RawMessage, Refusal
from headerlens.model.verdicts import Identity, Result, SenderInputs, SpfCheck
from headerlens.parse.arc import parse_arc
from headerlens.parse.authres import parse_received_spf, parse_recorded
from headerlens.parse.dkim import parse_signature
from headerlens.parse.dkim_key import parse_keys
from headerlens.parse.message import parse
from headerlens.parse.spf import followers, parse_spf
from headerlens.pipeline import analyse
from headerlens.present.answer import answer_text
from headerlens.present.result import present_refusal, present_result
from headerlens.present.words import Words
from headerlens.report.json import report, report_text
from headerlens.verify.dkim import check_dkim
from headerlens.verify.dmarc import check_dmarc
from headerlens.verify.second_opinion import second_opinion
from headerlens.verify.spf import check_spf
from tests.conftest import NOW
from tests.support.mutation import mutated, mutated_document

TOTAL = int(os.environ.get("HEADERLENS_FUZZ", "20000"))
SEED = os.environ.get("HEADERLENS_FUZZ_SEED", "1")
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
WORDS = (Words("en"), Words("ja"))

# ------------------------------------------------------------------------------------------------ what is damaged


@dataclass(frozen=True)
class Given:
    """A mail of the corpus with its world."""

    octets: bytes
    zone: str
    now: datetime
    choices: Choices
    pasted: bool


@cache
def corpus() -> tuple[Given, ...]:
    return tuple(given(folder) for folder in sorted(CORPUS.iterdir()) if folder.is_dir())


def given(folder: Path) -> Given:
    facts = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["input"]
    written = dict(facts["choices"])
    choices = Choices(trusted=tuple(written.get("trusted", ())), offline=written.get("offline", False))
    octets, zone = (folder / "message.eml").read_bytes(), (folder / "dns.json").read_text(encoding="utf-8")
    return Given(octets, zone, datetime.fromisoformat(facts["checked_at"]), choices, facts["pasted"])


@cache
def mails() -> tuple[bytes, ...]:
    return tuple(one.octets for one in corpus())


@cache
def bodies_of(*names: str) -> tuple[bytes, ...]:
    """What stands in the fields of these names in the corpus, each once."""
    found = (field for octets in mails() for field in parse(RawMessage(octets, "x")).fields if field.key in names)
    return tuple(dict.fromkeys(field.body for field in found))


@cache
def texts_of(start: str) -> tuple[bytes, ...]:
    """The TXT records of the corpus that have `start` in them, each once."""
    zones = (json.loads(one.zone) for one in corpus())
    listed = [types["TXT"] for zone in zones for types in zone.values() if isinstance(types.get("TXT"), list)]
    found = [record if isinstance(record, str) else "".join(record) for records in listed for record in records]
    return tuple(dict.fromkeys(text.encode("utf-8", "surrogatepass") for text in found if start in text))


@cache
def lookups() -> tuple[Lookup, ...]:
    return tuple(load_evidence(one.zone) for one in corpus())


def strings(octets: bytes) -> Record:
    """As character-strings of DNS."""
    return tuple(octets[at : at + 255] for at in range(0, len(octets), 255)) or (b"",)


def damaging(ask: Lookup, number: int, share: float) -> Lookup:
    """A lookup whose answers are damaged too: the same way whichever thread asks first."""

    def damaged(question: Question) -> Answer:
        rng = random.Random(f"{SEED} {number} {question.name} {question.rtype}")
        answer = ask(question)
        if rng.random() > share:
            return answer
        if rng.random() < 0.3 or answer.outcome is not Outcome.FOUND or question.rtype != "TXT":
            outcome = rng.choice((Outcome.NO_DATA, Outcome.NO_NAME, Outcome.FAILED))
            failure = rng.choice(tuple(Failure)) if outcome is Outcome.FAILED else None
            return Answer(question, outcome, failure=failure)
        records = [strings(mutated(answer.texts, rng)) for _ in range(rng.choice((1, 1, 2)))]
        return replace(answer, records=tuple(records))

    return damaged


# ------------------------------------------------------------------------------------------------ what is done with it


def field_of(name: str, body: bytes) -> HeaderField:
    raw = name.encode() + b":" + body + b"\r\n"
    return HeaderField(0, name, raw, body.decode("utf-8", "replace"), 0, len(name) + 1, len(raw))


def strings_in(value: Any) -> Iterator[str]:
    """Every text of a view."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from strings_in(getattr(value, one.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from strings_in(each)


def page(rng: random.Random, number: int) -> None:
    """The whole way: analysed, found again from its evidence, shown in both languages, reported."""
    at = rng.randrange(len(corpus()))
    one = corpus()[at]
    raw = RawMessage(mutated((one.octets,), rng) if rng.random() < 0.7 else mutated(mails(), rng), "fuzz.eml")
    choices = one.choices if rng.random() < 0.8 else wild_choices(rng)
    case = analyse(raw, damaging(lookups()[at], number, 0.15), one.now, choices=choices)
    for words in WORDS:
        view = present_result(case, words)
        assert all(finding.title and finding.why for finding in view.findings)
        assert view.verdict.headline
        assert answer_text(case, words)
        if words.language == "en":
            report_text([report(case, view)])
    assert sum(1 for _ in strings_in(view)) > 20
    if number % 4 == 0:
        again(case)


def again(case: Case) -> None:
    """The evidence says all: the same case comes of it, also after it was written to a file. dkimpy raises nothing."""
    assert analyse(case.raw, replay(case.evidence), case.checked_at, choices=case.choices) == case
    written = json.dumps(dump_evidence(case.evidence))
    assert analyse(case.raw, load_evidence(written), case.checked_at, choices=case.choices) == case
    second_opinion(case.message, case.dkim, replay(case.evidence))


def wild_choices(rng: random.Random) -> Choices:
    """What a user types."""
    typed = (
        "192.0.2.1",
        "2001:db8::1",
        "::ffff:192.0.2.1",
        "a@b.example",
        "mx.example",
        "<>",
        "@",
        "a@",
        "[192.0.2.1]",
    )

    def maybe() -> str | None:
        return rng.choice((None, rng.choice(typed), mutated([one.encode() for one in typed], rng).decode("latin-1")))

    border, as_of = rng.choice((None, 0, 1, 5, -1, 10**9)), rng.choice((None, NOW))
    return Choices((maybe() or "",), maybe(), maybe(), maybe(), border, as_of, rng.random() < 0.2)


def mail(rng: random.Random, _number: int) -> None:
    message = parse(RawMessage(mutated(mails(), rng), "fuzz.eml"))
    body_start = message.body_start
    assert body_start is None or 0 <= body_start <= len(message.raw.octets)
    for field in message.fields:
        assert message.raw.octets[field.start : field.end] == field.raw


def recorded(rng: random.Random, _number: int) -> None:
    seeds = bodies_of("authentication-results", "arc-authentication-results", "received-spf")
    octets = mutated(seeds, rng)
    name = rng.choice(("Authentication-Results", "ARC-Authentication-Results", "X-Original-Authentication-Results"))
    found = parse_recorded(field_of(name, octets))
    for result in found.results:
        assert 0 <= result.start <= result.end <= len(octets) + len(name) + 3
    parse_received_spf(field_of("Received-SPF", octets))


def signature(rng: random.Random, _number: int) -> None:
    octets = mutated(bodies_of("dkim-signature", "arc-message-signature", "arc-seal"), rng)
    parse_signature(field_of("DKIM-Signature", octets))
    parse_signature(field_of("ARC-Message-Signature", octets), arc="ams")
    parse_signature(field_of("ARC-Seal", octets), arc="seal")
    names = ("ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results")
    parse_arc([field_of(rng.choice(names), octets) for _ in range(3)])


def key(rng: random.Random, _number: int) -> None:
    octets = mutated((*texts_of("p="), *texts_of("v=DKIM1")), rng)
    answer = Answer(Question("s._domainkey.example.com", "TXT"), Outcome.FOUND, ((octets,),))
    assert parse_keys("s._domainkey.example.com", answer)


@cache
def signed() -> tuple[Any, ...]:
    return tuple(message for octets in mails()[:60] if (message := parse(RawMessage(octets, "x"))).signatures)


def key_in_use(rng: random.Random, _number: int) -> None:
    """A damaged key against a sound mail."""
    octets = mutated((*texts_of("p="), *texts_of("v=DKIM1")), rng)

    def ask(question: Question) -> Answer:
        return Answer(question, Outcome.FOUND, ((octets,),))

    check_dkim(rng.choice(signed()), ask, at=NOW, now=NOW, body=BodyState.COMPLETE)


EVERY_TERM = (
    b"v=spf1 +a -a:%{d} ?mx/24//64 ~mx:example.com ptr ptr:example.com exists:%{ir}.%{v}._spf.%{d2} ip4:192.0.2.0/24"
    b" ip6:2001:db8::/32 include:_spf.example.com redirect=_spf.example.com exp=%{l1r-}.%{h}.example.com x=%{s} -all"
)


def spf(rng: random.Random, _number: int) -> None:
    octets = mutated((EVERY_TERM, *texts_of("v=spf1")) if rng.random() < 0.7 else (EVERY_TERM,), rng)
    text = octets.decode("latin-1")
    parse_spf(text)
    followers(text)

    def ask(question: Question) -> Answer:
        if question.rtype == "TXT" and question.name == "example.com":
            return Answer(question, Outcome.FOUND, ((octets,),))
        return lookups()[len(question.name) % len(lookups())](question)

    address = rng.choice(("192.0.2.1", "2001:db8::1", "198.51.100.7"))
    inputs = SenderInputs(address, "user", "mx.example", "user", "joe@example.com", "user", None, "")
    assert check_spf(inputs, ask).domain == "example.com"


def dmarc(rng: random.Random, _number: int) -> None:
    octets = [mutated(texts_of("v=DMARC1"), rng) for _ in range(3)]

    def ask(question: Question) -> Answer:
        if question.rtype != "TXT" or rng.random() < 0.2:
            return Answer(question, rng.choice((Outcome.NO_DATA, Outcome.NO_NAME)))
        return Answer(question, Outcome.FOUND, tuple((text,) for text in rng.sample(octets, rng.choice((1, 1, 1, 2)))))

    inputs = SenderInputs("192.0.2.1", "user", "h.example", "user", "a@b.example", "user", None, "")
    passed = SpfCheck(inputs, Result.PASS, None, Identity.MAILFROM, "bounce.example.com")
    check_dmarc(("news.shop.example.com",), 1, passed, (), ask)


@cache
def replies() -> tuple[tuple[Query, bytes], ...]:
    """A query and its reply for each type that is asked for."""
    made = []
    texts = {"TXT": '"v=spf1" " -all"', "A": "192.0.2.1", "AAAA": "2001:db8::1", "MX": "10 mx.example.", "PTR": "a.b."}
    for rtype, text in texts.items():
        name = dns.name.from_text("a.example.com.")
        query = build_query(name, dns.rdatatype.from_text(rtype), ident=4711)
        reply = dns.message.make_response(dns.message.from_wire(query.wire))
        reply.answer.append(dns.rrset.from_text(name, 60, "IN", "CNAME", "b.example.com."))
        reply.answer.append(dns.rrset.from_text("b.example.com.", 60, "IN", rtype, text, text))
        reply.authority.append(dns.rrset.from_text("example.com.", 60, "IN", "SOA", "ns. root. 1 2 3 4 5"))
        made.append((query, reply.to_wire()))
    return tuple(made)


def wire(rng: random.Random, _number: int) -> None:
    query, reply = rng.choice(replies())
    octets = mutated((reply[2:],), rng)
    if rng.random() < 0.3:  # counts that promise more than there is
        octets = octets[:2] + struct.pack("!HHHH", *(rng.choice((0, 1, 2, 65535)) for _ in range(4))) + octets[10:]
    try:
        found = read_reply(reply[:2] + octets, query)
    except ReplyError:  # how the room below says that it cannot be read
        return
    records = tuple(one.record for one in found.records if one.rtype == query.rtype) if found else ()
    if records:
        answer = Answer(Question("a.example.com", dns.rdatatype.to_text(query.rtype)), Outcome.FOUND, records)
        assert load_evidence(json.dumps(dump_evidence([answer])))(answer.question) == answer


@cache
def zones() -> tuple[bytes, ...]:
    return tuple(one.zone.encode() for one in corpus())


def evidence(rng: random.Random, _number: int) -> None:
    if rng.random() < 0.2:
        text = mutated(zones(), rng).decode("utf-8", rng.choice(("replace", "surrogateescape")))
    else:
        text = json.dumps(mutated_document(json.loads(rng.choice(zones())), rng))
    try:
        ask = load_evidence(text)
    except EvidenceError:  # the message for the user
        return
    for name in list(json.loads(text))[:4]:
        for rtype in ("TXT", "A", "MX"):
            answer = ask(Question(name, rtype))
            assert (answer.outcome is Outcome.FOUND) == bool(answer.records)


@cache
def pastes() -> tuple[bytes, ...]:
    """Mails as people paste them: quoted, escaped, fenced, with line feeds, as an mbox."""
    some = mails()[::5]
    quoted = tuple(b"> " + octets.replace(b"\r\n", b"\n> ") for octets in some)
    fenced = tuple(b"Look:\n```\n" + octets.replace(b"\r\n", b"\n") + b"\n```\n" for octets in some)
    page_like = tuple(b"<pre>" + octets.replace(b"<", b"&lt;").replace(b">", b"&gt;") + b"</pre>" for octets in some)
    boxed = tuple(b"From a@b Sat Nov 21 08:20:00 2026\n" + octets.replace(b"\r\n", b"\n") for octets in some)
    wide = tuple(octets.decode("latin-1").encode(rng) for octets in some for rng in ("utf-16", "utf-16-le"))
    return some + quoted + fenced + page_like + boxed + wide


def paste(rng: random.Random, _number: int) -> None:
    taken = read_octets(mutated(pastes(), rng), "fuzz", pasted=rng.random() < 0.7)
    if isinstance(taken, Refusal):
        for words in WORDS:
            shown = present_refusal(taken, words)
            assert shown.headline
            assert shown.action
    else:
        parse(taken)


PARTS: dict[str, tuple[float, Callable[[random.Random, int], None]]] = {
    "pages": (0.075, page),
    "mails": (0.16, mail),
    "recorded results": (0.15, recorded),
    "signature fields": (0.13, signature),
    "keys": (0.085, key),
    "keys in use": (0.05, key_in_use),
    "SPF records": (0.075, spf),
    "DMARC records": (0.1, dmarc),
    "DNS replies": (0.1, wire),
    "evidence files": (0.05, evidence),
    "pasted texts": (0.025, paste),
}
"""The share of each kind: what costs a millisecond gets less than what costs a tenth."""


@pytest.fixture
def unfilled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a text wanted and was not given: values (shown as "?") and phrases (shown as their id)."""
    missing: list[str] = []
    value_of, phrase_of, finding_of = Words._value, Words.rich_phrase, Words.finding

    def value(self: Words, name: str, params: Any, kinds: Any) -> str:
        if name not in params:
            missing.append(f"{{{name}}} beside {dict(params)}")
        return value_of(self, name, params, kinds)

    def phrase(self: Words, identifier: str, params: Any = None, kinds: Any = None) -> Any:
        if not self.has_phrase(identifier):
            missing.append(f"phrase {identifier}")
        return phrase_of(self, identifier, params, kinds)

    def finding(self: Words, one: Finding) -> Any:
        if one.id not in entries():
            missing.append(f"finding {one.id}")
        return finding_of(self, one)

    monkeypatch.setattr(Words, "_value", value)
    monkeypatch.setattr(Words, "rich_phrase", phrase)
    monkeypatch.setattr(Words, "finding", finding)
    return missing


def test_the_parts_are_all_of_it() -> None:
    assert sum(share for share, _ in PARTS.values()) == pytest.approx(1.0)
    assert sum(round(TOTAL * share) for share, _ in PARTS.values()) >= TOTAL


@pytest.mark.parametrize("part", PARTS)
def test_nothing_raises_and_nothing_is_left_unsaid(part: str, unfilled: list[str]) -> None:
    share, run = PARTS[part]
    count = round(TOTAL * share)
    print(f"{part}: {count}")
    for number in range(count):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                run(random.Random(f"{SEED} {part} {number}"), number)
        except Exception as error:
            raise AssertionError(f"{part}, number {number} of seed {SEED}") from error
        assert not unfilled, f"{part}, number {number} of seed {SEED}: {unfilled[:3]}"
