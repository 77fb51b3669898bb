import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headerlens.dns.recorded import EvidenceError, dump_evidence, load_evidence, replay
from headerlens.model.dns import Answer, Evidence, Failure, Outcome, Question
from headerlens.model.limits import MAX_ALIASES
from tests.support.nameserver import NameServer

ZONE: dict[str, dict[str, Any]] = {
    "example.com": {"TXT": [["v=spf1 ", "-all"], "plain"], "MX": ["10 MX.example.com."], "A": []},
    "www.example.com": {"CNAME": ["web.example.com"]},
    "web.example.com": {"A": ["192.0.2.1"]},
    "slow.example.com": {"TXT": {"error": "timeout"}},
    "broken.example.com": {"TXT": {"error": "servfail"}},
    "1.2.0.192.in-addr.arpa": {"PTR": ["web.example.com"]},
    "round.example.com": {"CNAME": ["about.example.com"]},
    "about.example.com": {"CNAME": ["round.example.com"]},
    "lost.example.com": {"CNAME": ["nowhere.example.com"]},
}


def ask(name: str, rtype: str) -> Answer:
    return load_evidence(json.dumps(ZONE))(Question(name, rtype))


def test_an_absent_name_is_no_name_and_an_absent_type_no_data() -> None:
    assert ask("nope.example.com", "TXT").outcome is Outcome.NO_NAME
    assert ask("example.com", "AAAA").outcome is Outcome.NO_DATA
    assert ask("example.com", "A").outcome is Outcome.NO_DATA


def test_records_come_as_over_the_network() -> None:
    assert ask("example.com", "TXT").records == ((b"v=spf1 ", b"-all"), (b"plain",))
    assert ask("example.com", "MX").records == ((b"10 mx.example.com",),)
    assert ask("1.2.0.192.in-addr.arpa", "PTR").texts == (b"web.example.com",)


def test_aliases_are_followed_inside_the_record() -> None:
    answer = ask("www.example.com", "A")
    assert (answer.texts, answer.aliases) == ((b"192.0.2.1",), ("web.example.com",))
    assert ask("www.example.com", "TXT").outcome is Outcome.NO_DATA
    assert ask("www.example.com", "CNAME").texts == (b"web.example.com",)
    assert (ask("lost.example.com", "A").outcome, ask("lost.example.com", "A").aliases) == (
        Outcome.NO_NAME,
        ("nowhere.example.com",),
    )


def test_aliases_in_a_circle_or_too_many_are_a_failure() -> None:
    assert ask("round.example.com", "A").failure is Failure.ALIAS_LOOP
    chain = {f"n{at}.example": {"CNAME": [f"n{at + 1}.example"]} for at in range(MAX_ALIASES + 1)}
    lookup = load_evidence(json.dumps(chain))
    assert lookup(Question("n0.example", "A")).failure is Failure.ALIAS_LOOP
    assert lookup(Question("n1.example", "A")).outcome is Outcome.NO_NAME


@pytest.mark.parametrize("failure", list(Failure))
def test_every_failure_can_be_recorded(failure: Failure) -> None:
    lookup = load_evidence(json.dumps({"x.example": {"TXT": {"error": failure.value}}}))
    assert lookup(Question("x.example", "TXT")).failure is failure


def test_what_is_no_name_was_never_asked() -> None:
    assert ask("a..b", "TXT").failure is Failure.BAD_NAME


def test_names_are_compared_in_lower_case_without_the_final_dot() -> None:
    assert ask("EXAMPLE.com.", "mx").outcome is Outcome.FOUND
    lookup = load_evidence('{"Example.COM.": {"txt": ["x"]}}')
    assert lookup(Question("example.com", "TXT")).texts == (b"x",)


def test_the_record_answers_as_the_name_server_does() -> None:
    """Replayed, a case must come to the same end as it did live."""
    recorded = load_evidence(json.dumps(ZONE))
    zone = {name: types for name, types in ZONE.items() if not name.startswith("slow")}
    with NameServer(zone) as server:
        live = server.lookup()
        for name in (*zone, "nope.example.com", "a..b"):
            for rtype in ("TXT", "A", "MX", "CNAME", "PTR"):
                question = Question(name, rtype)
                assert live(question) == recorded(question)


