"""The whole page, the copied answer, refusals and progress, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC

import pytest
from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st

from headerlens.findings.facts import Facts
from headerlens.model.message import BodyState, Refusal, Repair, SourceKind
from headerlens.model.progress import Progress, Step
from headerlens.model.verdicts import Result
from headerlens.present.result import answer_text, present_progress, present_refusal, present_result
from headerlens.present.views import Glyph, Tone, plain
from headerlens.present.words import Words
from tests.support.facts import AUTHOR, RESULTS, case_of, dkim, dmarc, facts, message, spf

EN, JA = Words("en"), Words("ja")
OTHER = "mailer-7.example.net"


def _passing(*extra: str) -> Facts:
    return facts((dkim(AUTHOR),), spf(AUTHOR), made=message(RESULTS, *extra))


def test_the_card_of_a_pass() -> None:
    verdict = present_result(case_of(_passing()), EN, zone=UTC).verdict
    assert (verdict.level, verdict.glyph, verdict.tone, verdict.situation) == ("pass", Glyph.PASS, Tone.PASS, "S1")
    assert plain(verdict.headline) == f"Authenticated as {AUTHOR}"
    assert [span.text for span in verdict.headline if span.strong] == [AUTHOR]
    assert verdict.action == "Nothing to do about the sender. Read the content with the usual care."


@pytest.mark.parametrize(
    "given",
    [
        facts((dkim(AUTHOR),), replace(spf(AUTHOR), matched="+all")),
        facts((replace(dkim(AUTHOR), unsigned_octets=7),), spf(AUTHOR)),
        _passing("Subject: Invoice\u200b"),
    ],
)
def test_a_pass_points_to_what_lessens_it(given: Facts) -> None:
    verdict = present_result(case_of(given), EN, zone=UTC).verdict
    assert verdict.level == "pass"
    assert verdict.sentence.endswith(" But see the warning below.")


def test_only_a_pass_has_the_tick() -> None:
    for given in (facts((dkim(OTHER),)), facts((dkim(AUTHOR, "body.missing"),), body=BodyState.MISSING)):
        assert present_result(case_of(given), EN, zone=UTC).verdict.glyph is not Glyph.PASS


@pytest.mark.parametrize(("words", "ending"), [(EN, " But see the warning below."), (JA, "下の注意もご覧ください。")])
def test_a_pass_points_to_a_warning_about_the_sender(words: Words, ending: str) -> None:
    warned = _passing("Reply-To: x@elsewhere.example")
    assert present_result(case_of(warned), words, zone=UTC).verdict.sentence.endswith(ending)
    assert not present_result(case_of(_passing()), words, zone=UTC).verdict.sentence.endswith(ending)


def test_a_fail_never_points_to_it() -> None:
    given = facts((dkim(OTHER),), made=message(RESULTS, "Reply-To: x@elsewhere.example"))
    assert "warning below" not in present_result(case_of(given), EN, zone=UTC).verdict.sentence


def test_the_message_line() -> None:
    line = present_result(case_of(_passing()), EN, zone=UTC).line
    assert (line.address, line.display, line.subject) == (f"billing@{AUTHOR}", "“Midori Supply”", "Invoice")
    assert (line.date, line.pill, line.pill_text) == ("20 Nov 2026, 00:12", "complete", "complete message")
    japanese = present_result(case_of(_passing()), JA, zone=UTC).line
    assert (japanese.display, japanese.date, japanese.pill_text) == (
        "「Midori Supply」",
        "2026年11月20日 00:12",
        "完全なメール",
    )


@pytest.mark.parametrize(
    ("kind", "body", "pill"),
    [
        (SourceKind.EML, BodyState.COMPLETE, "complete"),
        (SourceKind.PASTE, BodyState.COMPLETE, "pasted"),
        (SourceKind.OUTLOOK_HEADERS, BodyState.MISSING, "headers"),
        (SourceKind.EML, BodyState.MISSING, "headers"),
        (SourceKind.EMLX, BodyState.COMPLETE, "complete"),
        (SourceKind.EMLX, BodyState.MISSING, "headers"),
        (SourceKind.MBOX, BodyState.COMPLETE, "complete"),
        (SourceKind.MSG, BodyState.MISSING, "converted"),
    ],
)
def test_the_pill_tells_what_was_handed_over(kind: SourceKind, body: BodyState, pill: str) -> None:
    given = facts((dkim(AUTHOR),), made=message(RESULTS, kind=kind), body=body)
    assert present_result(case_of(given), EN, zone=UTC).line.pill == pill


def test_a_message_that_lacks_everything_still_has_a_line() -> None:
    given = facts(policy=dmarc(author="", code="na.no_from"), made=message(sender="", received=(), subject=""))
    line = present_result(case_of(given), EN, zone=UTC).line
    assert (line.address, line.display, line.subject) == ("no sender", "", "(no subject)")


def test_findings_carry_reason_steps_places_and_exact_values() -> None:
    given = facts((dkim(AUTHOR, "hash.body"),), made=message(RESULTS))
    view = present_result(case_of(given), EN, zone=UTC)
    first = view.findings[0]
    assert (first.id, first.code, first.severity, first.tone) == ("dkim.body-changed", "HL-204", "problem", Tone.FAIL)
    assert first.why == f"{first.happened} {first.means}"
    assert first.steps
    assert "Signed body hash: expected=" in first.evidence
    assert f"DNS: k2026._domainkey.{AUTHOR}" in [place.text for place in first.places]
    assert [one.id for one in first.consequences] == ["dmarc.nothing-passed"]
    assert "dmarc.nothing-passed" not in [one.id for one in view.findings]


def test_places_name_field_and_line() -> None:
    view = present_result(case_of(facts((dkim(OTHER),))), EN, zone=UTC)
    texts = [place.text for place in view.findings[0].places]
    assert (texts[0], texts[-1]) == ("From, line 4", "DNS: _dmarc.example.co.jp")
    assert present_result(case_of(facts((dkim(OTHER),))), JA, zone=UTC).findings[0].places[0].text == "From、4行目"


def test_the_count_takes_good_findings_for_notes() -> None:
    view = present_result(case_of(_passing()), EN, zone=UTC)
    assert view.findings_count == "3 notes"
    assert present_result(case_of(_passing()), JA, zone=UTC).findings_count == "メモ3"


def test_a_missing_record_comes_with_the_record_to_publish() -> None:
    checks = (dkim(AUTHOR),)
    given = facts(checks, policy=dmarc(checks, policy=None, home=AUTHOR))
    (change,) = next(
        f.changes for f in present_result(case_of(given), EN, zone=UTC).findings if f.id == "dmarc.no-record"
    )
    assert change.copy_text == f"v=DMARC1; p=none; rua=mailto:dmarc-reports@{AUTHOR}"


def test_notices_tell_of_samples_and_of_repairs_of_weight() -> None:
    made = message(RESULTS)
    made = replace(made, raw=replace(made.raw, repairs=(Repair("repair.line-ends", 9), Repair("repair.quoted", 9))))
    view = present_result(case_of(facts((), made=made)), EN, zone=UTC, sample=True)
    assert len(view.notices) == 2
    assert view.notices[0].startswith("This is an example.")
    assert "Quotation marks" in view.notices[1]


def test_the_copied_answer_follows_the_template() -> None:
    case = case_of(_passing())
    assert answer_text(case, EN, zone=UTC) == (
        f"Authenticated as {AUTHOR}. A valid signature and the sending server both vouch for {AUTHOR}.\n"
        "What to do: Nothing to do about the sender. Read the content with the usual care.\n"
        "Checked with HeaderLens on 21 Nov 2026, 08:20. "
        "This is about who sent the message, not whether its content is safe."
    )
    assert answer_text(case, JA, zone=UTC).splitlines() == [
        f"{AUTHOR} からのメールとして認証されました",
        f"電子署名と送信サーバーの両方が {AUTHOR} を裏付けています。",
        "対応：差出人についての対応は不要です。本文の内容はふだんどおり注意して読んでください。",
        "（HeaderLens で 2026年11月21日 08:20 に検証。送信者の判定であり、内容の安全性の判定ではありません。）",
    ]


def test_a_refusal_says_what_it_is_and_the_next_step() -> None:
    view = present_refusal(Refusal("refusal.image", (("name", "photo\x1b.jpg"),)), EN)
    assert view.id == "refusal.image"
    assert "photo[U+001B].jpg" in view.sentence
    assert present_refusal(Refusal("refusal.image"), JA).action.endswith("ドロップしてください。")


def test_progress_names_what_is_done_running_and_waiting() -> None:
    view = present_progress(Progress(Step.DKIM, 8, 5, "489ban._domainkey.inn.example.co.jp"), EN)
    assert view.headline == "Checking… 5 of 8 look-ups answered"
    assert [line[0] for line in view.lines] == [Glyph.PASS, Glyph.PASS, Glyph.RUN, Glyph.WAIT]
    assert view.ladder is None
    assert view.lines[2][2] == "489ban._domainkey.inn.example.co.jp"
    assert present_progress(Progress(Step.READ), JA).headline == "確認中…"


@pytest.mark.parametrize("words", [EN, JA])
@pytest.mark.parametrize("result", list(Result))
def test_no_result_of_spf_leaves_a_gap(words: Words, result: Result) -> None:
    view = present_result(case_of(facts((), spf(AUTHOR, result))), words, zone=UTC)
    texts = [plain(row.sentence) for row in view.ladder.rows] + [f.why for f in view.findings]
    assert all(text and "{" not in text and "row." not in text for text in texts)


def _strings(value: object) -> Iterator[str]:
    """Every text that a face may draw; parameters and places hold the raw values for machines."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in {"params", "where"}:
                yield from _strings(getattr(value, field.name))


_HOSTILE = st.text(
    st.sampled_from('ab.@-*{}[]()<>"\\ \t\x00\x1b\x9b\u202e\u2066\u200f\u200b\u2028\ufeff\u0301漢א'), max_size=40
)


@settings(max_examples=40, deadline=None)
@any_of(_HOSTILE, _HOSTILE, _HOSTILE, _HOSTILE)
def test_nothing_hostile_reaches_a_face(display: str, subject: str, selector: str, domain: str) -> None:
    made = message(RESULTS, sender=f"{display} <a@{AUTHOR}>", subject=subject.replace("\r", "").replace("\n", ""))
    checks = (
        dkim(domain or "x", "hash.body", selector=selector),
        dkim(OTHER, "key.syntax", index=1, selector=selector),
    )
    given_facts = facts(checks, spf(domain or "x", Result.FAIL), made=made)
    for words in (EN, JA):
        for text in _strings(present_result(case_of(given_facts), words, zone=UTC)):
            assert not set(text) & set("\x00\x1b\x9b\u202e\u2066\u200f\u200b\u2028\ufeff"), text
