"""The tag=value list shared by DKIM signatures and keys, ARC and DMARC (RFC 6376 3.2)."""

from __future__ import annotations

import re

from headerlens.model.limits import MAX_TAGS
from headerlens.model.records import Fault, Tag, TagList

_BLANKS = " \t\r\n"
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


def parse_tags(text: str, offset: int = 0) -> TagList:
    """The tags of `text` in their order; `start` and `end` of each are its place in `text` plus `offset`.

    Values lose the white space around them and the line breaks of folds; inner blanks stay, because some values may
    hold them (a reader of b=, bh= or p= removes them all). A tag without "=" or with a name that is no tag-name is
    left out and is a fault "syntax"; of two tags with one name both are kept and the second is a fault
    "duplicate_tag". One ";" may end the list; an empty place between two is a fault "syntax" with the detail "empty".
    What stands behind `MAX_TAGS` is one fault "syntax".
    """
    tags: list[Tag] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    place = 0
    pieces = text.split(";", MAX_TAGS)
    for number, piece in enumerate(pieces):
        if number == MAX_TAGS and piece.strip(_BLANKS):
            faults.append(Fault("syntax", "too many tags", offset + place, offset + len(text)))
            break
        found = _tag(piece, offset + place, last=number == len(pieces) - 1)
        place += len(piece) + 1
        if isinstance(found, Tag):
            if found.name in seen:
                faults.append(Fault("duplicate_tag", found.name, found.start, found.end))
            seen.add(found.name)
            tags.append(found)
        elif found is not None:
            faults.append(found)
    return TagList(tuple(tags), tuple(faults))


def parse_tag_octets(octets: bytes, offset: int = 0) -> TagList:
    """The tags of the body of a header field; offsets count octets even where values are UTF-8 (RFC 8616 4).

    Each value is decoded as UTF-8, else as Latin-1. Everything else is as with `parse_tags`.
    """
    found = parse_tags(octets.decode("latin-1"), offset)
    if octets.isascii():
        return found
    tags = tuple(Tag(tag.name, _decoded(tag.value), tag.start, tag.end) for tag in found.tags)
    return TagList(tags, tuple(Fault(f.code, _decoded(f.detail), f.start, f.end) for f in found.faults))


def _tag(piece: str, offset: int, *, last: bool) -> Tag | Fault | None:
    """One place between semicolons: a tag, a fault, or None for the nothing after a closing semicolon."""
    written = piece.strip(_BLANKS)
    start = offset + len(piece) - len(piece.lstrip(_BLANKS)) if written else offset
    end = start + len(written)
    if not written:
        return None if last else Fault("syntax", "empty", start, end)
    name, equals, value = written.partition("=")
    name = name.rstrip(_BLANKS)
    if not equals or not _NAME.match(name):
        return Fault("syntax", written[:100], start, end)
    return Tag(name, _FOLD.sub("", value).strip(_BLANKS), start, end)


def _decoded(text: str) -> str:
    """Latin-1 characters read again as UTF-8 where they are that."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except ValueError:
        return text
