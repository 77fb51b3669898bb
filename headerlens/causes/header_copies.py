"""What the message itself keeps of a field: z= of the signature (RFC 6376 3.5), and copies such as X-Original-From."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from headerlens.causes.header_readings import with_line_end
from headerlens.model.message import HeaderField
from headerlens.parse.signature_values import without_blanks

_BEFORE = ("x-", "original-", "old-", "orig-", "resent-")
_LONG_COPY = 16 * 1024
_MOST_COPIES = 20
_SAME = {"subject": ("thread-topic",), "to": ("x-original-recipient",), "from": ("x-original-sender",)}
"""Fields of another name that hold the same: Outlook keeps the plain subject in Thread-Topic."""

_SPELLINGS = {"message-id": b"Message-ID", "mime-version": b"MIME-Version", "cc": b"Cc", "list-id": b"List-Id"}


def copies(key: str, fields: Iterable[HeaderField]) -> Iterator[bytes]:
    """The values of fields whose name says that they keep an older `key`, folds and final CRLF included."""
    kept = (field for field in fields if _keeps(field.key, key) and len(field.raw) <= _LONG_COPY)
    for _, field in zip(range(_MOST_COPIES), kept, strict=False):
        yield with_line_end(field.body)


def copied(copied_fields: str | None) -> tuple[tuple[str, bytes], ...]:
    """z= as name in lower case and raw field with CRLF, in the order in which the signer wrote them; () without z=.

    The values are dkim-quoted-printable with the blanks of the original (RFC 6376 2.11), its folds included.
    """
    if copied_fields is None or len(copied_fields) > 2 * _LONG_COPY:
        return ()
    found = []
    for entry in copied_fields.split("|"):
        name, colon, value = without_blanks(entry).partition(":")
        if colon and name.isascii():
            found.append((name.strip().lower(), name.encode("ascii") + b":" + with_line_end(_octets(value))))
    return tuple(found)


def spelt(key: str) -> bytes:
    """The name of a field as it is usually written."""
    return _SPELLINGS.get(key) or b"-".join(part.capitalize() for part in key.encode("ascii", "replace").split(b"-"))


def _keeps(name: str, key: str) -> bool:
    if name in _SAME.get(key, ()):
        return True
    return name != key and name.endswith("-" + key) and name.startswith(_BEFORE)


def _octets(value: str) -> bytes:
    """dkim-quoted-printable as octets: unlike a tag's text, a field may hold any."""
    pieces = value.split("=")
    octets = bytearray(pieces[0].encode("utf-8", "replace"))
    for piece in pieces[1:]:
        try:
            octets.append(int(piece[:2], 16))
            octets += piece[2:].encode("utf-8", "replace")
        except ValueError:
            octets += b"=" + piece.encode("utf-8", "replace")
    return bytes(octets)
