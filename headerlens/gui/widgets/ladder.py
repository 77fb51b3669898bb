"""The alignment ladder as a widget: painted rows under real, transparent buttons (interface.md 6, 9.3)."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QGroupBox, QMenu, QSizePolicy, QToolTip, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.ladder_layout import LadderLayout, RowLayout, ladder_layout
from headerlens.gui.widgets.ladder_legend import LegendPopover
from headerlens.gui.widgets.ladder_paint import STILL, Change, FontMetrics, LadderPainter
from headerlens.gui.widgets.ladder_parts import EMPTY
from headerlens.gui.widgets.ladder_row import LadderRowButton
from headerlens.gui.widgets.motion import DRAW_MS, Motion
from headerlens.gui.widgets.page_width import is_narrow, plain_tooltip
from headerlens.gui.widgets.status import TURN_MS, TURN_STEP
from headerlens.gui.widgets.text import RichLabel
from headerlens.present.views import Glyph, LadderRow, LadderView, RowKind

NARROWEST = 300
"""Width at 100 % under which even the stacked form has no room for its chips."""

PICTURE_RATIO = 2.0
"""Copied pictures have twice the pixels of the screen (interface.md 4.6)."""


class AlignmentLadder(QGroupBox):
    """Who vouches for the shown sender. `row_activated` carries the row's kind and its signature, -1 for none."""

    row_activated = Signal(str, int)
    judge_asked = Signal()
    """Out of the menu of the SPF row: the person wants to choose what SPF is judged by."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: LadderView | None = None
        self._shown: LadderView | None = None
        self._unfolded = False
        self._forced: bool | None = None
        self._layouts: dict[tuple[int, bool], LadderLayout] = {}
        self._buttons: list[LadderRowButton] = []
        self._title = RichLabel(theme, "title", weight=500, strong_weight=600, parent=self)
        self._fold = PushButton(theme, "", "", "link", self)
        self._fold.clicked.connect(self._toggle_fold)
        self._how = PushButton(theme, "info", "", "tool", self)
        self._how.clicked.connect(self.show_legend)
        self._legend: LegendPopover | None = None
        self._motion = Motion(theme, self)
        self._motion.moved.connect(self.update)
        self._before: tuple[LadderRow, ...] = ()
        self._turn = 0
        self._spinner = QTimer(self, interval=TURN_MS)
        self._spinner.timeout.connect(self._tick)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)
        self._retranslate()

    def show_view(self, view: LadderView) -> None:
        """Show other identities; rows keep their place and the focus when their number stays."""
        if view == self._view:
            return
        before = self._shown
        self._view = view
        self._title.set_rich(view.title)
        self.setAccessibleName(view.accessible)
        self._rebuild()
        self._move_from(before)
        self._spin()

    def arrive_from(self, other: AlignmentLadder) -> None:
        """Go on from what `other` showed in this place: the same rows change before the eye."""
        self._move_from(other._shown)

    def _move_from(self, before: LadderView | None) -> None:
        """Fade and draw from the rows of `before` to those shown, where they are the same identities."""
        self._motion.stop()
        now = self._shown
        if before is None or now is None or not self.isVisible():
            return
        same = [_identity(row) for row in before.rows] == [_identity(row) for row in now.rows]
        if same and before.rows != now.rows:
            self._before = before.rows
            self._motion.start(DRAW_MS)

    def showEvent(self, event: QShowEvent) -> None:
        """A visible spinner turns."""
        super().showEvent(event)
        self._spin()

    def hideEvent(self, event: QHideEvent) -> None:
        """A hidden one rests, and nothing moves."""
        super().hideEvent(event)
        self._spinner.stop()
        self._motion.stop()

    def _spin(self) -> None:
        rows = self._shown.rows if self._shown is not None else ()
        runs = any(Glyph.RUN in {row.node, row.now.glyph} for row in rows)
        if runs and self.isVisible() and not self._theme.reduced_motion:
            self._spinner.start()
        else:
            self._spinner.stop()
            self._turn = 0

    @Slot()
    def _tick(self) -> None:
        self._turn = (self._turn + TURN_STEP) % 360
        self.update()

    def rows(self) -> tuple[LadderRowButton, ...]:
        """The buttons of the rows, from top to bottom."""
        return tuple(self._buttons)

    def set_narrow(self, narrow: bool | None) -> None:  # noqa: FBT001  a setter
        """Dense rows; None lets the width of the window decide."""
        self._forced = narrow
        self._restyle()

    def move_focus(self, index: int, key: Qt.Key) -> None:
        """Focus the row above, below, From (Home) or the last (End)."""
        rows = self._buttons
        is_from = [i for i, button in enumerate(rows) if button.row and button.row.kind is RowKind.FROM]
        target = {
            Qt.Key.Key_Up: max(0, index - 1),
            Qt.Key.Key_Down: min(len(rows) - 1, index + 1),
            Qt.Key.Key_Home: is_from[0] if is_from else 0,
        }.get(key, len(rows) - 1)
        rows[target].setFocus(Qt.FocusReason.TabFocusReason)

    def grab_picture(self) -> QPixmap:
        """The ladder with its title, without buttons and focus, at twice the screen's pixels."""
        pixmap = QPixmap(self.size() * PICTURE_RATIO)
        pixmap.setDevicePixelRatio(PICTURE_RATIO)
        pixmap.fill(self._theme.color("surface"))
        painter = QPainter(pixmap)
        self._paint(painter, hovered=None, change=STILL)
        painter.translate(self._title.pos())
        self._title.document().drawContents(painter)
        painter.end()
        return pixmap

    def row_menu(self, row: LadderRow) -> QMenu:
        """Copy the name, the row as text, or the picture (interface.md 6.7); the menu deletes itself."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        #: Context menu of a row of the alignment ladder: copies the domain name
        name = menu.addAction(self.tr("Copy name"))
        name.setEnabled(bool(row.name))
        name.triggered.connect(partial(_copy, row.name))
        #: Context menu of a row of the alignment ladder: copies its whole sentence
        menu.addAction(self.tr("Copy row as text")).triggered.connect(partial(_copy, row.accessible))
        #: Context menu of a row of the alignment ladder: copies the ladder as a picture
        menu.addAction(self.tr("Copy diagram")).triggered.connect(self.copy_picture)
        if row.kind is RowKind.SPF:
            menu.addSeparator()
            #: Context menu of the SPF row of the alignment ladder: opens the dialog to choose hop, address and names
            menu.addAction(self.tr("Judge SPF by…")).triggered.connect(partial(_tell, self.judge_asked))
        return menu

    @Slot()
    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.grab_picture())

    @Slot()
    def show_legend(self) -> None:
        """Open the popover that explains lines and marks; Esc or a click outside closes it."""
        if self._view is None:
            return
        self._legend = LegendPopover(self._theme, lambda: self._view.legend if self._view is not None else (), self)
        self._legend.show_below(self._how)

    # Geometry

    def hasHeightForWidth(self) -> bool:
        """Always: sentences wrap and rows stack."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in px at this width."""
        below = self._theme.px(8 if self._dense() else 9)
        return math.ceil(self._origin(width).y() + self._layout(width).height + below)

    def sizeHint(self) -> QSize:
        """The widest the page makes it."""
        width = self._theme.px(760)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The stacked form at its narrowest."""
        return QSize(self._theme.px(NARROWEST), self._theme.px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place title, links and row buttons."""
        super().resizeEvent(event)
        self._arrange()

    def _dense(self) -> bool:
        return is_narrow(self) if self._forced is None else self._forced

    def _padding(self) -> int:
        return self._theme.px(14 if self._dense() else 18)

    def _title_room(self, width: int) -> int:
        return max(80, width - 2 * self._padding() - self._how.sizeHint().width() - self._theme.px(10))

    def _origin(self, width: int) -> QPointF:
        """Where the painted ladder begins: below the title."""
        extra = self._title.heightForWidth(self._title_room(width)) - self._theme.line("title")
        top = self._theme.px(44.5 if self._dense() else 45.5) + max(0, extra)
        return QPointF(self._padding(), top)

    def _layout(self, width: int) -> LadderLayout:
        key = (width, self._dense())
        if key not in self._layouts:
            view = self._shown or EMPTY
            metrics, unit = FontMetrics(self._theme), self._theme.unit
            self._layouts[key] = ladder_layout(view, width, metrics, unit, dense=self._dense(), padding=self._padding())
        return self._layouts[key]

    def _arrange(self) -> None:
        px = self._theme.px
        middle = px(26 if self._dense() else 27)
        self._how.adjustSize()
        self._how.move(self.width() - self._padding() - px(2) - self._how.width(), middle - self._how.height() // 2)
        room = self._title_room(self.width())
        line = round(self._theme.line("title"))
        self._title.setGeometry(self._padding(), middle - line // 2 - 1, room, self._title.heightForWidth(room))
        layout, origin = self._layout(self.width()), self._origin(self.width())
        for button, row in zip(self._buttons, layout.rows, strict=False):
            button.setGeometry(row.rect.translated(origin).toAlignedRect())
        self._place_fold(layout, origin)

    def _place_fold(self, layout: LadderLayout, origin: QPointF) -> None:
        """The link at the end of the folded row's sentence."""
        row = self._fold_row(layout)
        self._fold.setVisible(row is not None)
        if row is None:
            return
        self._fold.adjustSize()
        metrics = FontMetrics(self._theme)
        words = metrics.width("".join(span.text for span in row.row.sentence), "tile_small")
        right = layout.width - self._fold.width()
        x = min(row.sentence.left() + words + self._theme.px(4), right)
        bottom = row.sentence.bottom() - (self._theme.line("label") + self._fold.height()) / 2
        self._fold.move((origin + QPointF(x, bottom)).toPoint())
        self._fold.raise_()

    def _fold_row(self, layout: LadderLayout) -> RowLayout | None:
        if self._view is None or not self._view.folded_rows or not layout.rows:
            return None
        return next((row for row in layout.rows if row.row.folded), layout.rows[-1])

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Card and ladder; the title and the buttons paint themselves."""
        hovered = next((button.index for button in self._buttons if button.underMouse()), None)
        change = Change(self._before, self._motion.moment, self._turn)
        self._paint(QPainter(self), hovered=hovered, change=change)

    def _paint(self, painter: QPainter, *, hovered: int | None, change: Change) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("surface"))
        radius = self._theme.px(14)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._shown is None:
            return
        painter.save()
        painter.translate(self._origin(self.width()))
        LadderPainter(painter, self._theme, self._shown, self._layout(self.width()), change).paint(hovered)
        painter.restore()

    # Events

    def event(self, event: QEvent) -> bool:
        """The tooltip of the caption says how the organisation was found."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._shown is not None:
            QToolTip.showText(event.globalPos(), plain_tooltip(self._tip(self._shown, QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def _tip(self, view: LadderView, at: QPointF) -> str:
        """How the organisation was found, over the zone; the receiver's whole name, over the chips' headings."""
        layout, origin = self._layout(self.width()), self._origin(self.width())
        if layout.zone and layout.zone.translated(origin).contains(at):
            return view.caption_tooltip
        left = origin.x() + layout.recorded_heading.x() - layout.heading_room / 2
        over_headings = at.x() > left and origin.y() < at.y() < origin.y() + self._theme.px(52)
        return f"{view.recorded_heading} {view.receiver}" if over_headings else ""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        #: Button on the alignment ladder; opens a short legend of its lines and marks
        self._how.setText(self.tr("How to read this"))
        if self._unfolded:
            #: Link at the last signature: fold the signatures of other organisations into one row again
            self._fold.setText(self.tr("Show fewer"))
        else:
            #: Link in the row that stands for several folded signatures: list them
            self._fold.setText(self.tr("Show"))

    @Slot()
    def _toggle_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._retranslate()
        self._rebuild()

    @Slot()
    def _restyle(self) -> None:
        self._layouts.clear()
        self._arrange()
        self.updateGeometry()
        self.update()

    def _rebuild(self) -> None:
        view = self._view
        if view is None:
            return
        rows = view.rows
        if self._unfolded and view.folded_rows:
            rows = (*(row for row in rows if not row.folded), *view.folded_rows)
        self._shown = replace(view, rows=rows)
        self._fit_buttons(len(rows))
        for index, (button, row) in enumerate(zip(self._buttons, rows, strict=True)):
            button.show_row(index, row)
        self._restyle()

    def _fit_buttons(self, count: int) -> None:
        while len(self._buttons) > count:
            self._buttons.pop().deleteLater()
        while len(self._buttons) < count:
            button = LadderRowButton(self._theme, self)
            button.clicked.connect(self._on_clicked)
            button.setVisible(True)
            self._buttons.append(button)
        stops: list[QWidget] = [*self._buttons, self._fold, self._how]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, LadderRowButton) or button.row is None:
            return
        if button.row.folded:
            self._toggle_fold()
            return
        signature = button.row.signature
        self.row_activated.emit(button.row.kind.value, -1 if signature is None else signature)


def _identity(row: LadderRow) -> tuple[object, ...]:
    """What makes two rows the same identity, whatever became of it."""
    return row.kind, row.name, row.signature, row.folded


def _tell(signal: SignalInstance, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal
    signal.emit()


def _copy(text: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal
    QGuiApplication.clipboard().setText(text)
