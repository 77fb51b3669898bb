"""What a drop or the clipboard carries: files, a text, or something that can only be answered with advice.

Which formats a mail program offers stands in inputs.md 4. Nothing is fetched, and nothing large is copied.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from headerlens.gui.virtual_files import SOME_BROWSER, promised_client, virtual_files

LONGEST_TEXT = 64_000_000
"""Characters taken from the clipboard; intake has its own, lower limit and a sentence for it."""

MOST_FILES = 20_000
"""Files of one drop that are taken; a mailbox of more is better dropped as its folder."""

_FILE_LISTS = ("x-special/gnome-copied-files", "x-special/mate-copied-files")
"""What file managers copy beside or instead of text/uri-list: a word such as "copy", then one URI a line."""

_FIRST_LINE_OF_A_LIST = "x-special/nautilus-clipboard"

_MAIL_SCHEMES = {
    "imap-message": "thunderbird",
    "imap": "thunderbird",
    "mailbox-message": "thunderbird",
    "mailbox": "thunderbird",
    "news-message": "thunderbird",
    "message": "apple-mail",
    "mid": "",
    "cid": "",
}
"""Schemes of mails inside a mail program, and the program that writes them."""

_HOSTS = {
    "mail.google.com": "gmail",
    "outlook.live.com": "outlook-new",
    "outlook.office.com": "outlook-new",
    "outlook.office365.com": "outlook-new",
    "outlook.cloud.microsoft": "outlook-new",
    "mail.yahoo.com": "yahoo",
    "mail.yahoo.co.jp": "yahoo-japan",
    "icloud.com": "icloud",
    "mail.proton.me": "proton",
    "app.fastmail.com": "fastmail",
    "mail.zoho.com": "zoho",
}
"""Web mail by the host of its pages, the name itself or one below it."""


class Unusable(StrEnum):
    """Why nothing of it can be checked."""

    NOTHING = "nothing"
    REMOTE = "remote"
    MAIL_PROGRAM = "mail-program"


@dataclass(frozen=True, slots=True)
class Carried:
    """`paths`, `text` (with `html` beside it) or `files` (name and octets); with none of them, `unusable` says why.

    `client` is the id of the program in resources/help that the drop came from, "" where it does not tell. `left`
    counts the files beyond the limit.
    """

    paths: tuple[Path, ...] = ()
    text: str | None = None
    html: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    unusable: Unusable | None = None
    client: str = ""
    left: int = 0


def carried(mime: QMimeData) -> Carried:
    """Files before text: a file manager sends both, and the text is only the path."""
    urls = _urls(mime)
    local = tuple(dict.fromkeys(Path(url.toLocalFile()) for url in urls if url.isLocalFile() and url.toLocalFile()))
    if local:
        return Carried(paths=local[:MOST_FILES], left=max(0, len(local) - MOST_FILES))
    files = virtual_files(mime)
    if files:
        return Carried(files=files)
    client = promised_client(mime)
    of_urls = _of_urls(urls) if urls else None
    if of_urls is not None and (of_urls.client or client in {None, "", SOME_BROWSER}):
        return of_urls
    if client is not None:
        return Carried(unusable=Unusable.MAIL_PROGRAM, client=client)
    return _of_text(mime)


def offers_something(mime: QMimeData) -> bool:
    """Whether a drop of this could be checked; asked while it hovers, so nothing large is read."""
    if any(mime.hasFormat(one) for one in _FILE_LISTS):
        return True
    if mime.hasUrls():
        return any(url.isLocalFile() for url in mime.urls())
    return (mime.hasText() or mime.hasHtml()) and promised_client(mime) is None


def on_clipboard() -> QMimeData:
    """What the clipboard holds; empty data where the system answers nothing, which Qt's stubs don't know of."""
    held: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if held is None else held


def _urls(mime: QMimeData) -> list[QUrl]:
    """The addresses of a drop, or of files copied in a file manager."""
    if mime.hasUrls():
        return mime.urls()
    listed = next((mime.data(one).data() for one in _FILE_LISTS if mime.hasFormat(one)), b"")
    lines = bytes(listed).decode("utf-8", "replace").splitlines()[1:]
    return [QUrl(line.strip()) for line in lines if line.startswith("file:")]


def _of_urls(urls: list[QUrl]) -> Carried:
    """No file is among them: pages, or mails inside a mail program."""
    for url in urls:
        scheme = url.scheme().lower()
        if scheme in _MAIL_SCHEMES:
            return Carried(unusable=Unusable.MAIL_PROGRAM, client=_MAIL_SCHEMES[scheme])
    return Carried(unusable=Unusable.REMOTE, client=next(filter(None, map(_client_of, urls)), ""))


def _client_of(url: QUrl) -> str:
    """The web mail whose page this is, "" for any other."""
    host = url.host().lower()
    return next((client for name, client in _HOSTS.items() if host == name or host.endswith(f".{name}")), "")


def _of_text(mime: QMimeData) -> Carried:
    """A text, unless it is one address; a 25 MB one is not copied again."""
    text = mime.text() if mime.hasFormat("text/plain") else ""
    html = mime.html() if mime.hasHtml() else ""
    if not _says_anything(text) and not _says_anything(html):
        return Carried(unusable=Unusable.NOTHING)
    first, _, rest = text[:4096].lstrip().partition("\n")
    if first.strip() == _FIRST_LINE_OF_A_LIST:
        listed = QMimeData()
        listed.setUrls([QUrl(line.strip()) for line in text.splitlines() if line.startswith("file:")])
        return carried(listed) if listed.hasUrls() else Carried(unusable=Unusable.NOTHING)
    address = QUrl(first.strip())
    if not rest.strip() and len(text) < 4096 and address.scheme().lower() in {*_MAIL_SCHEMES, "http", "https"}:
        return _of_urls([address])
    return Carried(text=text[:LONGEST_TEXT], html=html[:LONGEST_TEXT])


def _says_anything(text: str) -> bool:
    return bool(text) and not text.isspace()
