"""Questions to DNS and their answers. A failure is a value: `Lookup` never raises for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a question. NO_NAME is NXDOMAIN, NO_DATA an existing name without this type."""

    FOUND = "found"
    NO_DATA = "nodata"
    NO_NAME = "nxdomain"
    FAILED = "failed"


class Failure(StrEnum):
    """Why a question has no answer."""

    TIMEOUT = "timeout"
    SERVFAIL = "servfail"
    REFUSED = "refused"
    BAD_NAME = "badname"
    BAD_ANSWER = "badanswer"
    UNREACHABLE = "unreachable"
    OFFLINE = "offline"
    CANCELLED = "cancelled"
    ALIAS_LOOP = "aliasloop"
    """CNAMEs lead in a circle, or further than MAX_ALIASES: a mistake of the domain, not of the network."""
    TOO_MANY = "toomany"
    """The message had already asked MAX_QUESTIONS; this one was not sent."""


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """`name` in lower case, A-labels, without a final dot; `rtype` such as "TXT"."""

    name: str
    rtype: str


Record = tuple[bytes, ...]
"""One record: for TXT its character-strings, for every other type one element, the presentation form in ASCII
("192.0.2.1", "10 mx1.example.com", names without a final dot)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What DNS said. `records` is empty unless FOUND. `aliases` are the CNAME targets followed, in order.

    How long it took, who answered and for how long it may be kept are no part of the answer's identity.
    """

    question: Question
    outcome: Outcome
    records: tuple[Record, ...] = ()
    aliases: tuple[str, ...] = ()
    failure: Failure | None = None
    ttl: int | None = field(default=None, compare=False)
    milliseconds: float | None = field(default=None, compare=False)
    server: str | None = field(default=None, compare=False)
    secure: bool | None = field(default=None, compare=False)

    @property
    def texts(self) -> tuple[bytes, ...]:
        """Each record with its character-strings joined without a blank (RFC 7208 3.3, RFC 6376 3.6.2.2)."""
        return tuple(b"".join(record) for record in self.records)


Lookup = Callable[[Question], Answer]


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer as the case keeps it, with the checks that used it ("spf", "dkim", "arc", "dmarc"), sorted."""

    answer: Answer
    used_by: tuple[str, ...] = ()
