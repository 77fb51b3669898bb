"""The table of many messages (interface.md 4.5, picture 10): painted cells, one stop for the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from headerlens.gui.batch_run import Line
from headerlens.gui.batch_words import result_look
from headerlens.gui.icons import chip_pixmap
from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.batch_model import (
    DKIM,
    DMARC,
    RECEIVED,
    RESULT,
    SENDER,
    SPF,
    SUBJECT,
    BatchModel,
)
from headerlens.gui.widgets.controls import paint_focus_ring, paint_icon
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.widgets.status import paint_glyph
from headerlens.present.views import ChipView, Glyph, Tone

Index = QModelIndex | QPersistentModelIndex
ROW = 38
EDGE = 16
"""Room at both ends of a line, as around the rest of the page."""

WIDTHS = {RESULT: 190, SENDER: 172, SPF: 62, DKIM: 62, DMARC: 92, RECEIVED: 120}
LEAST_SUBJECT = 150
LEAST_SENDER = 130

_GIVE_WAY = ((SPF, DKIM), (RECEIVED,))
"""Columns that are left out one group after the other where the window is too narrow; opening a line shows them."""

_INK = {Tone.PASS: "text", Tone.UNKNOWN: "text2"}
HEADER = """
QHeaderView {{ background: {surface}; border: none; }}
QHeaderView::section {{
  background: {surface}; color: {ink}; border: none; border-bottom: 1px solid {line}; padding: 0 {pad}px;
}}
QHeaderView::section:first {{ padding-left: {edge}px; }}
QHeaderView::section:last {{ padding-right: {edge}px; }}
QHeaderView::section:hover {{ background: {hover}; }}
QHeaderView::down-arrow, QHeaderView::up-arrow {{ width: 0; height: 0; image: none; }}
"""


class BatchDelegate(QStyledItemDelegate):
    """Paints a cell: a shape and a word for the result, shapes for the checks, text for the rest."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts: dict[tuple[Role, int], tuple[QFont, QFontMetrics]] = {}
        self._px: dict[float, int] = {}
        theme.changed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._fonts.clear()
        self._px.clear()

    def _length(self, length: float) -> int:
        """As `Theme.px`, remembered: a page of lines asks two hundred times."""
        if length not in self._px:
            self._px[length] = self._theme.px(length)
        return self._px[length]

    def _font(self, role: Role, weight: int) -> tuple[QFont, QFontMetrics]:
        if (role, weight) not in self._fonts:
            font = self._theme.font(role, weight)
            self._fonts[role, weight] = font, QFontMetrics(font)
        return self._fonts[role, weight]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell at `index`."""
        model = index.model()
        line = model.line(index.row()) if isinstance(model, BatchModel) else None
        if line is None or not isinstance(model, BatchModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, QRect(option.rect), QStyle.StateFlag(option.state), first=index.column() == RESULT)
        self._paint_cell(painter, QRect(option.rect), model, line, index.column())
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag, *, first: bool) -> None:
        theme = self._theme
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("selected" if chosen else "hover"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.color("line"))
        if chosen and first:
            painter.fillRect(box.left(), box.top(), self._length(3), box.height(), theme.color("accent"))

    def _paint_cell(self, painter: QPainter, box: QRect, model: BatchModel, line: Line, column: int) -> None:
        said = model.said(line)
        pad = self._length(6)
        if column == RESULT:
            self._paint_result(painter, box, line, model.cell(line, RESULT))
        elif column == RECEIVED:
            inner = box.adjusted(0, 0, -self._length(EDGE), 0)
            self._write(painter, inner, model.cell(line, column), "text2", Qt.AlignmentFlag.AlignRight, role="label")
        elif column in {SENDER, SUBJECT}:
            ink = "text" if column == SENDER else "text2"
            self._write(painter, box.adjusted(pad, 0, -pad, 0), model.cell(line, column), ink, elide=column == SENDER)
        elif said is not None:
            chips = said.chips
            if column == DMARC:
                self._paint_pair(painter, box, chips.recorded, chips.now, chips.between)
            else:
                self._paint_chip(painter, box.center().x(), box, chips.spf if column == SPF else chips.dkim)

    def _paint_result(self, painter: QPainter, box: QRect, line: Line, word: str) -> None:
        theme = self._theme
        glyph, tone = result_look(line)
        side = self._length(18)
        left = box.left() + self._length(EDGE)
        paint_glyph(painter, theme, glyph, tone, QRectF(left, box.center().y() - side / 2 + 0.5, side, side))
        room = box.adjusted(self._length(EDGE) + side + self._length(11), 0, -self._length(4), 0)
        self._write(painter, room, word, _INK.get(tone, f"{tone.value}_fg"), weight=600)

    def _paint_chip(self, painter: QPainter, x: float, box: QRect, chip: ChipView) -> None:
        """Filled where the result has a consequence for the sender, in lines where it has none."""
        theme, side = self._theme, self._length(18)
        target = QRectF(x - side / 2 + 0.5, box.center().y() - side / 2 + 0.5, side, side)
        if chip.word == "none":
            painter.fillRect(QRectF(x - self._length(5), box.center().y(), self._length(11), 1.6), theme.color("text2"))
        elif chip.tone is Tone.UNKNOWN:
            ratio = painter.device().devicePixelRatioF()
            pixmap = chip_pixmap(chip.glyph.value, theme.color("text2"), side, ratio)
            painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        else:
            paint_glyph(painter, theme, chip.glyph, chip.tone, target)

    def _paint_pair(self, painter: QPainter, box: QRect, recorded: ChipView, now: ChipView, between: str) -> None:
        theme, x = self._theme, float(box.center().x())
        away, side = self._length(21), self._length(14)
        self._paint_chip(painter, x - away, box, recorded)
        self._paint_chip(painter, x + away, box, now)
        target = QRectF(x - side / 2 + 0.5, box.center().y() - side / 2 + 0.5, side, side)
        if between == "same":
            paint_icon(painter, theme, "eq", "text2", target)
        elif between == "differs":
            paint_glyph(painter, theme, Glyph.OTHER, Tone.WARN, target)

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        ink: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        role: Role = "body",
        weight: int = 400,
        elide: bool = False,
    ) -> None:
        """`elide` takes from the left: a domain never loses its organisation."""
        font, metrics = self._font(role, weight)
        mode = Qt.TextElideMode.ElideLeft if elide else Qt.TextElideMode.ElideRight
        painter.setFont(font)
        painter.setPen(self._theme.color(ink))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(text, mode, box.width()))


class _Header(QHeaderView):
    """Titles that sort; the sorted one bears an arrow."""

    def __init__(self, theme: Theme, model: BatchModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._model = theme, model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The title, and an arrow where it sorts."""
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if section != self._model.column:
            return
        theme, side = self._theme, self._theme.px(13)
        words = QFontMetrics(self.font()).horizontalAdvance(str(self._model.headerData(section, self.orientation())))
        start = rect.left() + theme.px(EDGE if section == RESULT else 6)
        if section in {SPF, DKIM, DMARC}:
            start = rect.left() + (rect.width() - words) // 2
        x = start + words + theme.px(4)
        if section == RECEIVED:
            x = rect.right() - theme.px(EDGE) - words - theme.px(4) - side
        painter.save()
        icon = "down" if self._model.descending else "up"
        paint_icon(painter, theme, icon, "text2", QRectF(x, rect.center().y() - side / 2 + 0.5, side, side), stroke=2.4)
        painter.restore()


