"""The line under the source: the body on demand, encoded words decoded, long lines wrapped or not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.flow import FlowBox
from headerlens.gui.widgets.label import Label


class SourceTools(QWidget):
    """Three buttons that flow into more lines where the pane is narrow."""

    body_asked = Signal()
    decode_changed = Signal()
    wrap_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: tuple[int, bool] | None = None
        self.body, self.decode = PushButton(theme, "doc", "", "tool"), PushButton(theme, "quote", "", "tool")
        self.wrap = PushButton(theme, "swap", "", "tool")
        self._none = Label(theme, "small", "text2")
        self.decode.setCheckable(True)
        self.wrap.setCheckable(True)
        self.wrap.setChecked(True)
        self.body.clicked.connect(self.body_asked)
        self.decode.toggled.connect(self.decode_changed)
        self.wrap.toggled.connect(self.wrap_changed)
        self._flow = FlowBox(self, gap=4)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._flow)
        for one in (self.body, self._none, self.decode, self.wrap):
            self._flow.add(one)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    @property
    def decodes(self) -> bool:
        """Whether encoded words are shown decoded."""
        return self.decode.isChecked()

    def show_body_state(self, lines: int, *, shown: bool) -> None:
        """`lines` of the body are not shown; 0 of a body not `shown`: there is none."""
        self._state = lines, shown
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        lines, shown = self._state or (0, False)
        self._none.setText(self.tr("No text follows the header."))
        self._none.setVisible(self._state == (0, False))
        self.body.setVisible(bool(lines) or shown)
        if shown and lines:
            self.body.setText(self.tr("Show more of the body (%n line(s) left)", "", lines))
        elif shown:
            self.body.setText(self.tr("Hide the body"))
        else:
            self.body.setText(self.tr("Show the body (%n line(s))", "", lines))
        #: Toggle: shows encoded words of headers (RFC 2047) decoded, below each header
        self.decode.setText(self.tr("Decode"))
        self.decode.setAccessibleDescription(self.tr("Shows encoded words of headers decoded, below each header"))
        #: Toggle: breaks long lines of the source at the edge of the view
        self.wrap.setText(self.tr("Wrap"))
        self.wrap.setAccessibleDescription(self.tr("Breaks long lines at the edge"))
        self._flow.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line above."""
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), self._theme.color("line"))
        painter.end()

    @Slot()
    def _dress(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(8), px(4), px(8), px(4))
