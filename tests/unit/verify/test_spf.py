from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.limits import SPF_MAX_TREE_TERMS
from headerlens.model.verdicts import Identity, Result, SenderInputs, SpfCheck, SpfNode, SpfTerm, TermState
from headerlens.verify.spf import CODES, check_spf, checkable_domain, clean_address, spf_domain
from tests.support.nameserver import NameServer

CASES = yaml.safe_load((Path(__file__).parents[2] / "data" / "spf_cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server() -> Iterator[NameServer]:
    with NameServer(CASES["zone"]) as running:
        yield running


def sender(
    mail_from: str | None, ip: str | None = "192.0.2.1", helo: str | None = "mail.sender.example"
) -> SenderInputs:
    return SenderInputs(ip, "user", helo, "user", mail_from, "user", None, "border.user")


def zone(records: dict[str, dict[str, list[str]]], asked: list[Question] | None = None) -> Lookup:
    """A literal zone; what is asked is appended to `asked`."""

    def ask(question: Question) -> Answer:
        if asked is not None:
            asked.append(question)
        types = records.get(question.name)
        if types is None:
            return Answer(question, Outcome.NO_NAME)
        found = tuple((text.encode("latin-1"),) for text in types.get(question.rtype, ()))
        return Answer(question, Outcome.FOUND if found else Outcome.NO_DATA, found)

    return ask


def txt(text: str) -> dict[str, list[str]]:
    return {"TXT": [text]}


def terms(node: SpfNode | None) -> Iterator[SpfTerm]:
    for term in node.terms if node else ():
        yield term
        yield from terms(term.child)


def note_codes(check: SpfCheck) -> set[str]:
    return {note.code for note in check.notes}


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: f"{case['from']} {case['ip']}")
def test_each_of_our_cases_comes_out_as_written(case: dict[str, Any], server: NameServer) -> None:
    check = check_spf(sender(case["from"], case["ip"], case.get("helo", "mail.sender.example")), server.lookup())
    told = {
        "result": check.result.value,
        "code": check.code,
        "matched": check.matched,
        "problem": check.problem,
        "lookups": check.lookups,
        "voids": check.void_lookups,
    }
    assert {key: value for key, value in told.items() if key in case} == {
        key: value for key, value in case.items() if key in told
    }
    assert check.code is None or check.code in CODES
    assert (check.code is None) == (check.result is Result.PASS)


def test_the_tree_shows_each_term_with_its_state_and_its_place_in_the_count() -> None:
    ask = zone(
        {
            "a.example": txt("v=spf1 a:h.example include:b.example mx ~all"),
            "b.example": txt("v=spf1 ip4:192.0.2.1 -all"),
            "h.example": {"A": ["198.51.100.1"]},
        }
    )
    tree = check_spf(sender("x@a.example"), ask).tree
    assert [(t.text, t.start, t.kind, t.state, t.lookup) for t in terms(tree)] == [
        ("a:h.example", 7, "a", TermState.NO_MATCH, 1),
        ("include:b.example", 19, "include", TermState.MATCHED, 2),
        ("ip4:192.0.2.1", 7, "ip4", TermState.MATCHED, None),
        ("-all", 21, "all", TermState.NOT_REACHED, None),
        ("mx", 37, "mx", TermState.NOT_REACHED, None),
        ("~all", 40, "all", TermState.NOT_REACHED, None),
    ]
    assert tree is not None
    assert tree.terms[0].answers == ("198.51.100.1",)
    assert tree.terms[1].child is not None
    assert tree.terms[1].child.result is Result.PASS


def test_an_expanded_domain_is_kept_beside_what_is_written() -> None:
    tree = check_spf(sender("x@a.example"), zone({"a.example": txt("v=spf1 exists:%{i}.%{d} -all")})).tree
    assert tree is not None
    assert tree.terms[0].expanded == "192.0.2.1.a.example"


def test_past_the_tenth_look_up_the_terms_are_counted_on() -> None:
    many = " ".join(f"a:h{number}.example" for number in range(9))
    ask = zone(
        {
            "a.example": txt(f"v=spf1 {many} include:b.example include:c.example -all"),
            "b.example": txt("v=spf1 a:h1.example include:d.example -all mx"),
            "c.example": txt("v=spf1 mx redirect=d.example"),
            "d.example": txt("v=spf1 exists:x.example ?all"),
            **{f"h{number}.example": {"A": ["198.51.100.1"]} for number in range(9)},
        }
    )
    check = check_spf(sender("x@a.example"), ask)
    assert (check.result, check.code, check.problem) == (Result.PERMERROR, "spf.too_many_lookups", "a:h1.example")
    assert check.lookups == 17
    beyond = [(term.text, term.lookup) for term in terms(check.tree) if (term.lookup or 0) > 10]
    assert beyond == [
        ("a:h1.example", 11),
        ("include:d.example", 12),
        ("exists:x.example", 13),
        ("include:c.example", 14),
        ("mx", 15),
        ("redirect=d.example", 16),
        ("exists:x.example", 17),
    ]
    assert [term.state for term in terms(check.tree) if term.text == "include:b.example"] == [TermState.ERROR]


def test_counting_on_ends_in_a_circle_and_at_its_limit() -> None:
    wide = " ".join(["exists:h.example"] * 9)
    ask = zone(
        {
            "a.example": txt(f"v=spf1 {wide} include:b.example include:b.example -all"),
            "b.example": txt(f"v=spf1 {wide} {wide} {wide} {wide} include:c.example -all"),
            "c.example": txt("v=spf1 include:a.example include:b.example include:c.example -all"),
            "h.example": {"MX": ["1 x.example"], "A": []},
        }
    )
    check = check_spf(sender("x@a.example"), ask)
    assert check.result is Result.PERMERROR
    assert check.lookups <= 60


def test_questions_of_terms_that_are_not_reached_are_not_asked() -> None:
    asked: list[Question] = []
    record = "v=spf1 ip4:192.0.2.1 exists:%{p}.x.example a:y.example redirect=%{p}.example exp=why.example"
    check = check_spf(sender("x@a.example"), zone({"a.example": txt(record)}, asked))
    assert check.result is Result.PASS
    assert asked == [Question("a.example", "TXT")]


def test_no_question_is_asked_twice() -> None:
    asked: list[Question] = []
    ask = zone({"a.example": txt("v=spf1 a a:a.example mx:a.example exists:a.example -all")}, asked)
    check_spf(sender("x@a.example"), ask)
    assert len(asked) == len(set(asked))


def test_an_unknown_mail_from_is_not_replaced_by_helo() -> None:
    check = check_spf(sender(None), zone({"mail.sender.example": txt("v=spf1 +all")}))
    assert (check.result, check.code, check.domain) == (Result.NONE, "spf.no_domain", "")


def test_the_null_path_checks_helo_as_postmaster() -> None:
    ask = zone({"h.example": txt("v=spf1 exists:%{l}.%{o} -all"), "postmaster.h.example": {"A": ["127.0.0.1"]}})
    check = check_spf(sender("", helo="h.example"), ask)
    assert (check.result, check.identity, check.domain) == (Result.PASS, Identity.HELO, "h.example")


def test_notes_tell_what_the_result_does_not() -> None:
    open_to_all = check_spf(sender("a.example", helo=None), zone({"a.example": txt("v=spf1 ptr +all")}))
    assert note_codes(open_to_all) == {"spf.local_part_unknown", "spf.helo_unknown", "spf.pass_all", "spf.ptr"}
    assert note_codes(check_spf(sender("x@a.example"), zone({}))) == {"spf.no_name"}
    assert note_codes(check_spf(sender("x@a.example"), zone({"a.example": {}}))) == set()


@pytest.mark.parametrize("failure", [failure for failure in Failure if failure is not Failure.BAD_NAME])
def test_a_question_without_an_answer_is_a_temperror_that_says_why(failure: Failure) -> None:
    check = check_spf(sender("x@a.example"), lambda question: Answer(question, Outcome.FAILED, failure=failure))
    assert (check.result, check.code, check.problem) == (Result.TEMPERROR, "spf.temperror", "TXT a.example")
    assert [(note.code, note.detail) for note in check.notes] == [("spf.dns", failure.value)]


def test_names_that_grow_too_long_lose_labels_from_the_left() -> None:
    asked: list[Question] = []
    local = ".".join(["a" * 50] * 5)
    check_spf(sender(f"{local}@a.example"), zone({"a.example": txt("v=spf1 exists:%{l}.%{d} -all")}, asked))
    assert asked[1].name == ".".join(["a" * 50] * 4) + ".a.example"


def test_a_record_of_thousands_of_terms_is_cut_in_the_tree_but_not_in_the_check() -> None:
    record = "v=spf1 " + "ip4:198.51.100.1 " * 3000 + "ip4:192.0.2.1 -all"
    check = check_spf(sender("x@a.example"), zone({"a.example": txt(record)}))
    assert (check.result, check.matched) == (Result.PASS, "ip4:192.0.2.1")
    assert len(tuple(terms(check.tree))) <= SPF_MAX_TREE_TERMS + 1
    assert any(term.state is TermState.MATCHED for term in terms(check.tree))


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 a:x." + "a" * 60_000 + "!",
        "v=spf1 " + "a" * 60_000,
        "v=spf1 x=" + "%%" * 20_000 + "%",
        "v=spf1 a" + "/" * 60_000,
        "v=spf1 " + " ".join(["exists:" + "%{s}." * 80 + "com"] * 100),
        "v=spf1 exists:%{" + "d" + "9" * 5000 + "}",
        "v=spf1 include:%{d}. a:. mx:.. ptr:.a",
        "v=spf1 a:\x00.example",
        "v=spf1\ta",
    ],
)
def test_hostile_records_come_to_an_end(record: str) -> None:
    check = check_spf(sender("l" * 200 + "@a.example"), zone({"a.example": txt(record)}))
    assert check.result in set(Result)
    assert check.code != "spf.unprocessable"


