"""Reports as PDF and on paper: pages laid out by QtGui's text engine, without a display and without widgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from headerlens.pdf.drawings import Drawings, place_drawings
from headerlens.pdf.fonts import families, font, lacks_japanese
from headerlens.pdf.ladder import PaperLadder
from headerlens.pdf.outline import Heading, with_outline
from headerlens.pdf.page import STYLE, contents, page, shown_rows
from headerlens.present.report_views import ReportView
from headerlens.present.tokens import LIGHT
from headerlens.present.words import Words

DPI = 96.0
"""All sizes of this room are in 96ths of an inch; the painter scales them to the device."""

_MARGIN, _FOOT = 52.0, 34.0
_LEAST_BELOW = 56.0
"""What has to fit below a heading: two or three lines of what it heads."""

_ABOVE = 10.0
"""What a reader leaves above a heading it jumps to."""

POINT = 72 / DPI

_TRIES = 60
"""Headings moved to the next page, at most: each costs a layout."""

_application: QGuiApplication | None = None


def pdf_report(views: Sequence[ReportView]) -> bytes:
    """The file for one message or several, A4, with an outline; with several a table of contents comes first."""
    need_application()
    octets = QByteArray()
    buffer = QBuffer(octets)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    writer.setResolution(1200)
    writer.setTitle(_title(views))
    writer.setCreator("HeaderLens")
    parts = _paint(views, writer)
    buffer.close()
    return with_outline(bytes(octets.data()), tuple(_headings(parts)), views[0].language)


def missing_font(views: Sequence[ReportView]) -> str | None:
    """What to say where Japanese could not be printed; None where it can."""
    need_application()
    if not lacks_japanese(tuple(views)):
        return None
    return Words(views[0].language).phrase("report.font-missing")


def need_application() -> None:
    """Fonts need a QGuiApplication: the window's, else one without a display that lives as long as the program."""
    global _application  # noqa: PLW0603  Qt knows one application for a process
    if QGuiApplication.instance() is None:
        _application = QGuiApplication(["headerlens", "-platform", "offscreen"])


def print_report(views: Sequence[ReportView], device: QPagedPaintDevice) -> None:
    """Paint the pages; the device says how large they are."""
    _paint(views, device)


def _paint(views: Sequence[ReportView], device: QPagedPaintDevice) -> list[_Part]:
    scale = device.logicalDpiX() / DPI
    size = QSizeF(device.width() / scale, device.height() / scale)
    parts = _parts(views, size)
    total = sum(part.pages for part in parts)
    number = 0
    painter = QPainter(device)
    painter.scale(scale, scale)
    for part in parts:
        for place in range(part.pages):
            if number:
                device.newPage()
            number += 1
            _paint_page(painter, part, place, size)
            _paint_foot(painter, part, Words(views[0].language).phrase("report.page", {"n": number, "m": total}), size)
    painter.end()
    return parts


@dataclass(frozen=True, slots=True)
class _Part:
    """Pages that belong together: a message, or the table of contents. `drawings` live as long as the document."""

    document: QTextDocument
    drawings: Drawings
    title: str

    @property
    def pages(self) -> int:
        return self.document.pageCount()


def _headings(parts: Sequence[_Part]) -> Iterator[Heading]:
    """The entries of the outline: the sections of one message; of several, each message above its sections."""
    first = 0
    for part in parts:
        if len(parts) > 1:
            yield Heading(part.title, first, 0)
        if len(parts) == 1 or part is not parts[0]:
            yield from _sections(part, first, 1 if len(parts) > 1 else 0)
        first += part.pages


