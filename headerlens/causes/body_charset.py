"""Character sets exchanged for others, and their names spelled anew in the headers of parts (RFC 2045 5, RFC 2978)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from headerlens.causes.body_draft import Draft, Needs, Region, Undo, change, readable
from headerlens.causes.body_edits import Edit
from headerlens.causes.body_encoding import named_line, with_encoding, writings
from headerlens.model.causes import Change
from headerlens.model.limits import CAUSE_DEEP_OCTETS
from headerlens.parse.header import split_fields
from headerlens.parse.mime import Part, each

_CHARSET = re.compile(rb"(;\s*charset[ \t]*=[ \t]*)(\"?)([A-Za-z0-9_:.-]{1,40})(\"?)", re.IGNORECASE)
_CODECS = {
    "utf-8": ("utf-8",),
    "iso-2022-jp": ("iso2022_jp_ext",),
    "shift_jis": ("cp932", "shift_jis"),
    "euc-jp": ("euc_jp",),
    "iso-8859-1": ("latin-1",),
    "windows-1252": ("cp1252",),
    "us-ascii": ("ascii",),
    "iso-8859-15": ("iso8859-15",),
}
_MOST_WAYS = 45
_HEAD_OCTETS = 20_000
_ENCODINGS: dict[str, tuple[bytes | None, ...]] = {
    "": (b"7bit", b"8bit", None),
    "base64": (b"base64",),
    "quoted-printable": (b"quoted-printable",),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A character set's name in the header of a part, its quotes included; offsets into the body."""

    start: int
    end: int
    octets: bytes

    @property
    def bare(self) -> bytes:
        """Without quotes."""
        return self.octets.strip(b'"')

    def as_form(self, quote: bytes | None, case: str) -> Edit | None:
        """The name in another form: `quote` None keeps the quotes, `case` is "lower", "upper" or "" to keep it."""
        word = self.bare.lower() if case == "lower" else self.bare.upper() if case == "upper" else self.bare
        mark = (b'"' if self.octets.startswith(b'"') else b"") if quote is None else quote
        written = mark + word + mark
        return None if written == self.octets else Edit(self.start, self.end, written)


_FORMS = tuple((quote, case) for quote in (None, b'"', b"") for case in ("", "lower", "upper"))[1:]


def respelled(draft: Draft) -> Iterator[Undo]:
    """The names of character sets with or without quotes, in small or capital letters, in all parts or in one."""
    names = [name for part in each(draft.tree) if part is not draft.tree for name in _names(draft, part)]
    forms = [[edit for edit in (name.as_form(*form) for name in names) if edit is not None] for form in _FORMS]
    for edits in forms:
        if edits:
            yield Undo(tuple(edits), tuple(_respelled(draft, edit) for edit in edits[:20]), is_base=True)
    for edits in forms:
        if 1 < len(edits) <= 6:
            yield from (Undo((edit,), (_respelled(draft, edit),)) for edit in edits)


def _respelled(draft: Draft, edit: Edit) -> Change:
    now = readable(draft.body[edit.start : edit.end])
    return change("charset-respelled", edit.start, edit.end, signed=readable(edit.signed), now=now)


def recoded(draft: Draft) -> Iterator[Undo]:
    """A text in another character set, in the same or another transfer encoding."""
    if len(draft.body) > CAUSE_DEEP_OCTETS:
        return
    for region in draft.regions:
        yield from _recoded(draft, region)


def _recoded(draft: Draft, region: Region) -> Iterator[Undo]:
    unicode = _read(region)
    if unicode is None or unicode.isascii():
        return
    for charset, codecs in _CODECS.items():
        for codec in codecs:
            text = _encoded(unicode, codec)
            if text is None or text == region.text or charset == region.charset:
                continue
            for count, written in enumerate(writings(region, text)):
                if count >= _MOST_WAYS:
                    break
                made = _single if region.part is draft.tree else _inside
                yield from made(draft, region, charset, written.encoding, written.octets)


def _single(draft: Draft, region: Region, charset: str, encoding: str, octets: bytes) -> Iterator[Undo]:
    """A body that is one text: the names stand in the header of the mail."""
    edit = Edit(0, len(draft.body), octets)
    needs: Needs = tuple(_type_fields(draft.head, charset))
    head = draft.head
    if encoding != region.encoding:
        for name in _ENCODINGS[encoding]:
            field = None if name is None else b"Content-Transfer-Encoding: " + name + b"\r\n"
            needs += (("content-transfer-encoding", field),)
        head = with_encoding(head, _ENCODINGS[encoding][0])
    yield Undo((edit,), (_exchanged(region, edit, charset, encoding),), needs, head)


def _inside(draft: Draft, region: Region, charset: str, encoding: str, octets: bytes) -> Iterator[Undo]:
    """A part: the names stand in the body."""
    found = next(_names(draft, region.part), None)
    if found is None:
        return
    for spelling in (charset.encode(), charset.upper().encode()):
        type_edit = Edit(found.start, found.end, found.octets.replace(found.bare, spelling))
        body = Edit(region.start, region.end, octets)
        for name in _ENCODINGS[encoding] if encoding != region.encoding else (b"",):
            line = named_line(draft, region, name) if encoding != region.encoding else None
            edits = sorted(filter(None, (type_edit, line, body)), key=lambda edit: edit.start)
            yield Undo(tuple(edits), (_exchanged(region, body, charset, encoding),))


def _read(region: Region) -> str | None:
    """The text, None where it does not fit its character set."""
    for codec in _CODECS.get(region.charset, ("utf-8",) if not region.charset else ()):
        try:
            return region.text.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _encoded(text: str, codec: str) -> bytes | None:
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return None


def _type_fields(head: bytes, charset: str) -> Iterator[tuple[str, bytes | None]]:
    """Content-Type with the other name, in the spellings programs use."""
    fields, _, _ = split_fields(head)
    raw = next((field.raw for field in reversed(fields) if field.key == "content-type"), None)
    if raw is None:
        return
    for spelling in dict.fromkeys((charset, charset.upper())):
        for quote in ("", '"'):
            name = f"{quote}{spelling}{quote}".encode()
            yield "content-type", _CHARSET.sub(lambda match: match[1] + name, raw, count=1)  # noqa: B023


def _exchanged(region: Region, edit: Edit, charset: str, encoding: str) -> Change:
    """The exchange as a change; the text itself is the same, so that none is shown."""
    return change(
        "charset",
        edit.start,
        edit.end,
        signed_charset=charset,
        charset=region.charset,
        signed_encoding=encoding or "none",
        encoding=region.encoding or "none",
        type=region.part.content_type,
    )


def _names(draft: Draft, part: Part) -> Iterator[Name]:
    """Names of character sets in the header of a part."""
    head = len(draft.head)
    low = part.start - head
    if low < 0:
        return
    for match in _CHARSET.finditer(draft.body[low : part.body_start - head][:_HEAD_OCTETS]):
        yield Name(low + match.start(2), low + match.end(4), match[2] + match[3] + match[4])
