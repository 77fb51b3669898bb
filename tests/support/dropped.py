"""Drops and clipboards as mail programs and file managers really offer them (inputs.md 4), as QMimeData."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

WINDOWS = 'application/x-qt-windows-mime;value="{}"'


def files(*paths: Path) -> QMimeData:
    """Explorer, Finder, Nautilus, Dolphin."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def text(words: str, html: str = "") -> QMimeData:
    """A text field, a browser."""
    mime = QMimeData()
    mime.setText(words)
    if html:
        mime.setHtml(html)
    return mime


def uris(*written: str) -> QMimeData:
    """text/uri-list as it stands."""
    mime = QMimeData()
    mime.setData("text/uri-list", "".join(f"{one}\r\n" for one in written).encode())
    return mime


def descriptor(*names: str) -> bytes:
    """A FILEGROUPDESCRIPTORW: a count, then 592 octets for each file, its name from octet 72 on."""
    items = (b"\0" * 72 + name.encode("utf-16-le").ljust(520, b"\0") for name in names)
    return len(names).to_bytes(4, "little") + b"".join(items)


def old_descriptor(*names: str) -> bytes:
    """A FILEGROUPDESCRIPTORA: 332 octets for each file."""
    items = (b"\0" * 72 + name.encode("cp1252").ljust(260, b"\0") for name in names)
    return len(names).to_bytes(4, "little") + b"".join(items)


def classic_outlook(
    names: Sequence[str] = ("Invoice.msg", "Reminder.msg"), contents: Sequence[bytes] = ()
) -> QMimeData:
    """The formats a Qt user reported (forum.qt.io/topic/70101): FileContents comes empty, the text is a list line."""
    mime = QMimeData()
    for kind, octets in (
        ("RenPrivateSourceFolder", b"\0" * 8),
        ("RenPrivateMessages", b"\0" * 64),
        ("RenPrivateItem", b""),
        ("FileGroupDescriptor", old_descriptor(*names)),
        ("FileGroupDescriptorW", descriptor(*names)),
        ("FileContents", b""),
        ("Object Descriptor", b"\0" * 100),
    ):
        mime.setData(WINDOWS.format(kind), octets)
    for index, octets in enumerate(contents):
        mime.setData(f"{WINDOWS.format('FileContents')};index={index}", octets)
    mime.setText("From\tSubject\tReceived\tSize\nMidori Supply\tInvoice 2026-1182\tFri 20/11\t12 KB\n")
    return mime


def new_outlook(contents: bytes = b"") -> QMimeData:
    """New Outlook and OWA in Edge or Chrome: virtual files that only an asynchronous target gets."""
    mime = QMimeData()
    mime.setData(WINDOWS.format("FileGroupDescriptorW"), descriptor("Invoice.eml"))
    mime.setData(WINDOWS.format("FileContents"), b"")
    mime.setData(f"{WINDOWS.format('FileContents')};index=0", contents)
    mime.setData(WINDOWS.format("chromium/x-renderer-taint"), b"")
    return mime


def apple_mail() -> QMimeData:
    """A promise of a file."""
    mime = QMimeData()
    mime.setData("com.apple.mail.email", b"bplist00")
    mime.setData("com.apple.pasteboard.promised-file-url", b"")
    mime.setText("Invoice 2026-1182")
    return mime


def thunderbird(path: Path | None = None) -> QMimeData:
    """about3Pane.js: the URI as text, moz formats; on Linux a file is made as soon as the list is asked for."""
    mime = QMimeData()
    uri = "imap-message://me%40example.com@imap.example.com/INBOX#1182"
    mime.setData("text/x-moz-message", uri.encode("utf-16-le"))
    mime.setData("text/x-moz-url", f"{uri}\nInvoice".encode("utf-16-le"))
    mime.setData("application/x-moz-file-promise-url", f"{uri}?fileName=Invoice.eml".encode("utf-16-le"))
    mime.setData("application/x-moz-file-promise-dest-filename", "Invoice.eml".encode("utf-16-le"))
    mime.setText(uri)
    if path is not None:
        mime.setUrls([QUrl.fromLocalFile(str(path))])
    return mime
