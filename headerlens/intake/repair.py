"""Undoes what saving, copying and quoting do to a mail; each undoing is a `Repair` (inputs.md 1.4).

Every repair takes octets and gives octets with its `Repair`, or None when it does not apply. None of them touches
anything in a mail that is as it was sent; those that guess are kept only when a mail's header comes out.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from headerlens.intake.blocks import SEARCH_OCTETS, begins_mail, find_mail, header_end
from headerlens.model.limits import MAX_HEADER_OCTETS
from headerlens.model.message import Repair

Repaired = tuple[bytes, Repair]

_NBSP = b"\xc2\xa0"
CRLF = b"\r\n"
_FROM_LINE = re.compile(rb">?From [^\r\n]*+\r\n")
_FENCE = re.compile(rb"^[ \t]*(```+|~~~+)[\w-]{0,20}[ \t]*\r\n", re.MULTILINE)
_PREFIX = re.compile(rb"^((?:[ \t]{0,8}>)+ ?|[ \t]{1,40})(?=[A-Za-z][A-Za-z0-9-]{1,75}:)", re.MULTILINE)
_NBSP_FOLD = re.compile(rb"^(?:[ \t]|\xc2\xa0)*\xc2\xa0", re.MULTILINE)
_GMAIL_ROWS = re.compile(rb"\b(?:SPF|DKIM|DMARC)\b|mail\.google\.com|Original Message|Message ID")
_PRE = re.compile(rb"<pre\b[^<>]{0,500}>", re.IGNORECASE)
_REFERENCES = (
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
    (b"&quot;", b'"'),
    (b"&#34;", b'"'),
    (b"&#39;", b"'"),
    (b"&#x27;", b"'"),
    (b"&apos;", b"'"),
    (b"&nbsp;", b" "),
    (b"&amp;", b"&"),
)
_MARKUP = re.compile(rb"<[^<>]{0,2000}>")


def decoded(octets: bytes) -> Repaired | None:
    """UTF-16 made UTF-8, by its mark or by its NULs, or a UTF-8 mark taken away."""
    if octets.startswith(codecs.BOM_UTF8):
        return octets[3:], Repair("repair.bom", 1)
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if octets.startswith(mark):
            return _from_utf16(octets[2:], codec)
    head = octets[:64]
    if len(head) >= 8 and not any(head[1::2]) and all(head[::2]):
        return _from_utf16(octets, "utf-16-le")
    if len(head) >= 8 and not any(head[::2]) and all(head[1::2]):
        return _from_utf16(octets, "utf-16-be")
    return None


def with_crlf(octets: bytes) -> Repaired | None:
    """Every line end made CRLF.

    CR CR LF is one line end when most lines have it. A lone CR is a line end only when there are more of them than
    line feeds: in a mail with other line ends it may be part of what was signed.
    """
    fixed = octets
    doubled = octets.count(b"\r\r\n") if b"\r\r\n" in octets else 0
    count = 0
    if doubled and doubled * 2 > octets.count(b"\n"):
        fixed, count = fixed.replace(b"\r\r\n", b"\r\n"), doubled
    feeds, pairs = fixed.count(b"\n"), fixed.count(b"\r\n")
    lone = fixed.count(b"\r") - pairs
    if lone > feeds:
        # replacing by octets: 60 million lone CRs took an expression 80 s
        fixed, count = fixed.replace(CRLF, b"\n").replace(b"\r", b"\n").replace(b"\n", CRLF), count + lone
        count += feeds - pairs
    elif feeds > pairs:
        fixed = fixed.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        count += feeds - pairs
    return (fixed, Repair("repair.line-ends", count)) if count else None


def without_leading_blank(octets: bytes) -> Repaired | None:
    """Empty lines in front taken away."""
    start = _first_line(octets)
    return (octets[start:], Repair("repair.leading-blank", octets.count(b"\n", 0, start))) if start else None


def without_from_line(octets: bytes) -> Repaired | None:
    """The line that opens a message in an mbox taken away."""
    found = _FROM_LINE.match(octets)
    return (octets[found.end() :], Repair("repair.from-line", 1)) if found else None


def unfenced(octets: bytes) -> Repaired | None:
    """What stands in a code fence, when it is a mail."""
    opening = _FENCE.search(octets, 0, SEARCH_OCTETS)
    if opening is None:
        return None
    inner = octets[opening.end() :]
    closing = inner.rfind(b"\r\n" + opening[1])
    if closing >= 0 and not inner[closing + 2 + len(opening[1]) :].split(b"\r\n", 1)[0].strip():
        inner = inner[: closing + 2]
    return _if_mail(inner, Repair("repair.fenced", 1))


def unquoted(octets: bytes) -> Repaired | None:
    """The mail behind "> " or an indent that all of its lines have; a quotation ends where the mark is missing."""
    found = _PREFIX.search(octets, 0, SEARCH_OCTETS)
    if found is None:
        return None
    prefix = found[1]
    is_quote = b">" in prefix
    lines: list[bytes] = []
    count = 0
    for line in octets[found.start() :].splitlines(keepends=True):
        if line.startswith(prefix):
            lines.append(line[len(prefix) :])
            count += 1
        elif line.rstrip() in (b"", prefix.rstrip()) and (not is_quote or line.strip()):
            lines.append(b"\r\n")
        elif is_quote:
            break
        else:
            lines.append(line)
    return _if_mail(b"".join(lines), Repair("repair.quoted" if is_quote else "repair.indented", count))


def without_leading_text(octets: bytes) -> Repaired | None:
    """The first header block and what follows; what stood in front is Gmail's page when it looks like it."""
    start = find_mail(octets)
    if not start:
        return None
    front = octets[:start]
    is_page = len(_GMAIL_ROWS.findall(front[-SEARCH_OCTETS:])) >= 2
    return octets[start:], Repair("repair.gmail-page" if is_page else "repair.leading-text", front.count(b"\n"))


