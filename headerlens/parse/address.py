"""Mailboxes and groups of From, Reply-To, To and their like, however badly written (RFC 5322 3.4, 4.4; RFC 6854).

The field is read as octets, one Latin-1 character each, so that offsets hold; what is shown is decoded afterwards.
A reader that gives up at a fault would show no author where a mail program shows one, so every mailbox that any
mail program might see is given: DMARC has to know of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.model.limits import MAX_ADDRESSES, MAX_STRUCTURED_OCTETS
from headerlens.model.message import Address, HeaderField
from headerlens.parse.encoded_words import decode_text, raw_codec
from headerlens.parse.header import unfold
from headerlens.parse.lexer import Kind, Token, tokens, unquoted
from headerlens.parse.masking import masked, unmasked
from headerlens.parse.names import to_ascii

_SPECIALS = '<>,;:@"['


def parse_addresses(field: HeaderField, charset: str = "") -> tuple[Address, ...]:
    """The mailboxes of a field in their order, those inside groups too, at most `MAX_ADDRESSES`.

    `charset` is that of the body, by which raw 8-bit names are read.

    `start` and `end` are offsets of the addr-spec into the octets. A phrase alone is a mailbox with a `display` only,
    a single word alone one with a `local` part only; "<>" is one with neither. An empty field or group has none.
    """
    octets = field.body[:MAX_STRUCTURED_OCTETS]
    text = masked(octets, charset)
    reader = _Reader(field.value_start, _charset_of_names(octets, charset))
    for token in tokens(text, specials=_SPECIALS):
        reader.take(token)
        if len(reader.found) >= MAX_ADDRESSES:
            return tuple(reader.found[:MAX_ADDRESSES])
    reader.finish()
    return tuple(reader.found[:MAX_ADDRESSES])


def _charset_of_names(octets: bytes, charset: str) -> str:
    """The charset of raw names: what the field as a whole says, since a name cut short may say nothing by itself."""
    if octets.isascii():
        return charset
    codec = raw_codec(octets, charset)
    return codec if codec in ("cp932", "euc_jp") else charset


class _Reader:
    """Takes token after token; `_phrase` is what stands before "<", `_inner` what follows it, None outside of "<>".

    `_has_at` and `_has_words` say what the phrase holds, so that nobody walks through it again at each comma.
    """

    def __init__(self, offset: int, charset: str) -> None:
        self.found: list[Address] = []
        self._charset = charset
        self._offset = offset
        self._phrase: list[Token] = []
        self._inner: list[Token] | None = None
        self._has_at = False
        self._has_words = False

    def take(self, token: Token) -> None:
        """Read one more token."""
        if self._inner is not None:
            self._take_inside(token, self._inner)
        elif token.kind is not Kind.SPECIAL or token.text == "@":
            self._note(token)
        elif token.text == "<":
            self._inner = []
        elif token.text in ",;":
            self._separate(token)
        elif token.text == ":":
            self._colon(token)

    def finish(self) -> None:
        """Close what is still open at the end of the field."""
        if self._inner is not None:
            self._close_angle()
        if self._has_words:
            self._add_bare()

    def _note(self, token: Token) -> None:
        """One more token of the phrase."""
        self._phrase.append(token)
        self._has_at = self._has_at or token.text == "@"
        self._has_words = self._has_words or token.kind not in (Kind.BLANK, Kind.COMMENT)

    def _taken_phrase(self) -> list[Token]:
        """The phrase so far; a new one begins."""
        phrase, self._phrase = self._phrase, []
        self._has_at = self._has_words = False
        return phrase

    def _take_inside(self, token: Token, inner: list[Token]) -> None:
        """A token between "<" and ">"; a comma ends it too unless a source route (4.4) runs."""
        is_route = bool(inner) and inner[0].text == "@"
        if token.kind is not Kind.SPECIAL or token.text == "@":
            if inner or token.kind is not Kind.BLANK:
                inner.append(token)
        elif token.text == ":" and is_route:
            inner.clear()
        elif token.text == ":":
            inner.append(token)
        elif not (token.text == "," and is_route):
            self._close_angle()
            if token.text == "<":
                self._inner = []

    def _separate(self, token: Token) -> None:
        """A comma or semicolon outside of "<>". A phrase without an address may be a surname: keep it for the next."""
        if self._has_words and (self._has_at or token.text == ";"):
            self._add_bare()
        elif self._has_words:
            self._phrase.append(token)
        else:
            self._taken_phrase()

    def _colon(self, token: Token) -> None:
        """The end of a group's name, unless an address stands before it."""
        if self._has_at:
            self._phrase.append(token)
        else:
            self._taken_phrase()

    def _close_angle(self) -> None:
        """The mailbox whose angle address ends here."""
        inner, self._inner = self._inner or [], None
        phrase = self._taken_phrase()
        self.found.append(self._address(_without_comments(inner), _display(phrase, self._charset)))

    def _add_bare(self) -> None:
        """The mailboxes of a run without angle brackets; blanks part them, except around dots and "@"."""
        phrase = self._taken_phrase()
        words = list(_words(phrase))
        mailboxes = [word for word in words if any(token.text == "@" for token in word)]
        if not mailboxes:
            self._add_words(phrase, words)
            return
        names = [token for word in words if word not in mailboxes for token in word] if len(mailboxes) == 1 else []
        display = _spaced(names, self._charset) or _comment(phrase, self._charset)
        self.found.extend(self._address(mailbox, display) for mailbox in mailboxes)

    def _add_words(self, phrase: list[Token], words: list[list[Token]]) -> None:
        """A run without any "@": a local name such as "root", or a display name whose address is missing."""
        if len(words) == 1 and not words[0][0].text.startswith("=?"):
            self.found.append(self._address(words[0], _comment(phrase, self._charset)))
        else:
            start, end = words[0][0].start, words[-1][-1].end
            display = _display(phrase, self._charset)
            self.found.append(Address(display, "", "", "", self._offset + start, self._offset + end))

    def _address(self, parts: list[Token], display: str) -> Address:
        """The addr-spec of these tokens; the last "@" parts it, as in RFC 5321."""
        at = max((index for index, token in enumerate(parts) if token.text == "@"), default=len(parts))
        local = "".join(_plain(token) for token in parts[:at])
        written = "".join(token.text for token in parts[at + 1 :])
        domain = _utf8(written)
        start = self._offset + parts[0].start if parts else 0
        end = self._offset + parts[-1].end if parts else 0
        return Address(display, _utf8(local), to_ascii(domain) or "", domain, start, end)


