"""The mails of this session (interface.md 4.5.7): who, how it ended, when and about what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.page_width import plain_tooltip
from headerlens.gui.widgets.picture import Picture
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.widgets.status import paint_glyph
from headerlens.present.views import Glyph, Tone

Index = QModelIndex | QPersistentModelIndex
WIDTH = 220
ROW = 54
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One mail: `spoken` is the whole line for a screen reader."""

    glyph: Glyph
    tone: Tone
    domain: str
    time: str
    subject: str
    spoken: str


class SessionModel(QAbstractListModel):
    """The rows, replaced as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows; only what differs is announced, so that the chosen one stays chosen."""
        new = tuple(rows)
        if len(new) != len(self.rows):
            self.beginResetModel()
            self.rows = new
            self.endResetModel()
        elif new != self.rows:
            self.rows = new
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many mails there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The domain, and the whole line for a screen reader and the tooltip."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.domain
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(row.spoken)
        return None


class SessionDelegate(QStyledItemDelegate):
    """Paints a row: shape, domain and time, subject below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One height for all."""
        return QSize(10, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row at `index`."""
        model = index.model()
        if not isinstance(model, SessionModel):
            return
        row = model.rows[index.row()]
        box = QRect(option.rect).adjusted(6, 1, -6, -1)
        state = QStyle.StateFlag(option.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, state)
        self._paint_words(painter, box, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        theme = self._theme
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("selected" if chosen else "hover"))
            painter.drawRoundedRect(box, 7, 7)
        if chosen:
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 12, 3, box.height() - 24), 1.5, 1.5)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("focus"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_words(self, painter: QPainter, box: QRect, row: Row) -> None:
        theme = self._theme
        side = theme.px(17)
        middle = box.top() + box.height() * 0.34
        paint_glyph(
            painter, theme, row.glyph, row.tone, QRectF(box.left() + theme.px(10), middle - side / 2, side, side)
        )
        left = box.left() + theme.px(36)
        upper = QRect(left, box.top() + theme.px(6), box.right() - left - theme.px(6), theme.px(20))
        lower = upper.translated(0, theme.px(20))
        room = upper.width() - QFontMetrics(theme.font("small")).horizontalAdvance(row.time) - theme.px(4)
        words = QFontMetrics(theme.font("label", 600)).horizontalAdvance(row.domain)
        # a domain that has no room beside the time gets the whole line; the time then stands below
        beside, alone = (upper, lower) if words <= room else (lower, upper)
        self._write_time(painter, beside, row.time)
        short, whole = QRect(beside.topLeft(), QSize(room, beside.height())), alone
        self._write(painter, short if beside is upper else whole, row.domain, strong=True)
        self._write(painter, whole if beside is upper else short, row.subject, strong=False)

    def _write_time(self, painter: QPainter, box: QRect, time: str) -> None:
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text3"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, time)

    def _write(self, painter: QPainter, box: QRect, text: str, *, strong: bool) -> None:
        """A domain loses its left end, never the organisation; a subject its right one."""
        font = self._theme.font("label", 600 if strong else 400)
        side = Qt.TextElideMode.ElideLeft if strong else Qt.TextElideMode.ElideRight
        painter.setFont(font)
        painter.setPen(self._theme.color("text" if strong else "text2"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, left, QFontMetrics(font).elidedText(text, side, box.width()))


class SessionList(QWidget):
    """The bar at the left; `chosen` tells the row that shall be shown."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = SessionModel(self)
        self._title = Label(theme, "label", "text2", weight=600)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(SessionDelegate(theme, self._view))
        self._view.setFrameShape(QListView.Shape.NoFrame)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.viewport().setAutoFillBackground(False)
        self._view.setAcceptDrops(False)
        SlimBars(theme, self._view)
        self._view.selectionModel().currentChanged.connect(self._on_current)
        self._view.activated.connect(lambda index: self.chosen.emit(index.row()))
        self._note = Label(theme, "caption", "text2", wraps=True)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    @property
    def view(self) -> QListView:
        """The list itself, for focus."""
        return self._view

    def show_rows(self, rows: Sequence[Row], current: int) -> None:
        """Show `rows` and mark the one that is on the page; -1 for none."""
        self._view.selectionModel().blockSignals(True)  # noqa: FBT003  Qt's own
        self._model.show_rows(rows)
        self._view.setCurrentIndex(self._model.index(current))
        self._view.selectionModel().blockSignals(False)  # noqa: FBT003  Qt's own
        self._view.viewport().update()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self._title.setText(self.tr("Checked in this session"))
        self._view.setAccessibleName(self.tr("Checked in this session"))
        self._note.setText(self.tr("Kept until you quit; never saved."))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground and the line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("window"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.color("line"))
        painter.end()

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.row())

    def _lay_out(self) -> None:
        note = QHBoxLayout()
        note.setContentsMargins(16, 6, 16, 12)
        note.setSpacing(8)
        note.addWidget(Picture(self._theme, "info", "text2", 14), 0, Qt.AlignmentFlag.AlignVCenter)
        note.addWidget(self._note, 1)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.addWidget(self._title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._view, 1)
        column.addLayout(note)

    def _dress(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH))
        self._view.doItemsLayout()
        self.update()
