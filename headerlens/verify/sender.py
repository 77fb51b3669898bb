"""What SPF is judged with: the border hop, the client's address, HELO and MAIL FROM (standards.md 3.3).

The border is the hop where the message came into the receiver's domain. The walk goes from the newest Received down
while hops are hand-overs inside the receiver (`receiver.is_hand_over`); the first one that is none is the border. It
never goes past a server that does not belong to the receiver, because below the border everything is the sender's
word: an address taken from there would let a forger choose whom SPF asks. So when the walk cannot tell, there is no
border, no address, and SPF is not judged, until the person chooses.

It cannot tell (border.unclear) when a hand-over leads to a server of another organisation, and when the client has a
public address whose name, by reverse DNS, is of the receiver's own organisation and more of its hops follow: some
servers write unchecked names, so such a hop may be a relay or a forger. Providers that take mail from themselves over
public addresses (Google, Microsoft, Yahoo) judge SPF there, and so do we. A first hop from outside that logged in is a
submission: the message never crossed a border. Known weakness: a receiver behind address translation that writes a
private address for every client makes the next Received look like its own, if that claims the same organisation.

Values come from the border Received, then from the receiver's own Received-SPF, Authentication-Results and other
fields (`receiver.own_fields`), and MAIL FROM at last from Return-Path; what the person chose goes before all.
Sources besides those of `SenderInputs`: "x-forefront-antispam-report".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from headerlens.model.case import Choices
from headerlens.model.limits import MAX_STRUCTURED_OCTETS
from headerlens.model.message import Message
from headerlens.model.records import ReceivedSpf, RecordedField, RecordedResult
from headerlens.model.verdicts import SenderInputs
from headerlens.parse.names import is_ip_literal
from headerlens.verify.receiver import (
    MICROSOFT,
    is_hand_over,
    is_submission,
    organization_of_host,
    own_fields,
    provider_of,
    receiver_host,
    same_receiver,
)
from headerlens.verify.spf import clean_address

BORDER_REASONS = (
    "border.user",
    "border.received-spf",
    "border.authserv-id",
    "border.topmost",
    "border.first-outside",
    "border.submission",
    "border.unclear",
    "border.none",
)
"""Phrase ids of `border_reason`.

user: chosen; received-spf, authserv-id: the receiver's own field names the same address; topmost: the newest Received
comes from outside; first-outside: those above it are hand-overs; submission: the sender logged in at the receiver's
own server; unclear: it cannot be told; none: there is no Received, as in a sent copy, or all are hand-overs.
"""

_ADDRESS_IN_COMMENT = re.compile(
    r"\b(?:sender ip is|designates?|client-ip[:=]?)\s+\[?([0-9a-f.:]{2,45})|\b([0-9a-f.:]{2,45}) is neither permitted",
    re.IGNORECASE,
)
_SENDER_IN_COMMENT = re.compile(r"\bdomain of (?:transitioning )?([^\s();]{1,320})", re.IGNORECASE)
_BRACKETS = "<> \t\"'"


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one of the receiver's fields says about the client; None where it says nothing."""

    source: str
    client_ip: str | None = None
    helo: str | None = None
    mail_from: str | None = None


def propose_sender(message: Message, choices: Choices) -> SenderInputs:
    """The inputs of SPF, each with its source, "" and None where nothing reliable tells. Never raises."""
    border, reason, safe_above = _border(message, choices)
    statements = tuple(_statements(message, own_fields(message, border)))
    if border is None:
        border = _recorded_border(message, safe_above)
        reason = "border.received-spf" if border is not None else reason
        statements = tuple(_statements(message, own_fields(message, border)))
    ip, ip_source = _client_ip(message, choices, border, statements)
    helo, helo_source = _helo(message, choices, border, statements)
    mail_from, mail_from_source = _mail_from(message, choices, border, statements)
    if reason in {"border.topmost", "border.first-outside"}:
        reason = _confirmed(ip, statements) or reason
    return SenderInputs(ip, ip_source, helo, helo_source, mail_from, mail_from_source, border, reason)


