"""The paste dialog (interface.md 4.5.2). What is pasted is kept beside the field, never read back out of it.

Qt's text widgets turn U+00A0 into a blank and every kind of line end into one (inputs.md 0.5), which breaks
signatures; and they need seconds for many lines, minutes for one long one. So a paste is remembered as it came, and
the field shows a shortened view of it, which cannot be edited where anything was left out.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from headerlens.gui.drops import Carried, carried, on_clipboard
from headerlens.gui.engine import Engine, Glance
from headerlens.gui.opening import glance_at
from headerlens.gui.shown import advice
from headerlens.gui.sources import Source, of_text
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.workers import Cancelled, Crew, Task

SHOWN = 50_000
"""Characters of a paste the field lays out; the rest is checked but not shown."""

LONGEST_LINE = 2_000
"""Characters of a line the field lays out: a line of 1 MB takes Qt minutes to wrap and half a second not to."""

PAUSE_MS = 150
"""After the last key, before the line below looks again."""


def shortened(text: str) -> str:
    """What the field shows of `text`: its beginning, long lines cut; `text` itself when that is all of it."""
    beginning = text[:SHOWN]
    if len(beginning) == len(text) and max(map(len, beginning.split("\n"))) <= LONGEST_LINE:
        return text
    lines = [line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in beginning.split("\n")]
    return "\n".join(lines) + ("\n…" if len(beginning) < len(text) else "")


class SourceField(QPlainTextEdit):
    """A field that hands out a paste as it came. `exact` is what it stands for, None once it was typed in."""

    files_given = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.exact: str | None = None
        self.html = ""
        self._showing = False
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._typed)

    def take(self, text: str, html: str = "") -> None:
        """Stand for `text` from now on."""
        self._showing = True
        shown = shortened(text)
        self.setPlainText(shown)
        self.setReadOnly(shown is not text)
        self._showing = False
        self.exact, self.html = text, html

    def empty(self) -> None:
        """Stand for nothing, ready for another paste."""
        self.setReadOnly(False)
        self.clear()
        self.exact, self.html = None, ""

    @property
    def shows_all(self) -> bool:
        """Whether nothing of the paste was left out."""
        return not self.isReadOnly()

    def text(self) -> str:
        """What it stands for: the paste as it came, or what was typed."""
        return self.toPlainText() if self.exact is None else self.exact

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A shortened view can't be edited, but another paste may take its place, and Delete empties it."""
        if self.isReadOnly() and event.matches(QKeySequence.StandardKey.Paste):
            self.insertFromMimeData(on_clipboard())
        elif self.isReadOnly() and event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.empty()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A paste or drop: all of it where the field is empty or chosen, behind the paste before, else typing."""
        what = carried(source)
        if what.paths or what.files:
            self.files_given.emit(what)
        elif what.text is None:
            self.refused.emit(what)
        elif self._takes_all() or len(what.text) > SHOWN:
            self.take(what.text or what.html, what.html if what.text else "")
        elif self.exact is not None and self._at_end():
            self.take(self.exact + what.text)
            self.moveCursor(QTextCursor.MoveOperation.End)
        else:
            super().insertFromMimeData(source)

    def canInsertFromMimeData(self, _source: QMimeData) -> bool:
        """Everything: what can't be checked is answered."""
        return True

    def _takes_all(self) -> bool:
        cursor = self.textCursor()
        everything = cursor.selectionEnd() - cursor.selectionStart() >= self.document().characterCount() - 1
        return self.isReadOnly() or self.document().isEmpty() or everything

    def _at_end(self) -> bool:
        cursor = self.textCursor()
        return not cursor.hasSelection() and cursor.atEnd()

    def _typed(self) -> None:
        if not self._showing:
            self.exact, self.html = None, ""


class PasteDialog(QDialog):
    """One big field, a line that says how far it looks like a mail, and Check."""

    source_given = Signal(object)
    carried_given = Signal(object)

    def __init__(self, theme: Theme, engine: Engine, crew: Crew, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._engine, self._crew = theme, engine, crew
        self._looking: Task | None = None
        self._glance: Glance | None = None
        self._refused: Carried | None = None
        self.field = SourceField()
        self.live = Label(theme, "label", "text2", wraps=True)
        self.clear = PushButton(theme, "", "", "plain")
        self.check = PushButton(theme, "", "", "primary")
        self.cancel = PushButton(theme, "", "", "plain")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._lay_out()
        self._connect()
        self._dress()
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.setWindowTitle(self.tr("Paste source"))
        self.field.setAccessibleName(self.tr("Source of the message"))
        self.field.setPlaceholderText(self.tr("Paste the whole source here, from its first line."))
        self.clear.setText(self.tr("Clear"))
        self.check.setText(self.tr("Check"))
        self.cancel.setText(self.tr("Cancel"))
        self._show_glance()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def source(self) -> Source:
        """What shall be checked: the paste as it came, or what was typed."""
        return of_text(self.field.text(), self.tr("Pasted text"), self.field.html)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.live, 1)
        for button in (self.clear, self.cancel, self.check):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.field, 1)
        column.addLayout(buttons)
        self.clear.hide()
        SlimBars(self._theme, self.field)
        self.resize(self._theme.px(720), self._theme.px(480))

    def _connect(self) -> None:
        self.field.files_given.connect(self._hand_on)
        self.field.refused.connect(self._refuse)
        self.field.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._look)
        self.clear.clicked.connect(self._empty)
        self.check.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.accepted.connect(lambda: self.source_given.emit(self.source()))
        self.check.setDefault(True)
        self.check.setEnabled(False)

    def _empty(self) -> None:
        self.field.empty()
        self.field.setFocus()

    def _hand_on(self, what: object) -> None:
        self.carried_given.emit(what)
        self.reject()

    def _refuse(self, what: Carried) -> None:
        self._refused = what
        self._show_glance()

    def _look(self) -> None:
        """Read the beginning in a worker: it tells what the line below says."""
        if self._looking is not None:
            self._looking.cancel()
        self._refused = None
        source, engine = glance_at(self.source()), self._engine
        empty = source.pasted is None or not (source.pasted.text.strip() or source.pasted.html.strip())
        self.check.setEnabled(not empty)
        self.clear.setVisible(not self.field.shows_all)
        if empty:
            self._take_glance(None)
            return

        def look(_cancelled: Cancelled) -> object:
            return engine.look(source)

        self._looking = Task(look)
        self._looking.done.connect(self._take_glance)
        self._crew.start(self._looking)

    def _take_glance(self, glance: Glance | None) -> None:
        self._glance = glance
        self._show_glance()

    def _show_glance(self) -> None:
        if self._refused is not None and self._refused.unusable is not None:
            self.live.setText(advice(self._refused.unusable, self._refused.client))
            return
        lines = [self._verdict()]
        if not self.field.shows_all:
            lines.append(self.tr("Shown shortened; all of it is checked."))
        self.live.setText("\n".join(line for line in lines if line))

    def _verdict(self) -> str:
        glance = self._glance
        if glance is None:
            return ""
        if not glance.fields:
            return self.tr("No header lines yet")
        if not glance.has_from:
            return self.tr("No From line yet")
        if glance.body:
            return self.tr("Looks complete: %n header(s), body included", "", glance.fields)
        return self.tr("Headers only: %n header(s)", "", glance.fields)

    def _dress(self) -> None:
        self.field.setFont(self._theme.font("mono"))
