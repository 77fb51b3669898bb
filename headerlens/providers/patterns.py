"""The small language in which provider files describe host names, addresses and selectors (inputs.md 6, notation).

    N         one or more digits                         mN-N.mailgun.net
    *         one or more characters, never a dot or @   smtp-*.core1.example
    *.        as the first label: one or more labels     *.outbound.protection.outlook.com
    @*        at the end: any domain                     *-bounces@*
    {name}    a value to keep, of a fixed form           {token}._domainkey, {region}.amazonses.com

Everything else stands for itself. A pattern always fits the whole text. A label has one * at most, a local part two,
and every repetition is bounded, so that no text takes long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

MAX_TEXT = 320
"""Longer texts fit nothing: a host name has 253 octets, a mailbox 320 (RFC 5321 4.5.3.1)."""

FORMS = {
    "region": "[a-z]{2,4}(?:-[a-z]{2,12}){1,3}(?:-[0-9])?",
    "token": "[a-z0-9]{32}",
    "account": "[0-9]{1,20}",
    "date": "[0-9]{8,17}",
    "letter": "[a-z]",
}
"""What each {name} may hold; none of them contains a dot."""

_PIECE = re.compile(r"(?:\A|(?<=@))\*\.|(?<=@)\*\Z|\*|N|\{([a-z]+)\}")
_PLAIN = re.compile(r"[a-z0-9._@+=-]*")
_LABEL = "[a-z0-9_-]"


class BadPattern(ValueError):  # noqa: N818  it is a broken installation, not an error of the message
    """A pattern of a data file that the language does not have."""


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as an expression for `fullmatch`. Raises BadPattern."""
    made, end, seen = "", 0, set[str]()
    for piece in _PIECE.finditer(pattern):
        made += _literal(pattern[end : piece.start()]) + _expression(piece, seen)
        end = piece.end()
    local, _, domain = pattern.rpartition("@")
    if local.count("*") > 2 or any(label.count("*") > 1 for label in domain.split(".")):
        raise BadPattern(pattern)
    return re.compile(made + _literal(pattern[end:]))


def match(pattern: str, text: str) -> Mapping[str, str] | None:
    """The values a text gives to the names of the pattern ({} where it has none); None when it does not fit."""
    if len(text) > MAX_TEXT:
        return None
    found = compiled(pattern).fullmatch(text.lower())
    return None if found is None else found.groupdict()


def first_match(patterns: Iterable[str], text: str) -> Mapping[str, str] | None:
    """The same for the first pattern that fits."""
    return next((found for pattern in patterns if (found := match(pattern, text)) is not None), None)


def _literal(text: str) -> str:
    if not _PLAIN.fullmatch(text):
        raise BadPattern(text)
    return re.escape(text)


def _expression(piece: re.Match[str], seen: set[str]) -> str:
    word, name = piece[0], piece[1]
    if word == "N":
        return "[0-9]{1,20}"
    if word == "*.":
        return rf"(?:{_LABEL}{{1,63}}\.){{1,8}}"
    if word == "*":
        return _anything(piece)
    if name not in FORMS or name in seen:
        raise BadPattern(piece.string)
    if name == "letter":  # one of several servers, of no use for advice
        return FORMS[name]
    seen.add(name)
    return f"(?P<{name}>{FORMS[name]})"


def _anything(piece: re.Match[str]) -> str:
    """What * stands for: a whole domain behind a final @, characters of a local part before one, else of a label."""
    before, behind = piece.string[: piece.start()], piece.string[piece.end() :]
    if before.endswith("@") and not behind:
        return r"[a-z0-9._-]{1,255}"
    return "[^@]{1,64}" if "@" in behind else f"{_LABEL}{{1,63}}"
