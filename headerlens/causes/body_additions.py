"""Text added to what a reader sees: footers and banners in text and HTML parts, encoded or not, and in both at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from headerlens.causes.body_draft import Draft, Region, change, readable
from headerlens.causes.body_edits import Edit, narrowed
from headerlens.causes.body_footer import find_footer, find_lines, find_range
from headerlens.causes.body_target import CRLF, Checker
from headerlens.model.causes import Change
from headerlens.model.limits import CAUSE_DEEP_OCTETS

_MARK = re.compile(rb"(?<=>)|(?=<)|(?<=\n)|(?=\r\n)|(?<!\r)(?=\n)")
_OPENING = re.compile(rb"<(?:html|head|body|div|table|center)\b[^<>]{0,2000}>", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:body|html)[ \t\r\n]*>", re.IGNORECASE)
_META = re.compile(rb"(?:\r?\n)?<meta\b[^>]{0,200}http-equiv[^>]{0,200}>(?:\r?\n)?", re.IGNORECASE)
_HTML_OCTETS = 64 * 1024
"""How far from its ends an HTML text is searched: banners bring their own styles, and reach some kilobytes."""

_TAIL_LINES = 300
_HEAD_LINES = 100
_STARTS, _FEW_STARTS = 80, 25
_MARKS = 250
_PLACES = 5
_WAYS = 3
_PAIR_TAILS = 60
_PAIR_HEADS = 40

FOOTER, BANNER, META, LINES = "footer", "banner", "meta", "lines"


@dataclass(frozen=True)
class Addition:
    """A stretch of a region's text that may have been added, and what it would be called."""

    region: Region
    span: Edit
    role: str


Found = tuple[tuple[Edit, ...], tuple[Change, ...]]


def find_additions(draft: Draft, checker: Checker, *, deep: bool = True) -> Found | None:
    """What was added to the body of the draft; offsets are into it. None when nothing is proved.

    `deep` spends more; pairs are left to `find_pairs`.
    """
    budget, size = checker.budget, max(1, len(checker.text))
    budget.begin(500_000, size * 2 + 50_000_000)
    edits = find_footer(checker, deep=deep)
    if edits is not None:
        return edits, tuple(_whole(draft, edit, FOOTER) for edit in edits)
    budget.begin(8_000 if deep else 600, 400_000_000 if deep else 20_000_000)
    found = _first(checker, _singles(draft))
    if found is None:
        budget.begin(120_000 if deep else 20_000, 200_000_000 if deep else 10_000_000)
        edits = find_range(checker, starts=_STARTS if deep else _FEW_STARTS)
        if edits is not None:
            return edits, tuple(_whole(draft, edit, BANNER if edit.start == 0 else FOOTER) for edit in edits)
    return found


def find_pairs(draft: Draft, checker: Checker) -> Found | None:
    """Pairs of additions, and lines added anywhere, in bodies that are not large."""
    budget = checker.budget
    if len(checker.text) > CAUSE_DEEP_OCTETS:
        return None
    for choices in (_both_texts(draft), _same_region(draft)):
        budget.begin(12_000, 150_000_000)
        found = _first_pair(checker, choices)
        if found is not None:
            return found
    budget.begin(8_000, 150_000_000)
    edits = find_lines(checker)
    return None if edits is None else (edits, tuple(_whole(draft, edit, LINES) for edit in edits))


def _first(checker: Checker, choices: Iterable[Addition]) -> Found | None:
    """The first addition without which the body is what was signed."""
    for addition in choices:
        for way in range(_WAYS):
            edits = addition.region.edits([addition.span], way)
            if not edits:
                break
            if checker.matches(edits):
                return edits, (_told(addition, checker.body, edits),)
            if not checker.budget.has_room:
                return None
            if not any(edit.signed for edit in edits):  # nothing is written anew: all ways are the same
                break
    return None


Prepared = tuple[Addition, tuple[Edit, ...]]


def _prepared(additions: Iterable[Addition]) -> list[Prepared]:
    """Each addition with the edits that take it out, made once for all pairs."""
    made = ((addition, addition.region.edits([addition.span])) for addition in additions)
    return [(addition, edits) for addition, edits in made if edits]


def _first_pair(checker: Checker, pairs: Iterable[tuple[Prepared, Prepared]]) -> Found | None:
    """The first two additions without which the body is what was signed."""
    for (one, one_edits), (other, other_edits) in pairs:
        if one_edits[-1].end <= other_edits[0].start:
            edits = one_edits + other_edits
        elif other_edits[-1].end <= one_edits[0].start:
            edits = other_edits + one_edits
        elif one.region is other.region and one.span.end <= other.span.start:
            edits = one.region.edits([one.span, other.span])
        else:
            continue
        if edits and checker.matches(edits):
            return edits, (_told(one, checker.body, edits), _told(other, checker.body, edits))
        if not checker.budget.has_room:
            return None
    return None


def _singles(draft: Draft) -> Iterator[Addition]:
    """One addition in one text."""
    for region in draft.regions:
        if region.is_html:
            yield from _metas(region)
    is_whole = len(draft.regions) == 1 and not draft.tree.parts and not draft.regions[0].encoding
    for region in draft.regions:
        if not is_whole or region.is_html:
            yield from _tails(region, _TAIL_LINES)
    for region in draft.regions:
        yield from _heads(region, _HEAD_LINES)


