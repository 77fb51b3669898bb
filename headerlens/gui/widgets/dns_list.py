"""The questions to DNS as a list of two-line rows, CNAME chains indented (interface.md 7.2, picture 13)."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_focus_ring, paint_icon
from headerlens.gui.widgets.status import paint_glyph
from headerlens.present.evidence_views import DnsLine
from headerlens.present.views import Glyph

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROLE = Qt.ItemDataRole.UserRole
ROW, CHAIN = 56, 20
EDGE = 14
TEXT_X = 42
GLYPH = 18
MOST_CHAIN = 8


class DnsModel(QAbstractListModel):
    """The questions of one case, replaced as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[DnsLine, ...] = ()

    def show_rows(self, rows: tuple[DnsLine, ...]) -> None:
        """Replace the questions."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many questions there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name; for a screen reader the whole row; for the delegate the row itself."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        values = {
            Qt.ItemDataRole.DisplayRole: row.name,
            Qt.ItemDataRole.AccessibleTextRole: row.accessible,
            ROLE: row,
        }
        return values.get(Qt.ItemDataRole(role)) if role in values else None


class DnsDelegate(QStyledItemDelegate):
    """Draws glyph, name and time, then aliases, type, answer and who needed it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines, and one for each alias."""
        row: DnsLine = index.data(ROLE)
        return QSize(self._theme.px(160), self._theme.px(ROW + CHAIN * min(len(row.aliases), MOST_CHAIN)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one question."""
        theme, px = self._theme, self._theme.px
        row: DnsLine = index.data(ROLE)
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("selected"))
        painter.fillRect(
            QRectF(box.left() + px(EDGE), box.bottom(), box.width() - 2 * px(EDGE), 1), theme.color("line")
        )
        side, first = px(GLYPH), box.top() + px(18)
        shape = QRectF(box.left() + px(EDGE), first - side / 2, side, side)
        if row.glyph is Glyph.PASS:
            paint_icon(painter, theme, "ok", "info_fg", shape)
        else:
            paint_glyph(painter, theme, row.glyph, row.tone, shape)
        self._paint_name(painter, row, box, first)
        middle = self._paint_chain(painter, row, box, first)
        self._paint_answer(painter, row, box, middle + px(22))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, theme, box.adjusted(2, 2, -2, -2), px(6))
        painter.restore()

    def _line(self, middle: float, left: float, right: float) -> QRectF:
        height = self._theme.px(22)
        return QRectF(left, middle - height / 2, max(0.0, right - left), height)

    def _paint_name(self, painter: QPainter, row: DnsLine, box: QRectF, middle: float) -> None:
        theme, px = self._theme, self._theme.px
        left, right = box.left() + px(TEXT_X), box.right() - px(EDGE)
        caption = theme.font("caption", 400)
        time = QFontMetricsF(caption).horizontalAdvance(row.time)
        painter.setFont(caption)
        painter.setPen(theme.color("text2"))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._line(middle, left, right), flags | Qt.AlignmentFlag.AlignRight, row.time)
        font = theme.font("mono", 600)
        room = right - left - time - px(10)
        name = QFontMetricsF(font).elidedText(row.name, Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(self._line(middle, left, left + room), flags | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_chain(self, painter: QPainter, row: DnsLine, box: QRectF, middle: float) -> float:
        """Each alias under the name it stands for, further in; the middle of the last line."""
        theme, px = self._theme, self._theme.px
        font = theme.font("mono", 400)
        font.setPointSizeF(theme.font("caption").pointSizeF())
        painter.setFont(font)
        for number, alias in enumerate(row.aliases[:MOST_CHAIN]):
            middle += px(CHAIN)
            left = box.left() + px(TEXT_X + 12 * number)
            painter.setPen(QPen(theme.color("line_strong"), 1))
            painter.drawLine(round(left + 4), round(middle - px(9)), round(left + 4), round(middle))
            painter.drawLine(round(left + 4), round(middle), round(left + px(12)), round(middle))
            room = box.right() - px(EDGE) - left - px(16)
            text = QFontMetricsF(font).elidedText(f"CNAME {alias}", Qt.TextElideMode.ElideMiddle, room)
            painter.setPen(theme.color("text2"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(self._line(middle, left + px(16), left + px(16) + room), flags, text)
        return middle

    def _paint_answer(self, painter: QPainter, row: DnsLine, box: QRectF, middle: float) -> None:
        theme, px = self._theme, self._theme.px
        left, right = box.left() + px(TEXT_X), box.right() - px(EDGE)
        left = self._tag(painter, row.rtype, "info", left, middle, at_left=True) + px(8)
        for user in reversed(row.used_by):
            right = self._tag(painter, user, "unk", right, middle, at_left=False) - px(5)
        font = theme.font("mono", 400)
        font.setPointSizeF(theme.font("caption").pointSizeF())
        room = max(0.0, right - left - px(3))
        text = QFontMetricsF(font).elidedText(row.answer, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self._line(middle, left, left + room), flags, text)

    def _tag(self, painter: QPainter, text: str, tone: str, x: float, middle: float, *, at_left: bool) -> float:
        """A small tag from `x` to the right or ending at `x`; the other edge."""
        theme, px = self._theme, self._theme.px
        font = theme.font("caption", 600)
        width = QFontMetricsF(font).horizontalAdvance(text) + px(14)
        box = QRectF(x if at_left else x - width, middle - px(9), width, px(18))
        painter.setPen(Qt.PenStyle.NoPen if tone == "info" else QPen(theme.color("line"), 1))
        painter.setBrush(theme.color(f"{tone}_bg"))
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setFont(font)
        painter.setPen(theme.color(f"{tone}_fg"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box.right() if at_left else box.left()
