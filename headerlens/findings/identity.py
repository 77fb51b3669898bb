"""Findings about how the sender shows itself: names, reply addresses, alphabets (RFC 9989 2.4, UTS 39)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import organization_of
from headerlens.findings.scripts import has_deceptive_label, looks_like
from headerlens.model.findings import Finding, Where
from headerlens.model.message import Address, HeaderField
from headerlens.parse.address import parse_addresses
from headerlens.parse.names import is_subdomain, to_ascii, to_unicode

_ADDRESS = re.compile(r"[^\s@<>()\"',;:\[\]]{1,64}@([^\s@<>()\"',;:\[\]]{1,253})")
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
    for author in facts.message.author:
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
    for found in _ADDRESS.finditer(author.display[:_MAX_NAME]):
        shown = to_ascii(found[1].strip(".")) or found[1].lower()
        if author.domain and shown != author.domain and not is_subdomain(shown, organization_of(facts) or "?"):
            params = {"shown": found[0], "address": author.address}
            yield Finding("identity.address-in-name", params, _where_from(facts))
            return


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
