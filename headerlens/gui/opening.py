"""From a source to the message that is meant: which clipboard, which mail inside. Runs in workers; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from headerlens.gui.sources import Pasted, Source

if TYPE_CHECKING:
    from headerlens.casefile import StoredCase
    from headerlens.model.message import RawMessage, Refusal

BEGINNING = 400_000
"""Characters that tell which half of a rich clipboard is the better one; a header is seldom longer."""

SLICE = 1_000_000
"""Characters encoded at a time: one call over 25 MB would hold the interpreter, and with it the window."""

BODY_LINES = 40
"""Lines of a body that are worth something: whether there are any is what tells a flattened copy."""

LONGEST_SUBJECT = 70


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A mail inside the one that is shown: `way` as in `Source.attached`; texts are harmless, "" for none."""

    way: tuple[int, ...]
    subject: str
    sender: str
    only_headers: bool = False


@dataclass(frozen=True, slots=True)
class Relatives:
    """The mails inside the shown one, and the subject of the one around it, None where there is none."""

    way: tuple[int, ...] = ()
    around: str | None = None
    inside: tuple[Enclosed, ...] = ()


def read(source: Source) -> RawMessage | Refusal:
    """The message that `source` means, repaired as far as that is certain.

    Where nobody has chosen, a mail that shows its reader nothing of its own gives way to the mail inside it.
    """
    from headerlens.reading import follow

    raw = outermost(source)
    return follow(raw, _chosen_way(raw, source))


def outermost(source: Source) -> RawMessage | Refusal:
    """The message as it was handed over, whatever is inside it."""
    from headerlens.model.message import Refusal
    from headerlens.reading import open_file, open_message, open_octets

    stored = stored_in(source)
    if stored is not None:
        return stored if isinstance(stored, Refusal) else stored.raw
    if source.locator is not None:
        return open_message(source.locator)
    if source.path is not None:
        return open_file(source.path)
    if source.sample is not None:
        return source.sample.message()
    if source.pasted is not None:
        return open_octets(encoded(better_half(source.pasted)), source.name, pasted=True)
    return open_octets(source.octets or b"", source.name)


def stored_in(source: Source) -> StoredCase | Refusal | None:
    """The case that a case file keeps, or why it can't be opened; None for everything else."""
    from headerlens.casefile import is_case_file, load_case, open_case, open_listed

    if source.locator is not None:
        return open_listed(source.locator)
    if source.path is not None:
        return open_case(source.path)
    octets = source.octets
    return load_case(octets, source.name) if octets is not None and is_case_file(octets) else None


def _keeps_case(source: Source) -> bool:
    from headerlens.casefile import begins_case, is_case_file, is_listed_case

    if source.locator is not None:
        return is_listed_case(source.locator)
    return begins_case(source.path) if source.path is not None else is_case_file(source.octets or b"")


def relatives(source: Source, shown: RawMessage) -> Relatives:
    """What stands around and inside `shown`, the message that `source` meant."""
    from headerlens.model.message import RawMessage, SourceKind
    from headerlens.reading import follow

    if shown.kind is not SourceKind.ATTACHED:
        return Relatives(inside=_enclosed(shown, ()))
    raw = outermost(source)
    way = _chosen_way(raw, source)
    outer = follow(raw, way[:-1])
    around = _subject(outer) if way and isinstance(outer, RawMessage) else None
    return Relatives(way, around, _enclosed(shown, way))


def better_half(pasted: Pasted) -> str:
    """The text of a clipboard, or its HTML where a header with more lines comes out of that (inputs.md 1.2)."""
    if not pasted.html.strip():
        return pasted.text
    if not pasted.text.strip():
        return pasted.html
    return pasted.html if _worth(pasted.html) > _worth(pasted.text) else pasted.text


def encoded(text: str) -> bytes:
    """As UTF-8; half of a surrogate pair survives as the octets a careless program would write."""
    octets = BytesIO()  # hands its buffer out without another copy
    for start in range(0, len(text), SLICE):
        octets.write(text[start : start + SLICE].encode("utf-8", "surrogatepass"))
    return octets.getvalue()


def _worth(text: str) -> tuple[int, int, int]:
    """How much of a mail comes out of the beginning of `text`: header fields, header lines, some body."""
    from headerlens.intake.files import read_octets
    from headerlens.model.message import Refusal
    from headerlens.parse.message import parse

    raw = read_octets(encoded(text[:BEGINNING]), "", pasted=True)
    if isinstance(raw, Refusal):
        return 0, 0, 0
    message = parse(raw)
    end = message.body_start if message.body_start is not None else len(raw.octets)
    lines = message.body[: BEGINNING // 2].count(b"\n")
    return len(message.fields), raw.octets.count(b"\n", 0, end), min(lines, BODY_LINES)


def _chosen_way(raw: RawMessage | Refusal, source: Source) -> tuple[int, ...]:
    """The way to the mail that is meant: the person's, else the preferred one."""
    from headerlens.reading import preferred_way

    if source.attached is not None:
        return source.attached
    # a case was saved of the mail that was meant then
    return () if _keeps_case(source) else preferred_way(raw)


def _enclosed(shown: RawMessage, way: tuple[int, ...]) -> tuple[Enclosed, ...]:
    from headerlens.parse.attached import attached_in
    from headerlens.present.harmless import harmless

    return tuple(
        Enclosed(
            (*way, one.index),
            harmless(one.subject, LONGEST_SUBJECT),
            harmless(one.sender, LONGEST_SUBJECT),
            one.kind == "headers",
        )
        for one in attached_in(shown)
    )


def _subject(raw: RawMessage) -> str:
    from headerlens.parse.message import parse
    from headerlens.present.harmless import harmless

    return harmless(parse(raw).subject, LONGEST_SUBJECT)


def glance_at(source: Source) -> Source:
    """The beginning of a paste, for a look that must not take long; any other source as it is."""
    if source.pasted is None:
        return source
    return replace(source, pasted=Pasted(source.pasted.text[:BEGINNING], source.pasted.html[:BEGINNING]))
