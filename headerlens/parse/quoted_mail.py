"""Mails that a bounce quotes in its text, as qmail, Exim and Sendmail do (RFC 3464 came later than they)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from headerlens.intake.blocks import begins_mail, block_at

_SEARCHED_OCTETS = 256 * 1024
_MAX_MARKS = 20
_MARK = re.compile(
    rb"^[ \t]{0,8}-{2,60}[ \t]*(?:below this line is a copy of the message"
    rb"|enclosed (?:is a copy of the message|are the original headers of the message)"
    rb"|this is a copy of (?:the|your) message|undelivered message follows"
    rb"|(?:original|unsent|returned) message (?:header )?follows|message header follows)[^\r\n]{0,200}",
    re.MULTILINE | re.IGNORECASE,
)
_ONLY_HEADERS = re.compile(rb"header", re.IGNORECASE)
_ALL_HEADERS = re.compile(rb"including all the headers", re.IGNORECASE)
_CUT = re.compile(rb"-{2,60}[ \t]*the body of the message is \d{1,12} characters long; only the first", re.IGNORECASE)
_FILLER = re.compile(rb"(?:[ \t]*(?:-{2,60}[^\r\n]{0,200})?\r?\n)*+")
_MAX_FILLER_OCTETS = 2_000


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where a quoted mail begins in the text; it goes on to its end. `is_whole` unless it was cut or has no body."""

    start: int
    is_whole: bool


def quoted_mail(text: bytes) -> Quoted | None:
    """The mail that stands behind the usual line, with Received in its header; None where there is none."""
    for number, mark in enumerate(_MARK.finditer(text, 0, _SEARCHED_OCTETS)):
        if number >= _MAX_MARKS:
            break
        line_end = text.find(b"\n", mark.end()) + 1 or len(text)
        filler = _FILLER.match(text, line_end, min(len(text), line_end + _MAX_FILLER_OCTETS))
        start = filler.end() if filler else line_end
        if begins_mail(text, start) and "received" in block_at(text, start).names:
            told = text[mark.start() : start]
            only_headers = _ONLY_HEADERS.search(told) and not _ALL_HEADERS.search(told)
            return Quoted(start, is_whole=not (only_headers or _CUT.search(told)))
    return None
