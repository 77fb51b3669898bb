"""Questions that tell the sender more than "somebody checks a mail of this domain" (RFC 7208 11.5.3, RFC 6376 8.5).

Whoever runs the name server of a name sees when it is asked for. Where the name holds something of this one mail, its
sender learns that it was looked at, and perhaps by whom.

| id                  | the question                                                                              |
|---------------------|-------------------------------------------------------------------------------------------|
| telltale.macro      | comes from an SPF term whose macros hold the sender, its address or its HELO name         |
| telltale.local-part | names the envelope sender's local part, a token of it (VERP), or a recipient's mailbox     |
| telltale.selector   | asks for a key under a label longer than any selector that serves a whole domain          |

What this cannot know. It finds too much where a sending service checks every customer by exists:%{i} (a statistic, not
a trap), and where a long token of the envelope sender is a campaign's and not one reader's. It finds too little where a
sender draws a short random selector or subdomain for each mail: without a second mail nothing sets it apart. Macros
with %{p} are not followed, because the name behind them is not known. The domain alone (%{d}) tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from headerlens.model.dns import Answer, Question
from headerlens.model.limits import (
    MAX_ADDRESSES,
    SPF_MAX_TREE_TERMS,
    TELLTALE_SELECTOR_CHARACTERS,
    TELLTALE_TOKEN_CHARACTERS,
)
from headerlens.model.message import Address, Message
from headerlens.model.verdicts import SenderInputs
from headerlens.parse.address import parse_addresses
from headerlens.parse.spf import is_spf, parse_spf
from headerlens.verify.spf import macro_values
from headerlens.verify.spf_macros import expand, letters

IDS = ("telltale.macro", "telltale.selector", "telltale.local-part")
"""Every `TellTale.why`."""

_TELLING_LETTERS = frozenset("slohi")
_RECIPIENT_FIELDS = frozenset({"to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to"})
_TOKEN = re.compile(r"[a-z0-9]+")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, order=True)
class TellTale:
    """One question and the id of what it gives away."""

    question: Question
    why: str


def tell_tales(message: Message, sender: SenderInputs, answers: Iterable[Answer]) -> tuple[TellTale, ...]:
    """Which of the questions asked (of `Case.evidence` and `Case.foreseen`) tell, sorted; () for none. Never raises.

    For questions that are only planned, give answers without records: macros need the SPF records, the rest does not.
    """
    given = tuple(answers)
    told = _Told(message, sender)
    expanded = _expanded(given, sender)
    found = {
        TellTale(answer.question, why)
        for answer in given
        for why in told.why(answer.question, expanded=answer.question.name in expanded)
    }
    return tuple(sorted(found))


class _Told:
    """What of this mail a name may hold."""

    def __init__(self, message: Message, sender: SenderInputs) -> None:
        mailbox = (sender.mail_from or "").strip("<> ").lower()
        local, at, _ = mailbox.rpartition("@")
        self._local = local if at else ""
        self._tokens = _tokens(self._local)
        self._recipients = frozenset(_recipients(message))

    def why(self, question: Question, *, expanded: bool) -> Iterator[str]:
        """The ids for one question."""
        name = question.name.lower()
        if expanded:
            yield "telltale.macro"
        if self._names_somebody(name):
            yield "telltale.local-part"
        selector, key, _ = name.partition("._domainkey.")
        if key and any(len(label) > TELLTALE_SELECTOR_CHARACTERS for label in selector.split(".")):
            yield "telltale.selector"

    def _names_somebody(self, name: str) -> bool:
        if len(self._local) >= TELLTALE_TOKEN_CHARACTERS and f".{self._local}." in f".{name}.":
            return True
        if any(token in name for token in self._tokens):
            return True
        squeezed = _NOT_A_LETTER.sub("", name)
        return any(recipient in squeezed for recipient in self._recipients)


def _tokens(local: str) -> tuple[str, ...]:
    """Words of a local part that hold a digit and are long enough to stand for one reader or one mail."""
    words = (word for word in _TOKEN.findall(local) if len(word) >= TELLTALE_TOKEN_CHARACTERS)
    return tuple(dict.fromkeys(word for word in words if any(sign.isdigit() for sign in word)))


def _recipients(message: Message) -> Iterator[str]:
    """Mailboxes the mail went to, only letters and digits: VERP writes "joe=example.com", a selector "joe-example-com".

    Only whole mailboxes: local parts alone ("info", "sales") stand in names by chance.
    """
    fields = (field for field in message.fields if field.key in _RECIPIENT_FIELDS)
    addresses: list[Address] = []
    for field in fields:
        addresses.extend(parse_addresses(field))
        if len(addresses) >= MAX_ADDRESSES:
            break
    for address in addresses[:MAX_ADDRESSES]:
        if address.local and address.domain:
            squeezed = _NOT_A_LETTER.sub("", f"{address.local}{address.domain}".lower())
            if len(squeezed) >= TELLTALE_TOKEN_CHARACTERS:
                yield squeezed


def _expanded(answers: tuple[Answer, ...], sender: SenderInputs) -> frozenset[str]:
    """The names that telling macros of the SPF records among the answers stand for."""
    values = macro_values(sender)
    if values is None:
        return frozenset()
    names = (expand(spec, values, domain) for domain, spec in _telling_specs(answers))
    return frozenset(name for name in names if name is not None)


def _telling_specs(answers: tuple[Answer, ...]) -> list[tuple[str, str]]:
    """Domain and domain-spec of terms with telling macros, as many as a tree of an evaluation may hold."""
    found: list[tuple[str, str]] = []
    for answer in answers:
        for text in answer.texts if answer.question.rtype == "TXT" else ():
            if len(found) >= SPF_MAX_TREE_TERMS:
                return found
            if is_spf(text) and b"%" in text and text.isascii():
                terms = parse_spf(text.decode("ascii"))
                specs = (term.spec for term in terms if term.kind not in {"exp", "modifier"} and term.fault is None)
                found.extend((answer.question.name, spec) for spec in specs if letters(spec) & _TELLING_LETTERS)
    return found[:SPF_MAX_TREE_TERMS]
