"""Walks through combinations of readings, the likeliest first, and hashes each at the price of what differs.

The weights of one combination add up; all combinations of weight 1 come before those of weight 2. States of the hash
are copied where combinations part, so that a candidate costs one copy and the octets behind its last choice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from headerlens.causes.header_options import Group, Option

Accepts = Callable[[bytes], bool]

_POLL = 256
_MOST_JOINED = 2_000
"""Options that the end of the hash input may have as one choice: the inner loop is quick when it is long."""


class OutOfBudget(Exception):  # noqa: N818  the search is over, nothing is wrong; never leaves this room
    """So many candidates were hashed, or the user has stopped it."""


@dataclass(slots=True)
class Budget:
    """How many candidates may still be hashed; `tried` counts them."""

    limit: int
    cancelled: Callable[[], bool]
    tried: int = 0

    def spend(self) -> None:
        """One more candidate."""
        if self.tried >= self.limit or (self.tried % _POLL == 0 and self.cancelled()):
            raise OutOfBudget
        self.tried += 1


class Combinations:
    """All combinations of the options of some groups, as one hash input (RFC 6376 3.7)."""

    def __init__(self, groups: tuple[Group, ...], accepts: Accepts, budget: Budget) -> None:
        groups = _with_joined_end(groups)
        self._accepts = accepts
        self._budget = budget
        self._chosen: dict[int, Option] = {}
        self._steps = _steps(groups)
        self._groups = groups
        self._by_weight = [_by_weight(group) for group in groups]
        self._reachable = self._reach()
        self._last = max((at for at, step in enumerate(self._steps) if step.chooses), default=-1)

    @property
    def heaviest(self) -> int:
        """The weight of the least likely combination."""
        return self._reachable[0].bit_length() - 1

    def find(self, weight: int) -> tuple[Option, ...] | None:
        """The first combination of exactly this weight that is accepted, an option per group; None without one."""
        if weight < 0 or not self._reachable[0] >> weight & 1:
            return None
        self._chosen.clear()
        if self._walk(0, hashlib.sha256(), weight):
            return tuple(self._chosen.get(at, group.options[0]) for at, group in enumerate(self._groups))
        return None

    def _walk(self, at: int, state: hashlib._Hash, weight: int) -> bool:
        """Depth first; true with the combination in `_chosen`."""
        while not self._steps[at].chooses:  # what is no choice, or was chosen further up
            step = self._steps[at]
            state = state.copy()
            state.update(self._piece(step))
            at += 1
            if at == len(self._steps):
                return self._try(state, weight)
        step = self._steps[at]
        if at == self._last:
            return self._finish(step, state, weight)
        reachable = self._reachable[at + 1]
        for own, options in self._by_weight[step.group].items():
            if own > weight or not reachable >> (weight - own) & 1:
                continue
            for option in options:
                self._chosen[step.group] = option
                following = state.copy()
                following.update(option.pieces[0])
                if self._walk(at + 1, following, weight - own):
                    return True
        return False

    def _finish(self, step: _Step, state: hashlib._Hash, weight: int) -> bool:
        """The last choice: what stands behind it is the same for all its options, but for its own other places."""
        accepts, spend = self._accepts, self._budget.spend
        behind = self._steps[self._last + 1 :]
        alone = all(each.group != step.group for each in behind)
        tail = b"".join(map(self._piece, behind)) if alone else b""
        for option in self._by_weight[step.group].get(weight, ()):
            spend()
            self._chosen[step.group] = option
            made = state.copy()
            made.update(option.pieces[0] + (tail if alone else b"".join(map(self._piece, behind))))
            if accepts(made.digest()):
                return True
        return False

    def _try(self, state: hashlib._Hash, weight: int) -> bool:
        """A combination without any choice."""
        self._budget.spend()
        return weight == 0 and self._accepts(state.digest())

    def _piece(self, step: _Step) -> bytes:
        option = self._chosen.get(step.group)
        return (option or self._groups[step.group].options[0]).pieces[step.number]

    def _reach(self) -> list[int]:
        """For each step the sums of weights that the choices from there on can make, as bits; one bit behind all."""
        reach = [1]
        for step in reversed(self._steps):
            sums = reach[0]
            if step.chooses:
                sums = 0
                for weight in self._by_weight[step.group]:
                    sums |= reach[0] << weight
            reach.insert(0, sums)
        return reach


@dataclass(frozen=True, slots=True)
class _Step:
    """One place of the hash input: piece `number` of `group`; `chooses` at the first place of a group with options."""

    group: int
    number: int
    chooses: bool


def _with_joined_end(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The last names of h= and the signature's own field, which has few readings, as one choice."""
    parts = sorted((single for group in groups for single in _split(group)), key=lambda one: one.places[-1])
    joined = [Option((b"",), 0, ())]
    place = parts[-1].places[-1]
    while parts and len(parts[-1].places) == 1 and len(joined) * len(parts[-1].options) <= _MOST_JOINED:
        before = parts.pop()
        place = before.places[0]
        joined = [_joined(one, other) for one in before.options for other in joined]
    return (*parts, Group((place,), tuple(joined)))


def _joined(one: Option, other: Option) -> Option:
    return Option((one.pieces[0] + other.pieces[0],), one.weight + other.weight, (*one.edits, *other.edits))


def _split(group: Group) -> tuple[Group, ...]:
    """A group without a choice as one for each of its places; its edits are told once."""
    if len(group.options) > 1:
        return (group,)
    only = group.options[0]
    pieces = zip(group.places, only.pieces, strict=True)
    return tuple(
        Group((place,), (Option((piece,), only.weight, () if at else only.edits),))
        for at, (place, piece) in enumerate(pieces)
    )


def _steps(groups: tuple[Group, ...]) -> tuple[_Step, ...]:
    placed = [
        (place, _Step(at, number, number == 0 and len(group.options) > 1))
        for at, group in enumerate(groups)
        for number, place in enumerate(group.places)
    ]
    return tuple(step for _, step in sorted(placed, key=lambda one: one[0]))


def _by_weight(group: Group) -> dict[int, list[Option]]:
    found: dict[int, list[Option]] = {}
    for option in group.options:
        found.setdefault(option.weight, []).append(option)
    return found
