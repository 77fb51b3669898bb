"""The paste dialog (interface.md 4.5.2). What is pasted is kept beside the field, never read back out of it.

Qt's text widgets turn U+00A0 into a blank and every kind of line end into one (inputs.md 0.5), which breaks
signatures. So a paste into the empty field is remembered as it came, and the field shows its beginning only.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from headerlens.gui.drops import carried
from headerlens.gui.engine import Engine, Glance
from headerlens.gui.sources import Source, of_text
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.workers import Cancelled, Crew, Task

SHOWN = 100_000
"""Characters of a paste the field lays out; the rest is checked but not shown."""

PAUSE_MS = 150
"""After the last key, before the line below looks again."""


class SourceField(QPlainTextEdit):
    """A field that hands out a paste as it came."""

    pasted = Signal(str)
    files_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A paste or drop: into an empty field it is the whole source, else ordinary typing."""
        what = carried(source)
        if what.paths:
            self.files_dropped.emit(what.paths)
        elif what.text is not None and self._takes_all():
            self.setPlainText(what.text[:SHOWN])
            self.pasted.emit(what.text)
        else:
            super().insertFromMimeData(source)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files too."""
        return bool(carried(source).paths) or super().canInsertFromMimeData(source)

    def _takes_all(self) -> bool:
        cursor = self.textCursor()
        everything = cursor.selectionEnd() - cursor.selectionStart() >= self.document().characterCount() - 1
        return self.document().isEmpty() or everything


class PasteDialog(QDialog):
    """One big field, a line that says how far it looks like a mail, and Check."""

    source_given = Signal(object)
    files_given = Signal(object)

    def __init__(self, theme: Theme, engine: Engine, crew: Crew, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._engine, self._crew = theme, engine, crew
        self._exact: str | None = None
        self._shown = ""
        self._looking: Task | None = None
        self._glance: Glance | None = None
        self.field = SourceField()
        self.live = Label(theme, "label", "text2", wraps=True)
        self.check = PushButton(theme, "", "", "primary")
        self.cancel = PushButton(theme, "", "", "plain")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._lay_out()
        self._connect()
        self._dress()
        self.retranslate()
        self._show_glance()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.setWindowTitle(self.tr("Paste source"))
        self.field.setAccessibleName(self.tr("Source of the message"))
        self.field.setPlaceholderText(self.tr("Paste the whole source here, from its first line."))
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
        return of_text(self._text(), self.tr("Pasted text"))

    def _text(self) -> str:
        shown = self.field.toPlainText()
        return self._exact if self._exact is not None and shown == self._shown else shown

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.live, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.check)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.field, 1)
        column.addLayout(buttons)
        self.resize(self._theme.px(720), self._theme.px(480))

    def _connect(self) -> None:
        self.field.pasted.connect(self._remember)
        self.field.files_dropped.connect(self._take_files)
        self.field.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._look)
        self.check.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.accepted.connect(lambda: self.source_given.emit(self.source()))
        self.check.setDefault(True)
        self.check.setEnabled(False)

    def _remember(self, text: str) -> None:
        self._exact, self._shown = text, self.field.toPlainText()

    def _take_files(self, paths: object) -> None:
        self.files_given.emit(paths)
        self.reject()

    def _look(self) -> None:
        """Read it in a worker: a paste may be large."""
        if self._looking is not None:
            self._looking.cancel()
        text = self._text()
        self.check.setEnabled(bool(text.strip()))
        if not text.strip():
            self._take_glance(None)
            return
        source, engine = of_text(text, ""), self._engine

        def look(_cancelled: Cancelled) -> object:
            return engine.look(source)

        self._looking = Task(look)
        self._looking.done.connect(self._take_glance)
        self._crew.start(self._looking)

    def _take_glance(self, glance: Glance | None) -> None:
        self._glance = glance
        self._show_glance()

    def _show_glance(self) -> None:
        glance = self._glance
        if glance is None:
            self.live.setText("")
        elif not glance.fields:
            self.live.setText(self.tr("No header lines yet"))
        elif not glance.has_from:
            self.live.setText(self.tr("No From line yet"))
        elif glance.body:
            self.live.setText(self.tr("Looks complete: %n header(s), body included", "", glance.fields))
        else:
            self.live.setText(self.tr("Headers only: %n header(s)", "", glance.fields))

    def _dress(self) -> None:
        self.field.setFont(self._theme.font("mono"))
