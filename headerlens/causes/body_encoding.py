"""Transfer encodings and character sets that a server exchanged for others (RFC 2045 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headerlens.causes.body_draft import Draft, Needs, Region, Undo, change, to_base64
from headerlens.causes.body_edits import Edit
from headerlens.causes.body_quoted import CRLF, breakings, escapings
from headerlens.model.causes import Change
from headerlens.model.limits import CAUSE_DEEP_OCTETS
from headerlens.parse.header import split_fields

_BARE = re.compile(rb"\r\n|\r|\n")
_LINE_WIDTHS = (76, 72, 64, 60, 73)
_CTE = re.compile(rb"^content-transfer-encoding[ \t]*:[ \t]*([^\r\n]*)\r\n", re.IGNORECASE | re.MULTILINE)
_FIELD = b"Content-Transfer-Encoding: "
_SHORT = 71
"""No program breaks lines up to here."""

_NAMES: dict[str, tuple[bytes | None, ...]] = {
    "": (b"8bit", b"7bit", None, b"binary", b"8BIT", b"7Bit"),
    "base64": (b"base64", b"BASE64"),
    "quoted-printable": (b"quoted-printable", b"QUOTED-PRINTABLE", b"Quoted-printable"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A text in one of the encodings; `way` names how, `is_base` marks what most programs would write."""

    encoding: str
    octets: bytes
    way: tuple[str, int]
    is_base: bool = False


def reencoded(draft: Draft) -> Iterator[Undo]:
    """The body, or one or all of its texts, in every other encoding."""
    if len(draft.body) > CAUSE_DEEP_OCTETS * 4:
        return
    if not draft.tree.parts:
        yield from _whole(draft)
        return
    texts = draft.regions
    for region in texts:
        for written in writings(region):
            for swaps in _named(draft, region, written):
                yield _undo([region], swaps, [written.encoding], is_base=written.is_base)
    if len(texts) > 1:
        yield from _together(draft, texts)


def writings(region: Region, text: bytes | None = None) -> Iterator[Written]:
    """The text in every encoding and way, each once; `text` replaces what the region says."""
    seen = {region.raw if text is None else b""}
    for written in _writings(region, text):
        if written.octets not in seen:
            seen.add(written.octets)
            yield written


def _writings(region: Region, text: bytes | None) -> Iterator[Written]:
    plain = _BARE.sub(CRLF, region.text if text is None else text)
    bare = plain.rstrip(CRLF)
    yield Written("", plain, ("", 0), is_base=True)
    yield Written("", bare, ("", 1))
    yield Written("", bare + CRLF, ("", 2))
    endings = (plain, bare + CRLF, bare, plain.replace(CRLF, b"\n"), bare.replace(CRLF, b"\n"))
    for width in _LINE_WIDTHS:
        for place, one in enumerate(endings):
            encoded = to_base64(one, width)
            yield Written("base64", encoded, (f"base64 {width}", place), is_base=width == 76 and one == plain)
            yield Written("base64", encoded + CRLF, (f"base64+ {width}", place))
    yield from _quoted(plain, region.raw if region.encoding == "quoted-printable" else b"")


def _quoted(plain: bytes, shown: bytes) -> Iterator[Written]:
    """Ways to escape and to break; where no line is long, all ways to break are one."""
    lines = plain.split(CRLF)
    kinds = breakings()
    for place, escaping in enumerate(escapings(shown)):
        encoded = [escaping.line(line) for line in lines]
        longest = max(map(len, encoded))
        for number, breaking in enumerate(kinds if longest > _SHORT else kinds[:1]):
            written = CRLF.join(breaking.line(line) if len(line) > _SHORT else line for line in encoded)
            yield Written("quoted-printable", written, (f"quoted {place}", number), is_base=not place and number < 2)
            other = written.removesuffix(CRLF) if written.endswith(CRLF) else written + CRLF
            yield Written("quoted-printable", other, (f"quoted+ {place}", number))


