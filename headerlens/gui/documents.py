"""What leaves the window as a document: report, ticket and case file. Its rooms are imported when one is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPagedPaintDevice

    from headerlens.model.case import Case
    from headerlens.model.verdicts import SecondOpinion
    from headerlens.present.report_views import ReportView


@dataclass(frozen=True, slots=True)
class Manner:
    """How a document is written: its language, "en" or "ja", and whether recipients are masked."""

    language: str
    masked: bool = True


class Documents:
    """Makes documents of a finished case. Nothing of it needs the network."""

    def view(self, case: Case, opinions: tuple[SecondOpinion, ...], manner: Manner, *, sample: bool) -> ReportView:
        """Everything that reports show."""
        from headerlens.present.report import present_report
        from headerlens.present.words import Words

        words = Words("ja" if manner.language == "ja" else "en")
        return present_report(case, words, second=opinions, sample=sample, masked=manner.masked)

    def ticket(self, view: ReportView) -> str:
        """The summary for a ticket."""
        from headerlens.report.ticket import ticket_text

        return ticket_text(view)

    def report(self, view: ReportView, ending: str) -> bytes:
        """The file of a report with this ending: ".html", ".pdf" or ".md"."""
        makers: dict[str, Callable[[ReportView], bytes]] = {".html": _html, ".pdf": _pdf, ".md": _markdown}
        return makers[ending](view)

    def missing_font(self, view: ReportView) -> str:
        """What to say where a printed report would lack characters, "" where it lacks none."""
        from headerlens.pdf.write import missing_font

        return missing_font([view]) or ""

    def paint(self, view: ReportView, device: QPagedPaintDevice) -> None:
        """The report on paper."""
        from headerlens.pdf.write import print_report

        print_report([view], device)

    def case_file(self, case: Case) -> bytes:
        """The message with its answers and the clock."""
        from headerlens.casefile import save_case

        return save_case(case)


def _html(view: ReportView) -> bytes:
    from headerlens.report.html import html_report

    return html_report([view]).encode()


def _pdf(view: ReportView) -> bytes:
    from headerlens.pdf.write import pdf_report

    return pdf_report([view])


def _markdown(view: ReportView) -> bytes:
    from headerlens.report.markdown import markdown_reports

    return markdown_reports([view]).encode()
