"""What lists and gateways do to From, Reply-To, Sender, To and Cc: another author, added or removed mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from headerlens.causes.header_readings import Mark, Value, with_line_end
from headerlens.causes.header_words import is_encoded, spellings, text_of, writings
from headerlens.model.message import HeaderField
from headerlens.parse.header import unfold

AUTHOR_NAMES = ("from", "reply-to", "sender", "x-original-from", "x-original-sender", "x-google-original-from", "cc")
"""Fields in which a list keeps whom it has replaced."""

_MAILBOX = re.compile(rb"(?P<phrase>[^<>]*?)[ \t]*<(?P<address>[^<>\s]{1,320})>[^<>]*\Z")
_BARE = re.compile(rb"(?P<address>[^\s<>(),;:\"]{1,320}@[^\s<>(),;:\"]{1,255})(?:[ \t]*\((?P<comment>[^()]*)\))?\Z")
_VIA = re.compile(
    r"\s*[-(\[<]?\s*(?:\b(?:via|through|par|über|tramite)\b|経由|代理|代表).{0,200}\Z", re.IGNORECASE | re.DOTALL
)
_AT_WORDS = re.compile(r"([A-Za-z0-9._%+=-]{1,64})(?: at |\(at\)|@)([A-Za-z0-9.-]{1,255})")
_MUNGED = re.compile(rb"([^@=]{1,64})=([A-Za-z0-9.-]{3,255})@")
_SUFFIXES = (b".invalid", b".INVALID", b".dmarc.fail")
_UNDISCLOSED = (b" undisclosed-recipients:;", b" undisclosed-recipients: ;", b" Undisclosed recipients:;", b"")

MAX_PEOPLE_OCTETS = 16 * 1024
_MOST_PARTS = 100
_MOST_REMOVALS = 30
_MOST_ADDRESSES = 8
_MOST_PHRASES = 24


@dataclass(frozen=True, slots=True)
class _Mailbox:
    """A phrase as written (quotes and encoded words kept), b"" for none, and the address inside the brackets."""

    phrase: bytes
    address: bytes


def author_values(field: HeaderField, others: Iterable[HeaderField]) -> Iterator[Value]:
    """Earlier values of a From that a list has rewritten: the author as Reply-To, X-Original-From and the name tell.

    Nothing where no other field names another author.
    """
    if len(field.raw) > MAX_PEOPLE_OCTETS:
        return
    now = _mailbox(field.body)
    people = {name: tuple(_people(others, name)) for name in AUTHOR_NAMES if name != "from"}
    mark = Mark("author-rewritten")
    for body in _bodies(others):
        yield Value(body, 0, mark)
    addresses = _addresses(now, people)
    phrases = _phrases(field.body, now, people)
    for place, address in enumerate(addresses):
        far = 0 if place < 3 else 1
        for order, phrase in enumerate(phrases):
            weight = far + (1 if order > 2 else 0)
            yield Value(with_line_end(b" " + phrase + b" <" + address + b">"), weight, mark)
            yield Value(with_line_end(b" " + address + b" (" + phrase.strip(b'"') + b")"), weight + 2, mark)
        for lone in (b" " + address, b" <" + address + b">"):
            yield Value(with_line_end(lone), 1 + far, mark)


def mailbox_values(field: HeaderField) -> Iterator[Value]:
    """Earlier values of To, Cc, Reply-To, Sender and From: a mailbox fewer, quotes, encoded words in other letters."""
    body = field.body
    if len(body) > MAX_PEOPLE_OCTETS:
        return
    parts = _split(body)
    for place in range(min(len(parts), _MOST_REMOVALS) if len(parts) > 1 else 0):
        left = b",".join(parts[:place] + parts[place + 1 :])
        yield Value(with_line_end(left), 2, Mark("mailbox-added", (("address", text_of(parts[place])[:120]),)))
    if field.key in {"to", "cc"}:
        for each in _UNDISCLOSED:
            yield Value(with_line_end(each), 3, Mark("field-replaced"))
    quoted = [_quoted(part) for part in parts]
    yield Value(with_line_end(b",".join(_unquoted(part) for part in parts)), 2, Mark("field-quotes"))
    yield Value(with_line_end(b",".join(quoted)), 2, Mark("field-quotes"))
    yield Value(with_line_end(b",".join(_bare(part) for part in parts)), 3, Mark("field-quotes"))
    yield from _reencoded(body)


def _reencoded(body: bytes) -> Iterator[Value]:
    if not is_encoded(body):
        return
    mark = Mark("field-reencoded")
    yield from (Value(each, 2, mark) for each in spellings(body))
    now = _mailbox(body)
    if now is None or not now.phrase:
        return
    for phrase in writings(text_of(now.phrase).strip('"'), body, 6):
        yield Value(with_line_end(b" " + phrase + b" <" + now.address + b">"), 2, mark)


def recipient_values(others: Iterable[HeaderField]) -> Iterator[Value]:
    """To as the envelope had it, where a program has put the list's or nobody's name into it."""
    for field in others:
        if field.key in {"x-original-to", "delivered-to", "x-forwarded-to", "envelope-to", "x-envelope-to"}:
            address = unfold(field.body).strip(b"<>")
            for form in (b" " + address, b" <" + address + b">"):
                yield Value(with_line_end(form), 3, Mark("field-replaced"))


def _people(fields: Iterable[HeaderField], name: str) -> Iterator[_Mailbox]:
    for field in fields:
        if field.key == name and len(field.raw) <= MAX_PEOPLE_OCTETS:
            found = (_mailbox(part) for part in _split(field.body)[:_MOST_ADDRESSES])
            yield from (one for one in found if one is not None)


def _bodies(fields: Iterable[HeaderField]) -> Iterator[bytes]:
    """Fields that may hold the old From as it stood; a list of several is tried mailbox by mailbox."""
    for field in fields:
        if field.key in AUTHOR_NAMES[1:] and len(field.raw) <= MAX_PEOPLE_OCTETS:
            parts = _split(field.body)
            yield field.body
            if len(parts) > 1:
                yield from (with_line_end(part.rstrip(b"\r\n")) for part in parts[:_MOST_ADDRESSES])


def _addresses(now: _Mailbox | None, people: dict[str, tuple[_Mailbox, ...]]) -> list[bytes]:
    found = [one.address for name in AUTHOR_NAMES[1:] for one in people.get(name, ())]
    if now is not None:
        found += _unmunged(now)
        found.append(now.address)
    return list(dict.fromkeys(found))[:_MOST_ADDRESSES]


def _unmunged(now: _Mailbox) -> Iterator[bytes]:
    """user=example.com@list, user@example.com.invalid, "user at example.com via list"."""
    if munged := _MUNGED.match(now.address):
        yield munged[1] + b"@" + munged[2]
    for suffix in _SUFFIXES:
        if now.address.endswith(suffix):
            yield now.address.removesuffix(suffix)
    if shown := _AT_WORDS.search(text_of(now.phrase)):
        yield f"{shown[1]}@{shown[2]}".encode("ascii", "replace")


def _phrases(body: bytes, now: _Mailbox | None, people: dict[str, tuple[_Mailbox, ...]]) -> list[bytes]:
    """Names as they may have been written: without "via List", without the quotes lists put around, and with."""
    names: list[bytes] = []
    written = [now.phrase] if now is not None else []
    written += [one.phrase for name in AUTHOR_NAMES[1:] for one in people.get(name, ())]
    for phrase in written:
        names += _forms(phrase, body)
    return [name for name in dict.fromkeys(names) if name][:_MOST_PHRASES]


def _forms(phrase: bytes, like: bytes) -> Iterator[bytes]:
    text = text_of(phrase).strip().strip('"').strip()
    bare = _VIA.sub("", text).strip()
    plain = re.sub(r"\A'(.*)'\Z", r"\1", bare).strip()
    for name in dict.fromkeys((plain, bare)):
        if not name:
            continue
        if name.isascii():
            yield name.encode("ascii")
            yield b'"' + name.encode("ascii") + b'"'
        else:
            yield from list(writings(name, like, 6))[:16]
    if b"=?" in phrase or not phrase.isascii():
        yield phrase


def _mailbox(body: bytes) -> _Mailbox | None:
    octets = unfold(body)
    if found := _MAILBOX.match(octets):
        return _Mailbox(found["phrase"].strip(), found["address"])
    if found := _BARE.match(octets):
        return _Mailbox((found["comment"] or b"").strip(), found["address"])
    return None


def _split(body: bytes) -> list[bytes]:
    """At commas outside of quotes and brackets, blanks and folds kept; one piece where there are too many."""
    parts, start, quoted, depth = [], 0, False, 0
    place = 0
    while place < len(body):
        sign = body[place]
        if sign == 0x5C:
            place += 1
        elif sign == 0x22:
            quoted = not quoted
        elif not quoted and sign in b"<(":
            depth += 1
        elif not quoted and sign in b">)":
            depth = max(0, depth - 1)
        elif sign == 0x2C and not quoted and not depth:
            parts.append(body[start:place])
            start = place + 1
        place += 1
    parts.append(body[start:])
    return parts if len(parts) <= _MOST_PARTS else [body]


def _quoted(part: bytes) -> bytes:
    """The phrase in quotes."""
    now = _mailbox(part)
    if now is None or not now.phrase or b'"' in now.phrase or b"=?" in now.phrase:
        return part
    return _blank_of(part) + b'"' + now.phrase + b'" <' + now.address + b">"


def _unquoted(part: bytes) -> bytes:
    now = _mailbox(part)
    if now is None or not now.phrase.startswith(b'"'):
        return part
    return _blank_of(part) + now.phrase.strip(b'"') + b" <" + now.address + b">"


def _bare(part: bytes) -> bytes:
    """The address alone, where brackets were put around."""
    now = _mailbox(part)
    return part if now is None or now.phrase else _blank_of(part) + now.address


def _blank_of(part: bytes) -> bytes:
    return part[: len(part) - len(part.lstrip(b" \t\r\n"))]
