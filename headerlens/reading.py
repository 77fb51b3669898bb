"""From something handed over to the message to check: found, read, and restored where a signature proves the repair.

A body hash needs no DNS (RFC 6376 3.5 bh=), so it judges the undoings that guess (inputs.md 0.4, 1.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from pathlib import Path

from headerlens.intake.files import read, read_file, read_octets
from headerlens.intake.repair.bodies import (
    WRONG_READINGS,
    Guess,
    reencoded,
    undotted,
    unescaped_from,
    unescaped_only_from,
    with_escapes,
    with_line_ends,
    with_signature_blank,
    without_exchanged_blanks,
    without_invisible_marks,
    without_references,
)
from headerlens.model.limits import MAX_RESTORED_OCTETS, MAX_RESTORINGS, MAX_SIGNATURES_CHECKED
from headerlens.model.locator import Locator
from headerlens.model.message import Message, RawMessage, Refusal, Repair
from headerlens.model.records import Canonicalization, DkimSignature
from headerlens.parse.attached import attached_in, open_attached, preferred
from headerlens.parse.message import parse
from headerlens.verify.body_hash import BodyHashes
from headerlens.verify.keys import hash_name

_Attempt = tuple[bytes, int, tuple[Repair, ...]]
_Wanted = tuple[Canonicalization, str, int | None, bytes]

_TOGETHER = 3
_DEEPEST = 4
"""Mails inside mails that are opened of themselves."""

_DECLARED = re.compile(
    rb"charset[ \t]*=[ \t\"']*(iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|shift[_-]jis|x-sjis|cp932|windows-31j|euc-jp"
    rb"|iso-2022-jp(?:-\w{1,6})?|gb2312|gbk|gb18030|big5|euc-kr|ks_c_5601-1987|tis-620)\b",
    re.IGNORECASE,
)
_CODECS = {
    b"shift_jis": "cp932", b"shift-jis": "cp932", b"x-sjis": "cp932", b"windows-31j": "cp932",
    b"gb2312": "gb18030", b"gbk": "gb18030", b"euc-kr": "cp949", b"ks_c_5601-1987": "cp949",
}  # fmt: skip
_MOST_CHARSETS = 4
_LINE_END = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n")


@dataclass(frozen=True, slots=True)
class _Step:
    """A guess, and what kind of damage it undoes: two of one kind never go together."""

    kind: str
    guess: Guess


class Which(StrEnum):
    """Which mail is meant where one carries another."""

    AUTO = "auto"
    """The attached one where the outer one shows its reader nothing of its own (parse/attached.py), else the outer."""

    OUTER = "outer"
    INNER = "inner"
    """The first attached one, where there is any."""


def open_message(locator: Locator, which: Which = Which.OUTER) -> RawMessage | Refusal:
    """The message at `locator`, read and restored."""
    return meant(_opened(read(locator)), which)


def open_file(path: Path) -> RawMessage | Refusal:
    """The one message in a file, read and restored; a refusal where it holds several."""
    return _opened(read_file(path))


def open_octets(octets: bytes, name: str, *, pasted: bool = False) -> RawMessage | Refusal:
    """The message in octets of standard input, the clipboard (`pasted`, as UTF-8) or a sample, read and restored."""
    return _opened(read_octets(octets, name, pasted=pasted))


def meant(raw: RawMessage | Refusal, which: Which) -> RawMessage | Refusal:
    """The mail that `which` means: `raw` itself, or the one inside it, restored."""
    if isinstance(raw, Refusal) or which is Which.OUTER:
        return raw
    if which is Which.AUTO:
        return follow(raw, preferred_way(raw))
    return follow(raw, (0,)) if attached_in(raw) else raw


def preferred_way(raw: RawMessage | Refusal) -> tuple[int, ...]:
    """The indexes of the mails inside mails that are meant where nobody has chosen, outermost first; () for `raw`."""
    way: tuple[int, ...] = ()
    while isinstance(raw, RawMessage) and len(way) < _DEEPEST:
        index = preferred(raw)
        inner = None if index is None else open_attached(raw, index)
        if index is None or not isinstance(inner, RawMessage):
            break
        way, raw = (*way, index), inner
    return way


def follow(raw: RawMessage | Refusal, way: tuple[int, ...]) -> RawMessage | Refusal:
    """The mail at the end of `way`, restored; the refusal of the first that cannot be opened."""
    for index in way:
        if isinstance(raw, Refusal):
            break
        raw = open_attached(raw, index)
    return _opened(raw) if way else raw


def restored(raw: RawMessage) -> RawMessage:
    """The message with those undoings that make a bh= match where none did before; else the very same object.

    Undoings are tried singly, then two and three together, within `MAX_RESTORINGS` and `MAX_RESTORED_OCTETS`; each that
    helped is a `Repair`, and `original` holds what was handed over. Never raises, asks nobody.
    """
    message = parse(raw)
    wanted = _wanted(message)
    start = message.body_start
    if start is None or not wanted or not message.body.strip() or _fits(raw.octets, start, wanted):
        return raw
    budget = _Budget(len(raw.octets) - start)
    as_given = _as_given(raw, start)
    if as_given is not None and budget.take() and _fits(as_given.octets, start, wanted):
        return as_given
    for made in _attempts(raw.octets, start, budget):
        if _fits(made[0], made[1], wanted):
            given = raw.octets if raw.original is None else raw.original
            return replace(raw, octets=made[0], repairs=(*raw.repairs, *made[2]), original=given)
    return raw


class _Budget:
    """Counts attempts and the octets they cost."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._tries = 0

    def take(self) -> bool:
        """Whether one more attempt may be made."""
        self._tries += 1
        return self._tries <= MAX_RESTORINGS and self._tries * self._size <= MAX_RESTORED_OCTETS


