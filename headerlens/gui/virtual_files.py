"""Mails that a mail program promises instead of handing them over as files (inputs.md 4).

Windows names them in a FileGroupDescriptor and gives the octets of each on request, where Qt can take them; Outlook's
own storage and macOS promises it can't, and those can only be answered with advice.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_DESCRIPTORS = (("FileGroupDescriptorW", 592, "utf-16-le"), ("FileGroupDescriptor", 332, "cp1252"))
"""Name of the format, octets of one descriptor, encoding of its name (FILEDESCRIPTORW and -A of shlobj_core.h)."""

_NAME_AT = 72
"""Where the name begins in a descriptor."""

BEGINNING = 200_000
"""Octets looked at; a header is seldom longer."""

_OUTLOOK_ITEM = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""A compound file, as Outlook saves a mail (.msg)."""

MOST = 500
"""Virtual files of one drop; each one is fetched while the window waits."""

SOME_BROWSER = "outlook-new"
"""Virtual files without another sign: new Outlook is a browser; any browser makes them of the links one drags."""

_SIGNS = (
    ("renprivate", "outlook-classic"),
    ("x-moz-message", "thunderbird"),
    ("com.apple.mail", "apple-mail"),
    ("filegroupdescriptor", SOME_BROWSER),
    ("promised-file", ""),
    ("filespromise", ""),
)
"""Part of a format's name, in lower case, and the program that offers it; the first that fits counts."""


def promised_client(mime: QMimeData) -> str | None:
    """The help id of the program that promises a mail, "" for one unknown; None when nothing is promised."""
    formats = [one.lower() for one in mime.formats()]
    return next((client for sign, client in _SIGNS if any(sign in one for one in formats)), None)


def virtual_files(mime: QMimeData) -> tuple[tuple[str, bytes], ...]:
    """Name and octets of each promised file that came and begins like a mail or a file Outlook saves; else ()."""
    names = _names(mime)
    found = []
    for index, name in enumerate(names[:MOST]):
        octets = bytes(mime.data(f"{_WINDOWS.format('FileContents')};index={index}").data())
        if _is_mail(octets):
            found.append((name or f"{index + 1}.eml", octets))
    return tuple(found)


def _names(mime: QMimeData) -> list[str]:
    """What the descriptors call the files."""
    for kind, size, codec in _DESCRIPTORS:
        octets = bytes(mime.data(_WINDOWS.format(kind)).data())
        if len(octets) >= 4 + size:
            count = min(int.from_bytes(octets[:4], "little"), (len(octets) - 4) // size)
            return [_name(octets[4 + one * size : 4 + (one + 1) * size], codec) for one in range(count)]
    return []


def _name(descriptor: bytes, codec: str) -> str:
    """The last part of the path, up to the first NUL."""
    written = descriptor[_NAME_AT:].decode(codec, "replace").split("\0", 1)[0]
    return written.replace("\\", "/").rpartition("/")[2]


def _is_mail(octets: bytes) -> bool:
    if not octets:
        return False
    # here: not needed before the first paint
    from headerlens.intake.blocks import begins_mail

    return octets.startswith(_OUTLOOK_ITEM) or begins_mail(octets[:BEGINNING].lstrip())
