"""Words, quoted strings, comments and literals of structured fields, in one pass whatever they hold (RFC 5322 3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache


class Kind(Enum):
    """What a token is. An opening mark that is never closed is part of a WORD."""

    BLANK = auto()
    WORD = auto()
    QUOTED = auto()
    COMMENT = auto()
    LITERAL = auto()
    SPECIAL = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a field; `text` is `source[start:end]`, quotes and brackets included."""

    kind: Kind
    text: str
    start: int
    end: int


_BLANKS = re.compile(r"[ \t\r\n]+")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_LITERAL = re.compile(r"\[(?:[^\]\[\\]|\\.)*+\]", re.DOTALL)
_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,80}\?[bBqQ]\?[^?\s]*+\?=")
_PARENTHESES = re.compile(r"[()]|\\.", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def tokens(text: str, *, specials: str) -> Iterator[Token]:
    """The tokens of `text`, one after the other and without a gap.

    `specials` are the characters that stand alone; with '"' or "[" among them, quoted strings and domain literals
    are recognised. Comments always are, nested to any depth by a counter. A MIME word is one word, whatever it holds.
    """
    unclosed: set[str] = set()
    place = 0
    while place < len(text):
        token = _next(text, place, specials, unclosed)
        yield token
        place = token.end


def unquoted(text: str) -> str:
    """The content of a quoted string or comment: outer marks and backslashes removed."""
    return _ESCAPED.sub(r"\1", text[1:-1])


def without_comments(text: str) -> str:
    """The text with each comment replaced by a blank."""
    return "".join(" " if token.kind is Kind.COMMENT else token.text for token in tokens(text, specials=""))


def _next(text: str, place: int, specials: str, unclosed: set[str]) -> Token:
    """The token at `place`; `unclosed` remembers which marks are known to stay open, so no search runs twice."""
    first = text[place]
    if blank := _BLANKS.match(text, place):
        return Token(Kind.BLANK, blank[0], place, blank.end())
    if first == "(" and (end := _closed(text, place, unclosed)):
        return Token(Kind.COMMENT, text[place:end], place, end)
    if first == '"' and first in specials and (end := _closed(text, place, unclosed)):
        return Token(Kind.QUOTED, text[place:end], place, end)
    if first == "[" and first in specials and (end := _closed(text, place, unclosed)):
        return Token(Kind.LITERAL, text[place:end], place, end)
    if first in specials and first not in '"[':
        return Token(Kind.SPECIAL, first, place, place + 1)
    end = _word_end(text, place, specials)
    return Token(Kind.WORD, text[place:end], place, end)


def _closed(text: str, place: int, unclosed: set[str]) -> int:
    """The end of what the mark at `place` opens, 0 when nothing closes it."""
    mark = text[place]
    if mark in unclosed:
        return 0
    if mark == "(":
        end = _comment_end(text, place)
    else:
        found = (_QUOTED if mark == '"' else _LITERAL).match(text, place)
        end = found.end() if found else 0
    if not end:
        unclosed.add(mark)
    return end


def _comment_end(text: str, place: int) -> int:
    """The offset after the parenthesis that closes the one at `place`, 0 when none does."""
    depth = 0
    for found in _PARENTHESES.finditer(text, place):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")":
            depth -= 1
            if depth == 0:
                return found.end()
    return 0


def _word_end(text: str, place: int, specials: str) -> int:
    """The offset after the word at `place`: at least one character."""
    encoded = _ENCODED_WORD.match(text, place)
    if encoded:
        return encoded.end()
    found = _word_pattern(specials).match(text, place + 1)
    return found.end() if found else place + 1


@cache
def _word_pattern(specials: str) -> re.Pattern[str]:
    """Characters that go on with a word: none that could begin another token."""
    return re.compile(f"[^ \\t\\r\\n({re.escape(specials)}]*")
