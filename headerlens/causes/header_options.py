"""What each name of h= may have covered when it was signed: the fields of that name read anew, dropped, put back.

RFC 6376 5.4.2 counts fields of one name from the bottom up, so all of one name are one choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from headerlens.causes.header_copies import copied, copies, spelt
from headerlens.causes.header_dates import date_values
from headerlens.causes.header_layout import Layout, layouts, light_layouts, refolded, whole_layouts
from headerlens.causes.header_mime import MIME_NAMES, absent_values, mime_values, part_fields
from headerlens.causes.header_people import AUTHOR_NAMES, author_values, mailbox_values, recipient_values
from headerlens.causes.header_readings import Mark, Reading, Value, lightest
from headerlens.causes.header_subject import subject_values
from headerlens.causes.header_words import is_encoded, spellings
from headerlens.model.limits import CAUSE_OPTIONS, CAUSE_READINGS
from headerlens.model.message import HeaderField, Message
from headerlens.model.records import Canonicalization, DkimSignature
from headerlens.verify.canonical import CRLF, canonical_field, without_signature_value

_PEOPLE = frozenset({"from", "reply-to", "sender", "to", "cc"})
_UNSTRUCTURED = frozenset({"subject", "comments", "organization", "thread-topic"})
_ADDED_BY_LISTS = frozenset({"reply-to", "sender", "precedence", "errors-to"})
_MOST_INSTANCES = 4
_MOST_VALUES = 1_500
_LAYOUT_WEIGHT = 3
"""Readings heavier than this are tried in the usual folds only."""

_NBSP = (b"\xc2\xa0", b"\xe3\x80\x80", b"\xa0")
_INVISIBLE = (b"\xef\xbb\xbf", b"\xe2\x80\x8b", b"\xe2\x80\x8e", b"\xe2\x80\x8f", b"\xe2\x80\xaa", b"\xe2\x80\xac")


@dataclass(frozen=True, slots=True)
class Edit:
    """One field as it was signed: `index` of the field now (None: it is gone), `raw` then (None: it was not there)."""

    index: int | None
    raw: bytes | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """What the hash takes in at each place of one name in h=, ready in its canonical form; b"" where nothing."""

    pieces: tuple[bytes, ...]
    weight: int
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One name of h=: its places in the order of h=, and its options, the likeliest first."""

    places: tuple[int, ...]
    options: tuple[Option, ...]