def _whole(draft: Draft) -> Iterator[Undo]:
    """A body that is one text; its encoding stands in the header, which the body hash does not know."""
    region = _only(draft)
    if region is None:
        return
    for written in writings(region):
        edit = Edit(0, len(draft.body), written.octets)
        needs: Needs = ()
        head = draft.head
        if written.encoding != region.encoding:
            needs = tuple(
                ("content-transfer-encoding", None if name is None else _FIELD + name + CRLF)
                for name in _NAMES[written.encoding][:3]
            )
            head = with_encoding(draft.head, _NAMES[written.encoding][0])
        yield Undo((edit,), (told(region, edit, written.encoding),), needs, head, is_base=written.is_base)


def _only(draft: Draft) -> Region | None:
    """The body as a text, whatever its type says."""
    if draft.regions:
        return draft.regions[0]
    whole = Region(draft.body, draft.tree, len(draft.head))
    return None if draft.tree.is_multipart or not whole.is_clear else whole


def with_encoding(head: bytes, name: bytes | None) -> bytes:
    """The header with this encoding, for reading the draft's body."""
    fields, _, _ = split_fields(head)
    kept = b"".join(field.raw for field in fields if field.key != "content-transfer-encoding")
    return kept + (b"" if name is None else _FIELD + name + CRLF) + CRLF


def _named(draft: Draft, region: Region, written: Written) -> Iterator[tuple[Edit, ...]]:
    """The text written so, and the line of the part's header that tells it."""
    body = Edit(region.start, region.end, written.octets)
    if written.encoding == region.encoding:
        yield (body,)
        return
    for name in _NAMES[written.encoding]:
        line = named_line(draft, region, name)
        if line is not None:
            yield (line, body)


def named_line(draft: Draft, region: Region, name: bytes | None) -> Edit | None:
    """The edit that makes the part's header tell this encoding; None where there is nothing to do."""
    low = region.part.start - region.head
    found = _CTE.search(draft.body, low, region.start)
    if found is None:
        if name is None:
            return Edit(region.start, region.start)
        end = max(low, region.start - 2)
        return Edit(end, end, _FIELD + name + CRLF)
    if name is None:
        return Edit(found.start(), found.end())
    return Edit(found.start(1), found.end(1), name)


def _together(draft: Draft, texts: Sequence[Region]) -> Iterator[Undo]:
    """All texts exchanged alike: each is written in the same way, by the same program."""
    ways = [{written.way: written for written in _writings(region, None)} for region in texts]
    for way, first in ways[0].items():
        written = [one.get(way) or one.get((way[0], 0)) for one in ways]
        chosen = [one for one in written if one is not None]
        if len(chosen) == len(texts) and any(one.octets != text.raw for one, text in zip(chosen, texts, strict=True)):
            yield from _joined(draft, texts, chosen, is_base=first.is_base)


def _joined(draft: Draft, texts: Sequence[Region], written: Sequence[Written], *, is_base: bool) -> Iterator[Undo]:
    choices = [list(_named(draft, *pair)) for pair in zip(texts, written, strict=True)]
    most = max(map(len, choices))
    for place in range(most):
        edits = tuple(edit for choice in choices for edit in choice[min(place, len(choice) - 1)] if choice)
        yield _undo(texts, edits, [one.encoding for one in written], is_base=is_base and not place)


def _undo(texts: Sequence[Region], edits: tuple[Edit, ...], encodings: Sequence[str], *, is_base: bool) -> Undo:
    changes = tuple(
        told(region, Edit(region.start, region.end), encoding)
        for region, encoding in zip(texts, encodings, strict=True)
    )
    return Undo(edits, changes, is_base=is_base)


def told(region: Region, edit: Edit, encoding: str) -> Change:
    """The exchange as a change; the text itself is the same, so that none is shown."""
    kind = "re-encoded" if encoding != region.encoding else "rewrapped"
    return change(
        kind,
        edit.start,
        edit.end,
        signed_encoding=encoding or "none",
        encoding=region.encoding or "none",
        type=region.part.content_type,
    )
