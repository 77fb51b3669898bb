"""Hides the recipients of a mail in texts that leave the house: a letter goes to somebody who need not know them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from headerlens.model.limits import MAX_ADDRESSES
from headerlens.model.message import HeaderField, Message
from headerlens.parse.address import parse_addresses

_FIELDS = frozenset(
    {
        "to", "cc", "bcc", "resent-to", "resent-cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to",
        "apparently-to", "x-rcpt-to", "x-delivered-to", "x-forwarded-to",
    }
)  # fmt: skip
_FOR = re.compile(r"\bfor\s+<?([^\s<>;@]{1,64}@[^\s<>;]{1,255})")
_AT = "(?:@|=|%40|%3D)"
_ESCAPED = {".": r"(?:\.|%2E|_)", "+": r"(?:\+|%2B|-)", "_": "(?:_|%5F)", "-": "(?:-|%2D)", "=": "(?:=|%3D)"}
_NAME = re.compile(r"[^\W\d_]{2,}")
"""A part of a display name: letters of any script, two at least."""

_SHORTEST_NAME = 4
"""A shorter local part ("it", "me") stands in words by chance; only the whole address of it is hidden."""


def masked(text: str, message: Message) -> str:
    """The text without the recipients: addresses become "***@domain", and so does the same name elsewhere in a word.

    A return path that carries the recipient ("bounce+you=example.net@…") is caught by that.
    """
    for local, domain in _recipients(message):
        text = re.sub(f"{_written(local)}({_AT}{re.escape(domain)})", r"***\1", text, flags=re.IGNORECASE)
        if len(local) >= _SHORTEST_NAME:
            text = re.sub(rf"(?<![A-Za-z0-9]){_written(local)}(?![A-Za-z0-9])", "***", text, flags=re.IGNORECASE)
    return text


def without_names(subject: str, message: Message) -> str:
    """The subject without the recipients' display names, or parts of them: "Dear Taro Yamada, …".

    Only for what the mail itself says: in our own words "Mail" or "Support" is nobody's name.
    """
    own = {word.lower() for address in message.author for word in _NAME.findall(address.display)}
    named = (address.display for field in message.fields if field.key in _FIELDS for address in parse_addresses(field))
    words = {word for display in named for word in _NAME.findall(display) if word.lower() not in own}
    for word in sorted(words, key=len, reverse=True)[:MAX_ADDRESSES]:
        edges = r"(?<!\w){}(?!\w)" if word.isascii() else "{}"
        subject = re.sub(edges.format(re.escape(word)), "***", subject, flags=re.IGNORECASE)
    return subject


def _written(local: str) -> str:
    """A pattern for a local part, as it stands or as it is escaped in a link or in another address."""
    return "".join(_ESCAPED.get(sign, re.escape(sign)) for sign in local)


def address_mask(message: Message) -> Callable[[str], str] | None:
    """What hides the recipients' whole addresses in a text, None where there are none.

    Names that stand by themselves stay: in a whole report "info" or "mail" are words before they are somebody's name.
    """
    found = _recipients(message)
    if not found:
        return None
    either = "|".join(f"{re.escape(local)}(?=[@=]{re.escape(domain)})" for local, domain in found)
    pattern = re.compile(either, re.IGNORECASE)
    return lambda text: pattern.sub("***", text)


def _recipients(message: Message) -> tuple[tuple[str, str], ...]:
    """Local part and domain of each, the author's own addresses left out."""
    authors = {(address.local.lower(), address.domain_written.lower()) for address in message.author}
    found = dict.fromkeys(_addresses(message.fields))
    return tuple(one for one in found if (one[0].lower(), one[1].lower()) not in authors)[:MAX_ADDRESSES]


def _addresses(fields: Iterable[HeaderField]) -> Iterator[tuple[str, str]]:
    for field in fields:
        if field.key in _FIELDS:
            for address in parse_addresses(field):
                if address.local and address.domain_written:
                    yield address.local, address.domain_written
        elif field.key == "received":
            for local, _, domain in (found.partition("@") for found in _FOR.findall(field.value)):
                yield local, domain
