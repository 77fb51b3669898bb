"""Renders the widgets into tests/output, for a look beside the design pictures: `python -m tests.support.preview`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from headerlens.gui.theme import Theme
from headerlens.gui.widgets.findings import FindingCard, FindingsList
from headerlens.gui.widgets.ladder import AlignmentLadder
from headerlens.gui.widgets.ladder_legend import LegendPopover
from headerlens.gui.widgets.message_line import MessageLine
from headerlens.gui.widgets.notice import Notice
from headerlens.gui.widgets.progress_card import ProgressCard
from headerlens.gui.widgets.refusal_card import RefusalCard
from headerlens.gui.widgets.verdict_card import VerdictCard
from headerlens.present.views import LadderView, ResultView
from tests.support import views

OUTPUT = Path(__file__).resolve().parent.parent / "output"


class Page(QWidget):
    """A window's ground with cards of one width on it."""

    def __init__(self, theme: Theme, width: int, margin: int, gap: int) -> None:
        super().__init__()
        self._theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(gap)
        self.resize(width, 100)

    def picture(self, name: str) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), self._theme.color("window"))
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.show()
        self.setFocus()
        self.resize(self.width(), self.column.totalHeightForWidth(self.width()))
        QApplication.processEvents()
        self.resize(self.width(), self.column.totalHeightForWidth(self.width()))
        QApplication.processEvents()
        OUTPUT.mkdir(exist_ok=True)
        self.grab().save(str(OUTPUT / f"{name}.png"))
        self.close()


def result_page(theme: Theme, view: ResultView, width: int, *, narrow: bool, findings: bool = True) -> Page:
    """Message line, verdict, ladder and findings as on the answer page; `width` is the card's."""
    margin = 20 if narrow else 24
    page = Page(theme, width + 2 * margin, margin, 12 if narrow else 14)
    line, card, ladder, found = MessageLine(theme), VerdictCard(theme), AlignmentLadder(theme), FindingsList(theme)
    line.set_narrow(narrow)
    card.set_narrow(narrow)
    ladder.set_narrow(narrow)
    line.show_view(view.line)
    card.show_view(view.verdict)
    ladder.show_view(view.ladder)
    found.show_view(view.findings_heading, view.findings_count, view.findings)
    for widget in (line, card, ladder, *((found,) if findings else ())):
        page.column.addWidget(widget)
    return page


def ladder_page(theme: Theme, view: LadderView, width: int, *, narrow: bool = False) -> Page:
    """One ladder alone."""
    page = Page(theme, width + 40, 20, 12)
    ladder = AlignmentLadder(theme)
    ladder.set_narrow(narrow)
    ladder.show_view(view)
    page.column.addWidget(ladder)
    return page


def others_page(theme: Theme) -> Page:
    """Progress, refusal, notice, an open finding and the legend."""
    page = Page(theme, 900, 20, 12)
    progress, refused, notice, finding = ProgressCard(theme), RefusalCard(theme), Notice(theme), FindingCard(theme)
    progress.show_view(views.progress())
    refused.show_refusal(views.refusal())
    notice.show_notice("The clipboard holds a mail from bank.example.co.jp.", button="Check it")
    finding.show_view(views.record_change())
    finding.set_open(True)
    legend = LegendPopover(theme, lambda: views.LEGEND_EN, page)
    legend.setWindowFlags(legend.windowFlags() & ~legend.windowType())
    for widget in (progress, refused, notice, finding, legend):
        page.column.addWidget(widget)
    return page


def jobs(theme: Theme) -> dict[str, Callable[[], Page]]:
    """Every picture by name."""
    found: dict[str, Callable[[], Page]] = {
        "07-spoofed": lambda: result_page(theme, views.spoofed(), 860, narrow=True),
        "03-all-pass": lambda: result_page(theme, views.all_pass(), 750, narrow=False),
        "04-spoofed": lambda: result_page(theme, views.spoofed(), 920, narrow=False),
        "05-third-party": lambda: result_page(theme, views.third_party(), 900, narrow=False),
        "others": lambda: others_page(theme),
    }
    for name in ("mailing_list", "offline", "headers_only", "pasted", "disagreement", "nothing_published"):
        found[f"09-{name}"] = lambda name=name: result_page(  # type: ignore[misc]
            theme, views.RESULTS[name](), 710, narrow=True, findings=False
        )
    for name in ("strict", "helo", "folded", "long_names"):
        for width in (636, 720, 1000):
            found[f"12-{name}-{width}"] = lambda name=name, width=width: ladder_page(  # type: ignore[misc]
                theme, views.LADDERS[name](), width
            )
    return found


def main() -> None:
    """Render what is named, everything without names."""
    app = QApplication([])
    font = QFont("Inter")
    font.setPixelSize(14)
    app.setFont(font)
    theme = Theme()
    for scheme in ("light", "dark", "contrast-light", "contrast-dark"):
        theme.set_high_contrast(scheme.startswith("contrast"))
        theme.apply(app, "dark" if scheme.endswith("dark") else "light")
        for name, make in jobs(theme).items():
            theme.set_japanese("05" in name or name in {"09-pasted", "09-disagreement", "09-nothing_published"})
            if len(sys.argv) == 1 or f"{name}-{scheme}" in sys.argv[1:]:
                make().picture(f"{name}-{scheme}")


if __name__ == "__main__":
    main()
