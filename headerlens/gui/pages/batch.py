"""Many messages at once (interface.md 4.5, picture 10): summary, shared causes, table, and the chosen message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from headerlens.gui.batch_run import Batch, Phase
from headerlens.gui.many import ManyEngine
from headerlens.gui.source_text import visible
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.batch_bar import FilterChips, StackedBar
from headerlens.gui.widgets.batch_detail import BatchDetail
from headerlens.gui.widgets.batch_model import BatchModel
from headerlens.gui.widgets.batch_table import EDGE, BatchTable
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.notice import Notice
from headerlens.present.views import Tone

if TYPE_CHECKING:
    from headerlens.present.batch import SharedCause

STRIPS = 2
"""Shared causes that are shown; more would push the table out of sight."""

LOW = 600
"""A page lower than this has room for one."""

CAUSES_MS = 600
"""Between two looks for shared causes while the table fills: the strips must not flicker."""


class BatchPage(QWidget):
    """`open_asked` and `moved` name a line of the batch; `export_asked` says "csv" or "json"."""

    open_asked = Signal(int)
    moved = Signal(int)
    export_asked = Signal(str)

    def __init__(self, theme: Theme, engine: ManyEngine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._engine = theme, engine
        self._language = "en"
        self._batch: Batch | None = None
        self._causes: tuple[SharedCause, ...] = ()
        self._cause: tuple[str, str] | None = None
        self._wide = True
        self.model = BatchModel(engine, self)
        self.table = BatchTable(theme, self.model)
        self.bar, self.chips = StackedBar(theme), FilterChips(theme)
        self.detail = BatchDetail(theme)
        self.strips = [Notice(theme) for _ in range(STRIPS)]
        self._title, self._state = Label(theme, "title", "text", weight=500), Label(theme, "small", "text2")
        self._look = QTimer(self, singleShot=True, interval=CAUSES_MS)
        self._build()
        self._connect()
        self.setFocusProxy(self.table)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    # -- what is shown -------------------------------------------------------------------------------------------

    def show_batch(self, batch: Batch, language: str) -> None:
        """Show `batch` in `language`; the same batch keeps its place, filter and order."""
        self._language = language
        if batch is not self._batch:
            self._leave()
            self._batch, self._cause, self._causes = batch, None, ()
            batch.changed.connect(self._on_changed)
            batch.ended.connect(self._on_ended)
            self.chips.choose("")
            self.model.show_batch(batch)
            self.table.scrollToTop()
            if not batch.running and self.model.rowCount():
                self.table.selectRow(0)
        self.retranslate()

    def begin_again(self) -> None:
        """The batch starts anew: show all of it."""
        self._cause = None
        self.chips.choose("")
        self.model.show_only()

    def outcome_text(self) -> str:
        """How the batch has ended, for a screen reader."""
        return ", ".join(one for one in (self._state.text(), self.bar.accessibleName()) if one)

    @property
    def batch(self) -> Batch | None:
        """What is shown, None before the first."""
        return self._batch

    def current(self) -> int:
        """The chosen line of the batch, -1 for none."""
        return self.table.current_place()

    def set_wide(self, *, wide: bool) -> None:
        """Whether there is room for the chosen message beside the table."""
        self._wide = wide
        self._arrange()

    def panes(self) -> list[QWidget]:
        """Where F6 goes: the filters, the table, the chosen message."""
        return [self.chips, self.table, *([self.detail] if self.detail.isVisible() else [])]

    def focus_table(self) -> None:
        """Give the keyboard to the table, on the line it was on or the first."""
        if self.current() < 0 and self.model.rowCount():
            self.table.selectRow(0)
        self.table.setFocus()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self.model.speak(self._language, (
            self.tr("Result"), self.tr("Shown sender"), self.tr("Subject"), "SPF", "DKIM", "DMARC", self.tr("Received"),
        ))  # fmt: skip
        self.table.setAccessibleName(self.tr("Messages"))
        self.table.setAccessibleDescription(self.tr("Enter opens a message, Esc comes back to the table."))
        self.chips.setAccessibleName(self.tr("Show only"))
        self.open.setText(self.tr("Open"))
        self.open.setAccessibleName(self.tr("Open the chosen message"))
        self.export.setText(self.tr("Export table…"))
        self._as_csv.setText(self.tr("As CSV, for a spreadsheet…"))
        self._as_json.setText(self.tr("As JSON, for programs…"))
        self._on_changed()
        self._find_causes()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- following the batch -------------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        batch = self._batch
        if batch is None:
            return
        total = len(batch.lines)
        count = self.tr("%n message(s)", "", total)
        self._title.setText(f"{visible(batch.name)} · {count}")
        self._state.setText(self._state_text(batch, total))
        self._state.setVisible(bool(self._state.text()))
        self.bar.show_counts(batch.counts, total)
        self.chips.show_counts(batch.counts, total)
        self.export.setEnabled(total > 0)
        self.open.setEnabled(self.current() >= 0)
        if batch.running and not self._look.isActive():
            self._look.start()

    def _state_text(self, batch: Batch, total: int) -> str:
        numbers = {"{done}": f"{batch.done:,}", "{total}": f"{total:,}"}
        if batch.phase is Phase.RUNNING:
            text = self.tr("Looking for messages…") if not total else self.tr("Checking… {done} of {total}")
        elif batch.phase is Phase.JUDGING:
            numbers["{done}"] = f"{total - batch.doubted:,}"
            text = self.tr("Judging anew by the trusted receivers… {done} of {total}")
        elif batch.doubted:
            text = self.tr("%n still judged by the receivers trusted before", "", batch.doubted)
        elif batch.phase is Phase.STOPPED:
            text = self.tr("Stopped: {done} of {total} checked")
        elif batch.phase is Phase.BROKEN:
            text = self.tr("Ended by a mistake of the program: {done} of {total} checked")
        else:
            text = "" if total else self.tr("There is no saved email in it.")
        for name, value in numbers.items():
            text = text.replace(name, value)
        return text

    @Slot()
    def _on_ended(self) -> None:
        """Only now is the order worth anything; the chosen line stays chosen, else the first is."""
        self.model.arrange()
        if self.current() < 0 and self.model.rowCount():
            self.table.selectRow(0)
        self._find_causes()

    @Slot()
    def _find_causes(self) -> None:
        batch = self._batch
        if batch is None:
            return
        rows = [(place, line.row) for place, line in enumerate(batch.lines) if line.row is not None]
        # before the first row the rooms it needs may still be loading in a worker
        self._causes = self._engine.shared_causes(rows, self._language) if rows else ()
        self._show_strips()

    def _show_strips(self) -> None:
        shown = self._causes[: 1 if self.height() < self._theme.px(LOW) else STRIPS]
        for strip, cause in zip(self.strips, (*shown, *([None] * STRIPS)), strict=False):
            strip.setVisible(cause is not None)
            if cause is not None:
                text = self.tr("%n message(s) share one cause: {cause}", "", len(cause.rows))
                button = self.tr("Show all") if cause.key == self._cause else self.tr("Show them")
                strip.show_notice(text.replace("{cause}", cause.title), Tone.WARN, button)

    # -- choosing ------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_group(self, group: str) -> None:
        self._cause = None
        self.model.show_only(group)
        self._show_strips()

    def _on_strip(self, number: int) -> None:
        cause = self._causes[number]
        self._cause = None if cause.key == self._cause else cause.key
        self.chips.choose(None if self._cause else "")
        self.model.show_only(places=cause.rows if self._cause else ())
        self._show_strips()

    @Slot(int)
    def _on_moved(self, place: int) -> None:
        self.open.setEnabled(place >= 0)
        self.moved.emit(place)

    def _open_current(self) -> None:
        if self.current() >= 0:
            self.open_asked.emit(self.current())

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self._theme
        self.open = PushButton(theme, "arrow", "", "plain")
        self.export = PushButton(theme, "doc", "", "tool")
        menu = QMenu(self)
        self._as_csv, self._as_json = menu.addAction(""), menu.addAction("")
        self.export.setMenu(menu)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self.open)
        head.addWidget(self.export)
        head.setSpacing(10)
        self._top = QVBoxLayout()
        self._top.addLayout(head)
        self._top.addWidget(self.bar)
        self._top.addWidget(self.chips)
        for strip in self.strips:
            self._top.addWidget(strip)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(self._top)
        left.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.detail)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._on_group)
        self.table.opened.connect(self.open_asked)
        self.table.moved.connect(self._on_moved)
        self.open.clicked.connect(self._open_current)
        self.detail.full_asked.connect(self._open_current)
        self._as_csv.triggered.connect(lambda: self.export_asked.emit("csv"))
        self._as_json.triggered.connect(lambda: self.export_asked.emit("json"))
        self._look.timeout.connect(self._find_causes)
        for number, strip in enumerate(self.strips):
            strip.activated.connect(lambda at=number: self._on_strip(at))
            strip.hide()

    def _leave(self) -> None:
        if self._batch is not None:
            self._batch.changed.disconnect(self._on_changed)
            self._batch.ended.disconnect(self._on_ended)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low page shows fewer strips."""
        super().resizeEvent(event)
        self._show_strips()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and a line above the table."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.fillRect(0, self.table.y() - 1, self.table.width(), 1, self._theme.color("line"))
        painter.end()

    def _arrange(self) -> None:
        appears = self._wide and self.detail.isHidden()
        self.detail.setVisible(self._wide)
        self.open.setVisible(not self._wide)
        if appears and self.current() >= 0:
            self.moved.emit(self.current())

    @Slot()
    def _dress(self) -> None:
        px = self._theme.px
        self._top.setContentsMargins(px(EDGE), px(12), px(EDGE), px(10))
        self._top.setSpacing(px(11))
        self.update()
