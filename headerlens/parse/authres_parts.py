"""The key=value pairs of a recorded result's field, and the words between them (RFC 8601 2.2, RFC 7208 9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from headerlens.parse.authres_tokens import Kind, Text, Token

METHOD = re.compile(r"([A-Za-z0-9_-]+)(?:/([0-9.]+))?")
_TYPED = re.compile(r"(?:smtp|header|policy|body|dns|key|x-tls)\.", re.IGNORECASE)

METHODS = frozenset(
    {
        "arc",
        "auth",
        "bimi",
        "compauth",
        "dkim",
        "dkim-adsp",
        "dkim-atps",
        "dkim2",
        "dmarc",
        "dnswl",
        "domainkeys",
        "iprev",
        "rrvs",
        "sender-id",
        "senderid",
        "smime",
        "spf",
        "vbr",
    }
)
RESULTS = frozenset(
    {
        "none",
        "pass",
        "fail",
        "softfail",
        "neutral",
        "policy",
        "temperror",
        "permerror",
        "hardfail",
        "bestguesspass",
        "unknown",
        "error",
        "tempfail",
        "softpass",
        "discard",
        "nxdomain",
        "skipped",
        "reject",
    }
)


@dataclass(slots=True)
class Pair:
    """key=value: the key's text, the value's tokens, characters `start` to `end`, and the index behind it."""

    key: str
    value: list[Token]
    start: int
    end: int
    after: int
    comments: list[Token]


def segments(found: list[Token]) -> Iterator[list[Token]]:
    """What stands between semicolons; empty places are left out."""
    segment: list[Token] = []
    for token in found:
        if token.kind is not Kind.SEMICOLON:
            segment.append(token)
            continue
        if segment:
            yield segment
        segment = []
    if segment:
        yield segment


def parts(text: Text, segment: list[Token]) -> Iterator[Pair | list[Token]]:
    """A segment as pairs, and runs of glued tokens that are none; a comment comes as a run of its own."""
    index = 0
    while index < len(segment):
        pair = _pair(text, segment, index)
        if pair is not None:
            yield pair
            index = pair.after
        elif segment[index].kind is Kind.COMMENT:
            yield segment[index : index + 1]
            index += 1
        else:
            run = _run(segment, index)
            yield run
            index += len(run)


def _run(segment: list[Token], index: int) -> list[Token]:
    """The token at `index` and what is glued to it."""
    end = index + 1
    while end < len(segment) and segment[end].glued and segment[end].kind is not Kind.COMMENT:
        end += 1
    return segment[index:end]


def _pair(text: Text, segment: list[Token], index: int) -> Pair | None:
    """The pair whose key starts at `index`, None when no pair starts here. White space may stand around "="."""
    key, equals, comments = _key(text, segment, index)
    if equals is None:
        return None
    value: list[Token] = []
    after = equals + 1
    while after < len(segment) and segment[after].kind is Kind.COMMENT:
        comments.append(segment[after])
        after += 1
    if after < len(segment):
        directly = segment[after].glued and not comments
        if directly or not _starts_pair(text, segment, after):
            value = _run(segment, after)
            after += len(value)
    end = value[-1].end if value else segment[equals].end
    return Pair(key, value, segment[index].start, end, after, comments)


def _key(text: Text, segment: list[Token], index: int) -> tuple[str, int | None, list[Token]]:
    """The key at `index` and where its "=" stands (None: this is no key). `dkim / 1 =` is legal (RFC 8601 2.2)."""
    words: list[str] = []
    comments: list[Token] = []
    for place in range(index, min(index + 8, len(segment))):
        token = segment[place]
        if token.kind is Kind.COMMENT and words:
            comments.append(token)
        elif token.kind is Kind.EQUALS and words:
            key = "".join(words)
            return key, place if len(words) == 1 or _is_versioned(key) else None, comments
        elif token.kind is Kind.WORD and len(words) < 3:
            words.append(text.read(token.start, token.end))
        else:
            break
    return "", None, []


def _is_versioned(key: str) -> bool:
    match = METHOD.fullmatch(key)
    return match is not None and match.group(2) is not None


def _starts_pair(text: Text, segment: list[Token], index: int) -> bool:
    """Whether the word behind "= " is the next pair and not the value: "smtp.mailfrom= smtp.helo=x".

    A value may hold "=" itself (prvs=1234=user@host), so only what is certainly a key counts as one.
    """
    key, equals, _ = _key(text, segment, index)
    if equals is None:
        return False
    value = text.value(segment[equals + 1 : equals + 2]).lower()
    return bool(_TYPED.match(key)) or key.lower() == "reason" or (key.lower() in METHODS and value in RESULTS)
