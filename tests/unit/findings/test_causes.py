"""A proved cause explains a failure and never makes it less of one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from headerlens.dns.recorded import replay
from headerlens.findings.catalogue import entries
from headerlens.findings.second import reviewed
from headerlens.findings.verdict import exit_status
from headerlens.model.case import Case
from headerlens.model.findings import Level
from headerlens.model.message import RawMessage
from headerlens.model.verdicts import Opinion, SecondOpinion
from headerlens.pipeline import analyse, prove
from headerlens.present.causes import changes_text
from headerlens.present.result import present_result
from headerlens.present.words import LANGUAGES, Words
from headerlens.report.json import report
from tests.support.signing import MAIL, answers, key_record, own_sign, zone_for
from tests.unit.test_corpus import NAMES
from tests.unit.test_corpus import case_of as corpus_case

CAUSES = Path(__file__).resolve().parents[3] / "headerlens" / "causes"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
POLICY = {"_dmarc.example.com": "v=DMARC1; p=reject"}
SIGNED = own_sign(MAIL)
TAGGED = SIGNED.replace(b"Subject: ", b"Subject: [EXTERNAL] ")
FOOTED = SIGNED.rstrip(b"\r\n") + b"\r\n\r\n___\r\nScanned.\r\nTwice.\r\n"
TAMPERED = SIGNED.replace(b"dinner", b"supper")


def case_of(octets: bytes, zone: dict[str, str] | None = None) -> Case:
    records = {**zone_for("rsa2048"), **(POLICY if zone is None else zone)}
    return analyse(RawMessage(octets, "test.eml"), answers(records), NOW)


def ids(case: Case) -> list[str]:
    return [finding.id for finding in case.findings]


@pytest.mark.parametrize("octets", [TAGGED, FOOTED])
@pytest.mark.parametrize("zone", [POLICY, {"_dmarc.example.com": "v=DMARC1; p=none"}, {}])
def test_a_proved_cause_is_the_root_and_the_level_stays(octets: bytes, zone: dict[str, str]) -> None:
    case = case_of(octets, zone)
    proved = prove(case)
    assert proved.judgement.level is case.judgement.level
    assert proved.judgement.situation == case.judgement.situation
    assert proved.judgement.params["variant"] == "explained"
    assert exit_status(proved) == exit_status(case)
    assert proved.findings[0].id == "cause.proved"
    failure = next(one for one in proved.findings if one.id in {"dkim.headers-changed", "dkim.body-changed"})
    assert failure.because == ("cause.proved",)
    assert set(ids(case)) | {"cause.proved"} == set(ids(proved))


@pytest.mark.parametrize("name", NAMES)
def test_no_proof_in_the_corpus_changes_an_answer_or_takes_a_finding_away(name: str) -> None:
    case = corpus_case(name)
    proved = prove(case)
    assert proved.judgement.level is case.judgement.level
    assert proved.judgement.situation == case.judgement.situation
    assert exit_status(proved) == exit_status(case)
    assert set(ids(case)) <= set(ids(proved))
    assert (proved is case) == (not proved.causes)


def test_every_kind_of_change_in_the_sources_has_words_in_both_languages() -> None:
    told = set()
    for path in sorted(CAUSES.glob("*.py")):
        source = path.read_text("utf-8")
        told |= set(
            re.findall(r'(?:change|replaced|substitutions|Mark)\(\s*(?:draft, )?"([a-z]+(?:-[a-z]+)*)"', source)
        )
        told |= set(re.findall(r'^    \("([a-z]+(?:-[a-z]+)+)", ', source, re.MULTILINE))
    assert {"subject-tag", "blanks-added", "mime-wrapper"} <= told
    for language in LANGUAGES:
        assert {kind for kind in told if not Words(language).has_phrase(f"change.{kind}")} == set()


def test_what_is_not_proved_changes_nothing_at_all() -> None:
    case = case_of(TAMPERED)
    assert prove(case) is case


def test_a_case_that_passes_is_the_very_same() -> None:
    case = case_of(SIGNED)
    assert case.judgement.level is Level.PASS
    assert prove(case) is case


def test_proving_twice_and_on_a_repeated_analysis_gives_the_same() -> None:
    first = case_of(TAGGED)
    case = analyse(first.raw, replay(first.evidence), first.checked_at)  # a long record comes back in pieces
    again = analyse(case.raw, replay(case.evidence), case.checked_at, choices=case.choices)
    assert again == case
    assert prove(again) == prove(case) == prove(prove(case))


def test_a_second_opinion_survives_the_proof() -> None:
    case = case_of(TAGGED)
    opinions = (SecondOpinion(0, Opinion.DISAGREES, "pass"),)
    first, then = prove(reviewed(case, opinions)), reviewed(prove(case), opinions)
    assert set(ids(first)) == set(ids(then))
    assert "dkim.second-opinion" in ids(first)


def test_an_answer_under_dispute_stays_under_dispute() -> None:
    passing = own_sign(SIGNED, "ed25519", tags={"s": "s2"})
    broken = passing.replace(
        b"; h=from:to:subject:date:message-id; bh=", b"; h=from:to:subject:date:message-id;  bh=", 1
    )
    records = {**zone_for("rsa2048"), "s2._domainkey.example.com": key_record("ed25519"), **POLICY}
    case = analyse(RawMessage(broken.replace(b"s=s2", b"s=s2"), "test.eml"), answers(records), NOW)
    disputed = reviewed(case, tuple(SecondOpinion(check.index, Opinion.DISAGREES, "fail") for check in case.dkim))
    assert disputed.judgement.situation == "S30"
    assert prove(disputed).judgement == disputed.judgement


def test_a_cause_beside_a_passing_signature_is_a_remark() -> None:
    tagged = own_sign(TAGGED, "ed25519", tags={"s": "s2"})
    zone = {"s2._domainkey.example.com": key_record("ed25519"), **POLICY}
    case = prove(case_of(tagged, zone))
    assert case.judgement.level is Level.PASS
    assert "cause.aside" in ids(case)
    assert entries()["cause.aside"].severity == "note"


def test_a_header_explained_alone_leaves_the_failure_the_first_thing_said() -> None:
    case = prove(case_of(TAGGED.replace(b"hungry", b"thirsty")))
    assert "cause.header" in ids(case)
    assert case.findings[0].id == "dkim.both-changed"
    assert case.findings[0].params["origin"] == "origin.proved"
    assert case.judgement.params.get("variant") != "explained"


def test_a_body_explained_without_a_key_is_no_proof_of_the_signer() -> None:
    records: dict[str, str] = dict(POLICY)
    case = prove(analyse(RawMessage(FOOTED, "test.eml"), answers(records), NOW))
    assert "cause.body" in ids(case)
    assert case.judgement.params.get("variant") != "explained"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_change_is_told_with_what_was_signed_and_what_stands_there(language: str) -> None:
    words = Words(language)
    view = present_result(prove(case_of(TAGGED)), words)
    first = view.findings[0]
    assert "[EXTERNAL]" in first.title
    assert any("[EXTERNAL] Is dinner ready?" in line for line in first.evidence)
    assert any(line.endswith("Is dinner ready?") and "[EXTERNAL]" not in line for line in first.evidence)
    assert first.places
    footed = present_result(prove(case_of(FOOTED)), words).findings[0]
    assert "3" in footed.title or "4" in footed.title
    assert any("Scanned." in line for line in footed.evidence)


def test_every_kind_of_change_in_the_code_has_words() -> None:
    words = Words("en")
    for octets in (TAGGED, FOOTED):
        (cause,) = prove(case_of(octets)).causes
        for change in cause.changes:
            assert words.has_phrase(f"change.{change.kind}")
            unknown = replace(change, kind="never-heard-of")
            assert words.has_phrase(f"change.other-{change.part}")
            assert "?" not in changes_text((unknown,), words)


def test_the_report_holds_the_cause_as_data() -> None:
    case = prove(case_of(TAGGED))
    data = report(case, present_result(case, Words("en")))
    cause = data["dkim"][0]["cause"]
    assert (cause["proved"], cause["whole"], cause["header"], cause["body"]) == (True, True, True, False)
    (change,) = cause["changes"]
    assert (change["kind"], change["field"], change["detail"]) == ("subject-tag", "Subject", {"tag": "[EXTERNAL]"})
    start, end = change["where"]["start"], change["where"]["end"]
    assert TAGGED[start:end].startswith(b" [EXTERNAL]")
    without = case_of(TAMPERED)
    assert report(without, present_result(without, Words("en")))["dkim"][0]["cause"] is None
