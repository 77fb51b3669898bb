"""The PDF report: readable text, pages with numbers, headings that stay with what they head."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QFontDatabase, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QApplication

from headerlens.pdf.drawings import _images
from headerlens.pdf.ladder import PaperLadder
from headerlens.pdf.page import page
from headerlens.pdf.write import _LEAST_BELOW, _message, missing_font, pdf_report
from headerlens.present.words import LANGUAGES
from headerlens.samples import samples
from tests.support.reports import Strict, hostile_case, sample_case, view_of

INNER = QSizeF(690, 985)
ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_message_is_a_file_of_several_pages(language: str) -> None:
    octets = pdf_report([view_of(sample_case("spoofed"), language)])
    assert octets.startswith(b"%PDF-1.")
    assert octets.rstrip().endswith(b"%%EOF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", octets)) <= 9


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_text_can_be_searched(tmp_path: Path, language: str) -> None:
    path = tmp_path / "x.pdf"
    view = view_of(sample_case("spoofed"), language)
    path.write_bytes(pdf_report([view]))
    shown = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    for part in ("bank.example.co.jp", "mailer-7", "HL-302", view.tables[1].heading, "v=spf1 ip4:198.51.100.77 -all"):
        assert part in shown
    assert ("Page 1 of" if language == "en" else "1 / ") in shown


def test_several_messages_begin_with_a_list_of_pages() -> None:
    views = [view_of(sample_case(one.name)) for one in samples()]
    alone = sum(_pages(pdf_report([view])) for view in views)
    assert _pages(pdf_report(views)) == alone + 1


def _pages(octets: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", octets))


@pytest.mark.parametrize("name", [one.name for one in samples()])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_stands_alone_at_the_foot(name: str, language: str) -> None:
    part = _message(view_of(sample_case(name), language), "monospace", INNER)
    layout = part.document.documentLayout()
    block = part.document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() > 1 and block.next().isValid():
            foot = layout.blockBoundingRect(block).bottom() % INNER.height()
            assert foot + _LEAST_BELOW <= INNER.height(), block.text()
        block = block.next()


def test_nothing_that_a_mail_writes_becomes_markup_or_a_drawing() -> None:
    source = page(view_of(hostile_case()), "monospace")
    tree = Strict(source)
    assert set(tree.tags) <= {
        "html", "body", "p", "b", "strong", "span", "h1", "h2", "h3", "table", "thead", "tr", "th", "td", "img", "br",
    }  # fmt: skip
    drawings = [value for tag, name, value in tree.attributes if (tag, name) == ("img", "src")]
    assert all(re.fullmatch(r"ladder:\d+|glyph:[a-z]+:[a-z]+:\d+", value) for value in drawings)
    assert "<script>alert(1)</script>" in tree.text
    pdf_report([view_of(hostile_case())])


def test_every_place_for_a_drawing_is_filled() -> None:
    part = _message(view_of(sample_case("third-party")), "monospace", INNER)
    assert list(_images(part.document)) == []
    assert "\ufffc" in part.document.toRawText()


def test_a_ladder_too_wide_for_tiles_writes_its_names_out() -> None:
    ladder = view_of(sample_case("forwarded")).result.ladder
    wide = PaperLadder(ladder, ladder.rows, 690, fails=False)
    narrow = PaperLadder(ladder, ladder.rows, 200, fails=False)
    assert not wide._stacked
    assert narrow._stacked
    assert narrow._as_text
    image = QImage(200, 1600, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    top = 0.0
    for place in range(len(ladder.rows) + 1):
        height = narrow.height(place)
        narrow.paint(painter, place, _area(top, height))
        top += height
    painter.end()
    assert top > sum(wide.height(place) for place in range(len(ladder.rows) + 1))


def _area(top: float, height: float) -> QRectF:
    return QRectF(0, top, 200, height)


def test_missing_japanese_letters_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing_font([view_of(sample_case("spoofed"))]) is None
    monkeypatch.setattr("headerlens.pdf.fonts.QFontDatabase", _NoJapanese)
    assert missing_font([view_of(sample_case("spoofed"))]) is None
    told = missing_font([view_of(sample_case("spoofed"), "ja")])
    assert told is not None
    assert "フォント" in told
    # the display name of this sample is Japanese in both languages
    assert missing_font([view_of(sample_case("third-party"))]) is not None


class _NoJapanese:
    WritingSystem = QFontDatabase.WritingSystem

    @staticmethod
    def families(_system: object = None) -> list[str]:
        return []


def test_the_page_is_the_paper_of_the_device() -> None:
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    octets = pdf_report([view_of(sample_case("spoofed"))])
    size = layout.fullRectPoints()
    boxes = {tuple(map(float, found.split())) for found in re.findall(rb"/MediaBox \[([^\]]+)\]", octets)}
    assert {(round(box[2]), round(box[3])) for box in boxes} == {(size.width(), size.height())}


def test_without_a_display_and_without_an_application_it_works(qapp: QApplication) -> None:
    assert qapp is not None
    code = (
        "import sys; from headerlens.cli.main import main;"
        "sys.exit(main(['check', '--sample', 'spoofed', '--format', 'pdf', '--lang', 'ja']))"
    )
    clean = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"} if sys.platform == "linux" else None
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=clean, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(b"%PDF-1.")
    assert done.stderr == b""
