"""Findings about lines that stand more than once although a valid signature covers one of them (RFC 6376 8.15)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import author_signatures
from headerlens.model.findings import Finding, Where
from headerlens.model.message import HeaderField
from headerlens.model.verdicts import Result

SHOWN_NAMES = frozenset({"subject", "to", "date", "reply-to", "cc"})
"""Lines that the reader sees and acts on; From has rules of its own."""

_PLACES = 6
"""Links of one finding, enough to see them side by side."""


def find_added(facts: Facts) -> Iterator[Finding]:
    """One warning for all such lines, beside a signature of the sender that passes."""
    names = added_names(facts)
    if names:
        fields = [field for name in names for field in _fields(facts, name)]
        shown = ", ".join(dict.fromkeys(field.name.title() for field in fields))
        where = tuple(Where(field_index=field.index) for field in fields[:_PLACES])
        yield Finding("headers.added", {"names": shown}, where)


def added_names(facts: Facts) -> tuple[str, ...]:
    """The names, in lower case, of which one line is signed by the sender and another by no passing signature of it."""
    passing = [check for check in author_signatures(facts) if check.result is Result.PASS]
    covered = {one.field_index for check in passing for one in check.signed_fields}
    found = []
    for name in sorted(SHOWN_NAMES):
        indexes = {field.index for field in _fields(facts, name)}
        if len(indexes) > 1 and indexes & covered and indexes - covered:
            found.append(name)
    return tuple(found)


def _fields(facts: Facts, name: str) -> list[HeaderField]:
    return [field for field in facts.message.fields if field.key == name]
