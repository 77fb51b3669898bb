"""What the signs in the gutter mean (picture 04)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.source_gutter import BAR, GLYPH, paint_bar
from headerlens.gui.widgets.status import StatusGlyph
from headerlens.present.views import Glyph, Tone


class BarSample(QWidget):
    """A piece of the bar of signature `slot`."""

    def __init__(self, theme: Theme, slot: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._slot = theme, slot
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as a glyph, as high as a line."""
        return QSize(self._theme.px(GLYPH), self._theme.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar in the middle."""
        painter = QPainter(self)
        width = self._theme.px(BAR)
        paint_bar(painter, self._theme, self._slot, QRectF((self.width() - width) / 2, 0, width, self.height()), 18)
        painter.end()


class SourceLegend(Card):
    """One line for each signature with a bar, one for the glyphs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 10, parent)
        self.set_colors("sunken", "sunken")
        self._shown: tuple[tuple[str, ...], tuple[Glyph, Tone] | None] = ((), None)
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        theme.changed.connect(self._dress)
        self._dress()

    def show_signs(self, signers: Sequence[str], glyph: tuple[Glyph, Tone] | None) -> None:
        """The domains of the signatures in order, and the look of the most severe glyph, None where there is none."""
        if self._shown != (tuple(signers), glyph):
            self._shown = tuple(signers), glyph
            self._build()

    def is_empty(self) -> bool:
        """Whether there is nothing to explain."""
        return not self._rows

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._build()
        super().changeEvent(event)

    def _build(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        signers, glyph = self._shown
        for slot, domain in enumerate(signers):
            #: Explains a bar beside header lines
            words = self.tr("covered by DKIM signature {number} ({domain})").format(number=slot + 1, domain=domain)
            self._add(BarSample(self._theme, slot), words)
        if glyph is not None:
            sample = StatusGlyph(self._theme, GLYPH)
            sample.show_glyph(*glyph)
            #: Explains the glyphs beside header lines
            self._add(sample, self.tr("marked by a finding; select to jump to it"))

    def _add(self, sample: QWidget, words: str) -> None:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(12))
        label = Label(self._theme, "small", "text2", wraps=True)
        label.setText(words)
        line.addWidget(sample, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label, 1)
        self._rows.append(row)
        self._column.addWidget(row)
        row.show()

    @Slot()
    def _dress(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(14), px(9), px(14), px(9))
        self._column.setSpacing(px(5))
