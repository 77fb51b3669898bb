"""What a copy has lost for good, where a hash fails that this may explain (inputs.md 1.4). Never a proof of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from headerlens.findings.facts import Facts
from headerlens.model.findings import Finding
from headerlens.model.records import Canonicalization
from headerlens.model.verdicts import DkimCheck, Match
from headerlens.verify.body import is_copied

_UNREADABLE = "\ufffd".encode()
_LOST_ESCAPE = re.compile(rb"(?<!\x1b)\$[@B][!-~]{2,400}?\([BJ]")
_ISO_2022_JP = re.compile(rb"iso-2022-jp", re.IGNORECASE)
_LINE_BLANK = re.compile(rb"[ \t]\r\n")
_WRAP_COLUMNS = range(60, 133)
_FEWEST_WRAPS = 3
_LINES_READ = 20_000
_OCTETS_READ = 1024 * 1024
_ALWAYS_FULL = 76
"""Lines of base64 and quoted-printable end here of themselves (RFC 2045 6.7, 6.8)."""


def find_losses(facts: Facts) -> Iterator[Finding]:
    """Losses of the copy; none where a body hash matches, and none that no failing hash asks about."""
    bodies = [check for check in facts.dkim if check.body_hash is Match.MISMATCH]
    if any(check.body_hash is Match.MATCH for check in facts.dkim):
        bodies = []
    if bodies:
        yield from _of_characters(facts.message.body, facts)
    if bodies and is_copied(facts.message):
        yield from _of_layout(facts.message.body, bodies)
    if is_copied(facts.message) and _lost_tabs(facts):
        yield Finding("input.lost-tabs")


def _of_characters(body: bytes, facts: Facts) -> Iterator[Finding]:
    count = body.count(_UNREADABLE)
    if count:
        yield Finding("input.lost-characters", {"n": count})
    if _LOST_ESCAPE.search(body) and _may_be_jis(facts):
        yield Finding("input.lost-escapes")


def _may_be_jis(facts: Facts) -> bool:
    """Whether a field says ISO-2022-JP, or no field says anything."""
    octets = facts.message.raw.octets
    return _ISO_2022_JP.search(octets) is not None or all(f.key != "content-type" for f in facts.message.fields)


def _of_layout(body: bytes, failing: list[DkimCheck]) -> Iterator[Finding]:
    simple = any(check.signature.body_canonicalization is Canonicalization.SIMPLE for check in failing)
    if simple and not _LINE_BLANK.search(body):
        yield Finding("input.lost-blanks")
    column = _wrap_column(body)
    if column is not None:
        yield Finding("input.hard-wrapped", {"n": column})


def _wrap_column(body: bytes) -> int | None:
    """The column at which words seem to have been cut: the longest lines end there, in the middle of a word."""
    lines = body[:_OCTETS_READ].split(b"\r\n", _LINES_READ)[:_LINES_READ]
    longest = max(map(len, lines))
    if longest not in _WRAP_COLUMNS or longest == _ALWAYS_FULL:
        return None
    cut = (
        before[-1:].isalpha() and after[:1].isalpha() and b" " in before
        for before, after in pairwise(lines)
        if len(before) == longest
    )
    return longest if sum(cut) >= _FEWEST_WRAPS else None


def _lost_tabs(facts: Facts) -> bool:
    """Whether a signature over the header as it stood fails, and folds are there but not one tab."""
    failing = any(
        check.header_hash is Match.MISMATCH and check.signature.header_canonicalization is Canonicalization.SIMPLE
        for check in facts.dkim
    )
    header = facts.message.raw.octets[: facts.message.body_start]
    return failing and b"\t" not in header and b"\n " in header
