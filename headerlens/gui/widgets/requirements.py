"""What receivers ask of senders: one row below the findings that opens to a list (standards.md 5.5)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.controls import Card
from headerlens.gui.widgets.finding_header import FindingHeader
from headerlens.gui.widgets.status import StatusGlyph
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import Glyph, RequirementLine, RequirementsView, RequirementView, Tone

_TONES = {"yes": Tone.UNKNOWN, "no": Tone.WARN, "unseen": Tone.UNKNOWN}
"""Never green: what a forger meets, too, must not look like good news."""

_BODY_X = 46


class RequirementsCard(Card):
    """Closed until somebody wants it: it is for senders, and no part of the answer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 10, parent)
        self._theme = theme
        self._view: RequirementsView | None = None
        self._body: QWidget | None = None
        self.header = FindingHeader(theme, self)
        self.header.turned.connect(self._rebuild)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._rebuild)
        self.set_colors("surface", "line")
        self.hide()

    def show_view(self, view: RequirementsView | None) -> None:
        """Show the requirements of another mail, closed; None hides the row."""
        if view == self._view:
            return
        self._view = view
        self.header.set_open(opened=False)
        self.setVisible(view is not None)
        if view is not None:
            self.header.show_title(Glyph.INFO, Tone.INFO, f"{view.heading}: {view.summary}")
            self.header.setAccessibleName(f"{view.heading}: {view.summary}")
        self._rebuild()

    @Slot()
    def _rebuild(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.setVisible(False)  # until it is deleted a screen reader would meet it twice
            self._body.deleteLater()
            self._body = None
        if self._view is not None and self.header.is_open():
            self._body = self._build(self._view)
            self._column.addWidget(self._body)
            self._body.setVisible(True)
        self.updateGeometry()

    def _build(self, view: RequirementsView) -> QWidget:
        px = self._theme.px
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(px(_BODY_X), 0, px(18), px(14))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._text(view.note, "label", "text2", body), 0, 0, 1, 3)
        for one in view.receivers:
            self._add_receiver(grid, one, body)
        return body

    def _add_receiver(self, grid: QGridLayout, view: RequirementView, body: QWidget) -> None:
        grid.setRowMinimumHeight(grid.rowCount(), self._theme.px(6))
        name = self._text(view.name, "body", "text", body, weight=600)
        grid.addWidget(name, grid.rowCount(), 0, 1, 3)
        for line in view.lines:
            self._add_line(grid, line, body)
        if view.unseen:
            grid.addWidget(self._text(view.unseen, "label", "text3", body), grid.rowCount(), 1, 1, 2)
        grid.addWidget(self._text(view.source, "label", "text3", body), grid.rowCount(), 1, 1, 2)

    def _add_line(self, grid: QGridLayout, line: RequirementLine, body: QWidget) -> None:
        row = grid.rowCount()
        glyph = StatusGlyph(self._theme, 16, body)
        glyph.show_glyph(line.glyph, _TONES[line.met])
        text = self._text(line.text, "label", "text", body)
        text.setAccessibleName(f"{line.text}: {line.state}")
        state = self._text(line.state, "label", "text2", body)
        state.setMinimumWidth(self._theme.px(110))
        grid.addWidget(glyph, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, row, 1)
        grid.addWidget(state, row, 2)

    def _text(self, text: str, role: Role, color: str, body: QWidget, weight: int | None = None) -> RichLabel:
        label = RichLabel(self._theme, role, color, weight=weight, parent=body)
        label.set_text(text)
        return label