class BatchTable(QTableView):
    """The lines; `opened` asks for the message in a line of the batch, `moved` tells which one is current."""

    opened = Signal(int)
    moved = Signal(int)

    def __init__(self, theme: Theme, model: BatchModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._lines = theme, model
        self._kept = -1
        self.setModel(model)
        self.setItemDelegate(BatchDelegate(theme, self))
        self.setHorizontalHeader(_Header(theme, model, self))
        self._set_up()
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.horizontalHeader().sectionClicked.connect(self.sort_by)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        theme.changed.connect(self._dress)
        self._dress()

    def _set_up(self) -> None:
        SlimBars(self._theme, self)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setAcceptDrops(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @Slot(int)
    def sort_by(self, column: int) -> None:
        """Sort by a column, or turn its order round."""
        self._lines.sort_by(column)
        self.horizontalHeader().viewport().update()

    def current_place(self) -> int:
        """The current line of the batch, -1 for none."""
        return self._lines.place_of(self.currentIndex().row())

    def choose(self, place: int) -> None:
        """Make a line of the batch the current one, if it is shown."""
        row = self._lines.row_of(place)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._lines.index(row, RESULT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Home and End go to the ends; sideways there is nowhere to go."""
        last = self._lines.rowCount() - 1
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex().row())
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and last >= 0:
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing goes to the next sender that begins so."""
        total, here = self._lines.rowCount(), max(0, self.currentIndex().row())
        wanted = search.casefold()
        for step in range(total):
            row = (here + step + 1) % total
            line = self._lines.line(row)
            if line is not None and self._lines.cell(line, SENDER).casefold().startswith(wanted):
                self.selectRow(row)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and the ring around the current one."""
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            top = self.visualRect(self.currentIndex())
            ring = QRectF(1, top.top() + 1, self.viewport().width() - 2, top.height() - 3)
            painter = QPainter(self.viewport())
            paint_focus_ring(painter, self._theme, ring, 4)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room."""
        super().resizeEvent(event)
        self._share()

    def _open(self, row: int) -> None:
        place = self._lines.place_of(row)
        if place >= 0:
            self.opened.emit(place)

    def _on_current(self, index: QModelIndex) -> None:
        self.moved.emit(self._lines.place_of(index.row()))
        self.viewport().update()

    @Slot()
    def _keep(self) -> None:
        self._kept = self.current_place()

    @Slot()
    def _restore(self) -> None:
        """The current line stays the current one however the table is ordered."""
        if self._kept >= 0:
            self.choose(self._kept)

    def _share(self) -> None:
        px, room = self._theme.px, self.viewport().width()
        shown = dict(WIDTHS)
        for group in _GIVE_WAY:
            if room - sum(map(px, shown.values())) < px(LEAST_SUBJECT):
                shown = {column: width for column, width in shown.items() if column not in group}
        rest = room - sum(map(px, shown.values()))
        widths = {column: px(width) for column, width in shown.items()}
        if rest < px(LEAST_SUBJECT):
            less = min(px(LEAST_SUBJECT) - rest, widths[SENDER] - px(LEAST_SENDER))
            widths[SENDER], rest = widths[SENDER] - less, rest + less
        widths[SUBJECT] = max(px(60), rest)
        for column in range(RECEIVED + 1):
            self.setColumnHidden(column, column not in widths)
            if column in widths:
                self.setColumnWidth(column, widths[column])

    @Slot()
    def _dress(self) -> None:
        theme, tokens = self._theme, self._theme.tokens
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW))
        header = self.horizontalHeader()
        header.setFont(theme.font("label", 600))
        header.setFixedHeight(theme.px(36))
        header.setStyleSheet(
            HEADER.format(
                surface=tokens.surface,
                ink=tokens.text2,
                line=tokens.line,
                hover=tokens.hover,
                pad=theme.px(6),
                edge=theme.px(EDGE),
            )
        )
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.color("surface"))
        self.setPalette(palette)
        self._share()
        self.viewport().update()
