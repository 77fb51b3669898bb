"""What the person decides: SPF's values, whom to believe, and a look at the questions before they are asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.engine import NOT_CHOSEN, Asking, LiveEngine, SpfValues
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.judge_by import BORDER, JudgeByDialog
from headerlens.gui.pages.questions import QuestionsDialog
from headerlens.gui.session import Mode
from headerlens.gui.sources import of_path, of_sample
from headerlens.model.case import Case
from headerlens.model.causes import Cause, Change, Part
from headerlens.model.dns import Answer, Failure, Outcome, Question
from headerlens.model.message import Refusal
from headerlens.model.verdicts import Opinion, Result, SecondOpinion
from headerlens.samples import sample
from tests.support.fake_engine import FakeEngine

TWO_HOPS = (
    b"Return-Path: <bounce@example.co.jp>\r\n"
    b"Received: from relay.example.net (relay.example.net [198.51.100.7])\r\n\tby mx.google.com with ESMTPS;"
    b" Fri, 20 Nov 2026 00:12:02 +0000\r\n"
    b"Received: from mail.example.co.jp (mail.example.co.jp [192.0.2.25])\r\n\tby relay.example.net with ESMTPS;"
    b" Fri, 20 Nov 2026 00:12:00 +0000\r\n"
    b"From: Midori Supply <billing@shop.example.co.jp>\r\nSubject: Invoice\r\n\r\nThe invoice.\r\n"
)


def checked(window: MainWindow, qtbot: QtBot, path: Path) -> Case:
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([path])
    return of_page(window)


def of_page(window: MainWindow) -> Case:
    assert window.entry is not None
    assert window.entry.case is not None
    return window.entry.case


def judge_dialog(window: MainWindow) -> JudgeByDialog:
    dialog = window.judging.choose()
    assert isinstance(dialog, JudgeByDialog)
    return dialog


@pytest.fixture
def relayed(tmp_path: Path) -> Path:
    """A mail that took two hops."""
    path = tmp_path / "relayed.eml"
    path.write_bytes(TWO_HOPS)
    return path


# -- Judge SPF by… ---------------------------------------------------------------------------------------------------


def test_the_dialog_lists_the_hops_and_marks_the_proposed_border(
    window: MainWindow, qtbot: QtBot, relayed: Path
) -> None:
    checked(window, qtbot, relayed)
    dialog = judge_dialog(window)
    texts = [[dialog.hops.item(row, column).text() for column in range(5)] for row in range(2)]  # type: ignore[union-attr]
    assert [one[:3] for one in texts] == [
        ["relay.example.net", "198.51.100.7", "mx.google.com"],
        ["mail.example.co.jp", "192.0.2.25", "relay.example.net"],
    ]
    assert [one[BORDER] for one in texts] == ["proposed", ""]
    assert dialog.reason.text().startswith("The border is")
    assert dialog.hops.accessibleName()


def test_another_hop_proposes_its_values_and_the_page_says_who_chose(
    window: MainWindow, qtbot: QtBot, relayed: Path, engine: FakeEngine
) -> None:
    checked(window, qtbot, relayed)
    dialog = judge_dialog(window)
    dialog.hops.selectRow(1)
    assert dialog.client_ip.text() == "192.0.2.25"
    assert dialog.helo.text() == "mail.example.co.jp"
    assert dialog.values() == SpfValues(border=1)
    dialog.client_ip.setText("203.0.113.9")
    with qtbot.waitSignal(window.session.finished):
        dialog.accept()
    asking, may_ask = engine.judged[-1]
    assert asking.spf == SpfValues(border=1, client_ip="203.0.113.9")
    assert may_ask
    aside = window.body.result.asides.spf
    assert aside.isVisible()
    assert "203.0.113.9" in aside.accessibleName()
    assert engine.checked == ["relayed.eml"]


def test_f5_keeps_the_choice_and_reset_drops_it(
    window: MainWindow, qtbot: QtBot, relayed: Path, engine: FakeEngine
) -> None:
    checked(window, qtbot, relayed)
    assert window.entry is not None
    with qtbot.waitSignal(window.session.finished):
        window.judging.judge_by(window.entry, SpfValues(client_ip="203.0.113.9"))
    with qtbot.waitSignal(window.session.finished):
        QTest.keyClick(window, Qt.Key.Key_F5)
    assert engine.asked_with[-1].spf == SpfValues(client_ip="203.0.113.9")
    with qtbot.waitSignal(window.session.finished):
        window.body.result.asides.spf.links[0].click()
    assert engine.judged[-1][0].spf == NOT_CHOSEN
    assert not window.body.result.asides.isVisible()


def test_a_choice_during_a_check_holds_after_it(
    window: MainWindow, qtbot: QtBot, relayed: Path, engine: FakeEngine
) -> None:
    checked(window, qtbot, relayed)
    engine.hold = True
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: len(engine.checked) == 2)
    assert window.entry is not None
    window.judging.judge_by(window.entry, SpfValues(client_ip="203.0.113.9"))
    engine.go.set()
    qtbot.waitUntil(lambda: bool(engine.judged) and window.session.running is None)
    assert of_page(window).choices.client_ip == "203.0.113.9"


def test_what_the_headers_say_comes_back(window: MainWindow, qtbot: QtBot, relayed: Path) -> None:
    checked(window, qtbot, relayed)
    dialog = judge_dialog(window)
    dialog.hops.selectRow(1)
    dialog.mail_from.setText("someone@example.org")
    dialog.reset()
    assert dialog.values() == NOT_CHOSEN
    assert dialog.client_ip.text() == "198.51.100.7"


@pytest.mark.parametrize("wrong", ["example.org", "192.0.2.1/24", "300.1.1.1", "fe80::1%eth0"])
def test_no_address_is_named_as_such(window: MainWindow, qtbot: QtBot, relayed: Path, wrong: str) -> None:
    checked(window, qtbot, relayed)
    dialog = judge_dialog(window)
    dialog.client_ip.setText(wrong)
    dialog.accept()
    assert dialog.isVisible()
    assert wrong in dialog.problem.text()
    dialog.reject()


def test_an_emptied_mail_from_is_the_null_sender(window: MainWindow, qtbot: QtBot, relayed: Path) -> None:
    case = checked(window, qtbot, relayed)
    dialog = judge_dialog(window)
    dialog._propose(replace(case.sender, mail_from="a@example.org"))
    dialog.mail_from.clear()
    assert dialog.values().mail_from == ""  # None would mean: as the headers say


def test_judging_again_shows_no_progress_and_keeps_the_place(window: MainWindow, qtbot: QtBot, relayed: Path) -> None:
    checked(window, qtbot, relayed)
    window.resize(700, 440)
    bar = window.body.result.answer.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 40)
    bar.setValue(40)
    assert window.entry is not None
    with qtbot.waitSignal(window.session.finished):
        window.judging.judge_by(window.entry, SpfValues(client_ip="203.0.113.9"))
    qtbot.wait(350)
    assert window.body.page is window.body.result
    assert bar.value() == 40


def test_the_answers_known_are_not_asked_again() -> None:
    chosen = sample("spoofed")
    assert chosen is not None
    engine = LiveEngine()
    case = engine.check(
        of_sample(chosen),
        Asking(),
        lambda _: None,
        lambda _: None,
        stop_asking=lambda: False,
        cancelled=lambda: False,
    )
    assert isinstance(case, Case)
    from headerlens.gui.engine import _known_first

    asked: list[Question] = []

    def ask(question: Question) -> Answer:
        asked.append(question)
        return Answer(question, Outcome.NO_NAME)

    look_up = _known_first(case, ask)
    for one in case.evidence:
        assert look_up(one.answer.question) is one.answer
    assert asked == []
    look_up(Question("new.example", "TXT"))
    assert asked == [Question("new.example", "TXT")]
    offline = Answer(case.evidence[0].answer.question, Outcome.FAILED, failure=Failure.OFFLINE)
    never_sent = replace(case, evidence=(replace(case.evidence[0], answer=offline),))
    _known_first(never_sent, ask)(offline.question)
    assert asked[-1] == offline.question


def test_another_client_address_changes_spf_of_a_sample_and_back() -> None:
    chosen = sample("all-pass")
    assert chosen is not None
    engine, source = LiveEngine(), of_sample(chosen)
    case = engine.check(
        source, Asking(), lambda _: None, lambda _: None, stop_asking=lambda: False, cancelled=lambda: False
    )
    assert isinstance(case, Case)

    def by(values: SpfValues, judged: Case) -> Case:
        again = engine.judge_again(
            judged,
            source,
            Asking(spf=values),
            lambda _: None,
            may_ask=True,
            stop_asking=lambda: False,
            cancelled=lambda: False,
        )
        assert again is not None
        return again

    other = by(SpfValues(client_ip="203.0.113.99"), case)
    assert case.spf.result is Result.PASS
    assert other.spf.result is not Result.PASS
    assert other.choices.client_ip == "203.0.113.99"
    assert other.checked_at == case.checked_at
    assert by(NOT_CHOSEN, other).spf == case.spf


# -- whom to believe -------------------------------------------------------------------------------------------------


def test_a_proposed_receiver_is_trusted_in_one_step(
    program: Program, qtbot: QtBot, relayed: Path, engine: FakeEngine
) -> None:
    window = program.window
    engine.proposes = "mx.google.com"
    checked(window, qtbot, relayed)
    aside = window.body.result.asides.trust
    assert aside.isVisible()
    assert aside.accessibleName() == "Recorded by mx.google.com. Is that your mail provider?"
    with qtbot.waitSignal(window.session.finished):
        aside.links[0].click()
    assert program.settings.trusted == ("mx.google.com",)
    asking, may_ask = engine.judged[-1]
    assert asking.trusted == ("mx.google.com",)
    assert not may_ask
    assert not aside.isVisible()
    assert window.body.page is window.body.result


def test_declining_lasts_for_the_session(
    window: MainWindow, qtbot: QtBot, relayed: Path, mails: Path, engine: FakeEngine
) -> None:
    engine.proposes = "mx.google.com"
    checked(window, qtbot, relayed)
    window.body.result.asides.trust.links[1].click()
    assert not window.body.result.asides.isVisible()
    checked(window, qtbot, mails / "invoice.eml")
    assert not window.body.result.asides.isVisible()
    assert engine.judged == []


def test_a_sample_has_its_own_receiver(window: MainWindow, qtbot: QtBot, engine: FakeEngine) -> None:
    engine.proposes = "mx.google.com"
    chosen = sample("all-pass")
    assert chosen is not None
    with qtbot.waitSignal(window.session.finished):
        window.open_sources([of_sample(chosen)])
    assert not window.body.result.asides.isVisible()


def test_a_name_that_is_none_is_not_asked_about(
    window: MainWindow, qtbot: QtBot, relayed: Path, engine: FakeEngine
) -> None:
    engine.proposes = "<b>mx google</b>"
    checked(window, qtbot, relayed)
    assert not window.body.result.asides.isVisible()


def test_a_change_of_trust_while_a_check_runs_reaches_it_too(
    program: Program, qtbot: QtBot, relayed: Path, engine: FakeEngine
) -> None:
    engine.hold = True
    window = program.window
    window.open_paths([relayed])
    qtbot.waitUntil(lambda: bool(engine.checked))
    program.change(program.settings._replace(trusted=("mx.google.com",)))
    engine.go.set()
    qtbot.waitUntil(lambda: bool(engine.judged) and window.session.running is None)
    assert of_page(window).choices.trusted == ("mx.google.com",)
    assert window.session.entries[0].mode is Mode.REPLAY


def test_the_start_page_stays_when_trust_changes(
    program: Program, qtbot: QtBot, relayed: Path, engine: FakeEngine
) -> None:
    window = program.window
    checked(window, qtbot, relayed)
    window.show_start()
    program.change(program.settings._replace(trusted=("mx.google.com",)))
    qtbot.waitUntil(lambda: bool(engine.judged) and window.session.running is None)
    assert window.body.page is window.body.start


def test_the_one_to_trust_is_who_wrote_the_record(tmp_path: Path) -> None:
    engine = LiveEngine()
    path = tmp_path / "recorded.eml"
    path.write_bytes(b"Authentication-Results: mx.google.com; spf=pass smtp.mailfrom=example.co.jp\r\n" + TWO_HOPS)

    def case_with(trusted: tuple[str, ...]) -> Case:
        asking = Asking(offline=True, trusted=trusted)
        case = engine.check(
            of_path(path), asking, lambda _: None, lambda _: None, stop_asking=lambda: False, cancelled=lambda: False
        )
        assert isinstance(case, Case)
        return case

    assert engine.receiver_to_trust(case_with(())) == "mx.google.com"
    assert not engine.receiver_to_trust(case_with(("mx.google.com",)))


# -- the second opinion ----------------------------------------------------------------------------------------------


def test_a_second_opinion_that_changes_the_case_is_shown(
    window: MainWindow, qtbot: QtBot, relayed: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from headerlens.model.findings import Judgement, Level

    opinion = SecondOpinion(0, Opinion.DISAGREES, "")
    monkeypatch.setattr(engine, "reviewed", lambda case, _: replace(case, judgement=Judgement(Level.FAIL, "S30")))
    checked(window, qtbot, relayed)
    entry = window.entry
    assert entry is not None
    with qtbot.waitSignal(window.session.reviewed):
        case = of_page(window)
        window.session._keep_opinion((case, (opinion,), engine.reviewed(case, (opinion,))))
    assert entry.opinions == (opinion,)
    assert of_page(window).judgement.situation == "S30"
    qtbot.waitUntil(lambda: "Not authenticated" in window.windowTitle())  # once the first answer is whole


def test_a_cause_that_was_proved_beside_the_answer_is_shown(
    window: MainWindow, qtbot: QtBot, relayed: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Change("subject-tag", Part.HEADER, 0, 1, "Lunch", "[X] Lunch", "Subject", (("tag", "[X]"),))
    cause = Cause(0, (change,), header=True, body=False, whole=True)
    monkeypatch.setattr(engine, "prove", lambda case, _: case if case.causes else replace(case, causes=(cause,)))
    checked(window, qtbot, relayed)
    entry = window.entry
    assert entry is not None
    with qtbot.waitSignal(window.session.reviewed):
        window.session._ask_for_causes(entry)
    assert of_page(window).causes == (cause,)
    case = of_page(window)
    window.session._ask_for_causes(entry)
    assert of_page(window) is case


def test_a_second_opinion_that_changes_nothing_leaves_the_page_alone(
    window: MainWindow, qtbot: QtBot, relayed: Path
) -> None:
    case = checked(window, qtbot, relayed)
    cards = window.body.result.findings.cards()
    window.session._keep_opinion((case, (SecondOpinion(0, Opinion.AGREES, ""),), case))
    assert window.body.result.findings.cards() == cards
    assert of_page(window) is case


def test_words_that_change_below_leave_focus_and_open_findings_alone(
    window: MainWindow, qtbot: QtBot, mails: Path
) -> None:
    case = checked(window, qtbot, mails / "spoofed.eml")
    window.activateWindow()
    result = window.body.result
    first, last = result.findings.cards()[0], result.findings.cards()[-1]
    first.set_open(opened=False)
    last.set_open(opened=True)
    last.header.setFocus()
    wanted = last.finding()
    assert window.entry is not None
    assert window.entry.view is not None
    assert wanted is not None
    more = replace(window.entry.view, findings_count="7 notes")
    result.show_result(more, case)
    cards = result.findings.cards()
    assert cards[-1] is last, "what says the same as before is not built again"
    assert not cards[0].is_open()
    assert last.is_open()
    assert last.header.hasFocus()


def test_findings_that_change_places_or_words_keep_their_cards(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    case = checked(window, qtbot, mails / "spoofed.eml")
    result = window.body.result
    before = result.findings.cards()
    before[-1].set_open(opened=True)
    assert window.entry is not None
    assert window.entry.view is not None
    findings = window.entry.view.findings
    assert len(findings) > 1
    turned = (*(replace(one, title=f"{one.title}!") for one in reversed(findings)),)
    result.show_result(replace(window.entry.view, findings=turned), case)
    cards = result.findings.cards()
    assert set(cards) == set(before)
    assert [card.finding() for card in cards] == list(turned[: len(cards)])
    assert cards[0] is before[-1]
    assert cards[0].is_open()
    places = [result.findings.children().index(card) for card in cards]
    assert places == sorted(places), "a screen reader meets them in order"
    result.show_result(replace(window.entry.view, findings=findings[:1]), case)
    assert [card.finding() for card in result.findings.cards()] == [findings[0]]


# -- the questions ---------------------------------------------------------------------------------------------------


def questions(window: MainWindow, qtbot: QtBot) -> QuestionsDialog:
    window.actions_of_window["questions"].trigger()
    dialog = window.findChild(QuestionsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.note.text()))
    return dialog


def test_the_questions_of_the_mail_on_the_page_are_listed(window: MainWindow, qtbot: QtBot, relayed: Path) -> None:
    checked(window, qtbot, relayed)
    window.actions_of_window["offline"].trigger()
    dialog = questions(window, qtbot)
    listed = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert "TXT   example.co.jp" in listed
    assert "TXT   _dmarc.shop.example.co.jp" in listed
    assert "Offline is on" in dialog.note.text()
    dialog.copy()
    assert QGuiApplication.clipboard().text().split("\n") == listed


def test_the_questions_of_the_mail_on_the_clipboard_are_listed_and_nothing_is_checked(
    window: MainWindow, qtbot: QtBot, engine: FakeEngine
) -> None:
    QGuiApplication.clipboard().setText(TWO_HOPS.decode())
    dialog = questions(window, qtbot)
    assert dialog.list.count() > 1
    assert engine.checked == []
    assert window.session.entries == ()


def test_without_a_mail_there_are_no_questions(window: MainWindow) -> None:
    window.actions_of_window["questions"].trigger()
    assert window.findChild(QuestionsDialog) is None
    assert "no mail" in window.body.notice_text


def test_a_text_that_is_no_mail_gives_rise_to_none(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([mails / "list.txt"])
    assert window.entry is not None
    assert isinstance(window.entry.refusal, Refusal)
    assert "no mail" in questions(window, qtbot).note.text()


# -- while it runs ---------------------------------------------------------------------------------------------------


def test_the_progress_page_says_whose_mail_it_is_and_how_long_it_takes(
    window: MainWindow, qtbot: QtBot, relayed: Path, engine: FakeEngine
) -> None:
    engine.hold = True
    window.open_paths([relayed])
    qtbot.waitUntil(lambda: window.body.page is window.body.progress)
    page = window.body.progress
    qtbot.waitUntil(page._line.isVisible)
    assert "billing@shop.example.co.jp" in page._line.accessibleName()
    assert page.card._elapsed.text().endswith(" s…")
    times = [line[3].text() for line in page.card._lines]
    assert times[0] == "0.02 s"
    assert times[1].endswith(" s…")
    assert times[2] == "waiting"


@pytest.mark.parametrize("size", [(900, 640), (1440, 900)])
def test_the_answer_stands_where_the_progress_stood(
    window: MainWindow, qtbot: QtBot, relayed: Path, engine: FakeEngine, size: tuple[int, int]
) -> None:
    engine.hold = True
    window.resize(*size)
    window.open_paths([relayed])
    qtbot.waitUntil(window.body.progress._line.isVisible)
    page = window.body.progress
    before = [one.mapTo(window, one.rect().topLeft()) for one in (page._line, page.card)]
    width = page.card.width()
    with qtbot.waitSignal(window.session.finished):
        engine.go.set()
    qtbot.wait(50)
    result = window.body.result
    assert [one.mapTo(window, one.rect().topLeft()) for one in (result.line, result.verdict)] == before
    assert abs(result.verdict.width() - width) <= 2