def from_page(octets: bytes) -> Repaired | None:
    """The mail inside the <pre> of a saved web page, its markup and escapes undone."""
    opening = _PRE.search(octets) if octets[:500].lstrip().startswith(b"<") else None
    if opening is None:
        return None
    closing = octets.rfind(b"</pre", opening.end())
    inner = octets[opening.end() : closing if closing >= 0 else len(octets)]
    plain = _unescaped(_MARKUP.sub(b"", inner)).lstrip(b"\r\n")
    is_gmail = b"mail.google" in octets[: opening.start()]
    return _if_mail(plain, Repair("repair.gmail-page" if is_gmail else "repair.html-escaped", 1))


def unescaped(octets: bytes) -> Repaired | None:
    """HTML escapes undone, when the header has "&lt;" and not a single "<": a real one always has."""
    header = octets[: min(header_end(octets), MAX_HEADER_OCTETS)]
    if b"&lt;" not in header or b"<" in header:
        return None
    return _unescaped(octets), Repair("repair.html-escaped", octets.count(b"&lt;"))


def without_nbsp(octets: bytes) -> Repaired | None:
    """No-break spaces of the header made blanks, when a fold begins with one: browsers copy blanks that way."""
    end = min(header_end(octets), MAX_HEADER_OCTETS)
    header = octets[:end]
    if not _NBSP_FOLD.search(header):
        return None
    return header.replace(_NBSP, b" ") + octets[end:], Repair("repair.nbsp", header.count(_NBSP))


LADDER: tuple[Callable[[bytes], Repaired | None], ...] = (unfenced, unquoted, from_page, without_leading_text)
"""What is tried, in this order, when no header stands at the start; the first that finds a mail is kept."""


def _from_utf16(octets: bytes, codec: str) -> Repaired:
    """UTF-16 as UTF-8; a half character becomes U+FFFD."""
    text = octets.decode(codec, "replace").removeprefix("\ufeff")
    return text.encode("utf-8", "replace"), Repair("repair.utf-16", 1)


def _unescaped(octets: bytes) -> bytes:
    """What a page or a chat escapes, and nothing else: the inverse of escaping, "&amp;" last."""
    for reference, octet in _REFERENCES:
        octets = octets.replace(reference, octet)
    return octets


def _first_line(octets: bytes) -> int:
    """The offset of the first line that is not blank."""
    return octets.rfind(b"\n", 0, len(octets) - len(octets.lstrip(b" \t\r\n"))) + 1


def _if_mail(octets: bytes, repair: Repair) -> Repaired | None:
    """The repaired octets when a mail begins with them, past empty lines."""
    start = _first_line(octets)
    return (octets[start:], repair) if begins_mail(octets, start) else None
