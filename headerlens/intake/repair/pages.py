"""Saved and copied web pages: escapes and markup undone, .mht files opened (RFC 2557; inputs.md 1.2, 3)."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator

from headerlens.intake.blocks import SEARCH_OCTETS, header_end
from headerlens.intake.repair.steps import CRLF, Repaired, if_mail
from headerlens.model.limits import MAX_HEADER_OCTETS
from headerlens.model.message import Repair

_PRE = re.compile(rb"<pre\b[^<>]{0,500}>", re.IGNORECASE)
_MARKUP = re.compile(rb"<[^<>]{0,2000}>")
_LINE_BREAK = re.compile(rb"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_UNSHOWN = re.compile(rb"<(script|style|head)\b.{0,300000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_USUAL = (
    (b"&lt;", b"<"), (b"&gt;", b">"), (b"&quot;", b'"'), (b"&apos;", b"'"), (b"&nbsp;", b" "),
    (b"&#34;", b'"'), (b"&#39;", b"'"), (b"&#x27;", b"'"), (b"&#x2F;", b"/"), (b"&#x3D;", b"="), (b"&#160;", b" "),
    (b"&#32;", b" "),
)  # fmt: skip
_NUMBERED = re.compile(rb"&#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));")
_EXCHANGED = {0xA0: b" ", 0x26: b"&amp;"}
_ESCAPED_TWICE = 3
_PRES_TRIED = 20
_ARCHIVE_MARK = re.compile(rb"^(?:Snapshot-Content-Location:|From: *\"?<?Saved by )", re.MULTILINE | re.IGNORECASE)
_SENT_MARK = re.compile(
    rb"^(?:Received|Return-Path|Delivered-To|DKIM-Signature|ARC-[a-z-]{1,40}|Authentication-Results|To|Cc|Message-ID)"
    rb"[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
"""What a mail has that was sent, and a page that a browser saved has not."""

_BOUNDARY = re.compile(rb'boundary="?([^"\r\n;]{1,200})', re.IGNORECASE)
_ENCODING = re.compile(rb"^Content-Transfer-Encoding:[ \t]*([\w-]{1,30})", re.MULTILINE | re.IGNORECASE)
_IS_HTML = re.compile(rb"^Content-Type:[ \t]*text/html\b", re.MULTILINE | re.IGNORECASE)


def from_page(octets: bytes) -> Repaired | None:
    """The mail inside a <pre> of a saved web page, its markup and escapes undone."""
    if not octets[:500].lstrip().startswith(b"<"):
        return None
    for opening, inner in _preformatted(octets):
        plain = unescaped_text(_MARKUP.sub(b"", inner)).lstrip(b"\r\n")
        is_gmail = b"mail.google" in octets[: opening.start()]
        if found := if_mail(plain, Repair("repair.gmail-page" if is_gmail else "repair.html-escaped", 1)):
            return found
    return None


def from_markup(octets: bytes) -> Repaired | None:
    """The text that a saved web page shows, a line for each of its lines."""
    if not octets[:500].lstrip().startswith(b"<") or b">" not in octets[:4000]:
        return None
    shown = _UNSHOWN.sub(b"", octets) if octets.count(b"<script") + octets.count(b"<style") < 200 else octets
    broken = _LINE_BREAK.sub(CRLF, shown.replace(CRLF, b" "))
    return unescaped_text(_MARKUP.sub(b"", broken)), Repair("repair.html-escaped", 1)


def from_archive(octets: bytes) -> Repaired | None:
    """The web page inside a .mht file, its transfer encoding undone; its line ends are CRLF."""
    head = octets[: min(header_end(octets), 64 * 1024)]
    boundary = _BOUNDARY.search(head)
    if boundary is None or not is_web_archive(octets):
        return None
    mark = b"--" + boundary[1].strip()
    place = octets.find(mark)
    for _ in range(_PRES_TRIED):
        fields = octets.find(CRLF, place) + 2 if place >= 0 else 1
        end = octets.find(CRLF + mark, fields)
        if fields <= 1:
            return None
        part = octets[fields : end if end >= 0 else len(octets)]
        if _IS_HTML.search(part[: header_end(part)]):
            return _content(part), Repair("repair.saved-page", 1)
        place = end + 2 if end >= 0 else -1
    return None


def is_web_archive(octets: bytes) -> bool:
    """Whether this is a page that a browser saved as .mht; it looks like a mail and is none."""
    head = octets[: min(header_end(octets), 64 * 1024)]
    is_marked = b"multipart/related" in head.lower() and _ARCHIVE_MARK.search(head) is not None
    return is_marked and _SENT_MARK.search(head) is None


def unescaped(octets: bytes) -> Repaired | None:
    """HTML escapes undone, also when made twice, when the header has "&lt;" and not a single "<": a real one has."""
    count = 0
    for _ in range(_ESCAPED_TWICE):
        header = octets[: min(header_end(octets), MAX_HEADER_OCTETS)]
        if b"<" in header or not (b"&lt;" in header or b"&amp;lt;" in header):
            break
        count = count or octets.count(b"&")
        octets = unescaped_text(octets)
    return (octets, Repair("repair.html-escaped", count)) if count else None


def unescaped_front(octets: bytes) -> Repaired | None:
    """HTML escapes undone in text that holds "&lt;" or "&gt;" near its beginning: only a step on the way to a mail."""
    head = octets[:SEARCH_OCTETS]
    if b"&lt;" not in head and b"&gt;" not in head:
        return None
    return unescaped_text(octets), Repair("repair.html-escaped", head.count(b"&"))


def unescaped_text(octets: bytes) -> bytes:
    """What a page or a chat escapes, undone once; a no-break space becomes a blank. "&" comes last."""
    for reference, octet in _USUAL:
        octets = octets.replace(reference, octet)
    if b"&#" in octets:
        octets = _NUMBERED.sub(_character, octets)
    return octets.replace(b"&amp;", b"&")


def _character(found: re.Match[bytes]) -> bytes:
    """The character of a number; an ampersand stays escaped until all else is done."""
    number = int(found[1]) if found[1] else int(found[2], 16)
    if number in _EXCHANGED:
        return _EXCHANGED[number]
    is_character = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number).encode() if is_character else found[0]


def _preformatted(octets: bytes) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """The contents of the first few <pre>, each up to its end tag; the first also up to the last end tag."""
    for number, opening in enumerate(_PRE.finditer(octets)):
        if number >= _PRES_TRIED:
            return
        closing = octets.find(b"</pre", opening.end())
        yield opening, octets[opening.end() : closing if closing >= 0 else len(octets)]


def _content(part: bytes) -> bytes:
    """The content of a MIME part; damaged base64 as far as it can be read."""
    start = header_end(part)
    found = _ENCODING.search(part[:start])
    encoding = found[1].lower() if found else b""
    if encoding == b"quoted-printable":
        content = quopri.decodestring(part[start:])
    elif encoding == b"base64":
        try:
            content = base64.b64decode(part[start:])
        except (binascii.Error, ValueError):
            content = b""
    else:
        content = part[start:]
    return content.replace(CRLF, b"\n").replace(b"\n", CRLF)
