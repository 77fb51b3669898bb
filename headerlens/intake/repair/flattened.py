"""A source whose line ends became blanks: the header can be had again, the body cannot (inputs.md 1.2)."""

from __future__ import annotations

import re

from headerlens.intake.blocks import SEARCH_OCTETS, TECHNICAL
from headerlens.intake.repair.steps import CRLF, Repaired
from headerlens.model.message import Repair

_FIELD = re.compile(
    rb"(?:(?<=[ \t])|^)(Delivered-To|Received|Return-Path|X-[A-Z][A-Za-z0-9-]{1,60}|Received-SPF"
    rb"|ARC-(?:Seal|Message-Signature|Authentication-Results)|Authentication-Results|D[Kk][Ii][Mm]-Signature"
    rb"|DomainKey-Signature|From|To|Cc|Bcc|Subject|Date|Message-I[Dd]|M[Ii][Mm][Ee]-Version|Reply-To|Sender"
    rb"|Content-(?:Type|Transfer-Encoding|Language|Disposition|I[Dd])|In-Reply-To|References|List-[A-Z][A-Za-z-]{1,30}"
    rb"|Precedence|Auto-Submitted|User-Agent|Importance|Thread-(?:Topic|Index)|Accept-Language|Feedback-ID"
    rb"|Errors-To|Envelope-To|Resent-[A-Z][a-z-]{1,20}|CFBL-[A-Za-z-]{1,30}):[ \t]",
    re.MULTILINE,
)
_ONCE = frozenset(
    {b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type", b"content-transfer-encoding"}
)
_START = re.compile(rb"(?:delivered-to|received|return-path|x-.*|arc-.*|authentication-results|dkim-signature)\Z")
_BOUNDARY = re.compile(rb'boundary="?([^";\s]{1,200})', re.IGNORECASE)
_GAP = re.compile(rb"(?<![;,\s])[ \t]{2,}(?=\S)")
_FEWEST_FIELDS = 4
_MAX_FIELDS_READ = 2000


def unflattened(octets: bytes) -> Repaired | None:
    """The header of a source that stands on one line, split before the names of fields; the body is left out.

    Two blanks after the last field are where the empty line was.
    """
    for line in octets[:SEARCH_OCTETS].split(CRLF, 50)[:50]:
        places = _places(line)
        names = {line[found.start(1) : found.end(1)].decode("ascii").lower() for found in places}
        if len(names) < _FEWEST_FIELDS or not names & TECHNICAL or len(names & {"from", "received"}) == 0:
            continue
        starts = [found.start() for found in places]
        fields = [line[start:end].strip() for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
        fields[-1] = _last(fields[-1], b" ".join(fields))
        return CRLF.join(fields) + CRLF, Repair("repair.flattened", len(fields))
    return None


def _places(line: bytes) -> list[re.Match[bytes]]:
    """The names of fields: from the first that begins a received mail, up to one that would stand a second time."""
    found: list[re.Match[bytes]] = []
    seen: set[bytes] = set()
    for number, place in enumerate(_FIELD.finditer(line)):
        name = place[1].lower()
        if name in _ONCE & seen or number >= _MAX_FIELDS_READ:
            break
        seen.add(name)
        found.append(place)
    first = next((at for at, place in enumerate(found) if _START.match(place[1].lower())), 0)
    return found[first:]


def _last(field: bytes, header: bytes) -> bytes:
    """The last field without the body behind it."""
    boundary = _BOUNDARY.search(header)
    if boundary:
        field = field.partition(b" --" + boundary[1])[0]
    gap = _GAP.search(field, field.find(b":") + 2)
    return (field[: gap.start()] if gap else field).rstrip()
