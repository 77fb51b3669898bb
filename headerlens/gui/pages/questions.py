"""What a check would ask DNS, listed before anything is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from headerlens.gui.engine import Asking
from headerlens.gui.source_text import visible
from headerlens.gui.sources import Source
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.page_width import plain_tooltip
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.workers import Cancelled, Task

if TYPE_CHECKING:
    from headerlens.gui.dialogs import DialogContext
    from headerlens.model.dns import Question


class QuestionsDialog(QDialog):
    """The questions of one mail; the list is made in a worker, and nobody is asked for it."""

    def __init__(self, context: DialogContext, source: Source, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, engine = context.theme, context.engine
        self._theme, self._asking, self._sample = theme, asking, source.sample is not None
        self._questions: tuple[Question, ...] | None = ()
        self._looked = False
        self.list = QListWidget()
        self.list.setFont(theme.font("mono"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        SlimBars(theme, self.list)
        self.heading = Label(theme, "body", weight=600, wraps=True)
        self.heading.setText(visible(source.name))
        self.note = Label(theme, "label", "text2", wraps=True)
        self._lay_out()
        self.retranslate()

        def look(_cancelled: Cancelled) -> object:
            return engine.questions(source, asking)

        self._task = Task(look)
        self._task.done.connect(self._show)
        context.crew.start(self._task)
        self.finished.connect(self._task.cancel)

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.setWindowTitle(self.tr("Questions to DNS"))
        self.list.setAccessibleName(self.tr("Questions to DNS"))
        self._copy.setText(self.tr("Copy"))
        self._close.setText(self.tr("Close"))
        self.note.setText(self._remark())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot(object)
    def _show(self, questions: tuple[Question, ...] | None) -> None:
        self._questions, self._looked = questions, True
        self.note.setText(self._remark())
        if questions is None:
            return
        self.list.addItems([f"{one.rtype:<5} {visible(one.name)}" for one in questions])
        for row in range(self.list.count()):
            self.list.item(row).setToolTip(plain_tooltip(self.list.item(row).text()))
        self.list.setCurrentRow(0)
        self._copy.setEnabled(bool(questions))

    def _remark(self) -> str:
        """What is known of the questions, "" until they are there."""
        if not self._looked:
            return ""
        if self._questions is None:
            return self.tr("This is no mail: nothing would be asked.")
        asked = self.tr("%n question(s) would be asked first.", "", len(self._questions))
        return f"{asked}\n{self._rest()}"

    def _rest(self) -> str:
        if self._sample:
            return self.tr("For a sample nobody is asked: its answers were recorded with it.")
        if self._asking.offline:
            return self.tr("Offline is on: none of them is asked until you switch it off and check again.")
        return self.tr("The answers may lead to more, such as what an SPF record includes. The DNS tab lists all.")

    @Slot()
    def copy(self) -> None:
        """Put the list on the clipboard, one question a line."""
        lines = [self.list.item(row).text() for row in range(self.list.count())]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _lay_out(self) -> None:
        self._copy = PushButton(self._theme, "", "", "plain")
        self._copy.setAutoDefault(False)
        self._copy.setEnabled(False)
        self._copy.clicked.connect(self.copy)
        self._close = close = PushButton(self._theme, "", "", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self._copy)
        foot.addStretch()
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        column.addLayout(foot)
        self.resize(self._theme.px(560), self._theme.px(400))
