"""What a line of the table says, column by column and as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from headerlens.batch.crash import Failure
from headerlens.gui.batch_run import Line
from headerlens.gui.shown import verdict_word
from headerlens.gui.source_text import visible
from headerlens.present.views import Glyph, Tone

if TYPE_CHECKING:
    from headerlens.present.batch import BatchRow, Said

CHANGED = frozenset({"S7", "S9", "S10", "S17"})
"""Situations in which the message itself differs from what was sent."""

FADED = frozenset({"S16"})


def result_word(line: Line) -> str:
    """The result in two or three words; more exact than the level where that is possible."""
    row = line.row
    if row is not None:
        return _verdict(row)
    if line.outcome is None:
        return QCoreApplication.translate("BatchWords", "Waiting")
    if isinstance(line.outcome, Failure):
        return QCoreApplication.translate("BatchWords", "Program mistake")
    return QCoreApplication.translate("BatchWords", "Not read")


def _verdict(row: BatchRow) -> str:
    if row.situation in CHANGED and row.level == "warn":
        return QCoreApplication.translate("BatchWords", "Changed on the way")
    if row.situation in FADED and row.level == "warn":
        return QCoreApplication.translate("BatchWords", "Can't be repeated")
    return verdict_word(row.level)


def result_look(line: Line) -> tuple[Glyph, Tone]:
    """The shape and colour beside the word."""
    row = line.row
    if row is not None:
        return row.glyph, row.tone
    if line.outcome is None:
        return Glyph.WAIT, Tone.UNKNOWN
    return (Glyph.WARN, Tone.WARN) if isinstance(line.outcome, Failure) else (Glyph.UNKNOWN, Tone.UNKNOWN)


def sender_of(line: Line) -> str:
    """The domain of the shown sender; a message without one is called by its file."""
    row = line.row
    return (row.domain or row.address if row is not None else "") or visible(line.locator.name)


def spoken(line: Line, said: Said | None, time: str, reason: str) -> str:
    """The whole line for a screen reader."""
    row = line.row
    if row is None or said is None:
        return ", ".join(one for one in (result_word(line), visible(line.locator.name), reason) if one)
    chips = said.chips
    recorded = QCoreApplication.translate("BatchWords", "DMARC recorded: {recorded}, now: {now}")
    parts = (
        result_word(line),
        sender_of(line),
        row.subject,
        f"SPF {chips.spf.word}",
        f"DKIM {chips.dkim.word}",
        recorded.replace("{recorded}", chips.recorded.word).replace("{now}", chips.now.word),
        time,
    )
    return ", ".join(one for one in parts if one)


def group_word(group: str) -> str:
    """What a filter chip is called."""
    words = {
        "": QCoreApplication.translate("BatchWords", "All"),
        "trouble": QCoreApplication.translate("BatchWords", "Not read"),
    }
    return words.get(group) or verdict_word(group)


GROUP_LOOK = {
    "fail": (Glyph.FAIL, Tone.FAIL),
    "warn": (Glyph.WARN, Tone.WARN),
    "unknown": (Glyph.UNKNOWN, Tone.UNKNOWN),
    "pass": (Glyph.PASS, Tone.PASS),
    "trouble": (Glyph.OTHER, Tone.UNKNOWN),
}
