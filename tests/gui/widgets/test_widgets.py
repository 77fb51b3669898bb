"""The painted widgets: accessible words, keyboard, hostile text, pictures that are not blank."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from headerlens.gui.theme import SCALES, Choice, Theme
from headerlens.gui.widgets.batch_bar import FilterChips
from headerlens.gui.widgets.controls import Pill, PushButton, SegmentedControl
from headerlens.gui.widgets.fields import CHEVRON, Framed, ListField
from headerlens.gui.widgets.findings import FindingCard, FindingsList
from headerlens.gui.widgets.ladder import AlignmentLadder
from headerlens.gui.widgets.ladder_layout import ladder_layout
from headerlens.gui.widgets.ladder_legend import LegendPopover
from headerlens.gui.widgets.ladder_paint import FontMetrics
from headerlens.gui.widgets.message_line import MessageLine
from headerlens.gui.widgets.notice import Notice
from headerlens.gui.widgets.page_width import plain_tooltip
from headerlens.gui.widgets.progress_card import ProgressCard
from headerlens.gui.widgets.record_change import RecordChangeBlock
from headerlens.gui.widgets.refusal_card import RefusalCard
from headerlens.gui.widgets.text import RichLabel
from headerlens.gui.widgets.verdict_card import VerdictCard
from headerlens.present.views import Glyph, ResultView, RowKind, Span, Tone, VerdictView
from tests.support import views

HOSTILE = "<b>x</b> &amp; <img src=x> &F \u2028 <a href='http://x'>y</a>"
SCHEMES: tuple[tuple[Choice, bool], ...] = tuple(itertools.product(("light", "dark"), (False, True)))
LEVELS = {
    "pass": (Glyph.PASS, Tone.PASS),
    "partial": (Glyph.HALF, Tone.INFO),
    "warn": (Glyph.WARN, Tone.WARN),
    "fail": (Glyph.FAIL, Tone.FAIL),
    "unknown": (Glyph.UNKNOWN, Tone.UNKNOWN),
    "running": (Glyph.RUN, Tone.INFO),
}


def show(qtbot: QtBot, widget: QWidget, width: int = 860) -> None:
    """Show `widget` at `width` and the height it asks for."""
    qtbot.addWidget(widget)
    height = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    QApplication.processEvents()


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def accessible_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


@pytest.fixture
def ladder(theme: Theme, qtbot: QtBot) -> AlignmentLadder:
    widget = AlignmentLadder(theme)
    widget.show_view(views.third_party().ladder)
    show(qtbot, widget)
    return widget


# Pictures


@pytest.mark.parametrize(("choice", "contrast"), SCHEMES)
@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_painted_in_every_theme(
    theme: Theme, qapp: QApplication, qtbot: QtBot, level: str, choice: Choice, contrast: bool
) -> None:
    theme.set_high_contrast(contrast)
    theme.apply(qapp, choice)
    glyph, tone = LEVELS[level]
    card = VerdictCard(theme)
    card.show_view(VerdictView(level, glyph, tone, "S1", views.rich("As *example.org*"), "Because.", "Do.", "Foot."))
    show(qtbot, card)
    card.clearFocus()
    image = card.grab().toImage()
    assert len(colours(image)) > 8
    assert theme.color(f"{tone.value}_line").rgb() in {image.pixel(image.width() // 2, y) for y in range(3)}


@pytest.mark.parametrize(("choice", "contrast"), SCHEMES)
@pytest.mark.parametrize("name", views.LADDERS)
def test_every_ladder_is_painted_in_every_theme(
    theme: Theme, qapp: QApplication, qtbot: QtBot, name: str, choice: Choice, contrast: bool
) -> None:
    theme.set_high_contrast(contrast)
    theme.apply(qapp, choice)
    widget = AlignmentLadder(theme)
    widget.show_view(views.LADDERS[name]())
    show(qtbot, widget, 780)
    assert len(colours(widget.grab().toImage())) > 20


def test_the_copied_picture_has_twice_the_pixels_and_no_buttons(ladder: AlignmentLadder) -> None:
    picture = ladder.grab_picture()
    assert picture.size() == ladder.size() * 2
    assert picture.devicePixelRatio() == 2
    assert len(colours(picture.toImage())) > 20


def test_a_row_can_be_copied(ladder: AlignmentLadder) -> None:
    row = views.third_party().ladder.rows[0]
    name, text, picture = ladder.row_menu(row).actions()[:3]
    name.trigger()
    assert QGuiApplication.clipboard().text() == "bounce.yoyaku.example.net"
    text.trigger()
    assert QGuiApplication.clipboard().text() == row.accessible
    picture.trigger()
    assert QGuiApplication.clipboard().image().width() == ladder.width() * 2


def test_the_spf_row_alone_leads_to_its_values(ladder: AlignmentLadder, qtbot: QtBot) -> None:
    for row in views.third_party().ladder.rows:
        texts = {one.text(): one for one in ladder.row_menu(row).actions()}
        assert ("Judge SPF by…" in texts) == (row.kind is RowKind.SPF)
        if row.kind is RowKind.SPF:
            with qtbot.waitSignal(ladder.judge_asked):
                texts["Judge SPF by…"].trigger()


@pytest.mark.parametrize("width", range(440, 1601, 80))
@pytest.mark.parametrize("name", [name for name in views.LADDERS if name != "long_names"])
def test_with_real_fonts_no_organisation_is_shortened(theme: Theme, name: str, width: int) -> None:
    layout = ladder_layout(views.LADDERS[name](), width, FontMetrics(theme), theme.unit, padding=18)
    assert not layout.elided
    assert all(tile.folded or tile.text == tile.full for row in layout.rows for tile in row.tiles)


# Sizes


def verdict_card(theme: Theme) -> QWidget:
    card = VerdictCard(theme)
    card.show_view(views.spoofed().verdict)
    return card


def rich_label(theme: Theme) -> QWidget:
    label = RichLabel(theme)
    label.set_text("word " * 60)
    return label


def open_finding(theme: Theme) -> QWidget:
    card = FindingCard(theme)
    card.show_view(views.record_change())
    card.set_open(True)
    return card


@pytest.mark.parametrize("make", [verdict_card, rich_label, open_finding])
def test_more_width_never_needs_more_height(theme: Theme, qtbot: QtBot, make: Callable[[Theme], QWidget]) -> None:
    widget = make(theme)
    show(qtbot, widget)
    heights = [widget.heightForWidth(width) for width in range(300, 1500, 40)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > heights[-1]


@pytest.mark.parametrize("scale", SCALES)
def test_the_ladder_grows_with_the_text_size(theme: Theme, qtbot: QtBot, scale: float) -> None:
    widget = AlignmentLadder(theme)
    widget.show_view(views.all_pass().ladder)
    show(qtbot, widget)
    plain_height = widget.heightForWidth(860)
    theme.set_scale(scale)
    assert widget.heightForWidth(round(860 * scale)) == pytest.approx(plain_height * scale, rel=0.04)


def test_all_lines_of_a_sentence_are_visible(theme: Theme, qtbot: QtBot) -> None:
    card = VerdictCard(theme)
    card.show_view(views.spoofed().verdict)
    show(qtbot, card, 700)
    for label in card.findChildren(RichLabel):
        assert label.height() >= label.heightForWidth(label.width())
        assert label.verticalScrollBar().maximum() == 0


# Accessible words


def test_each_row_is_a_button_with_its_whole_sentence(ladder: AlignmentLadder) -> None:
    wanted = [row.accessible for row in views.third_party().ladder.rows]
    assert [accessible_name(button) for button in ladder.rows()] == wanted
    roles = {QAccessible.queryAccessibleInterface(button).role() for button in ladder.rows()}
    assert roles == {QAccessible.Role.Button}


def test_the_ladder_is_a_group_named_by_its_question(ladder: AlignmentLadder) -> None:
    interface = QAccessible.queryAccessibleInterface(ladder)
    assert interface.role() == QAccessible.Role.Grouping
    assert accessible_name(ladder) == "inn.example.co.jp を裏付けるもの"


def test_the_verdict_is_one_stop_that_says_result_sentence_and_action(theme: Theme, qtbot: QtBot) -> None:
    card = VerdictCard(theme)
    view = views.spoofed().verdict
    card.show_view(view)
    show(qtbot, card)
    assert accessible_name(card) == "Result: Not authenticated as bank.example.co.jp"
    assert card.accessibleDescription() == f"{view.sentence} {view.action}"
    assert card.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert not [child for child in card.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]


def test_a_finding_is_named_with_its_severity_and_code(theme: Theme, qtbot: QtBot) -> None:
    card = FindingCard(theme)
    card.show_view(views.record_change())
    show(qtbot, card)
    assert accessible_name(card.header) == "Problem: SPF for example.com needs 13 look-ups; the limit is 10. HL-112"


def test_progress_is_a_progress_bar(theme: Theme, qtbot: QtBot) -> None:
    card = ProgressCard(theme)
    card.show_view(views.progress())
    show(qtbot, card)
    assert (card.bar.value(), card.bar.maximum()) == (5, 8)
    assert QAccessible.queryAccessibleInterface(card.bar).role() == QAccessible.Role.ProgressBar


def test_progress_keeps_its_widgets_when_only_glyphs_change(theme: Theme, qtbot: QtBot) -> None:
    card = ProgressCard(theme)
    card.show_view(views.progress())
    show(qtbot, card)
    before = card.findChildren(RichLabel)
    card.show_view(replace(views.progress(), answered=8))
    assert card.findChildren(RichLabel) == before


# Keyboard


def test_arrows_move_between_rows_and_home_goes_to_from(ladder: AlignmentLadder) -> None:
    rows = ladder.rows()
    ladder.activateWindow()
    rows[0].setFocus()
    keys = (
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_End,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
    )
    seen = []
    for key in keys:
        QTest.keyClick(ladder.focusWidget(), key)
        seen.append(next(i for i, row in enumerate(rows) if row is ladder.focusWidget()))
    assert seen == [1, 2, 3, 3, 1, 0, 0]


def test_tab_walks_rows_from_top_to_bottom_then_the_legend(ladder: AlignmentLadder) -> None:
    rows = ladder.rows()
    rows[0].setFocus()
    for row in rows[1:]:
        QTest.keyClick(ladder.focusWidget(), Qt.Key.Key_Tab)
        assert ladder.focusWidget() is row
    QTest.keyClick(ladder.focusWidget(), Qt.Key.Key_Tab)
    assert isinstance(ladder.focusWidget(), PushButton)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_row_opens_its_evidence(ladder: AlignmentLadder, qtbot: QtBot, key: Qt.Key) -> None:
    for index, wanted in enumerate([["spf", -1], ["from", -1], ["dkim", 0], ["dkim", 1]]):
        with qtbot.waitSignal(ladder.row_activated) as caught:
            QTest.keyClick(ladder.rows()[index], key)
        assert caught.args == wanted


def test_a_new_view_of_the_same_rows_keeps_the_focus(ladder: AlignmentLadder) -> None:
    ladder.rows()[2].setFocus()
    ladder.show_view(views.third_party().ladder)
    assert ladder.focusWidget() is ladder.rows()[2]


def test_folded_signatures_unfold_and_fold(theme: Theme, qtbot: QtBot) -> None:
    widget = AlignmentLadder(theme)
    widget.show_view(views.folded())
    show(qtbot, widget, 620)
    assert len(widget.rows()) == 4
    widget.rows()[3].click()
    assert len(widget.rows()) == 7
    link = next(b for b in widget.findChildren(PushButton) if b.text() == "Show fewer")
    link.click()
    assert len(widget.rows()) == 4


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_legend_closes_with_escape(ladder: AlignmentLadder, qtbot: QtBot) -> None:
    ladder.show_legend()
    popover = ladder.findChild(LegendPopover)
    assert popover is not None
    assert len(popover.findChildren(RichLabel)) == 5
    with qtbot.waitSignal(popover.destroyed):
        QTest.keyClick(popover, Qt.Key.Key_Escape)


def described(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Description)


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def test_a_row_that_opens_is_a_button_that_says_whether_it_is_open(theme: Theme, qtbot: QtBot) -> None:
    card = FindingCard(theme)
    card.show_view(views.record_change())
    show(qtbot, card)
    assert role(card.header) is QAccessible.Role.Button
    assert described(card.header) == "collapsed"
    told: list[bool] = []
    card.header.turned.connect(told.append)
    interface = QAccessible.queryAccessibleInterface(card.header)
    interface.actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: told == [True])
    assert described(card.header) == "expanded"
    card.set_open(opened=True)
    card.set_open(opened=False)
    assert told == [True, False]
    assert described(card.header) == "collapsed"


@pytest.mark.parametrize("make", [views.third_party, views.mailing_list, views.spoofed])
def test_a_row_of_the_ladder_says_its_whole_sentence(
    theme: Theme, qtbot: QtBot, make: Callable[[], ResultView]
) -> None:
    ladder, view = AlignmentLadder(theme), make().ladder
    ladder.show_view(view)
    show(qtbot, ladder)
    for button, row in zip(ladder.rows(), view.rows, strict=False):
        sentence = "".join(span.text for span in row.sentence)
        assert sentence
        assert described(button).split("\n")[0] == sentence.replace(" → ", ": ")
        assert "→" not in described(button)


def test_a_tooltip_is_never_read_out_as_markup(theme: Theme, qtbot: QtBot) -> None:
    line = MessageLine(theme)
    line.show_view(replace(views.third_party().line, subject=HOSTILE))
    show(qtbot, line)
    assert line.toolTip().startswith("<p")
    assert not described(line).startswith("<p")


def test_the_filters_of_a_table_are_choices_of_which_one_holds(theme: Theme, qtbot: QtBot) -> None:
    chips = FilterChips(theme)
    chips.show_counts(Counter({"fail": 2, "pass": 1}), 3)
    show(qtbot, chips)
    assert role(chips.chip("fail")) is QAccessible.Role.RadioButton
    chips.choose("fail")
    assert [group for group in ("", "fail", "pass") if chips.chip(group).isChecked()] == ["fail"]
    chips.choose(None)
    assert not any(chips.chip(group).isChecked() for group in ("", "fail", "pass"))


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_list_has_a_chevron_and_no_frame_of_the_style(
    theme: Theme, qapp: QApplication, qtbot: QtBot, choice: Choice
) -> None:
    theme.apply(qapp, choice)
    field = ListField(theme)
    field.setEditable(True)
    field.addItems(["one", "two"])
    frame = Framed(theme, field)
    show(qtbot, frame, 300)
    image = frame.grab().toImage()
    edge, side = 6, theme.px(CHEVRON) + 2
    region = [
        (x, y) for x in range(frame.width() - 32, frame.width() - edge) for y in range(edge, frame.height() - edge)
    ]
    inked = [(x, y) for x, y in region if image.pixel(x, y) != theme.color("surface").rgb()]
    assert inked
    assert max(x for x, _ in inked) - min(x for x, _ in inked) <= side
    assert max(y for _, y in inked) - min(y for _, y in inked) <= side // 2 + 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_finding_opens_and_closes_by_key(theme: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    card = FindingCard(theme)
    card.show_view(views.record_change())
    show(qtbot, card)
    closed = card.sizeHint().height()
    QTest.keyClick(card.header, key)
    assert card.is_open()
    assert card.heightForWidth(860) > closed
    QTest.keyClick(card.header, key)
    assert not card.is_open()


def test_f8_walks_through_the_findings_and_wraps(theme: Theme, qtbot: QtBot) -> None:
    found = FindingsList(theme)
    view = views.spoofed()
    found.show_view(view.findings_heading, view.findings_count, view.findings)
    show(qtbot, found)
    cards = found.cards()
    cards[0].header.clearFocus()
    assert [card.is_open() for card in cards] == [True, False, False, False]
    assert [found.next() for _ in range(5)] == [*cards, cards[0]]
    assert found.previous() is cards[3]
    assert all(card.is_open() for card in cards)


def test_f8_without_findings_does_nothing(theme: Theme, qtbot: QtBot) -> None:
    found = FindingsList(theme)
    found.show_view("What we found", "", ())
    show(qtbot, found)
    assert found.next() is None


def test_more_than_three_goods_share_one_line(theme: Theme, qtbot: QtBot) -> None:
    good = replace(views.all_pass().findings[0], severity="good")
    found = FindingsList(theme)
    found.show_view("What we found", "", (views.record_change(), *(replace(good, id=f"g{n}") for n in range(4))))
    show(qtbot, found)
    assert len(found.cards()) == 1
    assert found.select("g2") is found.cards()[3]
    assert len(found.cards()) == 5


def test_a_link_says_where_it_points(theme: Theme, qtbot: QtBot) -> None:
    found = FindingsList(theme)
    view = views.spoofed()
    found.show_view(view.findings_heading, view.findings_count, view.findings)
    show(qtbot, found)
    link = next(button for button in found.findChildren(PushButton) if button.accessibleName() == "From, line 15")
    with qtbot.waitSignal(found.place_activated) as caught:
        link.click()
    assert caught.args == [view.findings[0].places[0].where]


def test_the_corrected_record_is_copied(theme: Theme, qtbot: QtBot) -> None:
    (change,) = views.record_change().changes
    block = RecordChangeBlock(theme, change)
    show(qtbot, block)
    QGuiApplication.clipboard().setMimeData(QMimeData())
    block.findChildren(PushButton)[0].click()
    assert QGuiApplication.clipboard().text() == change.copy_text


def test_segments_move_with_the_arrow_keys(theme: Theme, qtbot: QtBot) -> None:
    control = SegmentedControl(theme, ["Answer", "Evidence"])
    qtbot.addWidget(control)
    control.show()
    control.activateWindow()
    qtbot.waitUntil(control.isActiveWindow)
    control.findChildren(QAbstractButton)[0].setFocus()
    with qtbot.waitSignal(control.chosen) as caught:
        QTest.keyClick(control.findChildren(QAbstractButton)[0], Qt.Key.Key_Right)
    assert caught.args == [1]
    assert control.current() == 1


# Hostile text


def test_a_label_shows_each_character_of_what_looks_like_html(theme: Theme, qtbot: QtBot) -> None:
    label = RichLabel(theme)
    label.set_rich((Span(HOSTILE), Span(HOSTILE, strong=True)))
    show(qtbot, label)
    assert label.toPlainText().replace("\n", "\u2028") == HOSTILE * 2
    assert accessible_name(label) == HOSTILE * 2
    assert not label.document().toHtml().count('href="http')


def test_a_link_with_an_ampersand_makes_no_shortcut(theme: Theme, qtbot: QtBot) -> None:
    button = PushButton(theme, "ext", "", "link")
    button.set_value_text(HOSTILE)
    show(qtbot, button)
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == HOSTILE


def test_a_tooltip_is_escaped() -> None:
    tip = plain_tooltip(HOSTILE)
    assert "<b>" not in tip
    assert "&lt;b&gt;" in tip
    assert plain_tooltip("") == ""


def test_hostile_views_show_and_paint(theme: Theme, qtbot: QtBot) -> None:
    result = views.spoofed()
    line = MessageLine(theme)
    line.show_view(
        replace(result.line, address=HOSTILE * 20, display=HOSTILE, subject=HOSTILE * 20, source_name=HOSTILE * 9)
    )
    show(qtbot, line)
    line.grab()
    assert "<b>" not in line.toolTip()
    finding = replace(
        views.record_change(), title=HOSTILE * 9, why=HOSTILE, steps=(HOSTILE,), evidence=(HOSTILE,), consequences=()
    )
    card = FindingCard(theme)
    card.show_view(finding)
    card.set_open(True)
    show(qtbot, card)
    card.grab()
    shown = [label.text() for label in card.findChildren(RichLabel)]
    assert shown.count(HOSTILE) == 3


@pytest.mark.parametrize("width", [300, 440, 700, 1000])
def test_a_name_at_the_limit_of_dns_is_painted(theme: Theme, qtbot: QtBot, width: int) -> None:
    sheet = views.Sheet(".".join(["x"] * 127), 2)
    widget = AlignmentLadder(theme)
    long = sheet.row(
        RowKind.DKIM, "DKIM" * 30, "s=" + "k" * 300, f"{'a' * 63}.{'b' * 63}.com", "x" * 999, (views.PASS,) * 2
    )
    widget.show_view(sheet.view(sheet.from_row("y" * 999, "DMARC " * 50, (views.PASS,) * 2), long))
    show(qtbot, widget, width)
    assert len(colours(widget.grab().toImage())) > 10


# The rest


def test_refusal_notice_and_pill_speak(theme: Theme, qtbot: QtBot) -> None:
    refused, notice, pill = RefusalCard(theme), Notice(theme), Pill(theme)
    refused.show_refusal(views.refusal())
    notice.show_notice("Repaired.", button="Undo")
    pill.show_pill("headers only", Tone.WARN, "list")
    for widget in (refused, notice, pill):
        show(qtbot, widget)
    assert accessible_name(refused) == "Result: This isn’t an email source"
    assert accessible_name(pill) == "headers only"
    with qtbot.waitSignal(notice.activated):
        notice.button.click()


def test_with_reduced_motion_the_spinner_rests(theme: Theme, qtbot: QtBot) -> None:
    theme.reduced_motion = True
    card = ProgressCard(theme)
    card.show_view(views.progress())
    show(qtbot, card)
    assert not any(timer.isActive() for timer in card.findChildren(type(card._lines[0][0]._timer)))


def test_scheme_size_and_language_change_while_everything_is_shown(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    result = views.spoofed()
    page = QWidget()
    column = QVBoxLayout(page)
    line, card, ladder, found = MessageLine(theme), VerdictCard(theme), AlignmentLadder(theme), FindingsList(theme)
    shown: tuple[QWidget, ...] = (line, card, ladder, found)
    for widget in shown:
        column.addWidget(widget)
    line.show_view(result.line)
    card.show_view(result.verdict)
    ladder.show_view(result.ladder)
    found.show_view(result.findings_heading, result.findings_count, result.findings)
    show(qtbot, page, 900)
    light = card.grab().toImage().pixelColor(30, 8).name()
    height = ladder.heightForWidth(860)
    theme.apply(qapp, "dark")
    theme.set_scale(1.3)
    theme.set_japanese(japanese=True)
    qapp.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    for each in (*shown, *found.cards()):
        qapp.sendEvent(each, QEvent(QEvent.Type.LanguageChange))
    QApplication.processEvents()
    assert card.grab().toImage().pixelColor(30, 8).name() == theme.tokens.fail_bg.lower() != light
    assert ladder.heightForWidth(860) > height


def test_other_findings_replace_the_old_ones(theme: Theme, qtbot: QtBot) -> None:
    found = FindingsList(theme)
    for view in (views.spoofed(), views.all_pass(), views.spoofed()):
        found.show_view(view.findings_heading, view.findings_count, view.findings)
        show(qtbot, found)
        assert [card.finding() for card in found.cards()] == list(view.findings)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    top = [card for card in found.findChildren(FindingCard) if card.parent() is found]
    assert len(top) == len(views.spoofed().findings)