def _opened(raw: RawMessage | Refusal) -> RawMessage | Refusal:
    return raw if isinstance(raw, Refusal) else restored(raw)


def _wanted(message: Message) -> tuple[_Wanted, ...]:
    """How the signatures made their body hashes, and what came out."""
    signatures = [*message.signatures, *(one.message_signature for one in message.arc)]
    readable = [each for each in signatures if each is not None and _is_readable(each)]
    return tuple(
        (each.body_canonicalization, hash_name(each), each.length, each.body_hash)
        for each in readable[:MAX_SIGNATURES_CHECKED]
        if each.body_hash is not None
    )


def _is_readable(signature: DkimSignature) -> bool:
    length_lost = signature.length is None and signature.tags.get("l") is not None
    canon_lost = any(fault.code == "sig.canon_unknown" for fault in signature.faults)
    # l=0 signs no body: any change would seem to fit
    return signature.algorithm is not None and not length_lost and not canon_lost and signature.length != 0


def _fits(octets: bytes, start: int, wanted: tuple[_Wanted, ...]) -> bool:
    """Whether one of the body hashes comes out."""
    hashes = BodyHashes(octets[start:])
    return any(hashes.get(how, name, length).digest == digest for how, name, length, digest in wanted)


def _attempts(octets: bytes, start: int, budget: _Budget) -> Iterator[_Attempt]:
    """What comes out of each step alone, then of two and three of different kinds together, as the budget allows."""
    useful: list[_Step] = []
    for step in _steps(octets):
        made = _undone(octets, start, (step,))
        if made is None:
            continue
        useful.append(step)
        if not budget.take():
            return
        yield made
    for number in range(2, _TOGETHER + 1):
        for chosen in combinations(useful, number):
            if len({step.kind for step in chosen}) < number:
                continue
            if not budget.take():
                return
            made = _undone(octets, start, chosen)
            if made is not None:
                yield made


def _steps(octets: bytes) -> Iterator[_Step]:
    """All undoings in the order in which they follow each other: the latest damage first."""
    yield _Step("line-ends", with_line_ends)
    yield _Step("references", without_references)
    yield _Step("nbsp", without_exchanged_blanks)
    yield _Step("invisible", without_invisible_marks)
    for codec in dict.fromkeys((*_declared(octets), *WRONG_READINGS)):
        yield _Step("charset", reencoded(codec))
    yield _Step("escapes", with_escapes)
    yield _Step("from", unescaped_from)
    yield _Step("from", unescaped_only_from)
    yield _Step("dots", undotted)
    yield _Step("blanks", with_signature_blank)


def _declared(octets: bytes) -> Iterator[str]:
    """The charsets that the message names, as codecs."""
    seen: dict[str, None] = {}
    for found in _DECLARED.finditer(octets):
        name = found[1].lower()
        seen[_CODECS.get(name, name.decode("ascii"))] = None
        if len(seen) >= _MOST_CHARSETS:
            break
    yield from seen


def _undone(octets: bytes, start: int, steps: tuple[_Step, ...]) -> _Attempt | None:
    """The octets after all these steps, where their body begins, and the repairs; None when one finds nothing to do."""
    repairs: list[Repair] = []
    for step in steps:
        made = step.guess(octets, start)
        if made is None:
            return None
        # a re-encoded header is shorter; its empty line is where it was
        start = start if step.kind != "charset" else _body_start(made[0])
        octets = made[0]
        repairs.append(made[1])
    return octets, start, tuple(repairs)


def _body_start(octets: bytes) -> int:
    found = octets.find(b"\r\n\r\n")
    return found + 4 if found >= 0 else len(octets)


def _as_given(raw: RawMessage, start: int) -> RawMessage | None:
    """The message with the line ends of its body as handed over; None unless only line ends were repaired."""
    given = raw.original
    if given is None or [made.id for made in raw.repairs] != ["repair.line-ends"]:
        return None
    empty = _LINE_END.search(given)
    if empty is None:
        return None
    octets = raw.octets[:start] + given[empty.end() :]
    if octets == given:
        return replace(raw, octets=given, repairs=(), original=None)
    return replace(raw, octets=octets)
