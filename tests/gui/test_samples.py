"""Every bundled sample through the real engine into the real window, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.assets import asset
from headerlens.gui.app import Program
from headerlens.gui.engine import LiveEngine, SpfValues
from headerlens.gui.pages.evidence import DNS, HEADERS, PATH, SIGNATURES, SPF, EvidencePage
from headerlens.gui.sources import of_path, of_sample
from headerlens.model.findings import Where
from headerlens.present.views import plain
from headerlens.samples import Sample, samples

WORDS = {
    "pass": ("Authenticated", "認証済み"),
    "warn": ("Not confirmed", "確認できません"),
    "fail": ("Not authenticated", "認証できません"),
}


@pytest.fixture(params=["en", "ja"])
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Program]:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"language": "{request.param}", "look_at_clipboard": false, "offline": true}}')
    made = Program(qapp, LiveEngine(), path)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.close()


def test_six_samples_come_with_the_program_in_a_fixed_order() -> None:
    assert [one.name for one in samples()] == [
        "all-pass", "spoofed", "forwarded", "mailing-list", "third-party", "amazon-ses",
    ]  # fmt: skip


@pytest.mark.parametrize("sample", samples(), ids=lambda one: one.name)
def test_a_sample_ends_as_its_story_says(program: Program, qtbot: QtBot, sample: Sample) -> None:
    window = program.window
    with qtbot.waitSignal(window.session.finished, timeout=10_000):
        window.open_sources([of_sample(sample)])
    expected = tomllib.loads(asset("samples", f"{sample.name}.toml").read_text(encoding="utf-8"))["expect"]
    assert window.entry is not None
    assert window.entry.failure is None
    assert window.entry.case is not None
    assert window.entry.case.judgement.situation == expected["situation"]
    word = WORDS[expected["level"]][program.speaker.language == "ja"]
    assert f" – {word} – " in window.windowTitle()
    assert window.entry.view is not None
    assert plain(window.entry.view.verdict.headline)


def test_offline_a_mail_is_shown_as_not_re_checked(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(asset("samples", "all-pass.eml").read_bytes())
    window = program.window
    with qtbot.waitSignal(window.session.finished, timeout=10_000):
        window.open_sources([of_path(tmp_path / "mail.eml")])
    assert window.entry is not None
    assert window.entry.case is not None
    assert window.entry.case.judgement.situation == "S13"


def test_every_place_a_finding_points_at_can_be_opened(program: Program, qtbot: QtBot) -> None:
    window = program.window
    for sample in samples():
        with qtbot.waitSignal(window.session.finished, timeout=10_000):
            window.open_sources([of_sample(sample)])
        assert window.entry is not None
        assert window.entry.view is not None
        evidence = window.body.result.evidence
        for finding in window.entry.view.findings:
            for place in finding.places:
                window.body.result.show_place(place.where)
                assert is_shown(evidence, place.where), (sample.name, finding.id, place)


def is_shown(evidence: EvidencePage, where: Where) -> bool:
    """Whether the place of `where` is what the evidence shows now."""
    tab = evidence.tabs.currentIndex()
    if where.pane:
        return tab == {"spf": SPF, "path": PATH, "arc": SIGNATURES}[where.pane]
    if where.question is not None:
        return tab == DNS and evidence.dns.view.currentIndex().isValid()
    if where.signature is not None and where.field_index is None:
        return tab == SIGNATURES and evidence.signatures.cards[where.signature].is_open()
    return tab == HEADERS and evidence.headers.marked_lines is not None


def test_the_border_that_was_chosen_is_seen_at_once_in_every_pane(program: Program, qtbot: QtBot) -> None:
    window = program.window
    named = {one.name: one for one in samples()}
    with qtbot.waitSignal(window.session.finished, timeout=10_000):
        window.open_sources([of_sample(named["forwarded"])])
    result = window.body.result
    result.show_tab(SPF)
    result.show_tab(PATH)
    before = result.evidence.path.timeline
    assert before is not None
    assert window.entry is not None
    assert [row.stop.trusted for row in before.rows] == [False, False, True, True]
    with qtbot.waitSignal(window.session.finished, timeout=10_000):
        window.judging.judge_by(window.entry, SpfValues(border=2))
    after = result.evidence.path.timeline
    assert after is not None
    assert [row.stop.trusted for row in after.rows] == [False, True, True, True]
    result.show_tab(SPF)
    head = window.entry.case.spf if window.entry.case is not None else None
    assert head is not None
    assert head.result.value == "pass"
    assert result.evidence.spf.tree is not None
