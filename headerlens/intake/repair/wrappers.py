"""What chats, tickets, quotations and pages put around or in front of a pasted source (inputs.md 1.1, 1.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headerlens.intake.blocks import SEARCH_OCTETS, find_mail
from headerlens.intake.repair.steps import CRLF, Repaired
from headerlens.model.message import Repair

_FENCE = re.compile(rb"^[ \t]*(```+|~~~+)[\w-]{0,20}[ \t]*\r\n", re.MULTILINE)
_FIELD = rb"(?=[A-Za-z][A-Za-z0-9-]{1,75}:)"
# a row of a Markdown table ends with a bar and is no quotation
_PREFIX = re.compile(
    rb"^((?:[ \t]{0,8}[>|])+(?: |\xc2\xa0)?|(?:[ \t]|\xc2\xa0){1,40})" + _FIELD + rb"(?![^\r\n]*\|[ \t]*\r\n)",
    re.MULTILINE,
)
_NUMBERED = re.compile(rb"^[ \t]{0,8}(\d{1,6})([ \t]?[:.)|]?[ \t]{0,2})" + _FIELD, re.MULTILINE)
_NUMBER = re.compile(rb"[ \t]{0,8}(\d{1,6})([^\r\n]*+\r?\n?)")
_GMAIL_ROWS = re.compile(rb"\b(?:SPF|DKIM|DMARC)\b|mail\.google\.com|Original Message|Message ID")
_FEWEST_NUMBERED = 4


def unfenced(octets: bytes) -> Repaired | None:
    """What stands in a code fence."""
    opening = _FENCE.search(octets, 0, SEARCH_OCTETS)
    if opening is None:
        return None
    inner = octets[opening.end() :]
    closing = inner.rfind(CRLF + opening[1])
    if closing >= 0 and not inner[closing + 2 + len(opening[1]) :].split(CRLF, 1)[0].strip():
        inner = inner[: closing + 2]
    return inner, Repair("repair.fenced", 1)


def unquoted(octets: bytes) -> Repaired | None:
    """The text behind marks ("> ", "> > ") or an indent that all of its lines have; it ends where a mark is missing."""
    found = _PREFIX.search(octets, 0, SEARCH_OCTETS)
    if found is None:
        return None
    prefix = found[1]
    is_quote = b">" in prefix or b"|" in prefix
    bare = {b"", prefix.rstrip(b" \xc2\xa0"), prefix.replace(b" ", b"")}
    lines: list[bytes] = []
    count = 0
    # cut at the line feeds only: a lone CR stands inside a line
    for line in octets[_quotation_start(octets, found.start(), prefix, bare) :].split(b"\n"):
        if line.startswith(prefix):
            lines.append(line[len(prefix) :])
            count += 1
        elif line.rstrip() in bare and (not is_quote or line.strip()):
            lines.append(line[-1:] if line.endswith(b"\r") else b"")
        elif is_quote:
            lines.append(b"")
            break
        else:
            lines.append(line)
    return b"\n".join(lines), Repair("repair.quoted" if is_quote else "repair.indented", count)


def unnumbered(octets: bytes) -> Repaired | None:
    """The text behind line numbers that count up by one; it ends where the next number is missing."""
    found = _NUMBERED.search(octets, 0, SEARCH_OCTETS)
    if found is None:
        return None
    lines = list(_without_numbers(octets, found))
    return (b"".join(lines), Repair("repair.line-numbers", len(lines))) if len(lines) >= _FEWEST_NUMBERED else None


def without_leading_text(octets: bytes) -> Repaired | None:
    """The first header block and what follows; what stood in front is Gmail's page when it looks like it."""
    start = find_mail(octets)
    if not start:
        return None
    front = octets[:start]
    is_page = len(_GMAIL_ROWS.findall(front[-SEARCH_OCTETS:])) >= 2
    return octets[start:], Repair("repair.gmail-page" if is_page else "repair.leading-text", front.count(b"\n"))


def _quotation_start(octets: bytes, place: int, prefix: bytes, bare: set[bytes]) -> int:
    """Where the run of lines with this mark begins that `place` belongs to: a fence or a page may open in it."""
    while place:
        before = octets.rfind(b"\n", 0, place - 1) + 1
        line = octets[before:place]
        if not line.startswith(prefix) and (line.rstrip() not in bare or not line.strip()):
            break
        place = before
    return place


def _without_numbers(octets: bytes, first: re.Match[bytes]) -> Iterator[bytes]:
    """The numbered lines without numbers, as far as these count up."""
    place, wanted, mark = first.start(), int(first[1]), first[2]
    while line := _NUMBER.match(octets, place):
        text = line[2]
        if int(line[1]) != wanted:
            return
        yield text[len(mark) :] if text.startswith(mark) else text.lstrip(mark)
        place, wanted = line.end(), wanted + 1
