"""Who received a message: organisations of hosts, providers we know, and which fields the receiver itself wrote.

Header fields are read from the top, where the last server wrote, to the bottom, where the sender did (RFC 5321 4.4).
Whatever stands above the border Received was written inside the receiver; below it anybody may have written anything.
One provider we know, Google, writes its results below its own Received: for it alone the block directly under the
border, at most one Received-SPF and the first Authentication-Results, counts as the receiver's too.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from headerlens.model.message import HeaderField, Hop, Message
from headerlens.parse.names import is_ip_literal, to_ascii
from headerlens.verify.psl import organizational_domain


@dataclass(frozen=True, slots=True)
class Provider:
    """A mailbox provider: the domains its servers have names in, and whether its results stand below its Received."""

    name: str
    domains: frozenset[str]
    writes_below: bool = False


MICROSOFT = Provider("Microsoft 365", frozenset({"outlook.com", "office365.com", "exchangelabs.com", "hotmail.com"}))
"""Named because its mail has habits of its own (standards.md 4.5)."""

PROVIDERS = (
    Provider("Gmail", frozenset({"google.com", "gmail.com", "googlemail.com"}), writes_below=True),
    MICROSOFT,
    Provider("Yahoo", frozenset({"yahoo.com", "yahoodns.net", "aol.com"})),
    Provider("Yahoo! JAPAN", frozenset({"yahoo.co.jp"})),
    Provider("iCloud", frozenset({"icloud.com", "me.com", "mac.com", "apple.com"})),
    Provider("Fastmail", frozenset({"messagingengine.com", "fastmail.com", "fastmail.fm"})),
    Provider("Proton", frozenset({"protonmail.ch", "proton.ch", "proton.me", "protonmail.com"})),
    Provider("docomo", frozenset({"docomo.ne.jp", "spmode.ne.jp"})),
    Provider("au", frozenset({"au.com", "ezweb.ne.jp"})),
    Provider("SoftBank", frozenset({"softbank.jp", "softbank.ne.jp"})),
    Provider("GMX", frozenset({"gmx.net", "gmx.de", "gmx.com", "web.de", "1and1.com"})),
    Provider("Zoho", frozenset({"zoho.com", "zohomail.com", "zoho.eu"})),
    Provider("Yandex", frozenset({"yandex.net", "yandex.ru", "yandex.com"})),
)
"""Receivers that are recognised by name. They are proposals only: nothing is trusted because it stands here."""

_INSIDE_SUFFIXES = (".internal", ".local", ".lan", ".localdomain", ".localhost", ".corp", ".intra", ".home.arpa")
_HAND_OVER = ("lmtp", "mapi", "local")


def provider_of(host: str | None) -> Provider | None:
    """The provider whose server this is by its name; None for strangers and for no name."""
    organization = organization_of_host(host)
    return next((provider for provider in PROVIDERS if organization in provider.domains), None)


def organization_of_host(host: str | None) -> str:
    """The registrable domain of a host name by the public suffix list; "" for names that only mean something inside."""
    name = to_ascii(host or "") or ""
    if not name or is_ip_literal(name) or "." not in name or name.endswith(_INSIDE_SUFFIXES):
        return ""
    return organizational_domain(name)


def same_receiver(one: str | None, other: str | None) -> bool:
    """Whether two host names belong to one organisation or one provider; False when either says nothing."""
    mine, theirs = organization_of_host(one), organization_of_host(other)
    if not mine or not theirs:
        return False
    provider = provider_of(one)
    return mine == theirs or (provider is not None and provider == provider_of(other))


def receiver_host(message: Message, border: int | None) -> str:
    """The most telling name of the receiver's servers, from the border upwards: a host with a public name, or ""."""
    if border is None:
        return ""
    named = (hop.by or "" for hop in reversed(message.hops[: border + 1]) if organization_of_host(hop.by))
    return next(named, "")


def receiver_name(message: Message, border: int | None) -> str:
    """What the receiver is called in sentences: the provider, else the organisation's domain, "" when unknown."""
    host = receiver_host(message, border)
    provider = provider_of(host)
    return provider.name if provider is not None else organization_of_host(host)


def is_hand_over(hop: Hop) -> bool:
    """Whether this hop moved the message inside one receiver, judged by what that receiver saw, never by HELO alone.

    True for a hop without a client (Google's "by ... with SMTP id"), from a private address, by LMTP and its like, or
    between Exchange Online's own servers.
    """
    if hop.ip is None:
        protocol = (hop.protocol or "").lower()
        nobody = hop.helo is None and hop.rdns is None and not hop.has_client
        return nobody or any(word in protocol for word in _HAND_OVER)
    return hop.internal or _is_exchange_online(hop)


def is_submission(hop: Hop) -> bool:
    """Whether the client had logged in (RFC 3848: ESMTPA, ESMTPSA, and RFC 6531's UTF8SMTPSA)."""
    protocol = (hop.protocol or "").upper().split(" ", 1)[0]
    return protocol in {"ESMTPA", "ESMTPSA", "UTF8SMTPA", "UTF8SMTPSA"}


def own_fields(message: Message, border: int | None) -> frozenset[int]:
    """Indexes of the fields that the receiver surely wrote; none without a border."""
    if border is None:
        return frozenset()
    place = message.hops[border].field_index
    return frozenset(range(place)) | frozenset(block_below(message, border))


def block_below(message: Message, border: int) -> tuple[int, ...]:
    """Results a provider known for it wrote directly below its Received, up to the first Authentication-Results."""
    provider = provider_of(receiver_host(message, border))
    if provider is None or not provider.writes_below:
        return ()
    found = []
    for field in adjacent(message, border, frozenset({"received-spf", "authentication-results"})):
        found.append(field.index)
        if field.key == "authentication-results":
            break
    return tuple(found)


def adjacent(message: Message, border: int, names: frozenset[str]) -> list[HeaderField]:
    """The fields directly below the border Received as long as their names are among `names`, no name but once."""
    found: list[HeaderField] = []
    for field in message.fields[message.hops[border].field_index + 1 :]:
        if field.key not in names or any(field.key == earlier.key for earlier in found):
            break
        found.append(field)
    return found


def _is_exchange_online(hop: Hop) -> bool:
    """2603:10x6::/32 are Exchange Online's own servers; Azure's customers sit in other blocks beside them."""
    if provider_of(hop.by) is not MICROSOFT or provider_of(hop.helo) is not MICROSOFT:
        return False
    try:
        address = ipaddress.ip_address(hop.ip or "")
    except ValueError:
        return False
    return address.version == 6 and (int(address) >> 96) & 0xFFFFFF0F == 0x26031006