def _border(message: Message, choices: Choices) -> tuple[int | None, str, int]:
    """The border, why, and the field index above which everything is surely the receiver's when there is none."""
    if choices.border is not None and 0 <= choices.border < len(message.hops):
        return choices.border, "border.user", 0
    for place, hop in enumerate(message.hops):
        if place and not _continues(message, place):
            return None, "border.unclear", message.hops[place - 1].field_index
        if is_hand_over(hop):
            continue
        if is_submission(hop):
            return None, "border.submission", hop.field_index
        if _may_be_relay(message, place):
            return None, "border.unclear", hop.field_index
        return place, "border.first-outside" if place else "border.topmost", 0
    return None, "border.none", 0


def _continues(message: Message, place: int) -> bool:
    """Whether the server of this hop is one of those above it: of their organisation, or named for inside use only."""
    by = message.hops[place].by
    if by is None:  # qmail's "invoked from network" names nobody and leads nowhere
        return message.hops[place].ip is None and message.hops[place].helo is None
    known = receiver_host(message, place - 1)
    return not organization_of_host(by) or not known or same_receiver(by, known)


def _may_be_relay(message: Message, place: int) -> bool:
    """Whether the client is, by an unchecked name, a server of the receiver's own that took the message before."""
    hop = message.hops[place]
    if provider_of(hop.by) is not None or not same_receiver(hop.rdns, hop.by) or place + 1 >= len(message.hops):
        return False
    before = message.hops[place + 1]
    return same_receiver(before.by, hop.by) and not is_submission(before)


def _recorded_border(message: Message, safe_above: int) -> int | None:
    """The hop whose address the receiver's own field names, when the walk alone cannot tell."""
    statements = _statements(message, frozenset(range(safe_above)))
    addresses = [one.client_ip for one in statements if one.client_ip]
    if not addresses:
        return None
    return next((place for place, hop in enumerate(message.hops) if hop.ip == addresses[0]), None)


def _confirmed(ip: str | None, statements: tuple[_Statement, ...]) -> str | None:
    """A better reason for the border when the receiver names the same address elsewhere."""
    sources = {one.source for one in statements if ip is not None and one.client_ip == ip}
    if "received-spf" in sources:
        return "border.received-spf"
    return "border.authserv-id" if "authentication-results" in sources else None


def _client_ip(
    message: Message, choices: Choices, border: int | None, statements: tuple[_Statement, ...]
) -> tuple[str | None, str]:
    if choices.client_ip:
        return clean_address(choices.client_ip) or choices.client_ip, "user"
    if border is None:
        return None, ""
    if message.hops[border].ip:
        return clean_address(message.hops[border].ip), "received"
    return _first(statements, lambda one: one.client_ip)


def _helo(
    message: Message, choices: Choices, border: int | None, statements: tuple[_Statement, ...]
) -> tuple[str | None, str]:
    if choices.helo:
        return choices.helo, "user"
    if border is None:
        return None, ""
    written = message.hops[border].helo
    # Yahoo and qmail put the address where others put HELO
    if written and not (is_ip_literal(written) and not written.startswith("[")):
        return written, "received"
    return _first(statements, lambda one: one.helo)


def _mail_from(
    message: Message, choices: Choices, border: int | None, statements: tuple[_Statement, ...]
) -> tuple[str | None, str]:
    """MAIL FROM, "" for the null path. A whole address is better than a domain, if both name the same domain."""
    if choices.mail_from is not None:
        return choices.mail_from.strip(_BRACKETS), "user"
    value, source = _first(statements, lambda one: one.mail_from)
    if value is None and border is not None and message.hops[border].envelope_from is not None:
        value, source = message.hops[border].envelope_from, "received"
    path, is_own = _return_path(message, border)
    if path is not None and (_completes(path, value) or (is_own and _replaces(path, value))):
        return path, "return-path"
    return value, source


def _completes(path: str, value: str | None) -> bool:
    """Whether Return-Path is an address of the domain that the receiver recorded without its local part."""
    return bool(value) and "@" not in str(value) and path.lower().endswith(f"@{value}".lower())


