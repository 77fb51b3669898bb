"""An entry of the session as a title and as a row of the list."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from headerlens.gui.batch_run import Batch
from headerlens.gui.drops import Unusable
from headerlens.gui.session import Entry, State
from headerlens.gui.source_text import visible
from headerlens.gui.widgets.session_list import Row
from headerlens.present.views import Glyph, ResultView, Tone


def verdict_word(level: str) -> str:
    """The verdict in two words, for the title bar and the list."""
    words = {
        "pass": QCoreApplication.translate("Shown", "Authenticated"),
        "partial": QCoreApplication.translate("Shown", "Headers only"),
        "warn": QCoreApplication.translate("Shown", "Not confirmed"),
        "fail": QCoreApplication.translate("Shown", "Not authenticated"),
        "unknown": QCoreApplication.translate("Shown", "Can't tell"),
    }
    return words.get(level, words["unknown"])


def state_word(state: State) -> str:
    """What an entry without a case says."""
    words = {
        State.WAITING: QCoreApplication.translate("Shown", "Waiting"),
        State.RUNNING: QCoreApplication.translate("Shown", "Checking…"),
        State.REFUSED: QCoreApplication.translate("Shown", "Not an email"),
        State.BROKEN: QCoreApplication.translate("Shown", "Program mistake"),
        State.STOPPED: QCoreApplication.translate("Shown", "Stopped"),
    }
    return words.get(state, "")


def advice(reason: Unusable, client: str = "") -> str:
    """What to do instead, for a drop that holds nothing to check; `client` is the program it came from."""
    if reason is Unusable.REMOTE and client:
        return QCoreApplication.translate(
            "Shown",
            "That is the address of a page, not the mail. HeaderLens fetches nothing: save the message as a file "
            "first, then drop the file.",
        )
    words = {
        Unusable.REMOTE: QCoreApplication.translate(
            "Shown", "That is a web address. HeaderLens fetches nothing: save the mail as a file first."
        ),
        Unusable.MAIL_PROGRAM: QCoreApplication.translate(
            "Shown", "The mail program kept the mail back. Save the message first, then drop the file."
        ),
        Unusable.NOTHING: QCoreApplication.translate("Shown", "There is no saved email or text in it."),
    }
    return words[reason]


def domain_of(entry: Entry) -> str:
    """The domain of the shown sender in A-labels, "" when there is none."""
    return entry.domain


def title_of(entry: Entry | None) -> str:
    """The title of the window: whose mail, and how it ended."""
    if entry is None:
        return "HeaderLens"
    if entry.batch is not None:
        return f"{visible(entry.batch.name)} – HeaderLens"
    if not entry.has_case:
        return " – ".join(one for one in (visible(entry.source.name), state_word(entry.state), "HeaderLens") if one)
    word = verdict_word(entry.level)
    return " – ".join(one for one in (domain_of(entry), word, "HeaderLens") if one)


class Shown(QObject):
    """Holds the words that count: lupdate of PySide6 6.11 sees plurals in `tr` of a class only."""

    def messages(self, n: int) -> str:
        """How many messages there are."""
        return self.tr("%n message(s)", "", n)


def _row_of_batch(batch: Batch, time: str) -> Row:
    """The line of many messages: the worst result among them, and how many there are."""
    looks = {"fail": (Glyph.FAIL, Tone.FAIL), "warn": (Glyph.WARN, Tone.WARN), "pass": (Glyph.PASS, Tone.PASS)}
    worst = next((group for group in ("fail", "warn", "trouble", "unknown", "pass") if batch.counts[group]), "")
    glyph, tone = (Glyph.RUN, Tone.INFO) if batch.running else looks.get(worst, (Glyph.UNKNOWN, Tone.UNKNOWN))
    count = Shown().messages(len(batch.lines))
    return Row(glyph, tone, visible(batch.name), time, count, f"{visible(batch.name)}, {count}")


def row_of(entry: Entry, view: ResultView | None) -> Row:
    """The line of the session list; without a `view` it names the file."""
    time = entry.finished.strftime("%H:%M") if entry.finished else ""
    if entry.batch is not None:
        return _row_of_batch(entry.batch, time)
    if view is None or not entry.has_case:
        glyph = {State.WAITING: Glyph.WAIT, State.RUNNING: Glyph.RUN}.get(entry.state, Glyph.UNKNOWN)
        tone = Tone.INFO if entry.state in {State.WAITING, State.RUNNING} else Tone.UNKNOWN
        word = state_word(entry.state)
        return Row(glyph, tone, visible(entry.source.name), time, word, f"{word}, {visible(entry.source.name)}")
    domain = domain_of(entry) or view.line.address
    word = verdict_word(entry.level)
    spoken = ", ".join(one for one in (word, domain, view.line.subject, time) if one)
    return Row(view.verdict.glyph, view.verdict.tone, domain, time, view.line.subject, spoken)