# JSON


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1, column 1"),
        ('{"a": {"TXT": [}', "line 1, column 16"),
        ("[]", "an object of names"),
        ('{"a.example": ["x"]}', '"a.example"'),
        ('{"a.example": {"TXT": "x"}}', '"a.example", TXT'),
        ('{"a.example": {"TXT": [["x", 5]]}}', '"a.example", TXT, record 1'),
        ('{"a.example": {"A": ["192.0.2.1", 7]}}', "record 2"),
        ('{"a.example": {"A": ["\u00e9"]}}', "ASCII"),
        ('{"a.example": {"TXT": {"error": "tired"}}}', "'tired'"),
        ('{"a.example": {"TXT": {"error": ["x"]}}}', "unknown error"),
        ('{"a.example": {"TXT": {}}}', "a list of records"),
        ('{"a.example": {"TXT": {"aliases": "b", "records": []}}}', "aliases"),
        ('{"a.example": {"CNAME": ["b", "c"]}}', "one CNAME"),
        ('{"a.example": {"TXT": ["x"], "TXT": ["y"]}}', '"TXT" occurs twice'),
        ('{"a.example": ' + "9" * 5000 + "}", '"a.example"'),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_bad_evidence_is_refused_with_the_place_and_the_reason(text: str, told: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        load_evidence(text)
    assert told in str(caught.value)


def test_octets_above_ascii_survive_and_ascii_stays_plain() -> None:
    question = Question("example.com", "TXT")
    answer = Answer(question, Outcome.FOUND, (("あ".encode(), bytes(range(256))[:255]), (b'plain "quoted" \\',)))
    document = dump_evidence([answer])
    assert document["example.com"]["TXT"][1] == ['plain "quoted" \\']
    for ascii_only in (True, False):
        text = json.dumps(document, ensure_ascii=ascii_only).encode().decode()
        assert load_evidence(text)(question) == answer


def test_text_typed_by_hand_may_be_japanese() -> None:
    lookup = load_evidence('{"example.com": {"TXT": ["例え"]}}')
    assert lookup(Question("example.com", "TXT")).texts == ("例え".encode(),)


def test_a_long_string_is_cut_as_the_wire_does() -> None:
    lookup = load_evidence(json.dumps({"example.com": {"TXT": ["x" * 600]}}))
    assert [len(part) for part in lookup(Question("example.com", "TXT")).records[0]] == [255, 255, 90]


@pytest.mark.parametrize("name", [rb"mx.exampl\.", rb"a.\.", rb"a.b\\", b"."])
def test_an_escaped_dot_at_the_end_belongs_to_the_name(name: bytes) -> None:
    answer = Answer(Question("example.com", "MX"), Outcome.FOUND, ((b"10 " + name,),))
    assert load_evidence(json.dumps(dump_evidence([answer])))(answer.question) == answer


def test_a_final_dot_behind_an_escaped_backslash_goes() -> None:
    assert load_evidence(r'{"a": {"PTR": ["b\\\\."]}}')(Question("a", "PTR")).records == ((b"b" + b"\\" * 2,),)


def test_the_dump_has_the_published_form() -> None:
    answers = [
        Answer(Question("www.example.com", "A"), Outcome.FOUND, ((b"192.0.2.1",),), ("web.example.com",)),
        Answer(Question("example.com", "TXT"), Outcome.FOUND, ((b"v=spf1 ", b"-all"),)),
        Answer(Question("example.com", "MX"), Outcome.NO_DATA),
        Answer(Question("nope.example.com", "TXT"), Outcome.NO_NAME),
        Answer(Question("slow.example.com", "TXT"), Outcome.FAILED, failure=Failure.TIMEOUT),
    ]
    assert dump_evidence(Evidence(answer, ("spf",)) for answer in answers) == {
        "example.com": {"MX": [], "TXT": [["v=spf1 ", "-all"]]},
        "slow.example.com": {"TXT": {"error": "timeout"}},
        "web.example.com": {"A": ["192.0.2.1"]},
        "www.example.com": {"CNAME": ["web.example.com"]},
    }


NAMES = st.sampled_from(["a.example", "b.example", "c.example", "d.example"])
CAUSES = st.sampled_from(list(Failure))
STRINGS = st.binary(max_size=255)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Any answer, also ones that contradict each other, as a hostile server may give them."""
    question = Question(draw(NAMES), draw(st.sampled_from(["TXT", "A", "CNAME"])))
    outcome = draw(st.sampled_from(Outcome))
    aliases = tuple(draw(st.lists(NAMES, max_size=3)))
    if outcome is Outcome.FAILED:
        return Answer(question, outcome, (), aliases, draw(CAUSES))
    if outcome is not Outcome.FOUND:
        return Answer(question, outcome, (), aliases)
    if question.rtype == "TXT":
        texts = st.lists(st.lists(STRINGS, max_size=3).map(tuple), min_size=1, max_size=3)
        return Answer(question, outcome, tuple(draw(texts)), aliases)
    record = b"192.0.2.1" if question.rtype == "A" else draw(NAMES).encode()
    return Answer(question, outcome, ((record,),), aliases)


@given(st.lists(answers(), max_size=12, unique_by=lambda answer: answer.question))
def test_whatever_was_answered_is_answered_again(given_answers: list[Answer]) -> None:
    text = json.dumps(dump_evidence(given_answers))
    for lookup in (load_evidence(text), replay(given_answers)):
        for answer in given_answers:
            assert lookup(answer.question) == answer


@given(st.lists(answers(), max_size=12))
def test_the_dump_does_not_depend_on_the_order(given_answers: list[Answer]) -> None:
    """Two answers to one question cannot both be kept; that must not hang either."""
    dump_evidence(given_answers)
    single = list({answer.question: answer for answer in given_answers}.values())
    ordered = sorted(single, key=lambda answer: answer.question)
    assert dump_evidence(reversed(ordered)) == dump_evidence(ordered)
