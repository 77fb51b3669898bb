"""The outline of a PDF (ISO 32000-1 12.3.3), added to what Qt wrote as an incremental update (7.5.6): Qt writes none.

Only files of Qt's own shape are added to; any other comes back as it was. Titles go in as UTF-16 in hexadecimal, so
that nothing of a mail can end a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST_TITLE = 200
"""Characters of an entry; a reader's side pane shows fewer."""

MOST_ENTRIES = 2_000
"""Entries of one file: a report of many messages has one for each before it has sections."""

_TRAILER = re.compile(rb"trailer\s*<<(?P<inside>.*?)>>\s*startxref\s+(?P<table>\d+)\s+%%EOF\s*$", re.DOTALL)
_REFERENCE = rb"(\d+) 0 R"


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry: the page from 0 and the distance from its upper edge in points. `level` 1 lies below the last 0."""

    title: str
    page: int
    top: float
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """What of Qt's file the update needs."""

    root: int
    size: int
    table: int
    trailer: bytes
    catalog: bytes
    pages: tuple[int, ...]
    height: float


@dataclass(slots=True)
class _Item:
    """An outline object with its neighbours, by number; 0 for none."""

    heading: Heading
    number: int
    parent: int
    previous: int = 0
    next: int = 0
    first: int = 0
    last: int = 0
    below: int = 0


def with_outline(octets: bytes, headings: Sequence[Heading], language: str) -> bytes:
    """The file with an outline of `headings`, its language told; unchanged where it is none of Qt's, or has none."""
    found = _read(octets)
    given = [one for one in headings if found is not None and 0 <= one.page < len(found.pages)]
    if found is None or not given:
        return octets
    top = found.size
    items = _items(_fewer(given), top)
    roots = [one for one in items if one.parent == top]
    shown = f"/PageMode /UseOutlines\n/ViewerPreferences << /DisplayDocTitle true >>\n/Lang ({language})\n"
    ends = f"/First {roots[0].number} 0 R\n/Last {roots[-1].number} 0 R\n/Count {len(roots)}\n"
    objects = {
        found.root: b"%s\n/Outlines %d 0 R\n%s" % (found.catalog.strip(), top, shown.encode("ascii")),
        top: b"/Type /Outlines\n" + ends.encode("ascii"),
        **{one.number: _entry(one, found) for one in items},
    }
    return octets + _update(objects, found, len(octets), top + 1 + len(items))


def _fewer(given: list[Heading]) -> list[Heading]:
    """All of them, or only the upper ones, as far as there may be."""
    kept = given if len(given) <= MOST_ENTRIES else [one for one in given if not one.level]
    return kept[:MOST_ENTRIES]


def _read(octets: bytes) -> _Found | None:
    end = _TRAILER.search(octets, max(0, octets.rfind(b"trailer")))
    if end is None:
        return None
    table, root = int(end["table"]), _number(rb"/Root\s+" + _REFERENCE, end["inside"])
    catalog = _inside(octets, table, root)
    tree = _inside(octets, table, _number(rb"/Pages\s+" + _REFERENCE, catalog))
    kids = re.search(rb"/Kids\s*\[([^\]]*)\]", tree)
    pages = tuple(int(one) for one in re.findall(_REFERENCE, kids[1])) if kids else ()
    box = re.search(rb"/MediaBox\s*\[\s*0 0 [\d.]+ ([\d.]+)\s*\]", _inside(octets, table, pages[0] if pages else -1))
    if b"/Outlines" in catalog or not catalog or box is None:
        return None
    size = _number(rb"/Size\s+(\d+)", end["inside"])
    return _Found(root, size, table, end["inside"], catalog, pages, float(box[1]))


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else -1


def _inside(octets: bytes, table: int, number: int) -> bytes:
    """What stands between << and >> of an object, by the table of places; empty where there is no such dictionary."""
    head = re.compile(rb"xref\n0 \d+\n").match(octets, table)
    line = octets[head.end() + 20 * number :][:20] if head is not None and number > 0 else b""
    begin = b"%d 0 obj\n<<" % number
    start = int(line[:10]) if line[:10].isdigit() else len(octets)
    end = octets.find(b">>\nendobj", start)
    return octets[start + len(begin) : end] if octets.startswith(begin, start) and end >= 0 else b""


def _items(headings: Sequence[Heading], top: int) -> list[_Item]:
    """The entries as a tree: numbers from `top` + 1 on, in the order of the pages."""
    items: list[_Item] = []
    parent: _Item | None = None
    last_of: dict[int, _Item] = {}
    for number, heading in enumerate(headings, top + 1):
        above = parent.number if parent is not None and heading.level else top
        one = _Item(heading, number, above)
        before = last_of.get(above)
        if before is not None:
            before.next, one.previous = number, before.number
        last_of[above] = one
        if parent is not None and above == parent.number:
            parent.first, parent.last = parent.first or number, number
            parent.below += 1
        else:
            parent = one
        items.append(one)
    return items


def _entry(one: _Item, found: _Found) -> bytes:
    """An outline item; what lies below it is folded, hence the negative count."""
    title = one.heading.title[:LONGEST_TITLE].encode("utf-16-be", "replace").hex().upper()
    height = max(0.0, found.height - one.heading.top)
    lines = [f"/Title <FEFF{title}>", f"/Parent {one.parent} 0 R"]
    lines += [f"/Dest [{found.pages[one.heading.page]} 0 R /XYZ null {height:.2f} null]"]
    named = (("Prev", one.previous), ("Next", one.next), ("First", one.first), ("Last", one.last))
    lines += [f"/{name} {number} 0 R" for name, number in named if number]
    lines += [f"/Count {-one.below}"] if one.below else []
    return ("\n".join(lines) + "\n").encode("ascii")


def _update(objects: dict[int, bytes], found: _Found, start: int, size: int) -> bytes:
    """The objects, a table of where they stand, and a trailer that leads back to Qt's (7.5.6)."""
    written, places = bytearray(), dict[int, int]()
    for number, inside in objects.items():
        places[number] = start + len(written)
        written += b"%d 0 obj\n<<\n%s>>\nendobj\n" % (number, inside)
    table = start + len(written)
    written += b"xref\n" + b"".join(_sections(places))
    trailer = re.sub(rb"/Size\s+\d+", b"/Size %d" % size, found.trailer).strip()
    written += b"trailer\n<<\n%s\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, found.table, table)
    return bytes(written)


def _sections(places: dict[int, int]) -> Iterator[bytes]:
    """No object is freed, the catalogue stands alone, the new objects follow one another (7.5.4)."""
    numbers = list(places)
    yield b"0 1\n0000000000 65535 f \n"
    for run in (numbers[:1], numbers[1:]):
        yield b"%d %d\n" % (run[0], len(run))
        for number in run:
            yield b"%010d 00000 n \n" % places[number]
