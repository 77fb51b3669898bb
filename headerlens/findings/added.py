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

BODY_NAMES = frozenset({"content-type", "content-transfer-encoding"})
"""Lines that decide how the body is read: another of them may show another text, or none of the signed one."""

_MISLEADING = BODY_NAMES | {"subject", "date", "reply-to"}
"""Of which a second line speaks to the reader; a second To or Cc tells nobody anything new."""

_PLACES = 6
"""Links of one finding, enough to see them side by side."""


def find_added(facts: Facts) -> Iterator[Finding]:
    """One warning for all such lines of a kind, beside a signature of the sender that passes."""
    names = added_names(facts)
    shown = [field for name in names if name in SHOWN_NAMES for field in _fields(facts, name)]
    reading = [field for name in names if name in BODY_NAMES for field in _fields(facts, name)]
    if reading:
        yield Finding("headers.added-body", {"names": _titles(reading)}, _where(reading))
    if shown:
        yield Finding("headers.added", {"names": _titles(shown)}, _where(shown))


def added_names(facts: Facts) -> tuple[str, ...]:
    """The names, in lower case, of which one line is signed by the sender and another by no passing signature of it."""
    passing = [check for check in author_signatures(facts) if check.result is Result.PASS]
    covered = {one.field_index for check in passing for one in check.signed_fields}
    found = []
    for name in sorted(SHOWN_NAMES | BODY_NAMES):
        indexes = {field.index for field in _fields(facts, name)}
        if len(indexes) > 1 and indexes & covered and indexes - covered:
            found.append(name)
    return tuple(found)


def shows_unsigned(facts: Facts) -> bool:
    """Whether all passing signatures of the sender leave out something that is shown: text behind l=, added lines."""
    passing = [check for check in author_signatures(facts) if check.result is Result.PASS]
    if not passing:
        return False
    return all(check.unsigned_octets for check in passing) or not _MISLEADING.isdisjoint(added_names(facts))


def _titles(fields: list[HeaderField]) -> str:
    return ", ".join(dict.fromkeys(field.name.title() for field in fields))


def _where(fields: list[HeaderField]) -> tuple[Where, ...]:
    return tuple(Where(field_index=field.index) for field in fields[:_PLACES])


def _fields(facts: Facts, name: str) -> list[HeaderField]:
    return [field for field in facts.message.fields if field.key == name]