_SIGNS = "+-?~ :/=.%{}"
_WORDS = [
    "a",
    "mx",
    "ptr",
    "ip4",
    "ip6",
    "all",
    "include",
    "exists",
    "redirect=",
    "exp=",
    "example",
    "%{d}",
    "%{l1r-}",
    "%{ir}",
    "%{p}",
    "%{h}",
    "192.0.2.1",
    "::1",
    "//64",
    "/24",
    "a.example",
    "\x00",
    "é",
]
_PIECES = st.sampled_from([*_SIGNS, *_WORDS])


@given(st.lists(_PIECES, max_size=30).map("".join), st.text(max_size=20), st.text(max_size=12), st.text(max_size=12))
def test_nothing_raises(record: str, local: str, helo: str, ip: str) -> None:
    ask = zone(
        {"a.example": {"TXT": ["v=spf1 " + record], "A": ["192.0.2.1", "rubbish"], "MX": ["x", "", "1 a.example"]}}
    )
    for address in ("192.0.2.1", "2001:db8::1", ip):
        check = check_spf(sender(f"{local}@a.example", address, helo), ask)
        assert check.code != "spf.unprocessable"


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_sender_is_answered(mail_from: str, helo: str) -> None:
    assert check_spf(sender(mail_from, helo=helo), zone({})).result is Result.NONE


