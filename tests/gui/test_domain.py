"""The domain check in the window: found, filled in, answered, stopped, left; by keyboard, by mouse; both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.domain import DomainPage
from headerlens.present.views import plain
from tests.gui.test_journeys_in import CONTROL, press, tab_to
from tests.support.domains import HOME, MISTAKES, RecordedDomains, zone_with
from tests.support.fake_engine import FakeEngine
from tests.support.outline import compare, outline


@pytest.fixture(params=["en", "ja"])
def speaking(request: pytest.FixtureRequest, program: Program) -> MainWindow:
    """The window in one of the languages."""
    program.window.change(language=request.param)
    program.window.activateWindow()
    return program.window


@pytest.fixture
def page(window: MainWindow) -> DomainPage:
    """The page, open and empty."""
    window.activateWindow()
    window.actions_of_window["check_domain"].trigger()
    return window.body.domain


def answered(window: MainWindow, qtbot: QtBot) -> DomainPage:
    """The page once the look-ups are over."""
    qtbot.waitUntil(lambda: window.domains.case is not None and not window.domains.running)
    return window.body.domain


def look_at(window: MainWindow, qtbot: QtBot, mistake: str, engine: FakeEngine) -> DomainPage:
    """The page with the answer on one of the zones."""
    one = MISTAKES[mistake]
    engine.domains.zone = zone_with(one.changes)
    form = window.body.domain.form
    form.domain.setText(one.domain)
    form.selectors.setText(" ".join(one.selectors))
    qtbot.waitUntil(lambda: form.service.count() > 1)
    form.choose(one.provider)
    form.check.click()
    return answered(window, qtbot)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_domain_check_by_keyboard(speaking: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    """An administrator looks for what the service misses, mends it, and looks again."""
    one = MISTAKES["domain.service-spf"]
    engine.domains.zone = zone_with(one.changes)
    window = speaking
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_D, CONTROL)
    page = window.body.domain
    assert window.body.page is page
    assert page.form.domain.hasFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, f"https://{HOME}/")
    tab_to(lambda widget: widget is page.form.service or widget is page.form.service.lineEdit())
    qtbot.waitUntil(lambda: page.form.service.count() > 1)
    typing = page.form.service.lineEdit()
    assert typing is not None
    typing.selectAll()
    QTest.keyClicks(page.form.service, "Google Workspace / Gmail")
    tab_to(lambda widget: widget is page.form.check)
    press(Qt.Key.Key_Space)
    answered(window, qtbot)
    assert page.form.domain.text() == HOME
    assert page.verdict.isVisibleTo(page)
    assert page.verdict.hasFocus()
    assert page.findings.cards()[0].finding() is not None
    card = page.findings.cards()[0]
    found = card.finding()
    assert found is not None
    assert found.id == "domain.service-spf"
    copy = tab_to(lambda widget: isinstance(widget, QPushButton) and card.isAncestorOf(widget))
    press(Qt.Key.Key_Space)
    assert copy is not None
    mended = QGuiApplication.clipboard().text()
    assert "include:_spf.google.com -all" in mended
    engine.domains.zone[HOME]["TXT"] = [[mended]]
    first = window.domains.case
    QTest.keyClick(copy, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.domains.case is not first and not window.domains.running)
    assert "domain.service-spf" not in {one.id for one in window.domains.case.findings}  # type: ignore[union-attr]
    press(Qt.Key.Key_Escape)
    assert not window.body.shows("domain")


def test_domain_check_by_mouse(speaking: MainWindow, qtbot: QtBot) -> None:
    window = speaking
    link = next(
        one for one in window.body.start.findChildren(QPushButton) if one.text() == window.body.start._set_up.text()
    )
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    page = window.body.domain
    page.form.domain.setText(HOME)
    page.form.selectors.setText("s1")
    QTest.mouseClick(page.form.check, Qt.MouseButton.LeftButton)
    answered(window, qtbot)
    shown = window.domains.case
    assert shown is not None
    assert [one.id for one in shown.findings] == ["dmarc.policy"]
    assert HOME in page.verdict.accessibleName()
    QTest.mouseClick(page.questions.header, Qt.MouseButton.LeftButton)
    assert f"TXT {HOME}" in page.questions.list.toPlainText()
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert window.body.page is window.body.start


@pytest.mark.parametrize(
    ("domain", "selectors", "service"),
    [("192.0.2.1", "", ""), ("", "", ""), (HOME, "a/b", ""), (HOME, "", "No such one")],
)
def test_what_cannot_be_understood_is_said_at_the_form(
    page: DomainPage, window: MainWindow, domain: str, selectors: str, service: str
) -> None:
    page.form.domain.setText(domain)
    page.form.selectors.setText(selectors)
    page.form.service.setEditText(service)
    page.form.check.click()
    assert page.form.problem.isVisibleTo(page)
    assert page.form.problem.text()
    assert not window.domains.running


def test_stop_ends_the_look_ups_and_tells_what_is_known(
    page: DomainPage, window: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.domains.hold = True
    page.form.domain.setText(HOME)
    page.form.check.click()
    qtbot.waitUntil(lambda: window.domains.running)
    assert page.running.isVisibleTo(page)
    assert not page.form.domain.isEnabled()
    page.form.check.click()
    answered(window, qtbot)
    assert page.form.domain.isEnabled()
    assert window.domains.case is not None
    assert window.domains.case.unanswered


def test_escape_stops_before_it_leaves(page: DomainPage, window: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.domains.hold = True
    page.form.domain.setText(HOME)
    page.form.check.click()
    qtbot.waitUntil(lambda: window.domains.running)
    window.escape()
    answered(window, qtbot)
    assert window.body.page is page
    window.escape()
    assert not window.body.shows("domain")


def test_a_mail_leads_to_its_senders_domain_and_back(window: MainWindow, mails: Path, qtbot: QtBot) -> None:
    window.open_paths([mails / "invoice.eml"])
    qtbot.waitUntil(lambda: window.body.shows("result"))
    window.body.result.domain_link.click()
    page = window.body.domain
    assert window.body.page is page
    assert page.form.domain.text() == "shop.example.co.jp"
    page.back.click()
    assert window.body.shows("result")


def test_another_language_puts_the_same_answer_into_words(
    page: DomainPage, window: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    look_at(window, qtbot, "domain.key-weak", engine)
    case = window.domains.case
    window.change(language="ja")
    assert window.domains.case is case
    assert window.body.page is page
    assert "直すべき点" in page.verdict.copy_text()
    qtbot.waitUntil(lambda: page.form.check.text() == "ドメインを検査")


def test_a_finding_leads_to_its_question(
    page: DomainPage, window: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    look_at(window, qtbot, "domain.key-weak", engine)
    card = page.findings.cards()[0]
    view = card.finding()
    assert view is not None
    page.show_place(view.places[0].where)
    assert page.questions.header.is_open()
    assert page.questions.list.textCursor().selectedText() == f"TXT s1._domainkey.{HOME}"


def test_the_report_goes_into_a_ticket(page: DomainPage, window: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    look_at(window, qtbot, "domain.key-weak", engine)
    page.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"▲ One thing to mend at {HOME}.")
    assert "HL-655" in copied
    assert window.body.notice_text


def test_offline_nothing_is_asked(page: DomainPage, window: MainWindow, qtbot: QtBot) -> None:
    window.change(offline=True)
    page.form.domain.setText(HOME)
    page.form.check.click()
    answered(window, qtbot)
    assert window.domains.case is not None
    assert [one.id for one in window.domains.case.findings] == ["domain.offline"]


def test_nothing_of_it_is_kept(
    page: DomainPage, window: MainWindow, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    assert look_at(window, qtbot, "domain.key-weak", engine) is page
    window.change(theme="dark")
    assert HOME not in (tmp_path / "configuration" / "settings.json").read_text("utf-8")


@pytest.mark.parametrize("mistake", ["domain.service-missing", "domain.parked", "domain.no-name", "domain.spf-lookups"])
@pytest.mark.parametrize("size", [(640, 440), (1440, 900)])
def test_every_answer_fits_its_window(
    page: DomainPage, window: MainWindow, engine: FakeEngine, qtbot: QtBot, mistake: str, size: tuple[int, int]
) -> None:
    window.resize(*size)
    look_at(window, qtbot, mistake, engine)
    QApplication.processEvents()
    assert page.horizontalScrollBar().maximum() == 0
    assert page.content.width() <= page.viewport().width()
    assert plain(engine.domains.present(window.domains.case, "en", offline=False).verdict.headline)  # type: ignore[arg-type]


def test_a_bug_becomes_a_page(page: DomainPage, window: MainWindow, qtbot: QtBot) -> None:
    class Broken(RecordedDomains):
        def answers(self, *_given: object) -> None:  # type: ignore[override]
            raise ValueError("the secret name of a domain")

    window.domains._engine = Broken()
    page.form.domain.setText(HOME)
    page.form.check.click()
    qtbot.waitUntil(lambda: window.body.shows("failure"))
    assert "secret" not in window.body.failure.report.toPlainText()
    assert page.form.domain.isEnabled()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_outline_of_the_page(
    page: DomainPage, window: MainWindow, engine: FakeEngine, qtbot: QtBot, language: str
) -> None:
    window.change(language=language)
    look_at(window, qtbot, "domain.service-different", engine)
    qtbot.waitUntil(lambda: page.back.text() == {"en": "Back", "ja": "戻る"}[language])
    compare(f"domain-{language}", outline(page))
