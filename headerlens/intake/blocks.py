"""Where a header block stands in octets with CRLF line ends, and whether it is that of a mail (RFC 5322 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

SEARCH_OCTETS = 1024 * 1024
"""How far a header block is looked for behind other text: pages and chats put a few kB in front of it."""

_MAX_BLOCK_LINES = 400
_MAX_ODD_LINES = 3
_MAX_CANDIDATES = 300

VISIBLE = frozenset({"from", "to", "cc", "bcc", "subject", "date", "sent", "reply-to", "importance", "attachments"})
"""Fields that a reading pane shows as well."""

TECHNICAL = frozenset(
    {
        "received",
        "return-path",
        "delivered-to",
        "message-id",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "dkim-signature",
        "authentication-results",
        "arc-seal",
        "arc-message-signature",
        "arc-authentication-results",
        "received-spf",
        "x-mailer",
        "user-agent",
        "in-reply-to",
        "references",
        "list-unsubscribe",
        "list-id",
        "sender",
        "envelope-to",
        "x-original-to",
        "resent-from",
    }
)
"""Fields that only a mail's source has."""

PAGE_ROWS = frozenset({"spf", "dkim", "dmarc"})
"""Rows of the summary on Gmail's page that look like fields."""

_KNOWN = (TECHNICAL | VISIBLE) - {"sent", "importance", "attachments"}
_LINE = re.compile(rb"(?:(?P<name>[A-Za-z][A-Za-z0-9_.-]{0,75})[ \t]*:|(?P<fold>[ \t]|\xc2\xa0))?[^\n]*+\n?")
# what folds begin with or look like once their indent is lost: words of Received, tags, comments, long values
_LOST_FOLD = re.compile(
    rb"(?:by|for|with|id|via|from|using|version|envelope-from)\b|[a-z]{1,4}[ \t]*=|[(<\d:]|=\?|[!-~]{16,}+[ \t]*\r?$",
    re.MULTILINE,
)
_FROM_LINE = re.compile(rb">?From [^\n]*+\n")
# inputs.md 1.1: these begin the header of a received mail, whatever language the page around it has.
_USUAL_START = re.compile(
    rb"^(?:Delivered-To|Received|Return-Path|X-[A-Za-z0-9-]{1,70}|ARC-[A-Za-z-]{1,40}|Authentication-Results"
    rb"|DKIM-Signature|DomainKey-Signature|Received-SPF|Envelope-To)[ \t]*:"
    rb"|^From \S+ ",
    re.MULTILINE | re.IGNORECASE,
)
_POSSIBLE_START = re.compile(rb"^[A-Za-z][A-Za-z0-9-]{1,75}[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """Field names in lower case in their order, and the offset after the last line read."""

    names: tuple[str, ...]
    end: int

    @property
    def is_page(self) -> bool:
        """Whether rows of Gmail's page stand here: in front of all that only a source has.

        Behind a Received they are fields of the mail, whose author could else turn the eye to another one below.
        """
        return any(name in PAGE_ROWS for name in takewhile(lambda name: name not in TECHNICAL, self.names))


def block_at(octets: bytes, start: int) -> Block:
    """The header block at `start`; it ends at an empty line or after a few lines that are no fields.

    Such odd lines are suffered only behind a field that mails have.
    """
    names: list[str] = []
    odd = 0
    place = start
    for number in range(_MAX_BLOCK_LINES):
        line = _LINE.match(octets, place)
        if line is None or (number == 0 and not line["name"]) or not line[0].strip(b"\r\n"):
            break
        if line["name"]:
            names.append(line["name"].decode("ascii").lower())
        elif not line["fold"] and not (names and _LOST_FOLD.match(octets, place)):
            odd += 1
        if odd > _MAX_ODD_LINES or (odd and not _KNOWN.intersection(names)):
            break
        place = line.end()
    return Block(tuple(names), place)


def begins_mail(octets: bytes, start: int = 0) -> bool:
    """Whether the source of a mail begins here: two known fields at least, and not only what a reading pane shows."""
    block = block_at(octets, start)
    names = set(block.names)
    return len(names & _KNOWN) >= 2 and not block.is_page and not is_reading_pane(names)


def is_reading_pane(names: set[str]) -> bool:
    """Whether these are the labels of a displayed mail ("Sent" is no field) and nothing of its source."""
    return "sent" in names and not names & TECHNICAL


def find_mail(octets: bytes) -> int | None:
    """The offset of the first header block behind other text, None when there is none in `SEARCH_OCTETS`.

    It begins with a usual first field and has three more, else with any field and has three more, one technical.
    """
    for start, block in _candidates(octets, _USUAL_START):
        if len(block.names) > 3 and begins_mail(octets, start):
            return start
    for start, block in _candidates(octets, _POSSIBLE_START):
        names = set(block.names)
        if len(block.names) > 3 and names & TECHNICAL and begins_mail(octets, start):
            return start
    return None


def header_end(octets: bytes) -> int:
    """The offset after the header and its empty line, or of the end of the octets."""
    found = octets.find(b"\r\n\r\n")
    return found + 4 if found >= 0 else len(octets)


def _candidates(octets: bytes, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, Block]]:
    """Places where a block may begin, the first few hundred, each behind the block before."""
    found = pattern.search(octets, 0, SEARCH_OCTETS)
    for _ in range(_MAX_CANDIDATES):
        if found is None:
            return
        from_line = _FROM_LINE.match(octets, found.start())
        block = block_at(octets, from_line.end() if from_line else found.start())
        # a summary row is no part of the header: it may begin in the next line
        if block.is_page:
            block = Block((), found.end())
        yield (from_line.end() if from_line else found.start()), block
        found = pattern.search(octets, max(block.end, found.end()), SEARCH_OCTETS)