def _same_region(draft: Draft) -> Iterator[tuple[Prepared, Prepared]]:
    """On top and at the bottom of the same text."""
    for region in draft.regions:
        yield from product(_prepared(_heads(region, _PAIR_HEADS)), _prepared(_tails(region, _PAIR_TAILS)))


def _both_texts(draft: Draft) -> Iterator[tuple[Prepared, Prepared]]:
    """In the plain text and in the HTML beside it."""
    plain = next((region for region in draft.regions if not region.is_html), None)
    html = next((region for region in draft.regions if region.is_html), None)
    if plain is None or html is None:
        return
    yield from product(_prepared(_tails(plain, 20)), _prepared(_tails(html, _PAIR_TAILS)))
    yield from product(_prepared(_heads(plain, 20)), _prepared(_heads(html, _PAIR_TAILS)))


def _tails(region: Region, most: int) -> Iterator[Addition]:
    """Stretches at the end of a text, the shortest first."""
    if region.is_html:
        yield from (Addition(region, span, FOOTER) for span in _html_tails(region.text, most))
    text, line_end = region.text, region.line_end
    at = len(text)
    for _ in range(most):
        at = text.rfind(line_end, 0, at)
        if at < 0:
            return
        if at + len(line_end) < len(text):
            yield Addition(region, Edit(at + len(line_end), len(text)), FOOTER)
        yield Addition(region, Edit(at, len(text)), FOOTER)


def _heads(region: Region, most: int) -> Iterator[Addition]:
    """Stretches at the start of a text, the shortest first."""
    if region.is_html:
        yield from (Addition(region, span, BANNER) for span in _html_heads(region.text, most))
    at, line_end = 0, region.line_end
    for _ in range(most):
        found = region.text.find(line_end, at)
        if found < 0:
            return
        at = found + len(line_end)
        yield Addition(region, Edit(0, at), BANNER)


def _html_tails(text: bytes, most: int) -> Iterator[Edit]:
    """Before </body>, before </html>, at the end: from every mark before it on."""
    base = max(0, len(text) - _HTML_OCTETS)
    window = text[base:]
    ends = {len(window), len(window.rstrip(CRLF))}
    for match in list(_CLOSING.finditer(window))[-2:]:
        ends |= {match.start(), len(window[: match.start()].rstrip(CRLF))}
    marks = _marks(window)
    for end in sorted(ends, reverse=True)[:_PLACES]:
        before = [mark for mark in marks if mark < end][-most:]
        yield from (Edit(base + mark, base + end) for mark in reversed(before))


def _html_heads(text: bytes, most: int) -> Iterator[Edit]:
    """Behind the first opening tags, body before all: up to every mark behind it."""
    window = text[:_HTML_OCTETS]
    opened = sorted(_OPENING.finditer(window), key=lambda match: (match[0][:5].lower() != b"<body", match.start()))
    starts: list[int] = []
    for match in opened[: _PLACES - 1]:
        starts += [match.end(), match.end() + 2] if window.startswith(CRLF, match.end()) else [match.end()]
    marks = _marks(window)
    for start in dict.fromkeys([*starts, 0]):
        behind = [mark for mark in marks if mark > start][:most]
        yield from (Edit(start, mark) for mark in behind)


def _metas(region: Region) -> Iterator[Addition]:
    """The line about the character set that Microsoft's servers put into the head."""
    text = region.text[:_HTML_OCTETS]
    for match in list(_META.finditer(text))[:3]:
        low, high = match.span()
        inner = low + len(match[0]) - len(match[0].lstrip(CRLF)), high - len(match[0]) + len(match[0].rstrip(CRLF))
        for span in dict.fromkeys([inner, (inner[0], high), (low, inner[1]), (low, high)]):
            yield Addition(region, Edit(*span), META)


def _marks(window: bytes) -> list[int]:
    """Where tags and lines begin and end."""
    return [match.start() for match in _MARK.finditer(window)]


def _told(addition: Addition, body: bytes, edits: Sequence[Edit]) -> Change:
    """The addition as a change, at the place of the edits that belong to it."""
    region, span = addition.region, addition.span
    mine = [narrowed(body, edit) for edit in edits if region.start <= edit.start <= region.end]
    exact = [edit for edit in mine if not region.encoding and edit.start == span.start + region.start]
    places = exact or mine
    added = region.text[span.start : span.end]
    return change(
        f"{addition.role}-html" if region.is_html and addition.role in (FOOTER, BANNER) else addition.role,
        places[0].start,
        places[-1].end,
        now=readable(added, region.charset),
        measures=_measures(added),
        encoding=region.encoding or "none",
        type=region.part.content_type,
    )


def _whole(draft: Draft, edit: Edit, role: str) -> Change:
    """Lines of the body as a change; `place` tells lines that stand outside of all parts, where few programs look."""
    added = draft.body[edit.start : edit.end]
    first = draft.regions[0] if draft.regions else None
    parts, head = draft.tree.parts, len(draft.head)
    is_outside = bool(parts) and (edit.end + head <= parts[0].start or edit.start + head >= parts[-1].end)
    return change(
        role,
        edit.start,
        edit.end,
        now=readable(added, first.charset if first else ""),
        measures=_measures(added),
        encoding=first.encoding or "none" if first and not parts else "none",
        type=draft.tree.content_type,
        place="outside" if is_outside else "body",
    )


def _measures(added: bytes) -> dict[str, str | int]:
    """Lines and octets."""
    return {"lines": len(added.strip(CRLF).split(CRLF)), "octets": len(added)}
