"""A disagreement of the two verifiers: a finding each, and no answer where the answer rests on it."""

from __future__ import annotations

import pytest

from headerlens.findings.second import reviewed
from headerlens.findings.verdict import exit_status
from headerlens.model.findings import Judgement, Level
from headerlens.model.verdicts import Opinion, Result, SecondOpinion
from headerlens.present.result import present_result
from headerlens.present.views import Glyph, plain
from headerlens.present.words import Words
from tests.support.facts import AUTHOR, case_of, dkim, facts, spf

DISAGREES = SecondOpinion(0, Opinion.DISAGREES, "ValidationError: odd")
OTHER = "mailer-7.example.net"


def test_without_a_disagreement_the_case_is_the_very_same() -> None:
    case = case_of(facts((dkim(AUTHOR),), spf(AUTHOR)))
    others = tuple(SecondOpinion(0, one, "x") for one in Opinion if one is not Opinion.DISAGREES)
    assert reviewed(case, others) is case
    assert reviewed(case, ()) is case


def test_a_disputed_signature_that_carries_the_answer_leaves_none() -> None:
    case = case_of(facts((dkim(AUTHOR),), spf(AUTHOR)))
    assert exit_status(case) == 0
    lowered = reviewed(case, (DISAGREES,))
    assert lowered.judgement == Judgement(Level.UNKNOWN, "S30", {"d": AUTHOR})
    assert exit_status(lowered) == 2
    found = next(one for one in lowered.findings if one.id == "dkim.second-opinion")
    assert dict(found.params) == {"domain": AUTHOR, "selector": "k2026", "ours": "pass", "theirs": "fail"}
    assert lowered.findings[0] is found
    assert {one.id for one in case.findings} < {one.id for one in lowered.findings}


def test_a_disputed_signature_of_others_is_a_finding_only() -> None:
    case = case_of(facts((dkim(OTHER), dkim(AUTHOR, index=1)), spf(AUTHOR)))
    checked = reviewed(case, (DISAGREES,))
    assert checked.judgement == case.judgement
    assert "dkim.second-opinion" in {one.id for one in checked.findings}


def test_what_only_dkimpy_lets_pass_softens_no_failure() -> None:
    case = case_of(facts((dkim(AUTHOR, "hash.header"),)))
    assert case.judgement.level is Level.FAIL
    checked = reviewed(case, (DISAGREES,))
    assert checked.judgement == case.judgement
    found = next(one for one in checked.findings if one.id == "dkim.second-opinion")
    assert (found.params["ours"], found.params["theirs"]) == ("fail", "pass")


def test_consequences_keep_their_place() -> None:
    case = case_of(facts((dkim(AUTHOR, "hash.header"),)))
    checked = reviewed(case, (DISAGREES,))
    hidden = [(one.id, one.because) for one in case.findings if one.because]
    assert hidden
    assert [(one.id, one.because) for one in checked.findings if one.because] == hidden


def test_two_disputed_signatures_are_two_findings() -> None:
    case = case_of(facts((dkim(AUTHOR), dkim(OTHER, index=1))))
    opinions = (DISAGREES, SecondOpinion(1, Opinion.DISAGREES, "False"))
    found = [one.params["domain"] for one in reviewed(case, opinions).findings if one.id == "dkim.second-opinion"]
    assert found == [AUTHOR, OTHER]


@pytest.mark.parametrize(("language", "word"), [("en", "unclear"), ("ja", "判定不可")])
def test_a_disputed_answer_shows_neither_tick_nor_pass(language: str, word: str) -> None:
    words = Words(language)
    view = present_result(
        reviewed(case_of(facts((dkim(AUTHOR),), spf(AUTHOR))), (DISAGREES,)), words, second=(DISAGREES,)
    )
    assert view.verdict.glyph is Glyph.UNKNOWN
    assert plain(view.verdict.headline) == plain(
        words.situation(Judgement(Level.UNKNOWN, "S30", {"d": AUTHOR})).headline
    )
    sender = next(row for row in view.ladder.rows if row.now.word == word)
    assert plain(sender.sentence) == words.phrase("row.from.disputed")
    told = next(one for one in view.findings if one.id == "dkim.second-opinion")
    assert words.phrase("second.disagrees", {"value": DISAGREES.detail}) in told.evidence


def test_the_second_word_stands_under_the_signature_it_is_about() -> None:
    case, words = case_of(facts((dkim(AUTHOR), dkim(OTHER, index=1)))), Words("en")
    opinions = (
        SecondOpinion(0, Opinion.AGREES),
        SecondOpinion(1, Opinion.KNOWN_DEVIATION, "rsa-sha1"),
    )
    view = present_result(case, words, second=opinions)
    evidence = {one.id: one.evidence for one in view.findings}
    assert "Second opinion: dkimpy agrees." in evidence["dkim.pass"]
    assert evidence["dkim.third-party"][-1].startswith("Second opinion: dkimpy says otherwise; a known deviation: it ")
    assert not any("dkimpy" in line for one in present_result(case, words).findings for line in one.evidence)


def test_a_reason_that_has_no_words_yet_has_words_all_the_same() -> None:
    words = Words("en")
    case = case_of(facts((dkim(AUTHOR, result=Result.PASS),)))
    view = present_result(case, words, second=(SecondOpinion(0, Opinion.NOT_ASKED, "new"),))
    evidence = next(one.evidence for one in view.findings if one.id == "dkim.pass")
    assert evidence[-1] == "Second opinion: dkimpy wasn't asked, because it can't judge this one."
