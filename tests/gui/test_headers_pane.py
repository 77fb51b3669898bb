"""The header pane: exactly what came, marked, and linked with the findings both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui.pages.headers import HeadersPane
from headerlens.gui.source_lines import MOST_HEADER_LINES, PORTION, Kind
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.source_gutter import GlyphButton
from headerlens.model.case import Case
from headerlens.model.causes import Part
from headerlens.model.findings import Where
from headerlens.model.verdicts import Trust, TrustedField
from tests.support.source_pane import case_of, change, findings_of, sample_case, texts

MAIL = (
    b"From: a@example.com\r\nSubject: =?utf-8?B?6KuL5rGC5pu4?=\r\nTo: b@example.net,\r\n\tc@example.net\r\n"
    b"Authentication-Results: evil.example; dkim=pass\r\n\r\nDear customer,\r\n--\r\nthe list\r\n"
)
FOOTER = MAIL.index(b"--")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """Light, at 100 %."""
    made = Theme()
    made.apply(qapp, "light")
    return made


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> Iterator[HeadersPane]:
    """As wide as beside the answer."""
    made = HeadersPane(theme)
    qtbot.addWidget(made)
    made.resize(424, 800)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def filled(pane: HeadersPane, case: Case, qtbot: QtBot) -> None:
    pane.show_case(case)
    qtbot.waitUntil(lambda: not pane._filler.running)


def copied(pane: HeadersPane) -> str:
    mime: QMimeData = pane.view.createMimeDataFromSelection()
    return mime.text()


def test_the_header_stands_there_as_it_came(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(MAIL), qtbot)
    assert texts(pane)[:4] == [
        "From: a@example.com", "Subject: =?utf-8?B?6KuL5rGC5pu4?=", "To: b@example.net,", "\tc@example.net",
    ]  # fmt: skip
    assert pane.view.isReadOnly()


def test_the_body_comes_when_it_is_asked_for(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(MAIL), qtbot)
    assert "Dear customer," not in texts(pane)
    assert pane.tools.body.text() == "Show the body (3 line(s))"
    pane.tools.body.click()
    assert texts(pane)[-3:] == ["Dear customer,", "--", "the list"]
    assert pane.tools.body.text() == "Hide the body"
    pane.tools.body.click()
    assert "Dear customer," not in texts(pane)


@pytest.mark.parametrize("start", [FOOTER, MAIL.index(b"Dear")])
def test_a_body_that_comes_later_is_the_same_as_one_that_came_at_once(
    pane: HeadersPane, qtbot: QtBot, start: int
) -> None:
    case = case_of(MAIL, change(Part.BODY, start, start, signed="gone"), change(Part.BODY, FOOTER, len(MAIL)))
    filled(pane, case, qtbot)
    header = texts(pane)
    pane.show_body()
    later, lines = texts(pane), list(pane.model.lines)
    pane._fill(keep=True)
    assert texts(pane) == later
    assert pane.model.lines == lines
    assert [text for text in later if text.startswith("signed original: gone")]
    pane.show_body(portions=0)
    assert texts(pane) == header
    assert len(pane.model) == len(header)
    pane.show_body()
    assert texts(pane) == later


def test_a_long_body_comes_in_portions(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(b"From: a\r\n\r\n" + b"line\r\n" * (PORTION + 12)), qtbot)
    pane.tools.body.click()
    qtbot.waitUntil(lambda: not pane._filler.running)
    assert pane.tools.body.text() == "Show more of the body (12 line(s) left)"
    pane.tools.body.click()
    qtbot.waitUntil(lambda: not pane._filler.running)
    assert pane.tools.body.text() == "Hide the body"
    assert len(pane.model) == PORTION + 12 + 2


def test_a_mail_without_body_says_so(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(b"From: a@example.com\r\nTo: b@example.net\r\n"), qtbot)
    assert pane.tools.body.isHidden()
    assert pane.tools._none.isVisible()


def test_twenty_thousand_headers_come_in_slices(pane: HeadersPane, qtbot: QtBot) -> None:
    octets = b"".join(b"X-%d: value\r\n" % number for number in range(20_000)) + b"\r\n"
    pane.show_case(case_of(octets))
    assert len(pane.model) < 20_001
    assert texts(pane)[0] == "X-0: value"
    qtbot.waitUntil(lambda: not pane._filler.running, timeout=20_000)
    assert len(pane.model) == 20_001
    assert pane.view.document().blockCount() == 20_001
    assert len(pane.model) < MOST_HEADER_LINES


def test_a_place_that_is_not_yet_there_is_gone_to_once_it_is(pane: HeadersPane, qtbot: QtBot) -> None:
    octets = b"".join(b"X-%d: value\r\n" % number for number in range(19_000)) + b"\r\n"
    pane.show_case(case_of(octets))
    pane.show_place(Where(field_index=18_000))
    before = pane.marked_lines
    assert before is None
    qtbot.waitUntil(lambda: not pane._filler.running, timeout=20_000)
    assert pane.marked_lines == (18_000, 18_000)
    assert pane.view.textCursor().block().text() == "X-18000: value"


def test_encoded_words_are_decoded_beside_the_source(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(MAIL), qtbot)
    pane.tools.decode.click()
    assert texts(pane)[1:3] == ["Subject: =?utf-8?B?6KuL5rGC5pu4?=", "decoded: 請求書"]
    pane.tools.decode.click()
    assert texts(pane)[2] == "To: b@example.net,"


def test_a_proved_change_is_marked_in_words(pane: HeadersPane, qtbot: QtBot) -> None:
    case = case_of(MAIL, change(Part.BODY, FOOTER, len(MAIL)))
    filled(pane, case, qtbot)
    pane.show_body()
    assert texts(pane)[-2:] == ["--   ◂ added after signing", "the list"]
    assert any(band.bar == "warn_solid" for band in pane.view.bands())


def test_what_was_signed_stands_below_what_was_changed(pane: HeadersPane, qtbot: QtBot) -> None:
    start = MAIL.index(b"a@example.com")
    case = case_of(
        MAIL, change(Part.HEADER, start - 1, start + 15, signed="z@example.com", now="a@example.com", field="From")
    )
    filled(pane, case, qtbot)
    assert texts(pane)[:2] == [
        "From: a@example.com   ◂ changed after signing", "signed original: From: z@example.com",
    ]  # fmt: skip


def test_causes_that_come_later_are_marked_in_place(pane: HeadersPane, qtbot: QtBot) -> None:
    case = case_of(MAIL)
    filled(pane, case, qtbot)
    pane.show_body()
    pane.view.go_to(4)
    proved = replace(case, causes=case_of(MAIL, change(Part.BODY, FOOTER, len(MAIL))).causes)
    pane.show_case(proved)
    assert texts(pane)[-2].endswith("added after signing")
    assert pane.view.textCursor().block().text().startswith("Authentication-Results")


def test_a_result_nobody_believes_says_so(pane: HeadersPane, qtbot: QtBot) -> None:
    case = replace(case_of(MAIL), trust=(TrustedField(3, Trust.UNTRUSTED, "x", "evil.example"),))
    filled(pane, case, qtbot)
    assert texts(pane)[4].endswith("   not trusted")
    assert any(look.struck for look in pane._looks(4))
    assert not any(look.struck for look in pane._looks(0))


def test_a_copy_holds_what_came_and_none_of_our_words(pane: HeadersPane, qtbot: QtBot) -> None:
    case = replace(
        case_of(MAIL, change(Part.BODY, FOOTER, len(MAIL))),
        trust=(TrustedField(3, Trust.UNTRUSTED, "x", "evil.example"),),
    )
    filled(pane, case, qtbot)
    pane.tools.decode.click()
    pane.show_body()
    pane.view.selectAll()
    assert copied(pane) == MAIL.decode().replace("\r\n", "\n").removesuffix("\n")


def test_a_part_of_a_line_is_copied_as_that_part(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(MAIL), qtbot)
    pane.view.go_to(0, 6, select=13)
    assert copied(pane) == "a@example.com"


def test_words_of_ours_can_be_copied_alone(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(MAIL), qtbot)
    pane.tools.decode.click()
    cursor = QTextCursor(pane.view.document().findBlockByNumber(2))
    cursor.select(QTextCursor.SelectionType.LineUnderCursor)
    pane.view.setTextCursor(cursor)
    assert copied(pane) == "decoded: 請求書"


def test_a_finding_highlights_its_headers_and_counts_them(pane: HeadersPane, qtbot: QtBot) -> None:
    case = sample_case("spoofed")
    filled(pane, case, qtbot)
    findings = findings_of(case)
    pane.show_findings(findings)
    reply = next(one for one in findings if "Reply-To" in {place.text.split(",")[0] for place in one.places})
    pane.select_finding(reply)
    chosen = [band for band in pane.view.bands() if band.ground == "selected"]
    assert any(texts(pane)[band.first].startswith("Reply-To:") for band in chosen)
    assert pane.strip.isVisible()
    assert pane.strip.text == f"{len(chosen)} header(s) belong to this finding"
    pane.select_finding(None)
    assert pane.strip.isHidden()
    assert not [band for band in pane.view.bands() if band.ground == "selected"]


def test_next_and_previous_walk_the_places_of_a_finding(pane: HeadersPane, qtbot: QtBot) -> None:
    case = sample_case("spoofed")
    filled(pane, case, qtbot)
    findings = findings_of(case)
    pane.show_findings(findings)
    many = max(findings, key=lambda one: len(one.places))
    pane.select_finding(many)
    first = pane.marked_lines
    seen = {first}
    for _ in range(len(pane._places)):
        pane.strip._next.click()
        seen.add(pane.marked_lines)
    assert len(seen) == len(pane._places)
    assert pane.marked_lines == first


def test_a_glyph_selects_its_finding(pane: HeadersPane, qtbot: QtBot) -> None:
    case = sample_case("spoofed")
    filled(pane, case, qtbot)
    pane.show_findings(findings_of(case))
    line = next(n for n, text in enumerate(texts(pane)) if text.startswith("Reply-To:"))
    button = pane.gutter.button_of(line)
    assert isinstance(button, GlyphButton)
    assert button.accessibleName().startswith("Warning: ")
    assert (button.width(), button.height()) == (24, 24)
    with qtbot.waitSignal(pane.finding_chosen) as caught:
        button.click()
    assert pane.selected == caught.args[0]
    assert pane.selected is not None
    assert button.accessibleName().endswith(pane.selected.title)


def test_enter_on_a_marked_line_selects_its_finding(pane: HeadersPane, qtbot: QtBot) -> None:
    case = sample_case("spoofed")
    filled(pane, case, qtbot)
    pane.show_findings(findings_of(case))
    line = next(n for n, text in enumerate(texts(pane)) if text.startswith("Reply-To:"))
    pane.view.go_to(line)
    with qtbot.waitSignal(pane.finding_chosen):
        QTest.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.selected is not None


def test_a_click_into_a_highlighted_header_tells_its_finding(pane: HeadersPane, qtbot: QtBot) -> None:
    case = sample_case("spoofed")
    filled(pane, case, qtbot)
    findings = findings_of(case)
    pane.show_findings(findings)
    reply = next(one for one in findings if "Reply-To" in {place.text.split(",")[0] for place in one.places})
    pane.select_finding(reply)
    assert pane.marked_lines is not None
    row = next(row for row in pane.view.rows() if row.number == pane.marked_lines[0])
    at = pane.view.viewport().rect().topLeft()
    at.setX(40)
    at.setY(round(row.top + row.height / 2))
    with qtbot.waitSignal(pane.finding_chosen) as caught:
        QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert caught.args == [reply]


def test_a_place_in_the_body_brings_the_body(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(MAIL), qtbot)
    pane.show_place(Where(start=FOOTER, end=FOOTER + 4))
    assert pane.marked_lines is not None
    assert texts(pane)[pane.marked_lines[0]] == "--"


def test_a_place_far_down_in_a_long_body_is_shown(pane: HeadersPane, qtbot: QtBot) -> None:
    octets = b"From: a@example.com\r\n\r\n" + b"line\r\n" * 30_000 + b"--\r\nfooter\r\n"
    start = octets.index(b"--")
    filled(pane, case_of(octets), qtbot)
    pane.show_place(Where(start=start, end=start + 12))
    qtbot.waitUntil(lambda: not pane._filler.running)
    assert pane.view.textCursor().block().text() == "--"
    assert Kind.GAP in {line.kind for line in pane.model.lines}


def test_a_place_in_the_part_that_is_left_out_is_brought_in(pane: HeadersPane, qtbot: QtBot) -> None:
    octets = b"From: a@example.com\r\n\r\n" + b"line\r\n" * 30_000 + b"--\r\nfooter\r\n" + b"line\r\n" * 30_000
    start = octets.index(b"--")
    filled(pane, case_of(octets), qtbot)
    pane.show_body()
    qtbot.waitUntil(lambda: not pane._filler.running)
    pane.show_place(Where(start=start, end=start + 12))
    qtbot.waitUntil(lambda: not pane._filler.running)
    assert pane.view.textCursor().block().text() == "--"
    assert [one.kind for one in pane.model.lines].count(Kind.GAP) == 2


def test_find_counts_and_minds_capitals_when_asked(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(MAIL), qtbot)
    pane.open_find()
    assert "Dear customer," in texts(pane)
    pane.find_bar.field.setText("DEAR")
    assert pane.find_next()
    assert pane.view.textCursor().selectedText() == "Dear"
    assert pane.find_bar._count.text() == "1 of 1"
    pane.find_bar.case.click()
    assert not pane.find_next()
    assert pane.find_bar._count.text() == "not found"
    QTest.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert pane.find_bar.isHidden()


def test_find_goes_back_as_well(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(MAIL), qtbot)
    pane.find_bar.field.setText("example")
    assert pane.find_next()
    first = pane.view.textCursor().position()
    assert pane.find_next()
    assert pane.view.textCursor().position() > first
    assert pane.find_next(backwards=True)
    assert pane.view.textCursor().position() == first


def test_another_mail_starts_at_its_beginning(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(MAIL), qtbot)
    pane.show_body()
    pane.show_place(Where(field_index=2))
    filled(pane, sample_case("spoofed"), qtbot)
    assert pane.marked_lines is None
    assert pane.selected is None
    assert pane.view.verticalScrollBar().value() == 0


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_line_is_as_high_as_the_design_says(pane: HeadersPane, qtbot: QtBot, theme: Theme, scale: float) -> None:
    theme.set_scale(scale)
    filled(pane, case_of(MAIL + "語".encode() * 3), qtbot)
    assert {row.height % theme.line("mono") for row in pane.view.rows()[:4]} == {0}


def test_without_wrapping_every_line_is_one_row(pane: HeadersPane, qtbot: QtBot) -> None:
    filled(pane, case_of(b"X: " + b"long " * 90 + b"\r\n\r\n"), qtbot)
    assert pane.view.rows()[0].height > 25
    pane.tools.wrap.click()
    assert pane.view.rows()[0].height < 25


def test_a_new_language_keeps_the_place(pane: HeadersPane, qtbot: QtBot) -> None:
    octets = b"".join(b"X-%d: value\r\n" % number for number in range(400)) + b"\r\n"
    filled(pane, case_of(octets), qtbot)
    pane.view.go_to(200)
    top = pane.view.firstVisibleBlock().blockNumber()
    QCoreApplication.sendEvent(pane, QEvent(QEvent.Type.LanguageChange))
    assert pane.view.textCursor().blockNumber() == 200
    assert pane.view.firstVisibleBlock().blockNumber() == top
    assert pane.view.viewport().updatesEnabled()


def test_a_short_mail_after_a_half_filled_long_one_is_painted(pane: HeadersPane) -> None:
    long = b"".join(b"X-%d: value\r\n" % number for number in range(19_000)) + b"\r\n"
    pane.show_case(case_of(long))
    QApplication.processEvents()
    pane.show_case(case_of(MAIL))
    assert not pane._filler.running
    assert pane.view.updatesEnabled()
    assert pane.view.viewport().updatesEnabled()
    assert texts(pane)[0] == "From: a@example.com"


def test_a_place_stays_in_sight_when_the_pane_gets_its_size_later(pane: HeadersPane, qtbot: QtBot) -> None:
    octets = b"".join(b"X-%d: value %s\r\n" % (number, b"long " * 30) for number in range(60)) + b"\r\n"
    filled(pane, case_of(octets), qtbot)
    pane.show_place(Where(field_index=50))
    pane.resize(300, 300)
    QApplication.processEvents()
    assert 50 in {row.number for row in pane.view.rows()}
