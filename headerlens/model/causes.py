"""Proved causes: what has to be undone for a signature to verify again (engine.md 3). Never who did it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as hidden
from enum import StrEnum


class Part(StrEnum):
    """Which half of a signature a change broke."""

    HEADER = "header"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Change:
    """One change since signing, as octets of the message at hand.

    `kind` is a word of the catalogue ("subject-tag", "footer", "banner-text", "re-encoded", ...). `start` and `end`
    are offsets into `RawMessage.octets` of what is there now (equal where something was taken away). `signed` is what
    the signed original said there, `now` what stands there, both decoded for reading and cut to a bound, "" where
    there is nothing. `field` is the header field's name as written, "" for the body. `params` fill the texts: lines,
    tag, encoding.
    """

    kind: str
    part: Part
    start: int
    end: int
    signed: str = hidden(default="", repr=False)
    now: str = hidden(default="", repr=False)
    field: str = ""
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """What the arithmetic proves for signature `index`: undoing all `changes` gives exactly what was signed.

    `header` and `body` say which halves failed and are proved; a half that matched anyway or stays unexplained is
    False. `whole` is true when every failing half is explained, so that the signature verifies once all is undone.
    `tried` counts the candidates that were hashed.
    """

    index: int
    changes: tuple[Change, ...]
    header: bool
    body: bool
    whole: bool
    tried: int = 0
