"""Our own words in the source: the trust border, decoded words, what was changed after signing, what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from headerlens.gui.source_lines import (
    Insert,
    Kind,
    Line,
    Remarks,
    Suffix,
    annotated,
    body_lines,
    body_ranges,
    header_lines,
)
from headerlens.gui.source_looks import Marking
from headerlens.gui.source_places import decoded_fields

if TYPE_CHECKING:
    from headerlens.model.case import Case


def body_start(case: Case | None) -> int | None:
    """Where the body begins, None where there is none."""
    start = case.message.body_start if case is not None else None
    return start if case is not None and start is not None and start < len(case.raw.octets) else None


def severity_word(severity: str) -> str:
    """Spoken before the sentence of a finding; on the screen the glyph says it."""
    words = {
        "problem": QCoreApplication.translate("FindingCard", "Problem"),
        "warning": QCoreApplication.translate("FindingCard", "Warning"),
        "good": QCoreApplication.translate("FindingCard", "In order"),
    }
    return words.get(severity) or QCoreApplication.translate("FindingCard", "Note")


class SourceWording(QObject):
    """Makes the lines of a case, in the language in force."""

    def lines(
        self, case: Case, marking: Marking, portions: int, places: Sequence[tuple[int, int]], *, decode: bool
    ) -> Iterator[Line]:
        """The source with `portions` of its body, and there also what is around changes and `places`."""
        octets, message = case.raw.octets, case.message
        end = len(octets) if message.body_start is None else message.body_start
        lines = header_lines(octets, end, message.fields, self._remarks())
        if portions:
            lines = chain(lines, self._body(case, marking, portions, places))
        return annotated(lines, self._inserts(case, marking, decode=decode), self._suffixes(case, marking))

    def body(self, case: Case, marking: Marking, portions: int, places: Sequence[tuple[int, int]]) -> Iterator[Line]:
        """Only what `lines` has more than without the body."""
        start = body_start(case) or 0
        inserts = (one for one in self._inserts(case, marking, decode=False) if one.at > start)
        suffixes = (one for one in self._suffixes(case, marking) if one.at >= start)
        return annotated(self._body(case, marking, portions, places), inserts, suffixes)

    def _body(self, case: Case, marking: Marking, portions: int, places: Sequence[tuple[int, int]]) -> Iterator[Line]:
        octets, start = case.raw.octets, body_start(case)
        if start is None:
            return iter(())
        anchors = [*places, *((mark.start, mark.end) for mark in marking.marks)]
        ranges = body_ranges(octets, start, portions, [one for one in anchors if one[0] >= start])
        return body_lines(octets, ranges, len(octets), self._remarks())

    def _remarks(self) -> Remarks:
        return Remarks(self._more_characters, self._more_lines)

    def _inserts(self, case: Case, marking: Marking, *, decode: bool) -> Iterator[Insert]:
        """Lines of ours, in the order they stand at one place: decoded, the signed original, the trust border."""
        fields = case.message.fields
        if decode:
            for field, text in decoded_fields(fields):
                #: Line under a header whose encoded words are decoded
                words = self.tr("decoded: {text}").format(text=text)
                yield Insert(field.end, Kind.DECODED, words, field.index)
        for mark in marking.marks:
            if mark.signed:
                #: Line under a place that was changed after signing: what was signed
                words = self.tr("signed original: {text}").format(text=mark.signed)
                yield Insert(mark.after, Kind.SIGNED, words)
        if marking.border is not None:
            #: Band in the header source; the picture of a fence stands beside it
            words = self.tr("Trust border: everything below came with the message")
            yield Insert(fields[marking.border].end, Kind.BORDER, words)

    def _suffixes(self, case: Case, marking: Marking) -> Iterator[Suffix]:
        for index in sorted(marking.unbelieved):
            #: Behind a recorded result that anyone could have written
            yield Suffix(case.message.fields[index].start, self.tr("not trusted"))
        words = {
            #: Behind a line with a proved change
            "added": self.tr("added after signing"),
            "changed": self.tr("changed after signing"),
            "removed": self.tr("removed after signing"),
        }
        for mark in marking.marks:
            yield Suffix(min(mark.start, max(0, len(case.raw.octets) - 1)), f"◂ {words[mark.what]}")

    def _more_characters(self, count: int) -> str:
        #: At the end of a line that is cut
        return self.tr("… %n more character(s)", "", count)

    def _more_lines(self, count: int) -> str:
        #: In place of lines that are left out
        return self.tr("… %n more line(s) not shown here", "", count)
