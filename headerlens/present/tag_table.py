"""A DMARC record tag by tag, in words; tags that are not set are told where their default matters (RFC 9989 4.7)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.model.case import Case
from headerlens.model.records import DmarcRecord
from headerlens.parse.dmarc import POLICY_TAGS
from headerlens.present.harmless import harmless
from headerlens.present.views import TagRow, TagTable
from headerlens.present.words import Words

_TOLD_UNSET = ("sp", "np", "t", "adkim", "aspf", "rua")
"""Defaults that change what becomes of a mail, in the order of reading."""

_WITH_VALUES = frozenset({*POLICY_TAGS, "psd", "t", "adkim", "aspf"})


def tag_table(case: Case, words: Words) -> TagTable | None:
    """The table of the record that applies, None where there is none."""
    record = case.dmarc.record
    return None if record is None else record_table(record, words)


def record_table(record: DmarcRecord, words: Words) -> TagTable:
    """The table of one record."""
    return TagTable(words.phrase("tag.heading", {"name": record.domain}), tuple(_rows(record, words)))


def _rows(record: DmarcRecord, words: Words) -> Iterator[TagRow]:
    bad = {note.detail.partition("=")[0].lower() for note in record.notes if note.code == "note.bad_value"}
    seen: set[str] = set()
    for tag in record.tags.tags:
        name = tag.name.lower()
        if name in seen:
            continue
        seen.add(name)
        meaning = words.phrase(_meaning(words, name, tag.value.lower(), is_bad=name in bad), {"name": record.domain})
        yield TagRow(harmless(tag.name), harmless(tag.value), meaning)
    for name in _TOLD_UNSET:
        if name not in seen:
            yield TagRow(name, words.phrase("tag.unset"), words.phrase(f"tag.{name}.unset"))


def _meaning(words: Words, name: str, value: str, *, is_bad: bool) -> str:
    """The id of the phrase: of the value where the tag has a few, of the tag else."""
    value_of = f"tag.{name}.{value}" if name in _WITH_VALUES else f"tag.{name}"
    wanted = f"tag.{name}.bad" if is_bad else value_of
    return wanted if words.has_phrase(wanted) else "tag.other"
