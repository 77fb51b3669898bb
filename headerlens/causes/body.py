"""Proved causes of a failing body hash: changes are undone and the rest is compared with bh= (RFC 6376 3.7).

No key is needed: bh= stands in the signature. A match is a proof, because nobody can find another body with the same
SHA-256; without a match nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from headerlens.causes.body_additions import Found, find_additions, find_pairs
from headerlens.causes.body_draft import Draft, Needs, change, readable
from headerlens.causes.body_edits import Edit, apply
from headerlens.causes.body_target import Budget, Checker, Target
from headerlens.causes.body_undo import undone
from headerlens.causes.body_wrapper import unwrapped
from headerlens.model.causes import Change
from headerlens.model.limits import CAUSE_CANDIDATES, CAUSE_EDITED_OCTETS, CAUSE_OCTETS
from headerlens.model.records import DkimSignature

__all__ = ["BodyProof", "apply", "body_causes"]

_NOTHING = Edit(0, 0)
_BASES, _FEW_BASES = 20, 6
_INNER, _SECOND, _INNER_OCTETS = 600, 80, 10_000_000
"""Changes tried inside a wrapper, where most of what lists do happens, and after any other change."""

_MAKING, _DRAFTING = 25, 150
"""What one octet costs where a change is undone, and where the result is read anew (see `Budget.work`)."""

_SMALL = 12 * 1024
"""Up to here so many changes are combined with a second one, above it only the likeliest few."""


@dataclass(frozen=True, slots=True)
class BodyProof:
    """What has to be undone so that the body is the signed one.

    `changes` are for people, `edits` are exact; both hold offsets into the octets of the message, and
    `apply(octets, edits)` gives the message with the signed body under the header as it stands now. `tried` counts the
    candidates hashed. `needs` are header fields that belong to the undone change: (name in lower case, the raw field
    with its CRLF as it was probably signed, None where there was none); a MIME wrapper or another encoding changes
    Content-Type and Content-Transfer-Encoding. Several entries of one name are alternatives, the
    likeliest first. They are proved only once the header hash matches with them; where
    bh= matches the header search tries them, and the fields as they stand now. `whole_body` is false where more
    stands there than l= signs.
    """

    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    tried: int
    needs: Needs = ()
    whole_body: bool = True


def body_causes(
    octets: bytes,
    start: int,
    signature: DkimSignature,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> BodyProof | None:
    """What was changed in the body `octets[start:]` since it was signed; None when nothing is proved. Never raises.

    `octets` is the whole message (RawMessage.octets), because the header says how the body is divided. None also where
    the hash matches as it is. Deterministic; bounded by the counts of limits.CAUSE_*; `cancelled` is polled.
    """
    target = Target.of(signature)
    if target is None or not octets[start:]:
        return None
    budget = Budget(CAUSE_CANDIDATES, CAUSE_OCTETS, cancelled)
    draft = Draft(octets[:start], octets[start:])
    checker = Checker(draft.body, target, budget)
    budget.begin(CAUSE_CANDIDATES, CAUSE_OCTETS)
    if checker.matches([_NOTHING]):
        return None
    solved = _solve(draft, checker)
    return None if solved is None else _proof(solved, start, budget, target)


def _solve(draft: Draft, checker: Checker) -> Draft | None:
    """The draft that is what was signed, simple changes before composed ones."""
    if checker.matches([Edit(0, len(draft.body))]):
        return draft.then([Edit(0, len(draft.body))], [_everything(draft)])
    solved = _unwrapped(draft, checker)
    if solved is not None:
        return solved
    found = find_additions(draft, checker)
    if found is not None:
        return _with(draft, found)
    budget = checker.budget
    budget.begin(2_500, 400_000_000)
    for undo in undone(draft):
        budget.work(len(draft.body) * _MAKING)
        if checker.matches(undo.edits):
            return draft.after(undo)
        if not budget.has_room:
            break
    found = find_pairs(draft, checker)
    return _twice(draft, checker) if found is None else _with(draft, found)


def _unwrapped(draft: Draft, checker: Checker) -> Draft | None:
    """Whole parts go before single lines: their lines would be found as well, and told less well."""
    for undo in unwrapped(draft):
        checker.budget.begin(1, CAUSE_OCTETS)
        checker.budget.work(len(draft.body) * _MAKING)
        if checker.matches(undo.edits):
            return draft.after(undo)
        if undo.head is not None:
            candidate = draft.after(undo)
            found = find_additions(candidate, _checker(candidate, checker), deep=False)
            solved = _exchanged(candidate, checker, _INNER) if found is None else _with(candidate, found)
            if solved is not None:
                return solved
        if checker.budget.is_over:
            return None
    return None


def _exchanged(draft: Draft, checker: Checker, most: int, *, light: bool = False) -> Draft | None:
    """The draft with one more change undone; `most` bounds what is tried."""
    again = _checker(draft, checker)
    checker.budget.begin(most, _INNER_OCTETS)
    for undo in undone(draft, light=light):
        checker.budget.work(len(draft.body) * _MAKING)
        if again.matches(undo.edits):
            return draft.after(undo)
        if not checker.budget.has_room:
            break
    return None


def _twice(draft: Draft, checker: Checker) -> Draft | None:
    """Two changes: the second is something added, or of any kind."""
    if len(draft.body) > CAUSE_EDITED_OCTETS:
        return None
    most = _BASES if len(draft.body) <= _SMALL else _FEW_BASES
    bases = list(islice((undo for undo in undone(draft) if undo.is_base), most))
    for undo in bases:
        candidate = draft.after(undo)
        found = find_additions(candidate, _checker(candidate, checker), deep=False)
        if found is not None:
            return _with(candidate, found)
        if checker.budget.is_over:
            return None
    for undo in bases:
        solved = _exchanged(draft.after(undo), checker, _SECOND, light=True)
        if solved is not None:
            return solved
    return None


def _checker(draft: Draft, checker: Checker) -> Checker:
    checker.budget.work(len(draft.body) * _DRAFTING)
    return Checker(draft.body, checker.target, checker.budget)


def _with(draft: Draft, found: Found) -> Draft:
    return draft.then(*found)


def _everything(draft: Draft) -> Change:
    """Nothing was signed in the body, and now something stands there."""
    charset = draft.regions[0].charset if draft.regions else ""
    return change("all-added", 0, len(draft.body), now=readable(draft.body, charset), octets=len(draft.body))


def _proof(solved: Draft, start: int, budget: Budget, target: Target) -> BodyProof:
    """The proof, its offsets those of the message."""
    changes = tuple(replace(each, start=each.start + start, end=each.end + start) for each in solved.changes)
    edits = tuple(edit.moved(start) for edit in solved.edits)
    return BodyProof(changes, edits, budget.tried, solved.needs, _is_whole(solved, target, budget))


def _is_whole(solved: Draft, target: Target, budget: Budget) -> bool:
    """Whether nothing is left that l= does not sign."""
    return target.length is None or Checker(solved.body, target, budget).content_length <= target.length
