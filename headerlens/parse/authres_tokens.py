"""Words, signs and comments of a recorded result's field body (RFC 5322 3.2.2, RFC 8601 2.2), each with its place.

Comments may stand nearly everywhere and carry the receiver's reasons, so they are tokens here and not blanks. Whatever
a sender could smuggle into a receiver's field (a bracket or a quotation mark that is never closed, a thousand nested
brackets) must not hide what follows: an unclosed comment or string ends at the next semicolon. All in one pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from headerlens.model.limits import MAX_COMMENT_DEPTH, MAX_RECORDED_TOKENS
from headerlens.model.message import HeaderField
from headerlens.model.records import Fault
from headerlens.parse.encoded_words import decode_words

_BLANK = re.compile(r"[ \t\r\n]+")
_WORD = re.compile(r'[^ \t\r\n;="()]+')
_COMMENT_SIGN = re.compile(r"[()]|\\(?s:.)")
_STRING_SIGN = re.compile(r'"|\\(?s:.)')
_FOLD = re.compile(r"\r?\n[ \t]+")
_ESCAPE = re.compile(r"\\((?s:.))")
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=")


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    STRING = auto()
    EQUALS = auto()
    SEMICOLON = auto()
    COMMENT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token at characters `start` to `end` of its text; `glued` when nothing stands before it since the last one."""

    kind: Kind
    start: int
    end: int
    glued: bool


@dataclass(frozen=True, slots=True)
class Text:
    """The octets of a field body as Latin-1 characters, one each, and where they stand in the message.

    `whole` is set when the body was a MIME encoded word: then no character has a place of its own and every span is
    that of the whole body.
    """

    chars: str
    base: int
    whole: tuple[int, int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the message's octets."""
        return self.whole or (self.base + start, self.base + end)

    def read(self, start: int, end: int) -> str:
        """The characters as people read them: UTF-8 where it is that, folds made one blank."""
        return _FOLD.sub(" ", _decoded(self.chars[start:end]))

    def comment(self, token: Token) -> str:
        """What stands inside a comment's brackets."""
        closed = self.chars[token.end - 1] == ")" and token.end - token.start > 1
        return _ESCAPE.sub(r"\1", self.read(token.start + 1, token.end - closed)).strip()

    def value(self, tokens: list[Token]) -> str:
        """A run of glued tokens as a value: a quoted string alone loses its quotation marks and escapes."""
        if not tokens:
            return ""
        if len(tokens) == 1 and tokens[0].kind is Kind.STRING:
            return _ESCAPE.sub(r"\1", self.read(tokens[0].start + 1, tokens[0].end - 1))
        return self.read(tokens[0].start, tokens[-1].end)

    def fault(self, code: str, start: int, end: int, detail: str | None = None) -> Fault:
        """A fault about these characters, which are its detail unless another is given."""
        shown = self.read(start, end)[:100] if detail is None else detail
        return Fault(code, shown, *self.span(start, end))


def field_text(field: HeaderField) -> tuple[Text, tuple[Fault, ...]]:
    """The body of a field for `tokens`. One that is nothing but MIME encoded words is decoded, with a fault.

    Some gateways encode a whole Authentication-Results (RFC 2047 5 forbids it); the fault is "encoded_word".
    """
    chars = field.body.decode("latin-1")
    words = chars.split()
    if words and all(_ENCODED_WORD.fullmatch(word) for word in words):
        decoded = decode_words(" ".join(words)).encode()
        whole = (field.value_start, field.end)
        return Text(decoded.decode("latin-1"), field.value_start, whole), (Fault("encoded_word", "", *whole),)
    return Text(chars, field.value_start), ()


def tokens(text: Text) -> tuple[list[Token], list[Fault]]:
    """All tokens in order; at most MAX_RECORDED_TOKENS, with a fault "too_long" for the rest."""
    lexer = _Lexer(text)
    while lexer.place < len(text.chars):
        if len(lexer.found) >= MAX_RECORDED_TOKENS:
            lexer.faults.append(text.fault("too_long", lexer.place, len(text.chars), ""))
            break
        lexer.step()
    return lexer.found, lexer.faults


class _Lexer:
    """Walks over the characters once; `broken_comment` and `broken_string` keep it from searching an end twice."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.place = 0
        self.glued = False
        self.found: list[Token] = []
        self.faults: list[Fault] = []
        self.broken_comment = False
        self.broken_string = False

    def step(self) -> None:
        """Take one token, or the blanks before the next."""
        chars, place = self.text.chars, self.place
        if blank := _BLANK.match(chars, place):
            self.place, self.glued = blank.end(), False
        elif word := _WORD.match(chars, place):
            self._take(Kind.WORD, word.end())
        elif chars[place] == "(":
            self._take(Kind.COMMENT, self._comment_end(place))
        elif chars[place] == '"':
            self._string(place)
        elif chars[place] == ")":
            self._take(Kind.WORD, place + 1)
        else:
            self._take(Kind.SEMICOLON if chars[place] == ";" else Kind.EQUALS, place + 1)

    def _take(self, kind: Kind, end: int) -> None:
        self.found.append(Token(kind, self.place, end, self.glued))
        self.place, self.glued = end, True

    def _string(self, start: int) -> None:
        end = None if self.broken_string else self._string_end(start)
        if end is not None:
            self._take(Kind.STRING, end)
            return
        if not self.broken_string:
            self.faults.append(self.text.fault("unclosed_string", start, self._segment_end(start)))
        self.broken_string = True  # no quotation mark further on can close one either
        self._take(Kind.WORD, start + 1)

    def _string_end(self, start: int) -> int | None:
        for sign in _STRING_SIGN.finditer(self.text.chars, start + 1):
            if sign.group() == '"':
                return sign.end()
        return None

    def _comment_end(self, start: int) -> int:
        """Where the comment ends: behind its bracket, or before the next semicolon when it is never closed."""
        if not self.broken_comment:
            end = self._nested_end(start)
            if end is not None:
                return end
            self.broken_comment = True
            self.faults.append(self.text.fault("unclosed_comment", start, self._segment_end(start)))
        limit = self._segment_end(start)
        closing = self.text.chars.find(")", start, limit)
        return limit if closing < 0 else closing + 1

    def _nested_end(self, start: int) -> int | None:
        depth = deepest = 0
        for sign in _COMMENT_SIGN.finditer(self.text.chars, start):
            depth += {"(": 1, ")": -1}.get(sign.group(), 0)
            deepest = max(deepest, depth)
            if depth == 0:
                if deepest > MAX_COMMENT_DEPTH:
                    self.faults.append(self.text.fault("comment_depth", start, sign.end(), str(deepest)))
                return sign.end()
        return None

    def _segment_end(self, start: int) -> int:
        end = self.text.chars.find(";", start)
        return len(self.text.chars) if end < 0 else end


def _decoded(chars: str) -> str:
    octets = chars.encode("latin-1")
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return chars
