"""What becomes of one message of many: small values that cross from process to process."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeAlias, TypeVar

from headerlens.batch.crash import Failure
from headerlens.model.case import Case
from headerlens.model.dns import Answer, Evidence
from headerlens.model.message import RawMessage, Refusal
from headerlens.model.verdicts import SecondOpinion

T = TypeVar("T")

Keep: TypeAlias = Callable[[Case, tuple[SecondOpinion, ...]], T]
"""What is kept of a case. It is called in the worker: a function of a module, or a `partial` of one."""

_Answers = tuple[tuple[Evidence, ...], tuple[Answer, ...]]


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A message that was checked: what was kept of it, and what makes the same case of the same octets again."""

    kept: T
    checked_at: datetime
    answers: bytes
    digest: bytes


Outcome: TypeAlias = Checked[T] | Refusal | Failure
"""A Failure is a mistake of the program; it costs this one message."""


def checked(kept: T, case: Case) -> Checked[T]:
    """`kept` with the answers that `case` rests on, about a kilobyte."""
    packed = zlib.compress(pickle.dumps((case.evidence, case.foreseen), pickle.HIGHEST_PROTOCOL))
    return Checked(kept, case.checked_at, packed, digest_of(case.raw))


def answers_of(one: Checked[T]) -> tuple[Answer, ...]:
    """The answers a check used, and those it had been given without need."""
    packed: _Answers = pickle.loads(zlib.decompress(one.answers))  # noqa: S301  written by `checked` in this run
    evidence, foreseen = packed
    return (*(each.answer for each in evidence), *foreseen)


def digest_of(raw: RawMessage) -> bytes:
    """Tells whether a file is still the one that was checked."""
    return sha256(raw.octets).digest()