def _words(phrase: list[Token]) -> Iterator[list[Token]]:
    """The tokens parted at blanks and comments; around a dot or "@" these do not part (4.4, obs-local-part)."""
    word: list[Token] = []
    is_parted = False
    for token in phrase:
        if token.kind in (Kind.BLANK, Kind.COMMENT):
            is_parted = True
            continue
        joins = bool(word) and (word[-1].text[-1] in ".@" or token.text[0] in ".@")
        if word and (token.text == "," or (is_parted and not joins)):
            yield word
            word = []
        if token.text != ",":
            word.append(token)
        is_parted = False
    if word:
        yield word


def _without_comments(inner: list[Token]) -> list[Token]:
    """The tokens of an addr-spec: no comments, no blanks."""
    return [token for token in inner if token.kind not in (Kind.BLANK, Kind.COMMENT)]


def _display(phrase: list[Token], charset: str) -> str:
    """A display name: words and quoted strings, else the text of a comment."""
    shown = [token for token in phrase if token.kind is not Kind.COMMENT]
    return _text("".join(_plain(token) for token in shown), charset) or _comment(phrase, charset)


def _spaced(names: list[Token], charset: str) -> str:
    """Words with one blank between them."""
    return _text(" ".join(_plain(token) for token in names), charset)


def _comment(phrase: list[Token], charset: str) -> str:
    """The content of the first comment, the old place of a display name; "" without one."""
    return next((_text(unquoted(token.text), charset) for token in phrase if token.kind is Kind.COMMENT), "")


def _plain(token: Token) -> str:
    """A token without its quotes."""
    return unquoted(token.text) if token.kind is Kind.QUOTED else token.text


def _text(latin: str, charset: str) -> str:
    """Latin-1 characters that stand for octets, as text for the eye."""
    return decode_text(unfold(unmasked(latin)), charset)


def _utf8(latin: str) -> str:
    """A part of an address: UTF-8 (RFC 6532) or left as Latin-1; encoded words are none here."""
    try:
        return unmasked(latin).decode("utf-8")
    except UnicodeDecodeError:
        return unmasked(latin).decode("latin-1")
