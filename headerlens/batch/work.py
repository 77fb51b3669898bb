"""One message of many, from where it stands to what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeAlias

from headerlens.batch.crash import failure_of
from headerlens.batch.outcome import Keep, Outcome, T, checked
from headerlens.dns.recorded import replay
from headerlens.findings.second import reviewed
from headerlens.model.case import Choices
from headerlens.model.dns import Lookup
from headerlens.model.locator import Locator
from headerlens.model.message import RawMessage, Refusal
from headerlens.model.progress import Cancelled, Stopped
from headerlens.pipeline import analyse, prove
from headerlens.verify.second_opinion import second_opinion

Item: TypeAlias = Locator | RawMessage
"""A message on disk, or one that was handed over in memory."""

Read: TypeAlias = Callable[[Locator], RawMessage | Refusal]
"""What opens a message on disk."""


@dataclass(frozen=True, slots=True)
class Order(Generic[T]):
    """What is done with each message; it crosses into the worker processes."""

    read: Read
    keep: Keep[T]
    choices: Choices


def check_one(item: Item, now: datetime, order: Order[T], ask: Lookup, cancelled: Cancelled) -> Outcome[T]:
    """What becomes of `item` at `now` (aware). Raises `Stopped` once `cancelled()` is true, nothing else.

    A bug costs this one message.
    """
    try:
        raw = order.read(item) if isinstance(item, Locator) else item
        if isinstance(raw, Refusal):
            return raw
        case = analyse(raw, ask, now, choices=order.choices, cancelled=cancelled)
        second = second_opinion(case.message, case.dkim, replay(case.evidence))
        case = prove(reviewed(case, second), cancelled)
        return checked(order.keep(case, second), case)
    except Stopped:
        raise
    except Exception as error:  # noqa: BLE001  a bug in one of ten thousand mails must not lose the others
        return failure_of(error)
