"""The verdict: glyph, headline, sentence, one action, and what was not checked (interface.md 4.4)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import Card
from headerlens.gui.widgets.line_icon import LineIcon
from headerlens.gui.widgets.page_width import is_narrow
from headerlens.gui.widgets.status import StatusGlyph
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import VerdictView, plain

CALM_LEVELS = frozenset({"pass", "running"})
"""Levels whose card stays white with a thin line: good news is calm (interface.md 0, rule 4)."""


class VerdictCard(Card):
    """One stop of the focus: its accessible name is the result, its description sentence and action."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 14, parent)
        self._view: VerdictView | None = None
        self._narrow: bool | None = None
        self._forced: bool | None = None
        self._glyph = StatusGlyph(theme, 40, self)
        self._headline = RichLabel(theme, "headline", weight=600, strong_weight=700, parent=self)
        self._headline.set_balanced()
        self._sentence = RichLabel(theme, "body", parent=self)
        self._strip = Card(theme, 9, self)
        self._arrow = LineIcon(theme, "arrow", 18, self._strip, stroke=2.3)
        self._action = RichLabel(theme, "body", weight=500, parent=self._strip)
        self._info = LineIcon(theme, "info", 15, self, role="small")
        self._footnote = RichLabel(theme, "small", "text2", parent=self)
        self._build()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._top = QHBoxLayout()
        self._texts = QVBoxLayout()
        self._texts.addWidget(self._headline)
        self._texts.addWidget(self._sentence)
        self._beside = QVBoxLayout()
        self._beside.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(self._beside)
        self._top.addLayout(self._texts, 1)
        self._inside = QHBoxLayout(self._strip)
        self._inside.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignTop)
        self._inside.addWidget(self._action, 1)
        self._below = QHBoxLayout()
        self._below.addWidget(self._info, 0, Qt.AlignmentFlag.AlignTop)
        self._below.addWidget(self._footnote, 1)
        self._column.addLayout(self._top)
        self._column.addWidget(self._strip)
        self._column.addLayout(self._below)
        self._column.setSpacing(0)

    def show_view(self, view: VerdictView) -> None:
        """Show another verdict."""
        self._view = view
        self._headline.set_rich(view.headline)
        self._sentence.set_text(view.sentence)
        self._action.set_text(view.action)
        self._footnote.set_text(view.footnote)
        self._strip.setVisible(bool(view.action))
        for widget in (self._info, self._footnote):
            widget.setVisible(bool(view.footnote))
        #: Read out by screen readers before the headline of the verdict; keep the placeholder
        name = self.tr("Result: {headline}").format(headline=plain(view.headline))
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"{view.sentence} {view.action}".strip())
        self._restyle()

    def set_narrow(self, narrow: bool | None) -> None:  # noqa: FBT001  a setter
        """Small paddings and headline; None lets the width of the window decide."""
        self._forced = narrow
        self._restyle()

    def copy_text(self) -> str:
        """Headline, sentence and action as plain text."""
        view = self._view
        return (
            ""
            if view is None
            else "\n".join(part for part in (plain(view.headline), view.sentence, view.action) if part)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The window may have crossed a breakpoint."""
        super().resizeEvent(event)
        if self._is_narrow() != self._narrow:
            self._restyle()

    def _is_narrow(self) -> bool:
        return is_narrow(self) if self._forced is None else self._forced

    @Slot()
    def _restyle(self) -> None:
        self._narrow = narrow = self._is_narrow()
        px = self._theme.px
        # the fixed line height sets the headline's baseline low in its box: the box starts above the padding
        side, top = (18, 15) if narrow else (22, 18)
        self._column.setContentsMargins(px(side), px(top), px(side), px(13 if narrow else 17))
        self._beside.setContentsMargins(0, px(1 if narrow else 3), 0, 0)
        self._top.setSpacing(px(16))
        self._texts.setSpacing(px(6))
        self._inside.setContentsMargins(px(13), px(9), px(13), px(9))
        self._inside.setSpacing(px(10))
        self._below.setSpacing(px(8))
        self._strip.setContentsMargins(0, 0, 0, 0)
        self._top.setContentsMargins(0, 0, 0, px(10 if narrow else 12))
        footed = self._view is None or bool(self._view.footnote)
        self._below.setContentsMargins(0, px(10 if narrow else 12) if footed else px(2), 0, 0)
        self._glyph.set_size(34 if narrow else 40)
        self._headline.set_style("headline_narrow" if narrow else "headline", weight=600)
        self._recolour()
        self.updateGeometry()

    def _recolour(self) -> None:
        view = self._view
        if view is None:
            return
        tone = view.tone.value
        calm = view.level in CALM_LEVELS
        self.set_colors("surface" if calm else f"{tone}_bg", f"{tone}_line")
        self._strip.set_colors(f"{tone}_bg" if calm else "surface", f"{tone}_bg" if calm else f"{tone}_line")
        self._glyph.show_glyph(view.glyph, view.tone)
        self._action.set_style("body", "text", 600 if view.level == "fail" else 500)
        self._arrow.set_color(f"{tone}_fg")
        self._info.set_color("text2")