class Options:
    """Makes the groups of one signature; what is made for one layout of all fields is kept for nobody else."""

    def __init__(
        self,
        message: Message,
        signature: DkimSignature,
        needs: Iterable[tuple[str, bytes | None]] = (),
        hints: Iterable[Edit] = (),
    ) -> None:
        self._message = message
        self._signature = signature
        self._how = signature.header_canonicalization
        self._needs: dict[str, list[bytes | None]] = {}
        for name, raw in (*needs, *part_fields(message)):
            self._needs.setdefault(name, []).append(raw)
        self._hints = tuple(hints)
        self._copied: dict[str, list[bytes]] = {}
        for name, raw in copied(signature.copied_fields):
            self._copied.setdefault(name, []).append(raw)

    def worlds(self, weight: int) -> Iterator[tuple[Group, ...]]:
        """The groups of each change of this weight made to all fields alike; under relaxed there is none but none."""
        for layout, own, mark in whole_layouts():
            if own == weight and (layout is None or self._matters(layout)):
                yield self._groups(layout, mark)

    def _matters(self, layout: Layout) -> bool:
        """Whether a change to all fields alike does anything to a signed one; the signature's own is tried anyhow."""
        if self._how is Canonicalization.RELAXED:
            return False
        signed = (field for field in self._message.fields if field.key in self._signature.signed_names)
        return any(layout(field.raw) != field.raw for field in signed)

    def _groups(self, layout: Layout | None, mark: Mark | None) -> tuple[Group, ...]:
        places: dict[str, list[int]] = {}
        for place, name in enumerate(self._signature.signed_names):
            places.setdefault(name, []).append(place)
        groups = [self._group(name, tuple(at), layout, mark) for name, at in places.items()]
        return (*groups, self._own(len(self._signature.signed_names), layout))

    def _group(self, name: str, places: tuple[int, ...], layout: Layout | None, mark: Mark | None) -> Group:
        own = self._signature.field_index
        present = [field for field in self._message.fields if field.key == name and field.index != own]
        states = self._states(name, present, len(places), layout, mark)
        best: dict[tuple[bytes, ...], Option] = {}
        for raws, weight, edits in states:
            pieces = self._pieces(raws, len(places))
            known = best.get(pieces)
            if known is None or weight < known.weight:
                best[pieces] = Option(pieces, weight, edits)
        options = tuple(sorted(best.values(), key=lambda one: one.weight)[:CAUSE_OPTIONS])
        return Group(places, options)

    def _pieces(self, raws: tuple[bytes, ...], count: int) -> tuple[bytes, ...]:
        """From the bottom up (5.4.2), then nothing."""
        taken = [canonical_field(raw, self._how) for raw in raws[::-1][:count]]
        return (*taken, *[b""] * (count - len(taken)))

    def _states(
        self, name: str, present: list[HeaderField], count: int, layout: Layout | None, mark: Mark | None
    ) -> Iterator[tuple[tuple[bytes, ...], int, tuple[Edit, ...]]]:
        """The fields of one name from the top down, how likely, and the edits that lead there."""
        laid = [_laid(field, layout, mark) for field in present]
        raws = tuple(one[0] for one in laid)
        base = tuple(edit for one in laid for edit in one[1])
        counted = present[-_MOST_INSTANCES:]
        yield raws, 0, base
        yield from self._dropped(name, raws, base, present)
        for field in counted[-count:] if name != "dkim-signature" else ():
            place = present.index(field)
            rest = tuple(edit for edit in base if edit.index != field.index)
            for reading in self._readings(field, raws[place], layout, mark):
                edit = Edit(field.index, reading.raw, reading.marks)
                if reading.raw is not None:
                    yield (*raws[:place], reading.raw, *raws[place + 1 :]), reading.weight, (*rest, edit)
                    if len(raws) > 1:  # beside it, another was added
                        yield (reading.raw,), reading.weight + 2, (*_drops(present, field), edit)
                else:
                    yield raws[:place] + raws[place + 1 :], reading.weight, (*rest, edit)
        if len(present) < count:
            for reading in self._lost(name):
                if reading.raw is not None:
                    edit = Edit(None, reading.raw, reading.marks)
                    yield (reading.raw, *raws), reading.weight, (*base, edit)

    def _dropped(
        self,
        name: str,
        raws: tuple[bytes, ...],
        base: tuple[Edit, ...],
        present: list[HeaderField],
    ) -> Iterator[tuple[tuple[bytes, ...], int, tuple[Edit, ...]]]:
        """One field fewer, or only one left: fields were added since. A lone field need not have been there.

        h= may name a field that is absent so that nobody adds one (5.4); lists add Reply-To all the same.
        """
        usual = name in _ADDED_BY_LISTS or name.startswith("list-")
        weight = 1 if usual or len(present) > 1 else 2
        weight -= 1 if usual and any(each.key == "list-id" for each in self._message.fields) else 0
        for field in present[-_MOST_INSTANCES:]:
            place = present.index(field)
            rest = tuple(edit for edit in base if edit.index != field.index)
            added = Edit(field.index, None, (Mark("field-added"),))
            yield raws[:place] + raws[place + 1 :], weight, (*rest, added)
            if len(present) > 2:
                yield (raws[place],), 2, _drops(present, field)

    def _readings(
        self, field: HeaderField, raw: bytes, layout: Layout | None, mark: Mark | None
    ) -> tuple[Reading, ...]:
        """Everything that may have stood in the place of this field, in all layouts that make a difference."""
        if len(field.raw) > 64 * 1024:
            return ()
        first = (mark,) if mark is not None and raw != field.raw else ()
        found = [Reading(raw, 0, first)]
        for known in self._known(field):
            laid = known.raw if known.raw is None else _apply(layout, known.raw)
            found += [Reading(laid, known.weight, known.marks)]
        name = raw[: raw.find(b":") + 1]
        found += [
            Reading(_apply(layout, name + value.body), value.weight, (*first, value.mark))
            for value in self._values(field)
        ]
        return self._laid_out(lightest(found, _MOST_VALUES))

    def _laid_out(self, found: tuple[Reading, ...]) -> tuple[Reading, ...]:
        if self._how is Canonicalization.RELAXED:
            return found
        full = [each for one in found if one.weight <= 1 for each in layouts(one)]
        light = [each for one in found if 1 < one.weight <= _LAYOUT_WEIGHT for each in light_layouts(one)]
        return lightest([*full, *light, *found], CAUSE_READINGS)

    def _known(self, field: HeaderField) -> Iterator[Reading]:
        """What the body's proof, z=, another signature's proof and copies in the header say."""
        yield from (Reading(one.raw, 0, one.marks) for one in self._hints if one.index == field.index)
        for place, raw in enumerate(self._needs.get(field.key, ())):
            if raw != field.raw:
                yield Reading(raw, min(place, 1), (Mark("mime-field" if raw is not None else "field-added"),))
        for raw in self._copied.get(field.key, ()):
            yield Reading(raw, 0, (Mark("field-replaced"),))
        name = field.raw[: field.value_start - field.start]
        for body in copies(field.key, self._message.fields):
            yield Reading(name + body, 1, (Mark("field-replaced"),))

    def _values(self, field: HeaderField) -> Iterator[Value]:
        key, body, others = field.key, field.body, self._message.fields
        if key == "from":
            yield from author_values(field, others)
        if key in _PEOPLE:
            yield from mailbox_values(field)
        if key == "to":
            yield from recipient_values(others)
        if key in _UNSTRUCTURED:
            yield from subject_values(body)
        if key == "date":
            yield from date_values(self._message.date, self._signature.timestamp)
        if key in MIME_NAMES:
            yield from mime_values(key, body)
        yield from _plain_values(body)

    def _lost(self, name: str) -> tuple[Reading, ...]:
        """What may have stood in a field that is gone."""
        mark = (Mark("field-removed"),)
        title = spelt(name) + b":"
        found = list(self._hinted(name))
        found += [Reading(raw, 0, mark) for raw in self._needs.get(name, ()) if raw is not None]
        found += [Reading(raw, 0, mark) for raw in self._copied.get(name, ())]
        found += [Reading(title + body, 1, mark) for body in copies(name, self._message.fields)]
        found += [Reading(title + body, 2, mark) for body in absent_values(name)]
        if name in {"reply-to", "sender"}:
            sources = (each for each in self._message.fields if each.key in AUTHOR_NAMES or each.key == "from")
            found += [Reading(title + each.body, 2, mark) for each in sources]
        return self._laid_out(lightest(found, _MOST_VALUES))

    def _hinted(self, name: str) -> Iterator[Reading]:
        """Fields that are gone and that another signature's proof has put back."""
        key = name.encode("ascii", "replace")
        for one in self._hints:
            if one.index is None and one.raw is not None and one.raw.partition(b":")[0].strip().lower() == key:
                yield Reading(one.raw, 0, one.marks)

    def _own(self, place: int, layout: Layout | None) -> Group:
        """The signature's own field: only its blanks and folds may have changed, its b= is taken out below."""
        field = self._message.fields[self._signature.field_index]
        found = [_apply(layout, field.raw)]
        if self._how is Canonicalization.SIMPLE:
            every = light_layouts(Reading(found[0], 0))
            found += [one.raw for one in every if one.raw is not None]
            found += [_spread(field.raw, blank) for blank in (b" ", b"\t", b"        ", b"    ")]
            found += [refolded(field.raw, blank) for blank in (b" ", b"\t", b"        ", b"    ", b"  ")]
        found += [field.raw.replace(b"\r\n ", b"").replace(b"\r\n\t", b""), field.raw.replace(b"\r\n", b"")]
        options: dict[bytes, Option] = {}
        for weight, raw in zip((0, *[1] * len(found)), found, strict=False):
            piece = _without_value(raw, self._how)
            edits = () if raw == field.raw else (Edit(field.index, raw, (Mark("signature-refolded"),)),)
            options.setdefault(piece, Option((piece,), weight, edits))
        return Group((place,), tuple(options.values()))


