"""The empty page (interface.md 4.5.1): one field to drop a mail on, the clipboard's offer, samples, and privacy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from headerlens.gui.qt_numbers import NO_FOCUS
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.drop_zone import DropZone, Hover, hover_text
from headerlens.gui.widgets.flow import FlowBox
from headerlens.gui.widgets.label import Label
from headerlens.gui.widgets.picture import AppPicture, Picture
from headerlens.gui.widgets.scroll_bars import SlimBars
from headerlens.gui.widgets.strip import Strip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from headerlens.samples import Sample

ICON = 60
MARGIN = 28

BESIDE_BUTTONS = 120
"""Margins and gap beside the two buttons, in px."""


class StartPage(QScrollArea):
    """What one sees first. It only asks; the window acts."""

    open_asked = Signal()
    paste_asked = Signal()
    help_asked = Signal()
    domain_asked = Signal()
    clipboard_accepted = Signal()
    sample_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._samples: tuple[Sample, ...] = ()
        self._domain = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setProperty("focusPolicy", NO_FOCUS)
        self._content = QWidget()
        self._zone = DropZone(theme)
        self._build_zone()
        self._build_offer()
        self._build_foot()
        self._lay_out()
        self.setWidget(self._content)
        SlimBars(theme, self)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def show_hover(self, hover: Hover) -> None:
        """Say whether what hangs over the window can be checked."""
        self._zone.show_hover(hover)
        self._headline.setText(hover_text(hover) or self._question())

    def show_samples(self, samples: Sequence[Sample], language: str) -> None:
        """One button for each sample, in the words of `language`."""
        if tuple(samples) != self._samples:
            self._samples = tuple(samples)
            self._make_sample_buttons()
        self.word_samples(language)

    def word_samples(self, language: str) -> None:
        """The buttons of the samples in the words of `language`."""
        for button, sample in zip(self._sample_buttons, self._samples, strict=True):
            button.setText(sample.title_in(language))

    def focus_first(self) -> None:
        """Give the keyboard to the button that opens a file."""
        self._open.setFocus()

    def offer_clipboard(self, domain: str) -> None:
        """Show that the clipboard holds a message from `domain`; "" takes the offer back."""
        self._domain = domain
        self._word_offer()
        self._offer.setVisible(bool(domain))

    @property
    def offered_domain(self) -> str:
        """The From domain the clipboard's offer names, "" without one."""
        return self._domain

    def retranslate(self) -> None:
        """Put the words of the language in force on everything."""
        self._headline.setText(hover_text(self._zone.hover) or self._question())
        self._zone.setAccessibleName(self._question())
        self._line.setText(self.tr("Drop a saved email here, or paste its full source."))
        self._open.setText(self.tr("Open a saved email…"))
        self._paste.setText(self.tr("Paste source"))
        self._formats.setText(self.tr(".eml · .emlx · .mbox · .msg · .zip · .gz · .txt · folders"))
        self._check.setText(self.tr("Check it"))
        self._try.setText(self.tr("Try a sample"))
        self._help.setText(self.tr("Where do I find the source?"))
        self._set_up.setText(self.tr("Check a domain…"))
        self._privacy.setText(
            self.tr(
                "The message stays on this computer. Only domain names and the sending address found in it are looked "
                "up in DNS."
            )
        )
        self._word_offer()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two buttons that have no room side by side stand one below the other."""
        super().resizeEvent(event)
        wanted = self._open.sizeHint().width() + self._paste.sizeHint().width() + BESIDE_BUTTONS
        # not viewport(): to hand it out PySide makes all classes it might be, 25 ms before the first paint
        if wanted <= event.size().width():
            self._buttons.setDirection(QBoxLayout.Direction.LeftToRight)
        else:
            self._stack_buttons()

    def _stack_buttons(self) -> None:
        from PySide6.QtCore import Qt

        self._buttons.setDirection(QBoxLayout.Direction.TopToBottom)
        for button in (self._open, self._paste):
            self._buttons.setAlignment(button, Qt.AlignmentFlag.AlignHCenter)

    def _question(self) -> str:
        return self.tr("Is this mail really from who it says?")

    def _word_offer(self) -> None:
        if not self._domain:
            return
        before, _, after = self.tr("The clipboard holds a message from {domain}.").partition("{domain}")
        self._offered.show_strong(before, self._domain, after)

    def _build_zone(self) -> None:
        theme = self._theme
        picture = AppPicture(theme, ICON)
        self._headline = Label(theme, "headline", wraps=True, centred=True)
        self._line = Label(theme, "body", "text2", wraps=True, centred=True)
        self._formats = Label(theme, "label", "text3", wraps=True, centred=True, weight=400)
        self._open = PushButton(theme, "open", "", "primary")
        self._paste = PushButton(theme, "paste", "", "plain")
        self._open.clicked.connect(self.open_asked)
        self._paste.clicked.connect(self.paste_asked)
        self._buttons = buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        buttons.setSpacing(10)
        buttons.addStretch()
        buttons.addWidget(self._open)
        buttons.addWidget(self._paste)
        buttons.addStretch()
        inside = QVBoxLayout(self._zone)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(0)
        inside.addStretch()
        inside.addLayout(_in_the_middle(picture))
        for gap, label in ((20, self._headline), (10, self._line)):
            inside.addSpacing(gap)
            inside.addWidget(label)
        inside.addSpacing(16)
        inside.addLayout(buttons)
        inside.addSpacing(10)
        inside.addWidget(self._formats)
        inside.addStretch()

    def _build_offer(self) -> None:
        self._offer = Strip(self._theme, "accent_soft")
        self._offered = Label(self._theme, "body", wraps=True)
        self._check = PushButton(self._theme, "", "", "primary")
        self._check.clicked.connect(self.clipboard_accepted)
        row = QHBoxLayout(self._offer)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(Picture(self._theme, "paste", "accent", 18))
        row.addWidget(self._offered, 1)
        row.addWidget(self._check)
        self._offer.hide()

    def _build_foot(self) -> None:
        theme = self._theme
        self._sample_row = FlowBox()
        self._try = Label(theme, "label", "text2", weight=400)
        self._sample_buttons: list[PushButton] = []
        self._sample_row.add(self._try)
        self._help = PushButton(theme, "info", "", "tool")
        self._help.clicked.connect(self.help_asked)
        self._set_up = PushButton(theme, "dns", "", "tool")
        self._set_up.clicked.connect(self.domain_asked)
        self._privacy = Label(theme, "label", "text2", wraps=True, weight=400)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addLayout(_at_top(self._sample_row), 1)
        foot.addLayout(_at_top(self._help))
        privacy = QHBoxLayout()
        privacy.setSpacing(9)
        privacy.addLayout(_at_top(Picture(self._theme, "info", "text2", 16)))
        privacy.addWidget(self._privacy, 1)
        privacy.addLayout(_at_top(self._set_up))
        page = QVBoxLayout(self._content)
        page.setContentsMargins(MARGIN, 18, MARGIN, 16)
        page.setSpacing(12)
        page.addWidget(self._zone, 1)
        page.addWidget(self._offer)
        page.addLayout(foot)
        page.addLayout(privacy)

    def _make_sample_buttons(self) -> None:
        for old in self._sample_buttons:
            self._sample_row.remove(old)
        self._sample_buttons = []
        for sample in self._samples:
            button = PushButton(self._theme, "", sample.name, "plain")
            button.setFixedHeight(self._theme.px(28))
            button.clicked.connect(lambda _checked=False, chosen=sample: self.sample_chosen.emit(chosen))
            self._sample_row.add(button)
            self._sample_buttons.append(button)
        before: QWidget = self._check
        for button in (*self._sample_buttons, self._help, self._set_up):
            QWidget.setTabOrder(before, button)
            before = button

    def _dress(self) -> None:
        theme = self._theme
        for button in (self._open, self._paste):
            button.setMinimumHeight(theme.px(36))
        for small in (self._try, *self._sample_buttons):
            small.setFixedHeight(theme.px(28))


def _in_the_middle(widget: QWidget) -> QHBoxLayout:
    """`widget` with as much room to its left as to its right."""
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(widget)
    row.addStretch()
    return row


def _at_top(widget: QWidget) -> QVBoxLayout:
    """`widget` above, and nothing below it."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(widget)
    column.addStretch()
    return column
