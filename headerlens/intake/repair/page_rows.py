"""What Gmail's page "Show original" said of SPF, DKIM and DMARC in the table above the source (inputs.md 1.1)."""

from __future__ import annotations

import re
from collections import deque

from headerlens.intake.repair.pages import unescaped_text

_MARKUP = re.compile(rb"<[^<>]{0,2000}>")
_GAP = r"[\s|:：'\"‘’“”「」（(*]{0,40}"
_ROW = re.compile(
    rf"(?<![A-Za-z])(SPF|DKIM|DMARC)(?![A-Za-z]){_GAP}"
    r"(PASS|FAIL|SOFTFAIL|HARDFAIL|NEUTRAL|NONE|PERMERROR|TEMPERROR|BESTGUESSPASS)(?![A-Za-z])([^\r\n]{0,200})",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"(?<![\w.:-])((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}:[0-9a-f:.]{2,45}|(?:[\w-]{1,63}\.){1,10}[^\W\d]\w{1,62})(?![\w-])",
    re.IGNORECASE,
)
_FRONT_OCTETS = 256 * 1024
_MOST_ROWS = 8


def page_rows(front: bytes) -> tuple[tuple[str, str], ...]:
    """Method and result with its address or domain, such as ("spf", "pass 192.0.2.1"), in the order of the page.

    Found by the words that no language translates, SPF first as on the page; () where the page shows none.
    """
    text = unescaped_text(_MARKUP.sub(b" ", front[-_FRONT_OCTETS:])).decode("utf-8", "replace")
    rows: dict[str, str] = {}
    for found in _last_rows(text):
        detail = _DETAIL.search(found[3].partition("SPF")[0].partition("DKIM")[0].partition("DMARC")[0])
        result = found[2].lower()
        rows.setdefault(found[1].lower(), f"{result} {detail[1].lower()}" if detail else result)
    return tuple(rows.items())


def _last_rows(text: str) -> list[re.Match[str]]:
    """The rows from the last SPF on: the page shows the subject above them, where a sender may write the same words."""
    found = deque(_ROW.finditer(text), _MOST_ROWS)
    first = max((at for at, row in enumerate(found) if row[1].lower() == "spf"), default=0)
    return list(found)[first:]
