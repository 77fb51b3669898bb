"""What a drop or the clipboard carries: files, a text, or something that can only be answered with advice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

LONGEST_TEXT = 64_000_000
"""Characters taken from the clipboard; intake has its own, lower limit and a sentence for it."""

MOST_FILES = 500
"""Files of one drop that are checked; a mailbox of more belongs into a folder or mbox."""


class Unusable(StrEnum):
    """Why nothing of it can be checked."""

    NOTHING = "nothing"
    REMOTE = "remote"
    MAIL_PROGRAM = "mail-program"


@dataclass(frozen=True, slots=True)
class Carried:
    """`paths` or `text`; with neither, `unusable` says why. `left` counts the files beyond the limit."""

    paths: tuple[Path, ...] = ()
    text: str | None = None
    unusable: Unusable | None = None
    left: int = 0


def carried(mime: QMimeData) -> Carried:
    """Files before text: a file manager sends both, and the text is only the path."""
    urls = mime.urls() if mime.hasUrls() else []
    local = tuple(dict.fromkeys(Path(url.toLocalFile()) for url in urls if url.isLocalFile() and url.toLocalFile()))
    if local:
        return Carried(paths=local[:MOST_FILES], left=max(0, len(local) - MOST_FILES))
    if urls:
        web = all(url.scheme().lower() in {"http", "https", "ftp", "file"} for url in urls)
        return Carried(unusable=Unusable.REMOTE if web else Unusable.MAIL_PROGRAM)
    return _carried_text(mime)


def _carried_text(mime: QMimeData) -> Carried:
    if _from_mail_program(mime):
        return Carried(unusable=Unusable.MAIL_PROGRAM)
    text = mime.text() if mime.hasText() else ""
    if not text.strip():
        return Carried(unusable=Unusable.NOTHING)
    first = text.lstrip()[:40].lower()
    if "\n" not in text.strip():
        if first.startswith(("imap-message:", "mailbox-message:", "message:")):
            return Carried(unusable=Unusable.MAIL_PROGRAM)
        if first.startswith(("http://", "https://")):
            return Carried(unusable=Unusable.REMOTE)
    return Carried(text=text[:LONGEST_TEXT])


def _from_mail_program(mime: QMimeData) -> bool:
    """Outlook and Apple Mail promise a file that Qt cannot fetch; the text beside it is a line of the list only."""
    signs = ("filegroupdescriptor", "renprivate", "com.apple.mail", "x-moz-message")
    return any(sign in one.lower() for one in mime.formats() for sign in signs)


def offers_something(mime: QMimeData) -> bool:
    """Whether a drop of this could be checked; asked while it hovers, so nothing large is read."""
    if mime.hasUrls():
        return any(url.isLocalFile() for url in mime.urls())
    return mime.hasText() and not _from_mail_program(mime)


def on_clipboard() -> QMimeData:
    """What the clipboard holds; empty data where the system answers nothing, which Qt's stubs don't know of."""
    held: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if held is None else held
