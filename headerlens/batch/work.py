"""One message of many, from where it stands to what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, Protocol, TypeAlias

from headerlens.batch.crash import failure_of
from headerlens.batch.outcome import Checked, Keep, Outcome, T, answers_of, checked, digest_of
from headerlens.dns.recorded import replay
from headerlens.findings.second import reviewed
from headerlens.model.case import Case, Choices
from headerlens.model.dns import Lookup
from headerlens.model.locator import Locator
from headerlens.model.message import RawMessage, Refusal
from headerlens.model.progress import Cancelled, Stopped
from headerlens.pipeline import analyse, prove
from headerlens.verify.second_opinion import second_opinion


@dataclass(frozen=True, slots=True)
class Again:
    """A message that was checked before, to be judged anew: by the answers it has, unless it has changed since."""

    locator: Locator
    before: Checked[Any]


Item: TypeAlias = Locator | RawMessage | Again
"""A message on disk, one that was handed over in memory, or one that was checked before."""


class Stored(Protocol):
    """A case that was kept: it brings its own answers and clock (casefile.py)."""

    @property
    def raw(self) -> RawMessage: ...  # noqa: D102  the message
    @property
    def checked_at(self) -> datetime: ...  # noqa: D102  the clock
    @property
    def choices(self) -> Choices: ...  # noqa: D102  what was chosen then
    def judged_by(self, choices: Choices) -> Case: ...  # noqa: D102  the case by its own answers


Read: TypeAlias = Callable[[Locator], "RawMessage | Stored | Refusal"]
"""What opens a message on disk."""


@dataclass(frozen=True, slots=True)
class Order(Generic[T]):
    """What is done with each message; it crosses into the worker processes."""

    read: Read
    keep: Keep[T]
    choices: Choices


def _place(item: Locator | Again) -> Locator:
    return item.locator if isinstance(item, Again) else item


def judged(
    found: RawMessage | Stored,
    before: Checked[Any] | None,
    choices: Choices,
    *,
    ask: Lookup,
    now: datetime,
    cancelled: Cancelled,
) -> Case:
    """The case of `found`: by the answers of `before` while it is the same message, by those stored, or by asking.

    What was chosen when a case was stored holds for it, but for the trusted receivers where there are any.
    """
    raw = found if isinstance(found, RawMessage) else found.raw
    if not isinstance(found, RawMessage):
        choices = replace(found.choices, trusted=choices.trusted or found.choices.trusted)
    if before is not None and digest_of(raw) == before.digest:
        case = analyse(raw, replay(answers_of(before)), before.checked_at, choices=choices, cancelled=cancelled)
        from_file = not isinstance(found, RawMessage) and found.checked_at == before.checked_at
        return replace(case, reopened=from_file)
    if not isinstance(found, RawMessage):
        return found.judged_by(choices)
    return analyse(raw, ask, now, choices=choices, cancelled=cancelled)


def check_one(item: Item, now: datetime, order: Order[T], ask: Lookup, cancelled: Cancelled) -> Outcome[T]:
    """What becomes of `item` at `now` (aware). Raises `Stopped` once `cancelled()` is true, nothing else.

    A bug costs this one message.
    """
    try:
        found = item if isinstance(item, RawMessage) else order.read(_place(item))
        if isinstance(found, Refusal):
            return found
        known = item.before if isinstance(item, Again) else None
        case = judged(found, known, order.choices, ask=ask, now=now, cancelled=cancelled)
        second = second_opinion(case.message, case.dkim, replay(case.evidence))
        case = prove(reviewed(case, second), cancelled)
        return checked(order.keep(case, second), case)
    except Stopped:
        raise
    except Exception as error:  # noqa: BLE001  a bug in one of ten thousand mails must not lose the others
        return failure_of(error)
