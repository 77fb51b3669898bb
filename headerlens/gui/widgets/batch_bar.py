"""The summary of a batch: one bar of all results, and a chip for each of them that filters the table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from headerlens.gui.batch_run import GROUPS
from headerlens.gui.batch_words import GROUP_LOOK, group_word
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import paint_focus_ring
from headerlens.gui.widgets.flow import FlowBox
from headerlens.gui.widgets.status import paint_glyph

BAR = 10
GAP = 3
LEAST = 4
"""Of ten thousand mails the one that fails must still be seen."""


class StackedBar(QWidget):
    """A piece for each group, as long as its share; what is still to be checked is the empty rest."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: Mapping[str, int] = {}
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_counts(self, counts: Mapping[str, int], total: int) -> None:
        """Show how many of `total` are in each group."""
        self._counts, self._total = dict(counts), total
        self.setAccessibleName(", ".join(f"{group_word(group)} {counts[group]}" for group in GROUPS if counts[group]))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, self._theme.px(BAR))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pieces from left to right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        for left, width, group in self._pieces():
            painter.setBrush(self._theme.color("surface"))
            painter.drawRect(QRectF(left, 0, width + GAP, self.height()))
            painter.setBrush(self._theme.color(f"{GROUP_LOOK[group][1].value}_solid"))
            painter.drawRoundedRect(QRectF(left, 0, width, self.height()), 3, 3)

    def _pieces(self) -> list[tuple[float, float, str]]:
        groups = [group for group in GROUPS if self._counts.get(group)]
        room = self.width() - GAP * max(0, len(groups) - 1)
        total, left = max(1, self._total), 0.0
        wanted = [max(float(LEAST), room * self._counts[group] / total) for group in groups]
        scale = min(1.0, room / sum(wanted)) if wanted else 1.0
        pieces = []
        for group, width in zip(groups, wanted, strict=True):
            pieces.append((left, width * scale, group))
            left += width * scale + GAP
        return pieces

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class FilterChip(QAbstractButton):
    """One group with its number; the chosen one filters the table."""

    def __init__(self, theme: Theme, group: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.of = theme, group
        self._count = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)  # one of several: a screen reader calls it a choice, not a tick box
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_count(self, count: int) -> None:
        """Show how many messages there are in the group."""
        self._count = count
        self.setText(group_word(self.of))
        self.setAccessibleName(f"{self.text()} {count}")
        self._restyle()

    def sizeHint(self) -> QSize:
        """Shape, word and number."""
        width = self._word_x() + self._word_width() + self._number_width()
        return QSize(round(width) + self._theme.px(21), self._theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A pill; the chosen one in the colour of choice."""
        theme, chosen = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if chosen else "unk_line"), 1.5 if chosen else 1))
        fill = "accent_soft" if chosen else "hover" if self.underMouse() else "surface"
        painter.setBrush(theme.color(fill))
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self.of:
            side = theme.px(18)
            glyph, tone = GROUP_LOOK[self.of]
            paint_glyph(painter, theme, glyph, tone, QRectF(theme.px(9), (self.height() - side) / 2, side, side))
        self._paint_words(painter)
        if self.hasFocus():
            paint_focus_ring(painter, theme, QRectF(self.rect()), self.height() / 2)

    def _paint_words(self, painter: QPainter) -> None:
        theme, flags = self._theme, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("label"))
        painter.drawText(QRectF(self._word_x(), 0, self.width(), self.height()), flags, self.text())
        painter.setFont(theme.font("label", 700))
        x = self._word_x() + self._word_width() + theme.px(7)
        painter.drawText(QRectF(x, 0, self.width(), self.height()), flags, str(self._count))

    def _word_x(self) -> float:
        return self._theme.px(34 if self.of else 12)

    def _word_width(self) -> float:
        return QFontMetricsF(self._theme.font("label")).horizontalAdvance(self.text())

    def _number_width(self) -> float:
        return QFontMetricsF(self._theme.font("label", 700)).horizontalAdvance(str(self._count))

    @Slot()
    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class FilterChips(FlowBox):
    """All, and each group that has a message; `chosen` tells the group, "" for all."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        self._buttons = QButtonGroup(self)
        self._chips = {group: FilterChip(theme, group) for group in ("", *GROUPS)}
        for chip in self._chips.values():
            self._buttons.addButton(chip)
            self.add(chip)
        self._buttons.buttonClicked.connect(self._on_clicked)
        self.choose("")

    def chip(self, group: str) -> FilterChip:
        """The chip of a group."""
        return self._chips[group]

    def show_counts(self, counts: Mapping[str, int], total: int) -> None:
        """Show the numbers; a group without a message has no chip, unless it is the chosen one."""
        for group, chip in self._chips.items():
            count = counts[group] if group else total
            chip.show_count(count)
            chip.setVisible(bool(count) or not group or chip.isChecked())
        self.updateGeometry()
        self._place()

    def choose(self, group: str | None) -> None:
        """Tick the chip of a group without telling; None ticks none."""
        self._buttons.setExclusive(group is not None)
        for name, chip in self._chips.items():
            chip.setChecked(name == group)
        self._buttons.setExclusive(True)

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, FilterChip):
            self.chosen.emit(button.of)
