"""Findings about how the sender shows itself: names, reply addresses, alphabets (RFC 9989 2.4, UTS 39)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import organization_of
from headerlens.findings.scripts import has_deceptive_label, looks_like
from headerlens.model.findings import Finding, Where
from headerlens.model.limits import MAX_STRUCTURED_OCTETS
from headerlens.model.message import Address, HeaderField
from headerlens.parse.address import parse_addresses
from headerlens.parse.names import is_subdomain, to_ascii, to_unicode
from headerlens.verify.psl import is_public_suffix, organizational_domain
from headerlens.verify.suffixes import public_suffix

_ADDRESS = re.compile(r"[^\s@<>()\"',;:\[\]]{1,64}@([^\s@<>()\"',;:\[\]]{1,253})")
_AT = re.compile(r"@([^\s@<>()\"',;:\[\]]{1,253})")
_LOCAL = re.compile(r"[^\s@<>()\"',;:\[\]]{1,64}")
_AROUND = " \t.,;:'\"()[]<>「」"
"""Signs around a name that is nothing but a domain."""

_MAX_DOMAIN = 253
_DOMAIN = re.compile(r"(?<![\w@.-])((?:[^\W_][\w-]{0,62}\.){1,8}[^\W\d_]{2,24})(?![\w.-])")
_TRICKS = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\U000e0000-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_MAX_NAME = 1_000
"""Characters of a display name that are searched; a longer one is cut on every screen."""

_MAX_NAMES = 200
"""Names of one message that are compared with the sender's."""

_MAX_FIELDS = 20
"""Fields looked at for hidden characters; a message with more From lines has another problem first."""

_SHOWN = frozenset({"from", "subject", "reply-to"})


def find_identity(facts: Facts) -> Iterator[Finding]:
    """Warnings that hold whatever the checks say."""
    yield from _author_count(facts)
    yield from _reply_to(facts)
    for author in facts.message.author[:_MAX_FIELDS]:
        yield from _address_in_name(facts, author)
    yield from _alphabets(facts)
    yield from _look_alike(facts)
    yield from _hidden(facts)


def _author_count(facts: Facts) -> Iterator[Finding]:
    code, where = facts.dmarc.code or "", _where_from(facts)
    if code in {"na.several_from", "na.several_domains"}:
        yield Finding("identity.several-from", {"n": sender_count(facts)}, where)
    elif code == "na.no_from":
        yield Finding("identity.no-from", {}, where)
    elif code == "na.no_domain":
        yield Finding("identity.no-domain", {}, where)


def sender_count(facts: Facts) -> int:
    """How many senders the message names: mailboxes, or From lines where those cannot be read; never one."""
    return max(2, len(facts.message.author), len(facts.message.from_fields))


def _reply_to(facts: Facts) -> Iterator[Finding]:
    """Where replies leave the sender's organisation; once, for the first such address."""
    author, home = facts.dmarc.author_domain, organization_of(facts)
    if not author:
        return
    where = tuple(Where(field_index=f.index) for f in facts.message.fields if f.key == "reply-to")
    for address in facts.message.reply_to:
        domain = address.domain
        if domain and not is_subdomain(domain, home) and not is_subdomain(author, domain):
            yield Finding("identity.reply-to", {"author": author, "other": domain}, (*_where_from(facts), *where))
            return


def _address_in_name(facts: Facts, author: Address) -> Iterator[Finding]:
    """Once for each author: another address in the name or before the @, or a name that is another domain's."""
    if not author.domain:
        return
    claims = islice(_claims(author), _MAX_NAMES)
    shown = next((text for text, domain in claims if not _is_own(facts, author, domain)), None)
    if shown is not None:
        params = {"shown": shown, "address": author.address}
        yield Finding("identity.address-in-name", params, _where_from(facts))


def _claims(author: Address) -> Iterator[tuple[str, str]]:
    """What the name says about who wrote, as it reads, with its domain; "@" and letters in any width (UAX 15)."""
    display = _as_read(author.display)
    yield from _addresses(display)
    yield from _addresses(_as_read(author.local))
    bare = display.strip(_AROUND)
    if len(bare) <= _MAX_DOMAIN and _DOMAIN.fullmatch(bare) and public_suffix(bare.lower(), unknown=False):
        yield bare, bare


def _addresses(text: str) -> Iterator[tuple[str, str]]:
    """Each address in a text, however long; at each "@" 64 characters before it are looked at."""
    for found in _AT.finditer(text):
        local = _LOCAL.match(text[max(0, found.start() - 64) : found.start()][::-1])
        if local is not None:
            yield local[0][::-1] + found[0], found[1]


def _as_read(text: str) -> str:
    return _TRICKS.sub("", unicodedata.normalize("NFKC", text[:MAX_STRUCTURED_OCTETS])).replace("。", ".")


def _is_own(facts: Facts, author: Address, domain: str) -> bool:
    """Whether a domain that is shown is the sender's, or of its organisation, which no public suffix makes one."""
    shown, home = to_ascii(domain.strip(".")) or domain.lower(), organization_of(facts)
    if shown == author.domain or organizational_domain(shown) == organizational_domain(author.domain):
        return True
    return bool(home) and is_subdomain(shown, home) and not is_public_suffix(home)


def _alphabets(facts: Facts) -> Iterator[Finding]:
    author = facts.dmarc.author_domain
    if to_unicode(author) == author:
        return
    if has_deceptive_label(author):
        yield Finding("identity.mixed-scripts", {"ascii": author}, _where_from(facts))
    else:
        yield Finding("identity.international", {"written": author, "ascii": author}, _where_from(facts))


def _look_alike(facts: Facts) -> Iterator[Finding]:
    """Compared with the names that the same message shows: a list of known brands would be a list of guesses."""
    author = facts.dmarc.author_domain
    if not author:
        return
    for other in dict.fromkeys(islice(_names_shown(facts), _MAX_NAMES)):
        if looks_like(author, other):
            yield Finding("identity.look-alike", {"author": author, "other": other}, _where_from(facts))
            return


def _names_shown(facts: Facts) -> Iterator[str]:
    for author in facts.message.author:
        yield from (match[1].lower() for match in _DOMAIN.finditer(author.display[:_MAX_NAME]))
        yield from (match[1].lower() for match in _ADDRESS.finditer(author.display[:_MAX_NAME]))
    yield from (address.domain for address in facts.message.reply_to if address.domain)
    for field in facts.message.fields:
        if field.key in {"to", "cc", "delivered-to"}:
            yield from (address.domain for address in parse_addresses(field) if address.domain)


def _hidden(facts: Facts) -> Iterator[Finding]:
    shown = (field for field in facts.message.fields if field.key in _SHOWN)
    for field in islice(shown, _MAX_FIELDS):
        if _TRICKS.search(_shown_text(facts, field)):
            yield Finding("identity.hidden-characters", {"header": field.name}, (Where(field_index=field.index),))


def _shown_text(facts: Facts, field: HeaderField) -> str:
    """The field as a mail program shows it: MIME words decoded."""
    if field.key == "subject":
        return field.value + facts.message.subject
    people = facts.message.author if field.key == "from" else facts.message.reply_to
    return field.value + " ".join(address.display for address in people)


def _where_from(facts: Facts) -> tuple[Where, ...]:
    return tuple(Where(field_index=index) for index in facts.message.from_fields)
