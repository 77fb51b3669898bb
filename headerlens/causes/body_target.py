"""Whether an edited body is the one that was signed: many small edits of one large body, each hashed quickly.

The body is made canonical once (RFC 6376 3.4.3, 3.4.4). That works line by line but for the empty lines at the end, so
an edited body is put together from pieces of the canonical text and from the few lines that were edited, and the hash
of what stands before the first edit is kept.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from headerlens.causes.body_edits import Edit
from headerlens.model.limits import CAUSE_EFFORT, CAUSE_SIGNED_OCTETS
from headerlens.model.records import Canonicalization, DkimSignature

CRLF = b"\r\n"
_POLL = 256
_BLOCK = 4096
_FEW_EDITS, _EDIT_COST = 20, 8_000
"""Each edit of many costs so much (see `Budget.work`)."""

_PAIRS_REVERSED = re.compile(rb"(?:\n\r)*")

Piece = bytes | memoryview


class Budget:
    """What the searches may still spend, in candidates and in octets hashed.

    Counts, never clocks, so that the same mail always gives the same answer.
    """

    def __init__(self, candidates: int, octets: int, cancelled: Callable[[], bool] | None = None) -> None:
        self.tried = 0
        self._octets = 0
        self._most = (candidates, octets)
        self._now = self._most
        self._cancelled = cancelled
        self._stopped = False
        self._refused = False
        self._effort = 0

    def begin(self, candidates: int, octets: int) -> None:
        """Start a search that may spend so much of what is left."""
        self._refused = False
        self._now = (
            min(self._most[0], self.tried + candidates),
            min(self._most[1], self._octets + octets),
        )

    def spend(self, octets: int, candidates: int = 1) -> bool:
        """Whether another candidate of so many octets is allowed; it is counted when it is."""
        if self._stopped or self.tried + candidates > self._now[0] or self._octets + octets > self._now[1]:
            self._refused = True
            return False
        before = self.tried
        self.tried += candidates
        self._octets += octets
        if self._cancelled is not None and (not before or before // _POLL != self.tried // _POLL) and self._cancelled():
            self._stopped = True
        return not self._stopped

    def work(self, nanoseconds: int) -> None:
        """Count what making a candidate costs, as a rule of thumb: writing a body anew takes longer than hashing it.

        Never measured, so that the same mail always gives the same answer. What goes beyond the bound ends the search.
        """
        self._effort += nanoseconds
        if self._effort > CAUSE_EFFORT or (self._cancelled is not None and self._cancelled()):
            self._stopped = True

    @property
    def has_room(self) -> bool:
        """Whether the search under way may go on."""
        return not self._stopped and self.tried < self._now[0] and self._octets < self._now[1] and not self._refused

    @property
    def is_over(self) -> bool:
        """Whether the whole search has to end."""
        return self._stopped or self.tried >= self._most[0] or self._octets >= self._most[1]


@dataclass(frozen=True, slots=True)
class Target:
    """What bh= and its neighbours say."""

    digest: bytes
    how: Canonicalization
    length: int | None

    @classmethod
    def of(cls, signature: DkimSignature) -> Target | None:
        """None where the signature says nothing that could be proved.

        That is without bh= or SHA-256, or with an l= of a few octets, which many texts begin with by chance.
        """
        is_sha256 = (signature.algorithm or "").endswith("-sha256")
        if not is_sha256 or signature.body_hash is None or len(signature.body_hash) != hashlib.sha256().digest_size:
            return None
        if signature.length is not None and signature.length < CAUSE_SIGNED_OCTETS:
            return None
        return cls(signature.body_hash, signature.body_canonicalization, signature.length)


def canonical_lines(octets: bytes, how: Canonicalization) -> bytes:
    """The lines as they are hashed, empty ones at the end still there; a CRLF is put after the last."""
    if not octets.endswith(CRLF) and octets:
        octets += CRLF
    if how is Canonicalization.SIMPLE:
        return octets
    octets = octets.replace(b"\t", b" ")
    while b"  " in octets:
        octets = octets.replace(b"  ", b" ")
    return octets.replace(b" \r\n", CRLF)


class Checker:
    """Compares edits of one body with the target."""

    def __init__(self, body: bytes, target: Target, budget: Budget) -> None:
        self.body = body
        self.target = target
        self.budget = budget
        self.text = canonical_lines(body, target.how)
        self._view = memoryview(self.text)
        self._source = body if body.endswith(CRLF) or not body else body + CRLF
        self._content_end = self._stripped(0, len(self.text))
        self._blocks = ([0], [0]) if target.how is Canonicalization.SIMPLE else self._mapped()
        self._states: list[tuple[int, hashlib._Hash]] = [(0, hashlib.sha256())]
        self._recent = self._states[0]
        self._offsets: dict[int, int] = {}
        self._step = max(_BLOCK, len(self.text) // 64)

    @property
    def content_length(self) -> int:
        """The octets of the canonical body, empty lines at its end left out."""
        return self._content_end

    def matches(self, edits: Sequence[Edit]) -> bool:
        """Whether the body with these edits is what was signed; False as well once the budget is spent."""
        if len(edits) > _FEW_EDITS:
            self.budget.work(len(edits) * _EDIT_COST)
        first, pieces = self._pieces(edits)
        size = sum(map(len, pieces))
        hashed = self._state(first) if first else (0, self._states[0][1])
        if not self.budget.spend(size + first - hashed[0]):
            return False
        return self._digest(first, pieces) == self.target.digest

    def canonical_offset(self, line_start: int) -> int:
        """Where a line of the body begins in the canonical text."""
        if self.target.how is Canonicalization.SIMPLE:
            return line_start
        found = self._offsets.get(line_start)
        if found is None:
            sources, texts = self._blocks
            block = bisect_right(sources, line_start) - 1
            between = self._source[sources[block] : line_start]
            found = texts[block] + len(canonical_lines(between, self.target.how))
            self._offsets[line_start] = found
        return found

    def source_offset(self, place: int) -> int:
        """Where a line of the canonical text begins in the body: both have the same line ends."""
        if self.target.how is Canonicalization.SIMPLE:
            return min(place, len(self.body))
        sources, texts = self._blocks
        block = bisect_right(texts, place) - 1
        at = sources[block]
        for _ in range(self.text.count(CRLF, texts[block], place)):
            at = self._source.index(CRLF, at) + 2
        return min(at, len(self.body))

    def _mapped(self) -> tuple[list[int], list[int]]:
        """Starts of blocks of lines in the body and in the canonical text."""
        sources, texts, at, place = [0], [0], 0, 0
        while True:
            line_end = self._source.find(CRLF, at + _BLOCK)
            if line_end < 0:
                return sources, texts
            place += len(canonical_lines(self._source[at : line_end + 2], self.target.how))
            at = line_end + 2
            sources.append(at)
            texts.append(place)

    def _pieces(self, edits: Sequence[Edit]) -> tuple[int, list[Piece]]:
        """How much of the canonical text stands unchanged at the start, and what follows it."""
        source, how = self._source, self.target.how
        first = line_start(source, edits[0].start)
        prefix = self.canonical_offset(first)
        pieces: list[Piece] = []
        seam, at = [source[first : edits[0].start], edits[0].signed], edits[0].end
        for edit in edits[1:]:
            line_end = self._line_end(at, seam)
            if edit.start < line_end:
                seam += [source[at : edit.start], edit.signed]
            else:
                pieces.append(canonical_lines(b"".join((*seam, source[at:line_end])), how))
                next_line = line_start(source, edit.start)
                next_line = max(next_line, line_end)
                pieces.append(self._between(line_end, next_line))
                seam = [source[next_line : edit.start], edit.signed]
            at = edit.end
        line_end = self._line_end(at, seam)
        pieces.append(canonical_lines(b"".join((*seam, source[at:line_end])), how))
        start = self.canonical_offset(line_end)
        if start < self._content_end:
            pieces.append(self._view[start : self._content_end])
            return prefix, pieces
        return self._without_end(prefix, pieces)

    def _between(self, start: int, end: int) -> Piece:
        return self._view[self.canonical_offset(start) : self.canonical_offset(end)]

    def _line_end(self, at: int, seam: list[bytes]) -> int:
        """Up to where lines are affected: `at` itself where both sides of it are whole lines."""
        last = next((piece for piece in reversed(seam) if piece), CRLF)
        if last.endswith(CRLF) and (at == 0 or self._source.endswith(CRLF, 0, at)):
            return at
        found = self._source.find(CRLF, at)
        return len(self._source) if found < 0 else found + 2

    def _without_end(self, prefix: int, pieces: list[Piece]) -> tuple[int, list[Piece]]:
        """Without the empty lines at the end."""
        while pieces:
            last = bytes(pieces[-1])
            kept = len(last) - _pairs(last)
            if kept:
                pieces[-1] = last[:kept]
                return prefix, pieces
            pieces.pop()
        return self._stripped(0, prefix), pieces

    def _stripped(self, low: int, high: int) -> int:
        """The end of [low, high) without the empty lines there."""
        while high > low:
            window = self.text[max(low, high - _BLOCK) : high]
            pairs = _pairs(window)
            high -= pairs
            if pairs < len(window):
                return high
        return high

    def _state(self, offset: int) -> tuple[int, hashlib._Hash]:
        """The nearest kept hash of the canonical text up to `offset`."""
        kept = self._states[bisect_right(self._states, offset, key=lambda state: state[0]) - 1]
        return self._recent if kept[0] <= self._recent[0] <= offset else kept

    def _prefix(self, offset: int) -> hashlib._Hash:
        """The hash of the canonical text up to `offset`; a few are kept on the way."""
        at, state = self._state(offset)
        made = state.copy()
        while offset - at >= self._step:
            made.update(self._view[at : at + self._step])
            at += self._step
            if self._states[-1][0] < at:
                self._states.append((at, made.copy()))
        made.update(self._view[at:offset])
        self._recent = (offset, made.copy())
        return made

    def _digest(self, first: int, pieces: list[Piece]) -> bytes:
        is_empty = not first and not pieces
        ending = b"" if is_empty and self.target.how is Canonicalization.RELAXED else CRLF
        if self.target.length is not None:
            return self._short_digest(first, [*pieces, ending], self.target.length)
        made = self._prefix(first)
        for piece in pieces:
            made.update(piece)
        made.update(ending)
        return made.digest()

    def _short_digest(self, first: int, pieces: list[Piece], length: int) -> bytes:
        """The hash of l= octets; nothing where there are fewer (RFC 6376 3.5: l= MUST NOT be larger)."""
        if first + sum(map(len, pieces)) < length:
            return b""
        made = self._prefix(min(first, length))
        left = length - min(first, length)
        for piece in pieces:
            made.update(piece[:left])
            left -= min(left, len(piece))
        return made.digest()


def line_start(octets: bytes, place: int) -> int:
    """The start of the line that holds `place`."""
    return octets.rfind(CRLF, 0, place) + 2 if octets.rfind(CRLF, 0, place) >= 0 else 0


def _pairs(octets: bytes) -> int:
    """How many octets of whole CRLFs stand at the end."""
    tail = octets[len(octets.rstrip(CRLF)) :]
    if tail == CRLF * (len(tail) // 2):
        return len(tail)
    match = _PAIRS_REVERSED.match(tail[::-1])
    return match.end() if match else 0
