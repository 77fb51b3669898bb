"""An administrator checks the set-up of a domain, mends a record, and looks again: by keyboard alone, and by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from headerlens.gui.main_window import MainWindow
from tests.support.domains import HOME, MISTAKES, good_zone, zone_with
from tests.support.journey import CONTROL, PATIENCE, DayEngine, button, click, copied, press, seen, tab_to

TO_MEND = {"en": f"One thing to mend at {HOME}", "ja": f"{HOME} に直すべき点が1件あります"}
QUOTED = {
    "en": f"The DMARC record at _dmarc.{HOME} has quotation marks inside it.",
    "ja": f"_dmarc.{HOME} の DMARC レコードの値に引用符が入っています。",
}
COPY = {"en": "Copy", "ja": "コピー"}
CHECK = {"en": "Check domain", "ja": "ドメインを検査"}
SET_UP = {"en": "Check a domain", "ja": "ドメイン"}

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def typed(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def told(window: MainWindow, qtbot: QtBot, line: str) -> str:
    """Wait until the page on the domain says `line`; all that it says."""
    qtbot.waitUntil(lambda: line in seen(window.body.domain), timeout=PATIENCE)
    return seen(window.body.domain)


def test_domain_check_by_keyboard(window: MainWindow, language: str, engine: DayEngine, qtbot: QtBot) -> None:
    engine.domains.zone = zone_with(MISTAKES["publish.quoted-dmarc"].changes)
    press(Qt.Key.Key_D, CONTROL)
    typed(HOME)
    press(Qt.Key.Key_Tab)
    typed("s1")
    press(Qt.Key.Key_Return)
    assert QUOTED[language] in told(window, qtbot, TO_MEND[language])
    page = window.body.domain
    assert TO_MEND[language] in page.verdict.accessibleName()
    card = page.findings.cards()[0]
    tab_to(lambda focus: isinstance(focus, QPushButton) and focus.text() == COPY[language] and card.isAncestorOf(focus))
    press(Qt.Key.Key_Space)
    assert copied() == f"v=DMARC1; p=reject; rua=mailto:dmarc@{HOME}"
    engine.domains.zone[f"_dmarc.{HOME}"]["TXT"] = [[copied()]]
    press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.form.check.text() == CHECK[language] and page.verdict.isVisible(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: TO_MEND[language] not in seen(page), timeout=PATIENCE)
    assert QUOTED[language] not in seen(page)
    press(Qt.Key.Key_Escape)
    assert window.body.page is window.body.start


def test_domain_check_by_mouse_of_a_domain_in_order(
    window: MainWindow, language: str, engine: DayEngine, qtbot: QtBot
) -> None:
    engine.domains.zone = good_zone()
    entry = next(one for one in window.body.start.findChildren(QPushButton) if SET_UP[language] in one.text())
    click(entry)
    page = window.body.domain
    click(page.form.domain)
    typed(HOME)
    click(page.form.selectors)
    typed("s1")
    click(button(page, CHECK[language]))
    qtbot.waitUntil(page.verdict.isVisible, timeout=PATIENCE)
    assert HOME in page.verdict.accessibleName()
    assert TO_MEND[language] not in seen(page)