def _sections(part: _Part, first: int, level: int) -> Iterator[Heading]:
    """The answer and the sections of a message that begins on page `first`."""
    height, layout = part.document.pageSize().height(), part.document.documentLayout()
    block = part.document.begin()
    while block.isValid():
        title = " ".join(block.text().replace("\ufffc", " ").split())
        if block.blockFormat().headingLevel() in {1, 2} and title:
            top = layout.blockBoundingRect(block).top()
            place = int(top // height)
            yield Heading(title, first + place, (_MARGIN + top - place * height - _ABOVE) * POINT, level)
        block = block.next()


def _title(views: Sequence[ReportView]) -> str:
    if len(views) == 1:
        return views[0].title
    return Words(views[0].language).phrase("report.title-many", {"n": len(views)})


def _parts(views: Sequence[ReportView], size: QSizeF) -> list[_Part]:
    inner = QSizeF(size.width() - 2 * _MARGIN, size.height() - 2 * _MARGIN - _FOOT)
    mono = families(mono=True)[0]
    messages = [_message(view, mono, inner) for view in views]
    if len(views) == 1:
        return messages
    title = _title(views)
    # the contents tell page numbers, and how many pages they take themselves is only known once they are set
    length = 1
    for _ in range(3):
        first = length + 1
        starts = [first + sum(part.pages for part in messages[:place]) for place in range(len(messages))]
        opening = _part(contents(views, starts, title), None, title, inner)
        if opening.pages == length:
            break
        length = opening.pages
    return [opening, *messages]


def _message(view: ReportView, mono: str, inner: QSizeF) -> _Part:
    ladder = view.result.ladder
    rows = (*ladder.rows, *ladder.folded_rows)
    shown = tuple(rows[place] for place in shown_rows(view))
    paper = PaperLadder(ladder, shown, inner.width(), view.result.verdict.level == "fail")
    return _part(page(view, mono), paper, view.title, inner)


def _part(html: str, ladder: PaperLadder | None, title: str, inner: QSizeF) -> _Part:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(font(12.5))
    option = QTextOption()
    option.setUseDesignMetrics(True)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setDefaultStyleSheet(STYLE)
    document.setHtml(html)
    drawings = place_drawings(document, ladder)
    document.setPageSize(inner)
    _keep_headings(document, inner.height())
    return _Part(document, drawings, title)


def _keep_headings(document: QTextDocument, height: float) -> None:
    """A heading at the foot of a page goes to the page of what it heads."""
    settled = 0
    for _ in range(_TRIES):
        lonely = _lonely_heading(document, height, settled)
        if lonely is None:
            return
        settled = lonely
        cursor = QTextCursor(document.findBlockByNumber(lonely))
        form = QTextBlockFormat(cursor.blockFormat())
        form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.setBlockFormat(form)
        # what is laid out in part keeps stale places, and blocks between tables are then not painted
        document.markContentsDirty(0, document.characterCount())


def _lonely_heading(document: QTextDocument, height: float, start: int) -> int | None:
    """The first such heading from block `start` on; what stands before it does not move any more."""
    layout = document.documentLayout()
    block = document.findBlockByNumber(start)
    while block.isValid():
        following = block.next()
        breaks = block.blockFormat().pageBreakPolicy() & QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
        if block.blockFormat().headingLevel() > 1 and following.isValid() and not breaks:
            here, there = layout.blockBoundingRect(block), layout.blockBoundingRect(following)
            used = here.bottom() % height
            if used + _LEAST_BELOW > height or int(here.bottom() // height) != int(there.top() // height):
                return block.blockNumber()
        block = following
    return None


def _paint_page(painter: QPainter, part: _Part, place: int, size: QSizeF) -> None:
    height = part.document.pageSize().height()
    painter.save()
    painter.translate(_MARGIN, _MARGIN - place * height)
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette(context.palette)
    palette.setColor(QPalette.ColorRole.Text, QColor(LIGHT.text))
    context.palette = palette
    # a row that went to the next page begins a hair above it
    context.clip = QRectF(0, place * height, size.width() - 2 * _MARGIN, height - 1)
    painter.setClipRect(context.clip)
    part.document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_foot(painter: QPainter, part: _Part, number: str, size: QSizeF) -> None:
    """Whose report this is, and which page."""
    painter.setFont(font(10))
    painter.setPen(QColor(LIGHT.text2))
    area = QRectF(_MARGIN, size.height() - _MARGIN - 8, size.width() - 2 * _MARGIN, 18)
    painter.drawText(area, Qt.AlignmentFlag.AlignRight, number)
    measure = QFontMetricsF(font(10))
    title = measure.elidedText(part.title, Qt.TextElideMode.ElideMiddle, area.width() - 110)
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft, title)
