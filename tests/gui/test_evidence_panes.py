"""The evidence panes: keyboard, links, copying, what stays on a change, and what a screen reader walks through."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from headerlens.gui.app import Program
from headerlens.gui.main_window import MainWindow
from headerlens.gui.pages.evidence import DNS, HEADERS, PATH, SIGNATURES, SPF, EvidencePage
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.path_timeline import StopRow
from headerlens.gui.widgets.spf_tree import SpfTree, row_of
from headerlens.model.findings import Where
from headerlens.present.evidence_panes import present_evidence
from headerlens.present.evidence_views import SpfRow
from headerlens.present.views import Glyph, RowKind, Tone
from headerlens.present.words import Words
from tests.support.corpus_cases import corpus_case
from tests.support.outline import compare, outline


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light")
    return made


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> Iterator[EvidencePage]:
    """The panes alone, at the width of a wide window's."""
    made = EvidencePage(theme)
    qtbot.addWidget(made)
    made.resize(424, 720)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made  # type: ignore[return-value]  # pytest takes either


def fill(page: EvidencePage, name: str, language: str = "en") -> None:
    case = corpus_case(name)
    page.show_case(case)
    page.show_view(present_evidence(case, Words(language), zone=UTC))


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


# ---- tabs and commands


def checked(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(window.session.finished):
        window.open_paths([path])


@pytest.mark.parametrize(
    ("key", "tab"),
    [
        (Qt.Key.Key_2, HEADERS),
        (Qt.Key.Key_3, SIGNATURES),
        (Qt.Key.Key_4, SPF),
        (Qt.Key.Key_5, PATH),
        (Qt.Key.Key_6, DNS),
    ],
)
def test_each_pane_has_its_key(window: MainWindow, qtbot: QtBot, mails: Path, key: Qt.Key, tab: int) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.body.result.evidence.tabs.currentIndex() == tab


def test_the_rows_of_the_ladder_lead_to_their_panes(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    result = window.body.result
    result.ladder.row_activated.emit(RowKind.SPF, -1)
    assert result.evidence.tabs.currentIndex() == SPF
    result.ladder.row_activated.emit(RowKind.FROM, -1)
    assert result.evidence.tabs.currentIndex() == HEADERS


def test_the_border_is_changed_by_the_dialog_of_spf(window: MainWindow, qtbot: QtBot, mails: Path) -> None:
    checked(window, qtbot, mails / "invoice.eml")
    evidence = window.body.result.evidence
    window.body.result.show_tab(PATH)
    assert evidence.path.button is not None
    asked: list[bool] = []
    evidence.border_asked.connect(lambda: asked.append(True))
    evidence.path.button.click()
    assert asked
    from headerlens.gui.pages.judge_by import JudgeByDialog

    dialogs = window.findChildren(JudgeByDialog)
    assert dialogs
    dialogs[0].close()


def test_a_change_of_language_reaches_the_panes(program: Program, qtbot: QtBot, mails: Path) -> None:
    window = program.window
    checked(window, qtbot, mails / "invoice.eml")
    window.body.result.show_tab(PATH)
    program.change(program.settings._replace(language="ja"))
    button = window.body.result.evidence.path
    qtbot.waitUntil(lambda: button.button is not None and button.button.text() == "信頼境界を変更…")


# ---- signatures


def test_a_place_with_a_signature_opens_its_card(page: EvidencePage) -> None:
    fill(page, "list-footer")
    page.show_place(Where(signature=0))
    card = page.signatures.cards[0]
    assert page.tabs.currentIndex() == SIGNATURES
    assert card.is_open()
    assert focused() is card.header


def test_enter_folds_and_opens_a_card(page: EvidencePage) -> None:
    fill(page, "list-footer")
    page.show_place(Where(signature=1))
    card = page.signatures.cards[1]
    QTest.keyClick(card.header, Qt.Key.Key_Return)
    assert not card.is_open()
    QTest.keyClick(card.header, Qt.Key.Key_Space)
    assert card.is_open()


def test_a_card_leads_to_the_header_and_to_dns(page: EvidencePage) -> None:
    fill(page, "plain")
    page.show_tab(SIGNATURES)
    for place, tab in ((0, HEADERS), (1, DNS)):
        page.show_tab(SIGNATURES)
        card = page.signatures.cards[0]
        card.place_chosen.emit(card.view.links[place].where)
        assert page.tabs.currentIndex() == tab
    assert page.dns.model.rows[page.dns.view.currentIndex().row()].name == "s1._domainkey.example.com"


def test_what_was_open_stays_open_when_the_same_message_is_shown_anew(page: EvidencePage) -> None:
    fill(page, "list-footer")
    page.show_tab(SIGNATURES)
    page.signatures.cards[0].set_open(True)
    page.signatures.cards[1].set_open(False)
    page.show_view(present_evidence(corpus_case("list-footer"), Words("ja"), zone=UTC), same=True)
    assert [card.is_open() for card in page.signatures.cards] == [True, False]
    assert page.signatures.cards[0].view.pill == "第三者署名"


def test_the_place_stays_when_the_same_message_is_shown_anew(page: EvidencePage, qtbot: QtBot) -> None:
    fill(page, "list-footer")
    page.show_tab(SIGNATURES)
    page.show_place(Where(signature=1))
    bar = page.signatures.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 50)
    before = bar.value()
    page.show_view(present_evidence(corpus_case("list-footer"), Words("en"), zone=None), same=True)
    page.signatures.show_view(present_evidence(corpus_case("list-footer"), Words("en")).signatures, same=True)
    qtbot.waitUntil(lambda: bar.value() == before)
    page.signatures.show_view(present_evidence(corpus_case("plain"), Words("en")).signatures)
    qtbot.waitUntil(lambda: bar.value() == 0)


def test_the_text_size_changes_nothing_but_the_size(page: EvidencePage, theme: Theme, qtbot: QtBot) -> None:
    fill(page, "list-footer")
    page.show_tab(SIGNATURES)
    before = page.signatures.cards[1].header.height()
    theme.set_scale(1.5)
    qtbot.waitUntil(lambda: page.signatures.cards[1].header.height() > before)
    assert [card.is_open() for card in page.signatures.cards] == [False, True]
    theme.set_scale(1.0)


def test_arc_findings_lead_to_the_newest_set(page: EvidencePage) -> None:
    fill(page, "forwarded-with-arc")
    page.show_place(Where(pane="arc"))
    assert page.signatures.cards[-1].is_open()
    assert page.signatures.cards[-1].view.pill == "testimony"


# ---- SPF


def tree_of(page: EvidencePage) -> SpfTree:
    assert page.spf.tree is not None
    return page.spf.tree


def test_arrows_walk_the_tree_and_fold_it(page: EvidencePage) -> None:
    fill(page, "spf-redirect")
    page.show_place(Where(pane="spf"))
    tree = tree_of(page)
    assert focused() is tree
    height = tree.sizeHint().height()
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert row_of(tree.currentIndex()).text == "redirect=_spf.example.com"
    QTest.keyClick(tree, Qt.Key.Key_Left)
    assert not tree.isExpanded(tree.currentIndex())
    assert tree.sizeHint().height() < height
    QTest.keyClick(tree, Qt.Key.Key_Right)
    assert tree.sizeHint().height() == height


def test_enter_on_a_term_shows_its_question(page: EvidencePage) -> None:
    fill(page, "spf-redirect")
    page.show_place(Where(pane="spf"))
    tree = tree_of(page)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == DNS
    assert page.dns.model.rows[page.dns.view.currentIndex().row()].name == "_spf.example.com"


def test_a_press_on_the_chevron_folds_a_record(page: EvidencePage, qtbot: QtBot) -> None:
    fill(page, "spf-redirect")
    page.show_tab(SPF)
    tree = tree_of(page)
    qtbot.wait(20)
    index = tree.model().index(0, 0, tree.model().index(0, 0))
    assert tree.isExpanded(index)
    box = tree.visualRect(index)
    QTest.mouseClick(
        tree.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(box.left() + 10, box.center().y()),
    )
    assert not tree.isExpanded(index)


def test_each_row_of_the_tree_is_spoken(page: EvidencePage) -> None:
    fill(page, "plain")
    page.show_tab(SPF)
    model = tree_of(page).model()
    first = model.index(0, 0, model.index(0, 0))
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "ip4:192.0.2.25: matches → pass"


def test_five_hundred_terms_are_quick(theme: Theme, qtbot: QtBot) -> None:
    term = SpfRow("ip4:192.0.2.1", "no-match", Glyph.NONE, Tone.UNKNOWN, "no match", "ip4: no match")
    includes = tuple(replace(term, text=f"include:i{n}.example", children=(term,) * 24) for n in range(20))
    root = SpfRow("v=spf1  example.com", "record", Glyph.NONE, Tone.UNKNOWN, "", "record", children=includes)
    tree = SpfTree(theme)
    qtbot.addWidget(tree)
    began = time.perf_counter()
    tree.show_root(root)
    tree.expandAll()
    tree.resize(380, 700)
    tree.grab()
    assert time.perf_counter() - began < 1.0
    assert tree.sizeHint().height() > 500 * 20


def test_a_large_record_begins_with_what_led_to_the_result(page: EvidencePage) -> None:
    fill(page, "spf-too-many-lookups")
    page.show_tab(SPF)
    tree = tree_of(page)
    root = tree.model().index(0, 0)
    opened = [tree.isExpanded(tree.model().index(number, 0, root)) for number in range(11)]
    assert opened == [False] * 10 + [True]


# ---- path


def stops(page: EvidencePage) -> list[StopRow]:
    assert page.path.timeline is not None
    return page.path.timeline.rows


def test_a_server_leads_to_its_header_line(page: EvidencePage) -> None:
    fill(page, "forwarded-with-arc")
    page.show_place(Where(pane="path"))
    assert page.tabs.currentIndex() == PATH
    first = focused()
    assert isinstance(first, StopRow)
    assert first.stop.name == "mx.example.org"
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == HEADERS
    assert page.headers.marked_lines is not None


def test_arrows_go_from_server_to_server(page: EvidencePage) -> None:
    fill(page, "forwarded-with-arc")
    page.show_place(Where(pane="path"))
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused() is stops(page)[2]
    QTest.keyClick(focused(), Qt.Key.Key_Up)
    assert focused() is stops(page)[1]


# ---- DNS


def test_everything_is_copied_as_dig(page: EvidencePage) -> None:
    fill(page, "key-by-alias")
    page.show_tab(DNS)
    page.dns.copy_all()
    copied = QGuiApplication.clipboard().text()
    assert "; <<>> dig example.com TXT <<>>  status: NOERROR" in copied
    assert "IN\tCNAME\ts1.keys.example.net." in copied


def test_copy_takes_the_chosen_question(page: EvidencePage) -> None:
    fill(page, "plain")
    page.show_place(Where(question="TXT example.com"))
    QTest.keyClick(page.dns.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("example.com TXT\nv=spf1")


def test_the_context_menu_copies_one_question_as_dig(page: EvidencePage) -> None:
    fill(page, "plain")
    page.show_place(Where(question="TXT example.com"))
    page.dns.view.actions()[1].trigger()
    assert QGuiApplication.clipboard().text().startswith("; <<>> dig example.com TXT <<>>  status: NOERROR\n")


def test_enter_reads_the_whole_record_and_esc_comes_back(page: EvidencePage) -> None:
    fill(page, "plain")
    page.show_place(Where(question="TXT s1._domainkey.example.com"))
    page.dns.focus_pane()
    QTest.keyClick(page.dns.view, Qt.Key.Key_Return)
    assert focused() is page.dns._full
    assert page.dns._full.toPlainText().startswith("s1._domainkey.example.com TXT\nv=DKIM1")
    QTest.keyClick(page.dns._full, Qt.Key.Key_Escape)
    assert focused() is page.dns.view


# ---- everyone


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    ("tab", "name", "case"),
    [
        (SIGNATURES, "signatures", "list-footer"),
        (SPF, "spf", "spf-redirect"),
        (PATH, "path", "forwarded-with-arc"),
        (DNS, "dns", "key-by-alias"),
    ],
)
def test_the_outline_of_each_pane(page: EvidencePage, language: str, tab: int, name: str, case: str) -> None:
    fill(page, case, language)
    page.show_tab(tab)
    pane = (page.headers, page.signatures, page.spf, page.path, page.dns)[tab]
    compare(f"evidence-{name}-{language}", outline(pane))


@pytest.mark.parametrize("tab", [SIGNATURES, SPF, PATH, DNS])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_narrowest_pane_scrolls_downwards_only(page: EvidencePage, theme: Theme, tab: int, scale: float) -> None:
    theme.set_scale(scale)
    fill(page, "list-footer", "ja")
    page.resize(round(360 * scale), 440)
    page.show_tab(tab)
    QApplication.processEvents()
    areas = {SIGNATURES: page.signatures.area, SPF: page.spf.area, PATH: page.path.area}
    bar = areas[tab].horizontalScrollBar() if tab in areas else page.dns.view.horizontalScrollBar()
    assert bar.maximum() == 0
    theme.set_scale(1.0)


def test_the_tabs_fit_a_narrow_pane_and_use_a_wide_one(page: EvidencePage) -> None:
    page.resize(600, 440)
    QApplication.processEvents()
    roomy = page.tabs.tabRect(HEADERS).width()
    page.resize(330, 440)
    QApplication.processEvents()
    assert page.tabs.tabRect(HEADERS).width() < roomy
    assert page.tabs.tabRect(DNS).right() <= 330
    page.resize(600, 440)
    QApplication.processEvents()
    assert page.tabs.tabRect(HEADERS).width() == roomy
