"""The ladder and the lines of a check under way: everything in its place, nothing green before DMARC has answered."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from headerlens.dns.recorded import load_evidence
from headerlens.model.message import Refusal
from headerlens.model.progress import Progress, Step
from headerlens.pipeline import analyse
from headerlens.present.ladder import present_ladder
from headerlens.present.progress import present_progress
from headerlens.present.running import present_running
from headerlens.present.views import Glyph, LadderView, Line, RowKind, Tone, plain
from headerlens.present.words import Words
from headerlens.reading import open_octets
from headerlens.samples import samples

EN, JA = Words("en"), Words("ja")
CORPUS = Path(__file__).resolve().parents[2] / "corpus"
CASES = ("plain", "many-signatures", "dmarc-strict-dkim", "bounce-pass", "from-none", "from-two-domains", "idn-sender",
         "sent-copy", "list-footer", "dns-offline", "no-path", "arc-broken")  # fmt: skip


@cache
def reports(name: str) -> tuple[tuple[Progress, ...], LadderView]:
    """Every report of a sample's or a corpus case's analysis, and the ladder it came to."""
    told: list[Progress] = []
    sample = next((one for one in samples() if one.name == name), None)
    if sample is not None:
        raw, ask, now, choices = sample.message(), sample.lookup(), sample.checked_at, sample.choices
    else:
        found = open_octets((CORPUS / name / "message.eml").read_bytes(), f"{name}.eml")
        assert not isinstance(found, Refusal)
        sample = samples()[0]
        raw, now, choices = found, sample.checked_at, sample.choices
        ask = load_evidence((CORPUS / name / "dns.json").read_text(encoding="utf-8"))
    case = analyse(raw, ask, now, choices=choices, progress=told.append)
    return tuple(told), present_ladder(case, EN)


def at(name: str, step: Step, signatures: int | None = None) -> Progress:
    """The last report of a step, or of the moment with so many signatures judged."""
    told = [one for one in reports(name)[0] if one.step is step and one.so_far is not None]
    return [one for one in told if one.so_far and signatures in {None, len(one.so_far.dkim)}][-1]


def ladder(progress: Progress, words: Words = EN) -> LadderView:
    view = present_running(progress, words)
    assert view is not None
    return view


def test_before_the_message_is_read_there_is_no_ladder() -> None:
    assert present_running(Progress(Step.READ), EN) is None
    assert [name for _glyph, name, _what in present_progress(Progress(Step.READ), EN).lines] == [
        "Message", "SPF", "DKIM", "DMARC",
    ]  # fmt: skip


def test_a_check_waits_runs_and_ends_in_its_row() -> None:
    moments = (at("third-party", Step.SPF), at("third-party", Step.DKIM, 1), at("third-party", Step.DMARC))
    words = [[row.now.word for row in ladder(progress).rows] for progress in moments]
    assert words == [
        ["checking…", "waiting", "waiting", "waiting"],
        ["pass", "waiting", "pass", "checking…"],
        ["pass", "checking…", "pass", "pass"],
    ]


def test_what_the_receiver_recorded_is_there_from_the_start() -> None:
    first = next(one for one in reports("third-party")[0] if one.so_far is not None)
    assert [row.recorded.word for row in ladder(first).rows] == ["pass"] * 4


@pytest.mark.parametrize("name", [*(one.name for one in samples()), *CASES])
def test_no_report_promises_anything(name: str) -> None:
    told, _final = reports(name)
    for progress in told:
        view = present_running(progress, EN)
        for row in view.rows if view is not None else ():
            assert row.line is not Line.SOLID
            assert row.now.tone is not Tone.PASS
            assert row.node_tone not in {Tone.PASS, Tone.FAIL}
            assert row.accessible
            assert row.kind is RowKind.FROM or plain(row.sentence)


@pytest.mark.parametrize("name", [one.name for one in samples()])
def test_rows_keep_their_places_when_the_answer_comes(name: str) -> None:
    told, final = reports(name)
    for progress in told:
        view = present_running(progress, EN)
        if view is not None:
            assert [(row.title, row.name) for row in view.rows] == [(row.title, row.name) for row in final.rows]


def test_a_screen_reader_hears_that_nothing_is_decided() -> None:
    row = ladder(at("third-party", Step.DKIM, 1)).rows[2]
    assert row.accessible.endswith("Now: pass. Names not compared yet. Undecided for DMARC.")
    assert ladder(at("third-party", Step.DKIM, 1), JA).rows[1].accessible.endswith("3件中2件を確認しました。")


def test_the_card_names_each_signature_and_what_it_asks() -> None:
    view = present_progress(at("third-party", Step.DKIM, 1), EN)
    assert [(glyph, name) for glyph, name, _what in view.lines] == [
        (Glyph.PASS, "Message"), (Glyph.PASS, "SPF"), (Glyph.PASS, "DKIM 1"), (Glyph.RUN, "DKIM 2"),
        (Glyph.WAIT, "DMARC"),
    ]  # fmt: skip
    assert view.lines[3][2] == "mx1._domainkey.yoyaku.example.net"
    assert view.lines[2][2] == "key 489ban fetched: pass"


def test_many_signatures_share_a_line() -> None:
    names = [name for _glyph, name, _what in present_progress(at("many-signatures", Step.DKIM), EN).lines]
    assert names == ["Message", "SPF", "DKIM", "DMARC"]


def test_a_chain_of_forwarders_has_a_line_of_its_own() -> None:
    assert "ARC" in [name for _glyph, name, _what in present_progress(at("arc-broken", Step.SPF), EN).lines]


def test_times_follow_each_other() -> None:
    view = present_progress(at("third-party", Step.DMARC), EN)
    ended = [(began, end) for began, end in view.times if began is not None and end is not None]
    assert len(ended) == 4
    assert all(one[1] <= other[0] for one, other in pairwise(ended))
    running = view.times[-1]
    assert running[0] is not None
    assert running[1] is None


def test_a_line_that_waits_has_no_time_but_a_word() -> None:
    view = present_progress(at("third-party", Step.SPF), JA)
    assert view.times[-1] == (None, None)
    assert view.waiting == "待機中"


def test_a_hostile_name_is_made_harmless() -> None:
    progress = Progress(Step.DKIM, 1, 0, "a\u202eb.example")
    assert "\u202e" not in present_progress(progress, EN).lines[2][2]
