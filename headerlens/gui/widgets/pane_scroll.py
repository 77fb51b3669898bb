"""A pane of the evidence that scrolls downwards only, and the small parts its pages are made of."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.column import Downwards
from headerlens.gui.widgets.controls import PushButton, paint_icon
from headerlens.gui.widgets.flow import FlowBox
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.status import StatusGlyph
from headerlens.gui.widgets.text import RichLabel
from headerlens.model.findings import Where
from headerlens.present.evidence_views import Fact, LinkView, Remark
from headerlens.present.views import Tone

WIDEST = 760
"""Px at 100 %: longer lines of a record or a sentence are hard to follow."""

FACT_LABEL = 104


class PaneScroll(Downwards):
    """Content in a column of at most `WIDEST`; the focused part is always scrolled into sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._content = QWidget()
        self._target: QWidget | int | None = None
        self._arrival = QTimer(self, singleShot=True)
        self._arrival.timeout.connect(self._arrive)
        self._outer = QHBoxLayout(self._content)
        self.column = QVBoxLayout()
        self._outer.addLayout(self.column, 1)
        self.setWidget(self._content)
        # the ground is that of the evidence; setWidget turns the content's own on
        self.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self.set_margins()

    def set_margins(self) -> None:
        """Margins of the text size in force."""
        edge = self._theme.px(14)
        self._outer.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(self._theme.px(12))
        self._content.setMaximumWidth(self._theme.px(WIDEST))

    def clear(self) -> None:
        """Take everything out of the column."""
        self._target = None
        while self.column.count():
            item = self.column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                # hidden at once: until the event loop deletes it, nobody may see or reach it
                widget.hide()
                widget.deleteLater()

    def add(self, widget: QWidget) -> None:
        """Put a part at the end."""
        self.column.addWidget(widget)
        widget.setVisible(True)

    def show_line(self, view: QWidget, box: QRect) -> None:
        """Scroll just far enough for `box` of `view` to be seen."""
        place = QRect(view.mapTo(self._content, box.topLeft()), box.size())
        self.ensureVisible(place.center().x(), place.center().y(), 0, place.height())

    def show_part(self, widget: QWidget) -> None:
        """Scroll to the top of `widget`, now and once more when everything has found its place."""
        self._target = widget
        self._arrive()
        self._arrival.start()

    def keep_place(self, value: int) -> None:
        """Scroll to `value` as soon as the new content has found its place."""
        self._target = value
        self._arrive()
        self._arrival.start()

    @Slot()
    def _arrive(self) -> None:
        target = self._target
        if isinstance(target, QWidget):
            self._outer.activate()
            top = target.mapTo(self._content, target.rect().topLeft()).y()
            target = max(0, top - self._theme.px(12))
        if target is not None:
            self.verticalScrollBar().setValue(target)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._content.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, self._theme.px(8))


class RemarkLine(QWidget):
    """A glyph and a sentence."""

    def __init__(self, theme: Theme, remark: Remark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        glyph = StatusGlyph(theme, 16, self)
        glyph.show_glyph(remark.glyph, remark.tone)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, theme.px(2), 0, 0)
        beside.addWidget(glyph)
        beside.addStretch()
        text = RichLabel(theme, "label", "text", weight=400, parent=self)
        text.set_text(remark.text)
        row.addLayout(beside)
        row.addWidget(text, 1)


class FactGrid(QWidget):
    """Labels and values in two columns; values can be selected and copied."""

    def __init__(self, theme: Theme, facts: tuple[Fact, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(4))
        metrics = QFontMetricsF(theme.font("label", 400))
        widest = max((metrics.horizontalAdvance(fact.label) for fact in facts), default=0)
        width = min(round(widest) + theme.px(4), theme.px(FACT_LABEL + 40))
        for row, fact in enumerate(facts):
            label = Label(theme, "label", "text2", wraps=True, weight=400, parent=self)
            label.setText(fact.label)
            label.setContentsMargins(0, theme.px(2), 0, 0)  # a line of a value is higher than one of a label
            label.setFixedWidth(width)
            value = RichLabel(theme, "mono" if fact.mono else "label", "text", weight=400, parent=self)
            value.set_text(fact.value)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)


class LinkRow(FlowBox):
    """Ways to other places of the evidence; `chosen` carries the place."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, links: tuple[LinkView, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=theme.px(20))
        for link in links:
            button = PushButton(theme, "ext", "", "link", self)
            button.set_value_text(link.text)
            button.clicked.connect(lambda _checked=False, where=link.where: self._choose(where))
            self.add(button)

    def _choose(self, where: Where) -> None:
        self.chosen.emit(where)


class Rule(QWidget):
    """A 1 px line between two blocks of a card."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        QPainter(self).fillRect(self.rect(), self._theme.color("line"))


def pill_width(theme: Theme, text: str, *, icon: bool) -> float:
    """Width in px of a painted pill."""
    words = QFontMetricsF(theme.font("caption", 500)).horizontalAdvance(text)
    return round(words + theme.px(18 + (19 if icon else 0)))


def paint_pill(painter: QPainter, theme: Theme, box: QRectF, text: str, *, tone: Tone, icon: str) -> None:
    """A rounded tag inside `box`."""
    name = tone.value
    painter.setPen(QPen(theme.color(f"{name}_line"), 1))
    painter.setBrush(theme.color(f"{name}_bg"))
    frame = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
    x = box.left() + theme.px(9)
    if icon:
        side = theme.px(15)
        paint_icon(painter, theme, icon, f"{name}_fg", QRectF(x, box.center().y() - side / 2, side, side))
        x += theme.px(19)
    painter.setFont(theme.font("caption", 500))
    painter.setPen(theme.color(f"{name}_fg"))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(x, box.top(), box.right() - x, box.height()), flags, text)


class ChipTag(QLabel):
    """A header name: filled when signed, dashed when only present, "×2" when doubled. A label to screen readers."""

    def __init__(self, theme: Theme, name: str, *, signed: bool, doubled: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name, self._signed = theme, name, signed
        self._mark = "×2" if doubled else ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words with air around them."""
        px = self._theme.px
        words = QFontMetricsF(self._theme.font("caption", 500)).horizontalAdvance(self._name)
        mark = QFontMetricsF(self._theme.font("caption", 600)).horizontalAdvance(self._mark)
        return QSize(round(words + mark) + px(16 + (4 if self._mark else 0)), px(24))

    def minimumSizeHint(self) -> QSize:
        """A name is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame and words."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("pass_line" if self._signed else "unk_line"), 1)
        if not self._signed:
            pen.setDashPattern([3, 2.4])
        painter.setPen(pen)
        painter.setBrush(theme.color("pass_bg" if self._signed else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        painter.setFont(theme.font("caption", 500))
        painter.setPen(theme.color("pass_fg" if self._signed else "text2"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(px(8), 0, self.width(), self.height()), flags, self._name)
        if self._mark:
            painter.setFont(theme.font("caption", 600))
            right = QRectF(0, 0, self.width() - px(8), self.height())
            painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._mark)
