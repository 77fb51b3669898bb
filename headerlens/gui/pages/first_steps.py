"""The guide for staff inside the program: how to check a mail, what the answer means, whom to call, how to remove it.

The same words as on the pages of resources/guides, which hold pictures and can be saved for others from here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from headerlens.gui.announce import announce
from headerlens.gui.theme import Role, Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.widgets.status import StatusGlyph
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.guides import Guide, Row, guide, page, system_here
from headerlens.present.views import Glyph, Tone

NUMBER = 22
"""Width of the column of step numbers and status shapes at 100 %."""

SHAPES = {"pass": Glyph.PASS, "warn": Glyph.WARN, "fail": Glyph.FAIL, "unk": Glyph.UNKNOWN}
TONES = {"pass": Tone.PASS, "warn": Tone.WARN, "fail": Tone.FAIL, "unk": Tone.UNKNOWN}


class FirstStepsDialog(QDialog):
    """One page that scrolls by keys. Nothing is fetched, and nothing in it can be clicked but its buttons."""

    def __init__(self, theme: Theme, language: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._language = theme, language
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        SlimBars(theme, self.area)
        self.save = PushButton(theme, "", "", "plain")
        self.note = Label(theme, "label", "text2", wraps=True)
        self._close = PushButton(theme, "", "", "plain")
        self.save.clicked.connect(self._ask_and_save)
        self._close.clicked.connect(self.accept)
        self._lay_out()
        self.retranslate()
        self.area.setFocus()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        words = guide(system_here(), self._language())
        self.setWindowTitle(words.title)
        self.area.setAccessibleName(words.title)
        self.area.setWidget(self._page(words))
        self.save.setText(self.tr("Save this page for others…"))
        self._close.setText(self.tr("Close"))
        self.note.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _ask_and_save(self) -> None:
        kinds = self.tr("Web page (*.html)")
        proposed = f"HeaderLens-{system_here()}-{self._language()}.html"
        name, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), proposed, kinds)
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the page with its pictures, or say why not."""
        try:
            path.write_bytes(page(f"{system_here()}-{self._language()}.html"))
        except OSError as error:
            words = self.tr("The page could not be saved: {reason}").format(reason=error.strerror)
        else:
            words = self.tr("Page saved; it also says how to install HeaderLens.")
        self.note.setText(words)
        self.note.show()
        announce(self, words)

    def _page(self, words: Guide) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        px = self._theme.px
        column.setContentsMargins(px(28), px(20), px(28), px(20))
        column.setSpacing(px(8))
        column.addWidget(self._words(words.title, "headline_narrow"))
        column.addWidget(self._words(words.lead, color="text2"))
        self._head(column, words.check[0])
        for number, step in enumerate(words.check[1], 1):
            mark = self._words(f"{number}.", color="accent", weight=600)
            column.addLayout(self._beside(mark, self._words(step)))
        column.addWidget(self._words(words.check[2], color="text2"))
        self._head(column, words.answer[0])
        for row in words.answer[1]:
            column.addLayout(self._row(row))
        for title, text in ((words.call[0], words.call[1]), words.remove):
            self._head(column, title)
            column.addWidget(self._words(text))
        column.addStretch()
        return inside

    def _head(self, column: QVBoxLayout, text: str) -> None:
        column.addSpacing(self._theme.px(8))
        column.addWidget(self._words(text, "title", color="accent"))

    def _row(self, row: Row) -> QHBoxLayout:
        shape = StatusGlyph(self._theme, 18)
        shape.show_glyph(SHAPES[row.tone], TONES[row.tone])
        word = self._words(row.word, color=f"{TONES[row.tone].value}_fg", weight=600)
        return self._beside(_column(shape, above=self._theme.px(2)), _column(word, self._words(row.means)))

    def _beside(self, mark: QWidget, words: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(6))
        mark.setFixedWidth(self._theme.px(NUMBER))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        return line

    def _words(self, text: str, role: Role = "body", *, color: str = "text", weight: int | None = None) -> RichLabel:
        label = RichLabel(self._theme, role, color, weight=weight)
        label.set_text(text)
        return label

    def _lay_out(self) -> None:
        px = self._theme.px
        foot = QHBoxLayout()
        foot.setContentsMargins(px(24), px(10), px(24), px(10))
        foot.setSpacing(px(12))
        foot.addWidget(self.save)
        foot.addWidget(self.note, 1)
        foot.addStretch()
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addLayout(foot)
        # large text on a small screen: the page scrolls, the dialog stays on it
        self.resize(QSize(px(680), px(620)).boundedTo(self.screen().availableSize()))


def _column(*widgets: QWidget, above: int = 0) -> QWidget:
    """The widgets one below the other, at the left, as one."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, above, 0, 0)
    column.setSpacing(0)
    for one in widgets:
        column.addWidget(one)
    column.addStretch()
    return holder