def test_the_same_inputs_give_the_same_check() -> None:
    ask = zone({"a.example": txt("v=spf1 a mx include:b.example -all"), "b.example": txt("v=spf1 ?all")})
    assert check_spf(sender("x@a.example"), ask) == check_spf(sender("x@a.example"), ask)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" [192.0.2.1] ", "192.0.2.1"),
        ("IPv6:2001:DB8::1", "2001:db8::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::1"),
        ("unknown", None),
        ("", None),
        (None, None),
        ("192.0.2.1/24", None),
    ],
)
def test_addresses_are_cleaned(written: str | None, clean: str | None) -> None:
    assert clean_address(written) == clean


def test_a_domain_is_checkable_with_two_sound_labels() -> None:
    assert checkable_domain("Example.COM.") == "example.com"
    assert checkable_domain("bücher.example") == "xn--bcher-kva.example"
    for bad in ("", "localhost", "a..b", "[192.0.2.1]", "a" * 64 + ".example", "a." * 130 + "example"):
        assert checkable_domain(bad) is None
    assert spf_domain(sender("x@A.example")) == "a.example"
    assert spf_domain(sender(None)) == ""


def test_pyspf_is_not_imported_before_a_check_needs_it_and_warns_of_nothing(tmp_path: Path) -> None:
    script = (
        "import sys, headerlens.verify.spf as room; assert 'spf' not in sys.modules;"
        "import headerlens.verify.spf_tracing; assert 'spf' in sys.modules"
    )
    root = Path(__file__).parents[3]
    # a fresh cache makes Python compile pyspf again, which is when it would warn
    command = [sys.executable, "-W", "error", "-X", f"pycache_prefix={tmp_path}", "-c", script]
    assert subprocess.run(command, cwd=root, capture_output=True, check=False, text=True).stderr == ""
