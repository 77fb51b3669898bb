"""The DKIM keys of a domain at the selectors somebody names, a service uses, or many use (RFC 6376 3.6.2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.domains.answers import texts_of
from headerlens.model.dns import Lookup, Question
from headerlens.model.domain import Inquiry, KeyOrigin, KeySetup
from headerlens.model.limits import MAX_SELECTORS
from headerlens.model.records import KeyStatus
from headerlens.parse.dkim_key import parse_key

NOT_A_SELECTOR = "headerlens-asks-whether-any-name-answers"
"""A selector nobody uses: where it has a record, every name below answers, and a found one means nothing."""


def selectors_of(inquiry: Inquiry) -> tuple[tuple[str, KeyOrigin], ...]:
    """Every selector once, with why it is asked for; common ones only where no others are known."""
    named = [*((one, KeyOrigin.GIVEN) for one in inquiry.selectors)]
    named += [(one, KeyOrigin.SERVICE) for one in inquiry.service_selectors]
    named = named[:MAX_SELECTORS]
    if not inquiry.selectors:
        named += [(one, KeyOrigin.COMMON) for one in inquiry.common_selectors]
    first: dict[str, KeyOrigin] = {}
    for selector, origin in named:
        first.setdefault(selector, origin)
    return tuple(first.items())


def key_name(selector: str, domain: str) -> str:
    """The name of a key record."""
    return f"{selector}._domainkey.{domain}"


def inspect_keys(inquiry: Inquiry, ask: Lookup) -> tuple[KeySetup, ...]:
    """Each selector that was named, and of the common ones those where something stands."""
    return tuple(_found(inquiry, ask))


def _found(inquiry: Inquiry, ask: Lookup) -> Iterator[KeySetup]:
    for selector, origin in selectors_of(inquiry):
        one = _key(selector, origin, inquiry.domain, ask)
        if origin is not KeyOrigin.COMMON or one.key.status not in {KeyStatus.NONE, KeyStatus.UNAVAILABLE}:
            yield one


def has_key_wildcard(domain: str, ask: Lookup) -> bool:
    """Whether any selector has a record."""
    return bool(ask(Question(key_name(NOT_A_SELECTOR, domain), "TXT")).records)


def _key(selector: str, origin: KeyOrigin, domain: str, ask: Lookup) -> KeySetup:
    name = key_name(selector, domain)
    answer = ask(Question(name, "TXT"))
    key = parse_key(name, answer)
    if key.status is not KeyStatus.NONE or origin is KeyOrigin.COMMON:
        return KeySetup(selector, origin, key, answer.aliases)
    wrong = f"{name}.{domain}"
    doubled = ask(Question(wrong, "TXT"))
    if not doubled.records:
        return KeySetup(selector, origin, key, answer.aliases)
    return KeySetup(selector, origin, key, answer.aliases, wrong, texts_of(doubled), doubled.aliases)