def _replaces(path: str, value: str | None) -> bool:
    """Whether Return-Path tells what the receiver's results do not: all of it, or that it was the null path.

    For the null path receivers record the identity that stands in for it (RFC 7208 2.4).
    """
    return value is None or (not path and ("@" not in value or value.lower().startswith("postmaster@")))


def _return_path(message: Message, border: int | None) -> tuple[str | None, bool]:
    """Return-Path, and whether the receiver surely wrote it, because it stands above the border.

    Mail of Microsoft has it anywhere; there it may complete a recorded domain. Without any border it is taken as it
    stands: no SPF is judged then unless the person gives an address.
    """
    field = next((field for field in message.fields if field.key == "return-path"), None)
    if field is None or message.return_path is None:
        return None, False
    path = message.return_path.strip(_BRACKETS)
    if border is None or field.index < message.hops[border].field_index:
        return path, True
    return path if provider_of(receiver_host(message, border)) is MICROSOFT else None, False


def _first(statements: tuple[_Statement, ...], pick: Callable[[_Statement], str | None]) -> tuple[str | None, str]:
    """The first statement that tells, in the order of their worth."""
    return next(((value, one.source) for one in statements if (value := pick(one)) is not None), (None, ""))


def _statements(message: Message, own: frozenset[int]) -> Iterator[_Statement]:
    """What the receiver's own fields say, the most reliable first; only the topmost field of each kind is heard."""
    spf = [field for field in message.received_spf if field.field_index in own]
    if spf:
        yield _from_received_spf(spf[0])
    yield from (_from_recorded(field, one) for field, one in _spf_results(message, own))
    yield from _from_other_fields(message, own)


def _spf_results(message: Message, own: frozenset[int]) -> list[tuple[RecordedField, RecordedResult]]:
    """The topmost recorded SPF result, as a list of at most one."""
    found = (
        (field, result)
        for field in message.recorded
        if field.field_index in own and field.field_name.lower() == "authentication-results"
        for result in field.results
        if result.method == "spf"
    )
    return [pair for pair in [next(found, None)] if pair is not None]


def _from_received_spf(field: ReceivedSpf) -> _Statement:
    """RFC 7208 9.1; Google and Microsoft say part of it in the comment only."""
    comment = " ".join(field.comments)
    sender = field.get("envelope-from")
    if sender is None and field.get("identity") != "helo":
        sender = _search(_SENDER_IN_COMMENT, comment)
    address = clean_address(field.get("client-ip")) or clean_address(_search(_ADDRESS_IN_COMMENT, comment))
    return _Statement("received-spf", address, field.get("helo"), _stripped(sender))


def _from_recorded(field: RecordedField, result: RecordedResult) -> _Statement:
    """RFC 8601 2.7.2 with the comments of Google and Microsoft (standards.md 4.5, 4.6)."""
    comment = " ".join((*field.comments, *result.comments))
    sender = result.get("smtp.mailfrom")
    sender = result.get("smtp.mfrom") if sender is None else sender
    address = result.get("smtp.remote-ip") or _search(_ADDRESS_IN_COMMENT, comment)
    return _Statement("authentication-results", clean_address(address), result.get("smtp.helo"), _stripped(sender))


def _from_other_fields(message: Message, own: frozenset[int]) -> Iterator[_Statement]:
    """X-Sender-IP and CIP of X-Forefront-Antispam-Report (standards.md 4.5)."""
    for field in message.fields:
        if field.index not in own:
            continue
        if field.key == "x-sender-ip":
            yield _Statement("x-sender-ip", clean_address(field.value))
        elif field.key == "x-forefront-antispam-report":
            words = dict(part.strip().partition(":")[::2] for part in field.value[:MAX_STRUCTURED_OCTETS].split(";"))
            yield _Statement("x-forefront-antispam-report", clean_address(words.get("CIP")), words.get("H") or None)


def _search(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text[:MAX_STRUCTURED_OCTETS])
    return next((group for group in found.groups() if group), None) if found else None


def _stripped(mailbox: str | None) -> str | None:
    return None if mailbox is None else mailbox.strip(_BRACKETS)
