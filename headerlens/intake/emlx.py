"""Apple Mail's .emlx: a line with a count of octets, the message of that length with LF, and a property list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from headerlens.intake.blocks import begins_mail

_COUNT = re.compile(rb"[ \t]{0,20}(\d{1,10})[ \t]{0,20}\r?\n")
_LIST = re.compile(rb"\s{0,8}(?:<\?xml|<!DOCTYPE plist|<plist|\Z)")
_HEAD_OCTETS = 64 * 1024


@dataclass(frozen=True, slots=True)
class Inner:
    """The message inside: octets `start` to `end`; `is_whole` is false where the file ends before the count does."""

    start: int
    end: int
    is_whole: bool


def begins_emlx(head: bytes) -> bool:
    """Whether the first octets are a count and the header of a mail."""
    count = _COUNT.match(head)
    return count is not None and begins_mail(_with_crlf(head[count.end() : count.end() + _HEAD_OCTETS]))


def message_in(octets: bytes) -> Inner | None:
    """Where the message stands, None when this is no .emlx.

    The count decides; where no property list follows it, the list itself is looked for at the end of the file.
    """
    count = _COUNT.match(octets)
    if count is None or not begins_emlx(octets[: count.end() + _HEAD_OCTETS]):
        return None
    start = count.end()
    end = start + int(count[1])
    if end <= len(octets) and _LIST.match(octets, end):
        return Inner(start, end, is_whole=True)
    found = octets.rfind(b"<?xml", start)
    if found >= 0 and b"<plist" in octets[found : found + 400]:
        return Inner(start, found, is_whole=True)
    return Inner(start, min(end, len(octets)), is_whole=end <= len(octets))


def is_partial(name: str) -> bool:
    """Whether Apple Mail keeps only a part of this message's body, by the name it gives such files."""
    return name.lower().endswith(".partial.emlx")


def _with_crlf(head: bytes) -> bytes:
    return head if b"\r\n" in head else head.replace(b"\n", b"\r\n")
