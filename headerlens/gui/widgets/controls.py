"""Small controls painted from the tokens: buttons, segmented control, pills, chips, card frames (interface.md 8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from headerlens.gui.icons import chip_pixmap, icon_pixmap
from headerlens.gui.qt_numbers import CENTRE, LEFT_MIDDLE
from headerlens.gui.theme import Theme

if TYPE_CHECKING:  # the start page has buttons, and must not wait for the records of a result
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QFont, QPaintEvent

    from headerlens.present.views import ChipView, Tone

ButtonKind = Literal["plain", "primary", "tool", "link"]

INKS: dict[ButtonKind, str] = {"plain": "text", "primary": "on_solid", "tool": "text2", "link": "accent"}
"""The token of the words in each kind."""

NARROWEST_LINK = 120
"""A link narrower than this would say nothing."""


def paint_focus_ring(painter: QPainter, theme: Theme, box: QRectF, radius: float) -> None:
    """The 2 px ring of interface.md 9.2, inside `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(rounded(box.adjusted(1, 1, -1, -1), radius), theme.pen("focus", 2))
    painter.restore()


def rounded(box: QRectF, radius: float) -> QPainterPath:
    """A rounded rectangle to fill and to stroke (`Theme.brush`, `Theme.pen`)."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path


def paint_icon(
    painter: QPainter, theme: Theme, name: str, color: str, box: QRectF, *, stroke: float | None = None
) -> None:
    """A line icon in the colour of a token; `stroke` as in `icon_pixmap`."""
    ratio = painter.device().devicePixelRatioF()
    pixmap = icon_pixmap(name, theme.color(color), box.width(), ratio, stroke=stroke)
    painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()))


class PushButton(QPushButton):
    """A 32 px button with an icon from resources/icons ("" for none) in one of four kinds.

    A `text` that holds a value of the mail is given by `set_value_text`, so that no "&" in it makes a shortcut.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str = "",
        text: str = "",
        kind: ButtonKind = "plain",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)  # with a text PySide would have to know what a QIcon is, and build its 150 names
        self._theme = theme
        self._icon_name = icon
        self._kind: ButtonKind = kind
        self._measured: tuple[str, float] | None = None
        self.setText(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._restyle()

    def set_kind(self, kind: ButtonKind) -> None:
        """Change the look."""
        self._kind = kind
        self._restyle()

    def set_value_text(self, text: str) -> None:
        """Show `text` literally; its accessible name stays readable."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Icon, text and padding."""
        px = self._theme.px
        width = self._padding() * 2 + self._content_width()
        return QSize(round(width), px(24 if self._kind == "link" else 32))

    def minimumSizeHint(self) -> QSize:
        """A button's words are never cut; a link, which may hold a name as long as DNS allows, loses its middle."""
        size = self.sizeHint()
        return size.boundedTo(QSize(self._theme.px(NARROWEST_LINK), size.height())) if self._kind == "link" else size

    def enterEvent(self, event: QEnterEvent) -> None:
        """Look warm under the mouse."""
        if self._kind == "link":
            from PySide6.QtCore import Qt

            self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """And cold again."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, icon, words and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint_content(painter)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), self._theme.px(7))

    def _padding(self) -> int:
        if not self.text():
            return self._theme.px(7)
        return self._theme.px({"plain": 13, "primary": 14, "tool": 9, "link": 2}[self._kind])

    def _icon_side(self) -> int:
        return self._theme.px(16 if self._kind == "link" else 18) if self._icon_name else 0

    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _button_font(self) -> QFont:
        return self._theme.font("label", 600 if self._kind == "primary" else 500)

    def _content_width(self) -> float:
        gap = self._theme.px(8) if self._icon_name and self.text() else 0
        chevron = self._theme.px(22) if self.menu() is not None else 0
        return self._icon_side() + gap + self._words_width() + chevron

    def _words_width(self) -> float:
        text = self.text()
        if self._measured is None or self._measured[0] != text:  # a layout asks a hundred times
            words = QFontMetricsF(self._button_font()).horizontalAdvance(self._words()) if text else 0.0
            self._measured = text, words
        return self._measured[1]

    def _ink(self) -> str:
        if self._kind == "tool" and self.isChecked():
            return "accent"
        return INKS[self._kind] if self.isEnabled() else "text3"

    def _dye(self) -> None:
        """Give the palette the ink of the words; a painter begins with it, and `_paint_content` changes it seldom."""
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.ButtonText, self._theme.color(INKS[self._kind]))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, self._theme.color("text3"))
        self.setPalette(palette)

    def _paint_frame(self, painter: QPainter) -> None:
        theme = self._theme
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        frame = rounded(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(7))
        if self._kind == "primary":
            painter.fillPath(frame, theme.brush("accent_hover" if hot else "accent"))
        elif self._kind == "plain":
            painter.fillPath(frame, theme.brush("hover" if hot else "surface"))
            painter.strokePath(frame, theme.pen("line_strong"))
        elif self._kind == "tool" and (hot or self.isChecked()):
            painter.fillPath(frame, theme.brush("selected" if self.isChecked() else "hover"))

    def _paint_content(self, painter: QPainter) -> None:
        theme = self._theme
        ink = self._ink()
        side = self._icon_side()
        x = (self.width() - self._content_width()) / 2 if self._kind != "link" else float(self._padding())
        if self._icon_name:
            paint_icon(painter, theme, self._icon_name, ink, QRectF(x, (self.height() - side) / 2, side, side))
            x += side + (theme.px(8) if self.text() else 0)
        painter.setFont(self._button_font())
        if ink == "accent" and self._kind == "tool":
            painter.setPen(theme.color(ink))
        shown = self._words()
        if self._kind == "link":
            shown = self._shortened(shown, self.width() - x + 1)
        painter.drawText(QRectF(x, 0, self.width() - x, self.height()), LEFT_MIDDLE, shown)
        if self._kind == "link" and self.underMouse():
            words = QFontMetricsF(self._button_font()).horizontalAdvance(shown)
            y = self.height() / 2 + theme.px(8)
            painter.drawLine(QPointF(x, y), QPointF(x + words, y))
        if self.menu() is not None:
            box = QRectF(self.width() - self._padding() - theme.px(14), self.height() / 2 - theme.px(7), 0, 0)
            box.setSize(QSize(theme.px(14), theme.px(14)).toSizeF())
            paint_icon(painter, theme, "down", ink, box)

    def _shortened(self, words: str, width: float) -> str:
        from PySide6.QtCore import Qt

        return QFontMetricsF(self._button_font()).elidedText(words, Qt.TextElideMode.ElideMiddle, width)

    @Slot()
    def _restyle(self) -> None:
        self._measured = None
        self._dye()
        self.updateGeometry()
        self.update()


class _Segment(QAbstractButton):
    """One choice of a segmented control."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words in bold, so that choosing does not move anything."""
        words = QFontMetricsF(self._theme.font("label", 600)).horizontalAdvance(self.text())
        return QSize(round(words) + self._theme.px(28), self._theme.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chosen segment is a raised surface."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(QPen(theme.color("line_strong"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        painter.setFont(theme.font("label", 600))
        painter.setPen(theme.color("text" if self.isChecked() else "text2"))
        painter.drawText(QRectF(self.rect()), CENTRE, self.text())
        if self.hasFocus():
            paint_focus_ring(painter, theme, QRectF(self.rect()), theme.px(6))


class SegmentedControl(QWidget):
    """A choice of a few pages; arrow keys move, one segment is always chosen."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: list[_Segment] = []
        self._row = row = QHBoxLayout(self)
        row.setSpacing(0)
        for text in texts:
            segment = _Segment(theme, text, self)
            segment.toggled.connect(self._on_toggled)
            self._segments.append(segment)
            row.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if self._segments:
            self._segments[0].setChecked(True)
        theme.changed.connect(self._restyle)
        self._restyle()

    def current(self) -> int:
        """Index of the chosen segment; 0 when there is none."""
        return next((i for i, segment in enumerate(self._segments) if segment.isChecked()), 0)

    def set_current(self, index: int) -> None:
        """Choose a segment."""
        self._segments[index].setChecked(True)

    def set_texts(self, texts: Sequence[str]) -> None:
        """New words for the same segments, after a change of language."""
        for segment, text in zip(self._segments, texts, strict=True):
            segment.setText(text)
            segment.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The trough."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("sunken"))
        radius = self._theme.px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        if on:
            self.chosen.emit(self.current())

    @Slot()
    def _restyle(self) -> None:
        edge = self._theme.px(3)
        self._row.setContentsMargins(edge, edge, edge, edge)
        for segment in self._segments:
            segment.updateGeometry()
        self.update()


class Pill(QWidget):
    """A rounded tag with an icon: input quality, kind of signature."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._icon_name = ""
        self._tone = "unk"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_pill(self, text: str, tone: Tone, icon: str = "") -> None:
        """Show `text` in the colours of `tone`."""
        self._text, self._tone, self._icon_name = text, tone.value, icon
        self.setAccessibleName(text)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Icon, words and round ends."""
        theme = self._theme
        words = QFontMetricsF(theme.font("caption", 500)).horizontalAdvance(self._text)
        return QSize(round(words) + theme.px(18 + (20 if self._icon_name else 0)), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """A pill's words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, icon, words, focus ring."""
        theme, tone = self._theme, self._tone
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color(f"{tone}_line"), 1))
        painter.setBrush(theme.color(f"{tone}_bg"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        x = float(theme.px(9))
        if self._icon_name:
            side = theme.px(15)
            paint_icon(painter, theme, self._icon_name, f"{tone}_fg", QRectF(x, (self.height() - side) / 2, side, side))
            x += theme.px(19)
        painter.setFont(theme.font("caption", 500))
        painter.setPen(theme.color(f"{tone}_fg"))
        painter.drawText(QRectF(x, 0, self.width() - x, self.height()), LEFT_MIDDLE, self._text)
        if self.hasFocus():
            paint_focus_ring(painter, theme, QRectF(self.rect()), self.height() / 2)

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


CHIP_HEIGHT = 24
CHIP_ICON = 15


def chip_width(theme: Theme, word: str) -> float:
    """Width of a result chip in px."""
    words = QFontMetricsF(theme.font("label", 600)).horizontalAdvance(word)
    return round(words + theme.px(8 + CHIP_ICON + 4 + 10))


def paint_chip(painter: QPainter, theme: Theme, chip: ChipView, centre: QPointF, *, turn: float = 0.0) -> QRectF:
    """Draw a result chip around `centre`, a running one's icon turned by `turn` degrees; the rectangle it takes."""
    tone = chip.tone.value
    box = QRectF(0, 0, chip_width(theme, chip.word), theme.px(CHIP_HEIGHT))
    box.moveCenter(centre)
    painter.setPen(_chip_pen(theme, chip))
    painter.setBrush(theme.color("surface") if chip.dashed else theme.color(f"{tone}_bg"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
    side = theme.px(CHIP_ICON)
    ink = theme.color(f"{tone}_fg")
    ratio = painter.device().devicePixelRatioF()
    pixmap = chip_pixmap(chip.glyph.value, ink, side, ratio)
    painter.save()
    painter.translate(box.left() + theme.px(8) + side / 2, centre.y())
    painter.rotate(turn if chip.glyph.value == "run" else 0.0)
    painter.drawPixmap(QRectF(-side / 2, -side / 2, side, side), pixmap, QRectF(pixmap.rect()))
    painter.restore()
    painter.setFont(theme.font("label", 600))
    painter.setPen(ink)
    painter.drawText(box.adjusted(theme.px(8) + side + theme.px(4), 0, 0, 0), LEFT_MIDDLE, chip.word)
    return box


def _chip_pen(theme: Theme, chip: ChipView) -> QPen:
    pen = QPen(theme.color(f"{chip.tone.value}_line"), 1)
    if chip.dashed:
        pen.setDashPattern([3, 2.4])
    return pen


class Card(QWidget):
    """A rounded surface with a 1 px line; its content goes into a layout of the caller."""

    def __init__(self, theme: Theme, radius: float = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._radius = radius
        self._fill = "surface"
        self._line = "line"
        theme.changed.connect(self.update)

    def set_colors(self, fill: str, line: str) -> None:
        """Tokens of the surface and of its line."""
        self._fill, self._line = fill, line
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface, line and focus ring."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(self._line), 1))
        painter.setBrush(theme.color(self._fill))
        radius = theme.px(self._radius)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.hasFocus():
            paint_focus_ring(painter, theme, QRectF(self.rect()), radius)