def _laid(field: HeaderField, layout: Layout | None, mark: Mark | None) -> tuple[bytes, tuple[Edit, ...]]:
    if layout is None or mark is None:
        return field.raw, ()
    raw = _apply(layout, field.raw)
    return raw, ((Edit(field.index, raw, (mark,)),) if raw != field.raw else ())


def _apply(layout: Layout | None, raw: bytes) -> bytes:
    return raw if layout is None else layout(raw)


def _drops(present: list[HeaderField], kept: HeaderField) -> tuple[Edit, ...]:
    return tuple(Edit(each.index, None, (Mark("field-added"),)) for each in present if each.index != kept.index)


def _plain_values(body: bytes) -> Iterator[Value]:
    """What may happen to any field: odd blanks, invisible characters, comments, words encoded or decoded."""
    spaced = body
    for blank in _NBSP[:2] if _is_utf8(body) else _NBSP:
        spaced = spaced.replace(blank, b" ")
    if spaced != body:
        yield Value(spaced, 1, Mark("field-nbsp"))
    seen = body
    for sign in _INVISIBLE:
        seen = seen.replace(sign, b"")
    if seen != body:
        yield Value(seen, 1, Mark("field-invisible"))
    bare = body.rstrip(b" \t\r\n")
    if bare.endswith(b")") and b"(" in bare:
        yield Value(bare[: bare.rfind(b"(")].rstrip(b" \t\r\n") + b"\r\n", 3, Mark("field-comment"))
    if is_encoded(body):
        yield from (Value(each, 2, Mark("field-reencoded")) for each in spellings(body))


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_value(raw: bytes, how: Canonicalization) -> bytes:
    return canonical_field(without_signature_value(raw), how).removesuffix(CRLF)


def _spread(raw: bytes, blank: bytes) -> bytes:
    """The tags of the signature on a line each."""
    joined = raw.removesuffix(b"\r\n").replace(b"\r\n", b"")
    return (b";\r\n" + blank).join(
        part.strip(b" \t") if at else part for at, part in enumerate(joined.split(b";"))
    ) + CRLF
