"""The tree walk: which names are asked, and whose organisation comes of it (RFC 9989 4.10, 4.10.2)."""

import pytest

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.verify.organization import TreeWalks, walk_names


def zone(records: dict[str, str], *, broken: tuple[str, ...] = (), log: list[str] | None = None) -> Lookup:
    def ask(question: Question) -> Answer:
        assert question.rtype == "TXT"
        name = question.name.removeprefix("_dmarc.")
        if log is not None:
            log.append(name)
        if name in broken:
            return Answer(question, Outcome.FAILED, failure=Failure.TIMEOUT)
        if name in records:
            return Answer(question, Outcome.FOUND, tuple((text.encode(),) for text in records[name].split("|")))
        return Answer(question, Outcome.NO_NAME)

    return ask


@pytest.mark.parametrize(
    ("domain", "names"),
    [
        ("", ()),
        ("com", ("com",)),
        ("a.example.com", ("a.example.com", "example.com", "com")),
        (
            "a.b.c.d.e.f.g.h",
            ("a.b.c.d.e.f.g.h", "b.c.d.e.f.g.h", "c.d.e.f.g.h", "d.e.f.g.h", "e.f.g.h", "f.g.h", "g.h", "h"),
        ),
        (
            "0.1.a.b.c.d.e.f.g.h",
            ("0.1.a.b.c.d.e.f.g.h", "b.c.d.e.f.g.h", "c.d.e.f.g.h", "d.e.f.g.h", "e.f.g.h", "f.g.h", "g.h", "h"),
        ),
    ],
)
def test_the_names_of_a_walk(domain: str, names: tuple[str, ...]) -> None:
    assert walk_names(domain) == names
    log: list[str] = []
    TreeWalks(zone({}, log=log)).organization(domain)
    assert tuple(log) == names


@pytest.mark.parametrize(
    ("records", "name", "how"),
    [
        ({}, "a.b.example.com", "itself"),
        ({"b.example.com": "v=DMARC1"}, "b.example.com", "fewest-labels"),
        ({"a.b.example.com": "v=DMARC1", "example.com": "v=DMARC1"}, "example.com", "fewest-labels"),
        ({"b.example.com": "v=DMARC1; psd=n", "example.com": "v=DMARC1"}, "b.example.com", "psd=n"),
        ({"b.example.com": "v=DMARC1; psd=y", "example.com": "v=DMARC1"}, "a.b.example.com", "psd=y-below"),
        ({"com": "v=DMARC1; psd=y", "b.example.com": "v=DMARC1"}, "example.com", "psd=y-below"),
        ({"a.b.example.com": "v=DMARC1; psd=y"}, "a.b.example.com", "fewest-labels"),
        ({"example.com": "v=DMARC1|v=DMARC1; psd=n"}, "a.b.example.com", "itself"),
        ({"example.com": "v=DMARC1; p=none; p=none"}, "a.b.example.com", "itself"),
    ],
)
def test_the_organisation_of_a_name(records: dict[str, str], name: str, how: str) -> None:
    found = TreeWalks(zone(records)).organization("a.b.example.com")
    assert (found.domain, found.name, found.how) == ("a.b.example.com", name, how)


def test_each_step_says_what_stood_there() -> None:
    records = {
        "a.b.c.d.e": "v=spf1 -all",
        "b.c.d.e": "v=DMARC1|v=DMARC1",
        "c.d.e": "v=dmarc1",
        "d.e": "v=DMARC1; x=1; x=2",
    }
    found = TreeWalks(zone(records | {"e": "v=DMARC1; p=none"})).organization("a.b.c.d.e")
    assert [step.found for step in found.steps] == ["none", "several", "unusable", "unusable", "record"]
    assert [step.record is not None for step in found.steps] == [False, False, False, True, True]


def test_a_question_without_an_answer_ends_the_walk() -> None:
    found = TreeWalks(zone({"a.example.com": "v=DMARC1"}, broken=("example.com",))).organization("a.example.com")
    assert (found.name, found.how, [step.found for step in found.steps]) == (None, "error", ["record", "error"])


def test_walks_share_their_questions() -> None:
    log: list[str] = []
    walks = TreeWalks(zone({}, log=log))
    walks.organization("a.example.com")
    walks.organization("b.example.com")
    walks.organization("a.example.com")
    assert log == ["a.example.com", "example.com", "com", "b.example.com"]
