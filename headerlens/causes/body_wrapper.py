"""Parts put around the signed body or into it, as list servers and gateways do (RFC 2046 5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.causes.body_draft import Draft, Needs, Undo, change, readable
from headerlens.causes.body_edits import Edit
from headerlens.model.causes import Change
from headerlens.parse.header import split_fields
from headerlens.parse.mime import Part, decode_body, each

_MOST = 30
_NOTICE_OCTETS = 4_000
"""The longest footers of lists and companies."""

_FIELDS = ("content-type", "content-transfer-encoding", "content-disposition", "content-language", "mime-version")


def unwrapped(draft: Draft) -> Iterator[Undo]:
    """The mail that became one part of a new multipart; then multiparts without one of their parts."""
    tree = draft.tree
    for part in tree.parts[:_MOST]:
        yield _inner(draft, tree, part)
    multiparts = [part for part in each(tree) if part.parts and part.boundary]
    for multipart in multiparts[:_MOST]:
        for part in reversed(multipart.parts[-_MOST:]):
            yield from _without(draft, multipart, part)


def _inner(draft: Draft, tree: Part, part: Part) -> Undo:
    """Only this part, its fields those of the mail."""
    octets, head = draft.head + draft.body, len(draft.head)
    start, end = part.body_start - head, part.end - head
    others = [other for other in tree.parts if other is not part]
    changes: list[Change] = [
        change("mime-wrapper", 0, start, now=readable(draft.body[:start]), type=tree.content_type, parts=len(others))
    ]
    changes += [_part_change(octets, other, head, _role(tree, other, part)) for other in others]
    edits = (Edit(0, start), Edit(end, len(draft.body)))
    own_head = octets[part.start : part.body_start]
    return Undo(edits, tuple(changes), _needs(own_head), own_head, is_base=True)


def _role(tree: Part, other: Part, part: Part) -> str:
    """A short text beside the signed one is a notice; what may be shown in its place is a part like any other."""
    is_beside = tree.content_type == "multipart/mixed" and other.is_text
    if not is_beside or other.end - other.start > _NOTICE_OCTETS:
        return "part-added"
    return "footer-part" if other.start > part.start else "banner-part"


def _needs(head: bytes) -> Needs:
    """The fields of the part: they stood in the header before. What the part does not say was absent.

    The wrapper writes its own MIME-Version, so that nobody can tell whether there was one.
    """
    fields, _, _ = split_fields(head)
    found = {field.key: field.raw for field in reversed(fields) if field.key in _FIELDS}
    absent = [name for name in _FIELDS[:2] if name not in found]
    return tuple(found.items()) + tuple((name, None) for name in absent)


def _without(draft: Draft, multipart: Part, part: Part) -> Iterator[Undo]:
    """Without this part and the delimiter before it."""
    octets, head = draft.head + draft.body, len(draft.head)
    delimiter = b"--" + multipart.boundary
    start = octets.rfind(delimiter, multipart.body_start, part.start)
    end = octets.find(delimiter, part.end, multipart.end)
    if start < 0 or end < 0 or len(multipart.parts) < 2:
        return
    edit = Edit(start - head, end - head)
    yield Undo((edit,), (_part_change(octets, part, head, "part-added", edit),), is_base=True)


def _part_change(octets: bytes, part: Part, head: int, kind: str, edit: Edit | None = None) -> Change:
    text = decode_body(octets, part) if part.is_text else b""
    params: dict[str, str | int] = {"type": part.content_type, "lines": len(text.strip(b"\r\n").split(b"\r\n"))}
    params["octets"] = part.end - part.start
    if part.filename:
        params["filename"] = part.filename
    start, end = (edit.start, edit.end) if edit else (part.start - head, part.end - head)
    charset = dict(part.params).get("charset", "").lower()
    return change(kind, start, end, now=readable(text, charset), measures=params)
