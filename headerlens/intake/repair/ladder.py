"""The ladder of repairs: which of them a text needs, in which order, and no more than it needs (inputs.md 0.4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from headerlens.intake.blocks import SEARCH_OCTETS, begins_mail
from headerlens.intake.pieces import only_of
from headerlens.intake.repair.flattened import unflattened
from headerlens.intake.repair.folds import with_folds, without_invisible, without_nbsp
from headerlens.intake.repair.line_ends import decoded, undoubled, with_crlf, without_from_line, without_leading_blank
from headerlens.intake.repair.page_rows import page_rows
from headerlens.intake.repair.pages import (
    from_archive,
    from_markup,
    from_page,
    is_web_archive,
    unescaped,
    unescaped_front,
)
from headerlens.intake.repair.steps import Undo, first_line
from headerlens.intake.repair.wrappers import unfenced, unnumbered, unquoted, without_leading_text
from headerlens.model.limits import MAX_REPAIR_PLANS
from headerlens.model.message import Repair

LADDER: tuple[Undo, ...] = (
    unfenced, unquoted, unnumbered, from_page, undoubled, without_invisible, without_leading_text, from_markup,
    unescaped_front, unflattened,
)  # fmt: skip
"""What is tried when no header stands at the start, singly in this order, then two and three of them together."""

IN_HEADER: tuple[Undo, ...] = (unescaped, without_invisible, without_nbsp, with_folds)
"""What is undone once the header is found; each shows in lines that are no fields, or in characters no header has."""

_DEPTH = 3


@dataclass(slots=True)
class Mended:
    """Octets after all repairs that need no signature, and the repairs.

    `found` tells whether a mail's header begins at the first octet. `page_rows` is what Gmail's page showed.
    """

    octets: bytes
    repairs: list[Repair] = field(default_factory=list)
    found: bool = False
    page_rows: tuple[tuple[str, str], ...] = ()

    @property
    def body_kept(self) -> bool:
        """Whether the source still holds the body."""
        return not self.has("repair.flattened")

    def apply(self, undo: Undo) -> bool:
        """Keep what `undo` gives; whether it gave anything."""
        done = undo(self.octets)
        if done is None:
            return False
        if done[1].id == "repair.gmail-page":
            self.page_rows = page_rows(_front(self.octets, done[0]))
        self.octets = done[0]
        if not (self.has(done[1].id) and done[1].id == "repair.html-escaped"):
            self.repairs.append(done[1])
        return True

    def has(self, identifier: str) -> bool:
        """Whether this repair was made."""
        return any(made.id == identifier for made in self.repairs)


def mended(octets: bytes) -> Mended:
    """The mail in these octets, every damage undone that shows without a signature; `found` is false without a mail.

    Octets with nothing wrong come back unchanged, the very same object, with no repair.
    """
    draft = Mended(octets)
    draft.apply(decoded)
    if only_of(None, draft.octets):
        return draft
    draft.apply(with_crlf)
    draft.found = _locate(draft)
    if draft.found:
        for undo in IN_HEADER:
            draft.apply(undo)
    return draft


def _locate(draft: Mended) -> bool:
    """Bring the header block to the front; whether there is one."""
    if is_web_archive(draft.octets):
        draft.apply(from_archive)
    elif begins_mail(draft.octets):
        return True
    draft.apply(without_leading_blank)
    draft.apply(without_from_line)
    if begins_mail(draft.octets) and not is_web_archive(draft.octets):
        return True
    plan = _plan(draft.octets)
    if not plan or not all(draft.apply(undo) for undo in plan):
        return False
    draft.apply(_to_first_line)
    return begins_mail(draft.octets)


def _plan(octets: bytes) -> tuple[Undo, ...]:
    """The shortest row of undoings after which a mail begins, found on the first octets only; () for none."""
    states: list[tuple[bytes, tuple[Undo, ...]]] = [(octets[:SEARCH_OCTETS], ())]
    tries = 0
    for _ in range(_DEPTH):
        following: list[tuple[bytes, tuple[Undo, ...]]] = []
        for head, done in states:
            for undo in LADDER:
                if undo in done:
                    continue
                tries += 1
                made = undo(head) if tries <= MAX_REPAIR_PLANS else None
                if made is None:
                    continue
                plan = (*done, undo)
                if begins_mail(made[0], first_line(made[0])):
                    return plan
                following.append((made[0], plan))
        states = following
    return ()


def _to_first_line(octets: bytes) -> tuple[bytes, Repair] | None:
    """Empty lines at the start of what was unpacked belong to the wrapper."""
    done = without_leading_blank(octets)
    return None if done is None else (done[0], Repair("repair.leading-blank", done[1].count))


def _front(before: bytes, after: bytes) -> bytes:
    """What stood in front of the mail: text, or a page up to the <pre> that holds it."""
    if before.endswith(after):
        return before[: len(before) - len(after)]
    opening = before[:SEARCH_OCTETS].lower().find(b"<pre")
    return before[: max(opening, 0)]
