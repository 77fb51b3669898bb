"""Questions that tell, as notes that name the question and why."""

from __future__ import annotations

from headerlens.findings.facts import Facts
from headerlens.findings.telltales import find_telltales
from headerlens.model.dns import Answer, Evidence, Failure, Outcome, Question
from tests.support.facts import AUTHOR, facts, spf

TOKEN = "b-20261121-77"


def _facts(*names: str, failure: Failure | None = None) -> Facts:
    outcome = Outcome.FAILED if failure else Outcome.NO_NAME
    evidence = tuple(Evidence(Answer(Question(name, "TXT"), outcome, failure=failure), ("spf",)) for name in names)
    return facts((), spf(AUTHOR, mail_from=f"{TOKEN}@{AUTHOR}"), evidence=evidence)


def test_a_telling_question_is_named_with_its_reason() -> None:
    (found,) = find_telltales(_facts(f"{TOKEN}.x.example", "ordinary.example"))
    assert (found.id, dict(found.params)) == (
        "dns.telltale",
        {"names": f"{TOKEN}.x.example", "reason": "telltale.local-part"},
    )
    assert [one.question for one in found.where] == [f"TXT {TOKEN}.x.example"]


def test_each_reason_is_one_note_however_many_questions() -> None:
    selectors = [f"{letter * 40}._domainkey.x.example" for letter in "abcd"]
    found = list(find_telltales(_facts(*selectors, f"{TOKEN}.x.example")))
    assert [one.params["reason"] for one in found] == ["telltale.selector", "telltale.local-part"]
    assert str(found[0].params["names"]).count("_domainkey") == 3
    assert str(found[0].params["names"]).endswith(", …")


def test_what_was_never_sent_told_nobody() -> None:
    for failure in (Failure.OFFLINE, Failure.TOO_MANY, Failure.BAD_NAME):
        assert not list(find_telltales(_facts(f"{TOKEN}.x.example", failure=failure)))
    assert list(find_telltales(_facts(f"{TOKEN}.x.example", failure=Failure.TIMEOUT)))


def test_ordinary_questions_are_no_matter() -> None:
    assert not list(find_telltales(_facts(f"_dmarc.{AUTHOR}", f"k2026._domainkey.{AUTHOR}")))
