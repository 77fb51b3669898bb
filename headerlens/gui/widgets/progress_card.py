"""The running check: how many look-ups have answered, one line per check (interface.md 4.5, picture 02)."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.page_width import is_narrow
from headerlens.gui.widgets.status import StatusGlyph
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import Glyph, ProgressView, Tone

TONES = {
    Glyph.PASS: Tone.PASS,
    Glyph.FAIL: Tone.FAIL,
    Glyph.WARN: Tone.WARN,
    Glyph.INFO: Tone.INFO,
    Glyph.HALF: Tone.INFO,
    Glyph.RUN: Tone.INFO,
}


TICK_MS = 100
"""How often the time of the running line is told: its last digit is a tenth of a second."""


class ThinBar(QProgressBar):
    """A 6 px determinate bar; a real progress bar for screen readers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As wide as the card."""
        return QSize(self._theme.px(200), self._theme.px(6))

    def minimumSizeHint(self) -> QSize:
        """It may shrink in width only."""
        return QSize(self._theme.px(60), self._theme.px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(self._theme.color("line" if self._theme.tokens.high_contrast else "sunken"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        share = self.value() / self.maximum() if self.maximum() > 0 else 0.0
        if share > 0:
            box.setWidth(max(box.height(), box.width() * min(share, 1.0)))
            painter.setBrush(self._theme.color("accent"))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)


class ProgressCard(Card):
    """Headline, bar and one line per check; lines keep their place while their glyphs change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 14, parent)
        self.set_colors("surface", "info_line")
        self._lines: list[tuple[StatusGlyph, RichLabel, RichLabel, Label]] = []
        self._view: ProgressView | None = None
        self._began: float | None = None
        self._headline = RichLabel(theme, "headline_narrow", weight=600, parent=self)
        self._elapsed = Label(theme, "label", "text2")
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_times)
        self.bar = ThinBar(theme, self)
        self._column = QVBoxLayout(self)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(2, 1)
        head = QHBoxLayout()
        head.addWidget(self._headline, 1)
        head.addWidget(self._elapsed, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(head)
        self._column.addWidget(self.bar)
        self._column.addLayout(self._grid)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)
        self._restyle()

    def begin(self) -> None:
        """Set the clocks back: another check begins."""
        self._view, self._began = None, monotonic()
        self._show_times()

    def show_view(self, view: ProgressView) -> None:
        """Show the state of the check."""
        self._headline.set_text(view.headline)
        self.bar.setMaximum(max(view.asked, 1))
        self.bar.setValue(min(view.answered, max(view.asked, 1)))
        self.bar.setAccessibleName(view.headline)
        self.setAccessibleName(view.headline)
        self.setAccessibleDescription(". ".join(f"{name} {what}" for _glyph, name, what in view.lines))
        self._fit(len(view.lines))
        self._view = view
        self._began = view.began or self._began
        self._show_times()
        for (mark, name_label, what_label, _time), (glyph, name, what) in zip(self._lines, view.lines, strict=True):
            mark.show_glyph(glyph, TONES.get(glyph, Tone.UNKNOWN))
            if name_label.text() != name:
                name_label.set_text(name)
            if what_label.text() != what:
                what_label.set_text(what)

    def showEvent(self, event: QShowEvent) -> None:
        """The clock runs where it can be seen, by itself where motion is welcome, else with each report."""
        super().showEvent(event)
        if not self._theme.reduced_motion:
            self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """And rests elsewhere."""
        super().hideEvent(event)
        self._tick.stop()

    @Slot()
    def _show_times(self) -> None:
        now, view = monotonic(), self._view
        self._elapsed.setText(self._time(self._began, None, now))
        for number, (_mark, _name, _what, time) in enumerate(self._lines):
            if view is None or number >= len(view.times):
                time.setText("")
            elif view.lines[number][0] is Glyph.WAIT:
                time.setText(view.waiting)
            else:
                time.setText(self._time(*view.times[number], now))

    def _time(self, began: float | None, ended: float | None, now: float) -> str:
        """How long something took or has taken so far, "" for what is not known."""
        if began is None:
            return ""
        if ended is None:
            #: How long a check has been running
            return self.tr("{seconds} s…").format(seconds=f"{now - began:.1f}")
        #: How long a check took
        return self.tr("{seconds} s").format(seconds=f"{ended - began:.2f}")

    def _fit(self, count: int) -> None:
        while len(self._lines) > count:
            for widget in self._lines.pop():
                self._grid.removeWidget(widget)
                widget.deleteLater()
        while len(self._lines) < count:
            row = len(self._lines)
            widgets = (
                StatusGlyph(self._theme, 18, self),
                RichLabel(self._theme, "body", weight=600, parent=self),
                RichLabel(self._theme, "label", "text2", weight=400, parent=self),
                Label(self._theme, "label", "text2", parent=self),
            )
            self._grid.addWidget(widgets[0], row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(widgets[1], row, 1, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(widgets[2], row, 2, Qt.AlignmentFlag.AlignVCenter)
            widgets[3].setContentsMargins(0, self._theme.px(3), 0, 0)
            self._grid.addWidget(widgets[3], row, 3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._lines.append(widgets)

    @Slot()
    def _restyle(self) -> None:
        px = self._theme.px
        side, top = (18, 16) if is_narrow(self) else (22, 20)
        self._column.setContentsMargins(px(side), px(top), px(side), px(16))
        self._column.setSpacing(px(11))
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(5))
        self._grid.setColumnMinimumWidth(0, px(18))
        self._grid.setColumnMinimumWidth(1, px(80))
        self.updateGeometry()
