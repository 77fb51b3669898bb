"""Authors that only some mail programs see: to authenticate one of two shown senders would deceive the reader.

They stand in From lines behind a lone CR, in lines that are no field for us, or past a limit (RFC 5322 2.2, 3.6.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from headerlens.model.limits import MAX_ADDRESSES, MAX_HEADER_OCTETS, MAX_STRUCTURED_OCTETS
from headerlens.model.message import Address, HeaderField, RawMessage
from headerlens.model.records import Fault
from headerlens.parse.address import parse_addresses
from headerlens.parse.header import LINE_FAULTS, split_fields

NOBODY = Address("", "", "", "")
"""Stands for whoever a limit kept from being read."""

_FROM = re.compile(
    rb"(?<![^\r\n])[^\r\nA-Za-z:]{0,8}From[^\r\nA-Za-z:]{0,8}(?:\r\n[ \t]{1,8})?:([^\r\n]{0,2000})", re.IGNORECASE
)
_MAX_FOUND = 20
_IN_PLACE = frozenset(
    {
        "repair.line-ends", "repair.bom", "repair.leading-blank", "repair.from-line", "repair.nbsp", "repair.invisible",
        "repair.html-escaped", "repair.fold-indents", "repair.charset",
    }
)  # fmt: skip
"""Repairs that leave the header where it stood, and change what is written there."""

_IN_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\n)*+(?:>?From [^\n]*+\n)?")


def hidden_authors(
    octets: bytes, fields: tuple[HeaderField, ...], faults: Iterable[Fault], author: tuple[Address, ...]
) -> tuple[Address, ...]:
    """The mailboxes to add to those of the From fields, `author`; () without any From field or hidden one.

    `faults` are those of `split_fields`. A From that is cut off, or that cannot be read, adds `NOBODY`.
    """
    shown = [field for field in fields if field.key == "from"]
    if not shown:
        return ()
    found = [one for each in _hidden(octets, fields, faults) for one in parse_addresses(each) or (NOBODY,)]
    if len(author) >= MAX_ADDRESSES or any(field.end - field.value_start > MAX_STRUCTURED_OCTETS for field in shown):
        found.append(NOBODY)
    return tuple(found[:MAX_ADDRESSES])


def repaired_authors(raw: RawMessage, author: tuple[Address, ...]) -> tuple[Address, ...]:
    """Authors of the message as it was handed over whom its repairs have taken away; () for none.

    A mail program repairs nothing: it shows them. A repair may give an author a domain, never exchange it.
    """
    given = raw.original
    if given is None or not raw.repairs or any(repair.id not in _IN_PLACE for repair in raw.repairs):
        return ()
    lines = given[:MAX_HEADER_OCTETS].replace(b"\r\n", b"\n")
    found = _IN_FRONT.match(lines)
    fields, _, _ = split_fields(lines[found.end() if found else 0 :].replace(b"\n", b"\r\n"))
    known = {one.domain for one in author}
    written = (one for field in fields if field.key == "from" for one in parse_addresses(field))
    return tuple(islice((one for one in written if one.domain and one.domain not in known), _MAX_FOUND))


def _hidden(octets: bytes, fields: tuple[HeaderField, ...], faults: Iterable[Fault]) -> Iterator[HeaderField]:
    """The hidden From lines as fields without an index, the first few."""
    places = [(fault.start, fault.end) for fault in faults if fault.code in LINE_FAULTS]
    # a field begins with its name, which is no hidden one
    places += [(field.value_start, field.end) for field in fields if field.raw.count(b"\r") > field.raw.count(b"\r\n")]
    found = (match for start, end in places for match in _behind_the_name(octets, start, end))
    for match in islice(found, _MAX_FOUND):
        start, end = match.span(1)
        yield HeaderField(-1, "From", octets[match.start() : end], "", match.start(), start, end)


def _behind_the_name(octets: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """From lines of one place, less the field that stands there itself and its folds."""
    for match in _FROM.finditer(octets, start, end):
        folded = octets[match.start() : match.start() + 1] in (b" ", b"\t")
        if match.start() == start or not folded:
            yield match
