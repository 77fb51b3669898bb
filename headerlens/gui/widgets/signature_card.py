"""A signature or an ARC set as a card that opens (interface.md 7.2, pictures 05 and 13)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card, paint_focus_ring, paint_icon
from headerlens.gui.widgets.expander import Expander
from headerlens.gui.widgets.flow import FlowBox
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.pane_scroll import ChipTag, FactGrid, LinkRow, RemarkLine, Rule, paint_pill, pill_width
from headerlens.gui.widgets.signature_steps import SignatureSteps
from headerlens.gui.widgets.status import paint_glyph
from headerlens.gui.widgets.wrapped import paint_wrapped, wrapped_box
from headerlens.present.evidence_views import CardView

EDGE = 15
PILL = 24


class CardHeader(Expander):
    """Pill, counter, domain and, while folded, one sentence."""

    def __init__(self, theme: Theme, view: CardView, parent: QWidget | None = None) -> None:
        super().__init__(parent, opened=view.opened)
        self._theme, self._view = theme, view
        self._measures: dict[int, tuple[QRect, QRect]] = {}
        self.setAccessibleName(view.accessible)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.turned.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        """Long names wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Pill, name, and the sentence of a folded card."""
        px = self._theme.px
        return self._summary_box(width).bottom() + 1 + px(9 if self.is_open() else 12)

    def sizeHint(self) -> QSize:
        """At a usual width."""
        return QSize(self._theme.px(320), self.heightForWidth(self._theme.px(320)))

    def minimumSizeHint(self) -> QSize:
        """The layout asks heightForWidth for the rest."""
        return QSize(self._theme.px(160), self._theme.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the head of the card."""
        theme, px, view = self._theme, self._theme.px, self._view
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), px(8), px(8))
        width = pill_width(theme, view.pill, icon=True)
        pill = QRectF(px(EDGE), px(12), width, px(PILL))
        paint_pill(painter, theme, pill, view.pill, tone=view.pill_tone, icon=view.icon)
        self._paint_counter(painter, pill)
        self._paint_text(painter, view.title, self._title_font(), "text", self._title_box(self.width()))
        if not self.is_open():
            self._paint_text(painter, view.summary, theme.font("label", 400), "text2", self._summary_box(self.width()))
        self._paint_chevron(painter)
        if self.hasFocus():
            paint_focus_ring(painter, theme, QRectF(self.rect()).adjusted(2, 2, -2, -2), px(8))

    def _paint_counter(self, painter: QPainter, pill: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font("label", 400))
        painter.setPen(theme.color("text2"))
        box = QRectF(pill.right() + px(8), pill.top(), self.width() - px(EDGE) - pill.right() - px(8), pill.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._view.counter)

    def _paint_text(self, painter: QPainter, text: str, font: QFont, color: str, box: QRect) -> None:
        painter.setPen(self._theme.color(color))
        paint_wrapped(painter, text, font, box)

    def _paint_chevron(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        side = px(17)
        middle = self._title_box(self.width()).top() + theme.line("title") / 2
        place = QRectF(self.width() - px(EDGE) - side, middle - side / 2, side, side)
        paint_icon(painter, theme, "up" if self.is_open() else "down", "text2", place)
        if not self.is_open():
            mark = px(16)
            beside = QRectF(place.left() - mark - px(8), middle - mark / 2, mark, mark)
            paint_glyph(painter, theme, self._view.glyph, self._view.tone, beside)

    def _title_font(self) -> QFont:
        return self._theme.font("title", 600)

    def _title_box(self, width: int) -> QRect:
        return self._boxes(width)[0]

    def _summary_box(self, width: int) -> QRect:
        title, summary = self._boxes(width)
        return title if self.is_open() else summary

    def _boxes(self, width: int) -> tuple[QRect, QRect]:
        """Where name and sentence stand. A header never changes, so one width is measured once."""
        if width not in self._measures:
            px, font = self._theme.px, self._theme.font("label", 400)
            room = width - px(2 * EDGE)
            title = wrapped_box(self._view.title, self._title_font(), px(EDGE), px(12 + PILL + 8), room - px(50))
            summary = wrapped_box(self._view.summary, font, px(EDGE), title.bottom() + px(5), room)
            self._measures[width] = title, summary
        return self._measures[width]


class SignatureCard(Card):
    """The whole card; its body is made when it is opened for the first time. `place_chosen` follows a link."""

    place_chosen = Signal(object)

    def __init__(self, theme: Theme, view: CardView, parent: QWidget | None = None) -> None:
        super().__init__(theme, 12, parent)
        self._view = view
        self._body: QWidget | None = None
        self.header = CardHeader(theme, view, self)
        self.header.turned.connect(self._on_toggled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self.set_colors("surface", view.line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._on_toggled(view.opened)

    @property
    def view(self) -> CardView:
        """What is shown."""
        return self._view

    def set_open(self, opened: bool) -> None:  # noqa: FBT001  a setter
        """Open or fold the card."""
        self.header.set_open(opened)

    def is_open(self) -> bool:
        """Whether the steps are visible."""
        return self.header.is_open()

    @Slot(bool)
    def _on_toggled(self, opened: bool) -> None:  # noqa: FBT001  Qt's signal
        if opened and self._body is None:
            self._body = self._build()
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(opened)
        self.updateGeometry()

    def _build(self) -> QWidget:
        px, view = self._theme.px, self._view
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(EDGE), px(1), px(EDGE), px(14))
        column.setSpacing(px(10))
        if view.steps:
            column.addWidget(SignatureSteps(self._theme, view.steps, body))
        if view.chips:
            column.addWidget(Rule(self._theme, body))
            self._add_chips(column, body)
        if view.facts:
            column.addWidget(Rule(self._theme, body))
            column.addWidget(FactGrid(self._theme, view.facts, body))
        if view.remarks:
            column.addWidget(Rule(self._theme, body))
        for remark in view.remarks:
            column.addWidget(RemarkLine(self._theme, remark, body))
        if view.links:
            links = LinkRow(self._theme, view.links, body)
            links.chosen.connect(self.place_chosen)
            column.addWidget(links)
        return body

    def _add_chips(self, column: QVBoxLayout, body: QWidget) -> None:
        theme, view = self._theme, self._view
        heading = Label(theme, "label", "text2", wraps=True, weight=600, parent=body)
        heading.setText(view.chips_heading)
        column.addWidget(heading)
        flow = FlowBox(body, gap=theme.px(6))
        for chip in view.chips:
            tag = ChipTag(theme, chip.name, signed=chip.signed, doubled=chip.doubled)
            tag.setAccessibleName(chip.accessible)
            flow.add(tag)
        column.addWidget(flow)
        if any(chip.doubled or not chip.signed for chip in view.chips):
            note = Label(theme, "caption", "text2", wraps=True, weight=400, parent=body)
            note.setText(view.chips_note)
            column.addWidget(note)
