"""The SPF record as a tree of its terms, the deciding one filled in its colour (interface.md 7.2, picture 13)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_focus_ring, paint_icon
from headerlens.gui.widgets.status import paint_glyph
from headerlens.present.evidence_views import SpfRow
from headerlens.present.views import Glyph

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole.UserRole
ROW, TALL_ROW = 30, 48
INDENT = 22
GLYPH = 16
PAD = 8
MOST_OPEN = 24
"""Rows of a record that is shown with everything open."""


def row_of(index: Index) -> SpfRow:
    """The row behind an index."""
    row: SpfRow = index.data(ROLE)
    return row


class _Delegate(QStyledItemDelegate):
    """Draws one row; what it means is said by the item's accessible text."""

    def __init__(self, theme: Theme, parent: SpfTree) -> None:
        super().__init__(parent)
        self._theme, self._tree = theme, parent

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, or two where macros are shown."""
        return QSize(self._theme.px(120), height_of(self._theme, row_of(index)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, glyph, term, result and look-up number."""
        row, box = row_of(index), QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, row, box, chosen=bool(state & QStyle.StateFlag.State_Selected))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, self._theme, box.adjusted(0, 1, -1, -1), self._theme.px(6))
        line = QRectF(box.left(), box.top(), box.width(), min(box.height(), self._theme.px(ROW)))
        self._paint_mark(painter, row, index, line)
        self._paint_words(painter, row, line)
        if row.expanded:
            self._paint_expanded(painter, row, box)
        painter.restore()

    def _paint_ground(self, painter: QPainter, row: SpfRow, box: QRectF, *, chosen: bool) -> None:
        theme = self._theme
        if row.decides:
            painter.setPen(QPen(theme.color(f"{row.tone.value}_line"), 1))
            painter.setBrush(theme.color(f"{row.tone.value}_bg"))
        elif chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
        else:
            return
        painter.drawRoundedRect(box.adjusted(0.5, 2.5, -1.5, -2.5), theme.px(6), theme.px(6))

    def _paint_mark(self, painter: QPainter, row: SpfRow, index: Index, line: QRectF) -> None:
        """The state's shape; a row with terms behind it shows by a chevron whether they are open."""
        theme, px = self._theme, self._theme.px
        side, middle = px(GLYPH), line.center().y()
        box = QRectF(line.left() + px(PAD) - px(2), middle - side / 2, side, side)
        if row.state == "record":
            paint_icon(painter, theme, "dns", "text2", box)
        elif row.glyph is not Glyph.NONE:
            paint_glyph(painter, theme, row.glyph, row.tone, box)
        elif row.children:
            paint_icon(painter, theme, "down" if self._tree.isExpanded(index) else "right", "text2", box)
        else:
            painter.setPen(QPen(theme.color("text2"), 1.6))
            painter.drawLine(QPointF(box.left() + px(3), middle), QPointF(box.right() - px(4), middle))

    def _paint_words(self, painter: QPainter, row: SpfRow, line: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        left, right = line.left() + px(PAD + GLYPH + 8), line.right() - px(PAD)
        if row.count:
            right = self._paint_count(painter, row, line, right) - px(7)
        right = self._paint_value(painter, row, line, right, left)
        font = self._term_font(row)
        text = QFontMetricsF(font).elidedText(row.text, Qt.TextElideMode.ElideRight, max(0.0, right - left))
        painter.setFont(font)
        painter.setPen(theme.color(f"{row.tone.value}_fg" if row.decides else "text2" if _is_idle(row) else "text"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, line.top(), right - left, line.height()), flags, text)

    def _term_font(self, row: SpfRow) -> QFont:
        return self._theme.font("mono", 600 if row.decides or row.state == "record" else 400)

    def _paint_value(self, painter: QPainter, row: SpfRow, line: QRectF, right: float, left: float) -> float:
        """The words at the right; where the term begins to lack room, they are cut. The x where they begin."""
        theme, px = self._theme, self._theme.px
        if not row.value:
            return right
        font = theme.font("caption", 600 if row.decides else 400)
        metrics = QFontMetricsF(font)
        room = max(px(40), (right - left) * 0.55)
        text = metrics.elidedText(row.value, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(theme.color(f"{row.tone.value}_fg" if row.decides else "text2"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(right - width - 2, line.top(), width + 2, line.height()), flags, text)
        return right - width - px(8)

    def _paint_count(self, painter: QPainter, row: SpfRow, line: QRectF, right: float) -> float:
        """The number of the look-up as a pill; the x where it begins."""
        theme, px = self._theme, self._theme.px
        font = theme.font("caption", 600)
        width = max(px(24), round(QFontMetricsF(font).horizontalAdvance(row.count)) + px(12))
        tone = "fail" if row.over else "unk"
        box = QRectF(right - width, line.center().y() - px(9), width, px(18))
        painter.setPen(QPen(theme.color(f"{tone}_line" if row.over else "line"), 1))
        painter.setBrush(theme.color(f"{tone}_bg"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
        painter.setFont(font)
        painter.setPen(theme.color(f"{tone}_fg"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.count)
        return box.left()

    def _paint_expanded(self, painter: QPainter, row: SpfRow, box: QRectF) -> None:
        """What the macros of the term became."""
        theme, px = self._theme, self._theme.px
        left, right = box.left() + px(PAD + GLYPH + 8), box.right() - px(PAD)
        font = theme.font("mono", 400)
        font.setPointSizeF(theme.font("caption").pointSizeF())
        text = QFontMetricsF(font).elidedText(f"→ {row.expanded}", Qt.TextElideMode.ElideMiddle, right - left)
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        top = box.top() + px(ROW) - px(4)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, top, right - left, box.bottom() - top - px(3)), flags, text)


def _is_idle(row: SpfRow) -> bool:
    return row.state == "not-reached"


def height_of(theme: Theme, row: SpfRow) -> int:
    """Px of a row."""
    return theme.px(TALL_ROW if row.expanded else ROW)


class SpfTree(QTreeView):
    """As high as its open rows; arrows move, left and right fold, Enter asks for the row's DNS question."""

    row_chosen = Signal(object)
    row_activated = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_Delegate(theme, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAcceptDrops(False)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.expanded.connect(self._resize)
        self.collapsed.connect(self._resize)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.restyle()

    def show_root(self, root: SpfRow) -> None:
        """Show another record, everything open; of a large one only what led to the result."""
        self._items.clear()
        self._items.appendRow(_item(root))
        self.expandAll()
        if _size(root) > MOST_OPEN:
            self._fold_idle(self._items.index(0, 0))
        self._resize()

    def _fold_idle(self, parent: Index) -> None:
        """Fold the records that did not match: they are many, and the answer is elsewhere."""
        for number in range(self._items.rowCount(parent)):
            index = self._items.index(number, 0, parent)
            if row_of(index).decides:
                self._fold_idle(index)
            else:
                self.collapse(index)

    def restyle(self) -> None:
        """Follow colours and text size."""
        self.setIndentation(self._theme.px(INDENT))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()
        self._resize()

    def current_row(self) -> SpfRow | None:
        """The chosen row, None when there is none."""
        index = self.currentIndex()
        return row_of(index) if index.isValid() else None

    def sizeHint(self) -> QSize:
        """All open rows."""
        return QSize(self._theme.px(280), self._open_height(QModelIndex()) + 2)

    def minimumSizeHint(self) -> QSize:
        """As high, but narrow."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def focusInEvent(self, event: QEvent) -> None:
        """Tab lands on the first row, not on nothing."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._items.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to DNS."""
        row = self.current_row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row is not None:
            self.row_activated.emit(row)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the chevron folds or opens."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and row_of(index).children:
            left = self.visualRect(index).left()
            if left <= event.position().x() < left + self._theme.px(PAD + GLYPH + 4):
                self.setExpanded(index, not self.isExpanded(index))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Guides: a line down each open level, a tick to each row."""
        depth, indent = self._depth(index), self.indentation()
        if depth == 0:
            return
        painter.save()
        painter.setPen(QPen(self._theme.color("line_strong"), 1))
        x = rect.left() + (depth - 0.5) * indent
        middle = rect.top() + self._theme.px(ROW) / 2
        last = not index.sibling(index.row() + 1, 0).isValid()
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, middle if last else rect.bottom() + 1))
        painter.drawLine(QPointF(x, middle), QPointF(rect.right() + 1, middle))
        above = index.parent()
        for level in range(depth - 1, 0, -1):
            if above.sibling(above.row() + 1, 0).isValid():
                at = rect.left() + (level - 0.5) * indent
                painter.drawLine(QPointF(at, rect.top()), QPointF(at, rect.bottom() + 1))
            above = above.parent()
        painter.restore()

    def _depth(self, index: Index) -> int:
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return depth

    def _open_height(self, parent: Index) -> int:
        height = 0
        for number in range(self._items.rowCount(parent)):
            index = self._items.index(number, 0, parent)
            height += height_of(self._theme, row_of(index))
            if self.isExpanded(index):
                height += self._open_height(index)
        return height

    @Slot()
    def _resize(self) -> None:
        self.updateGeometry()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.row_chosen.emit(row_of(now))


def _size(row: SpfRow) -> int:
    return 1 + sum(_size(child) for child in row.children)


def _item(row: SpfRow) -> QStandardItem:
    item = QStandardItem(row.text)
    item.setEditable(False)
    item.setData(row, ROLE)
    item.setData(row.accessible, Qt.ItemDataRole.AccessibleTextRole)
    for child in row.children:
        item.appendRow(_item(child))
    return item
