"""Which questions a message will cost, as far as they can be known before the checks ask them.

They are asked in parallel so that the wall time is the longest chain of dependent questions, not their sum. Nothing is
asked in advance whose name says more than the domain (macros of the sender, the address or HELO): that would tell the
sender of a check before it is known that the check needs it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator

from headerlens.model.dns import Answer, Question
from headerlens.model.limits import SPF_MAX_LOOKUPS
from headerlens.model.message import Message
from headerlens.model.records import DkimSignature
from headerlens.model.verdicts import SenderInputs
from headerlens.parse.dmarc import parse_dmarc
from headerlens.parse.names import is_subdomain, to_ascii
from headerlens.parse.spf import ParsedTerm, is_spf, parse_spf
from headerlens.verify.dkim import chosen_signatures
from headerlens.verify.organization import walk_names
from headerlens.verify.spf import macro_values, spf_domain
from headerlens.verify.spf_macros import MacroValues, expand, letters

_PLAIN_LETTERS = frozenset("dv")
"""Macros that say nothing about the message."""


def foreseeable(message: Message, sender: SenderInputs) -> tuple[Question, ...]:
    """The SPF record, the keys, and the policy walk of every identifier; each question once, in a fixed order.

    Those from which chains begin come first.
    """
    signers = [message.signatures[index] for index in sorted(chosen_signatures(message))]
    sealers = [one for s in message.arc for one in (s.seal, s.message_signature) if one is not None]
    spf = spf_domain(sender)
    walked = [*(a.domain for a in message.author), spf, *(s.domain for s in signers)]
    questions = [
        *([Question(spf, "TXT")] if spf else []),
        *(Question(f"_dmarc.{name}", "TXT") for domain in walked if domain for name in walk_names(domain)),
        *(Question(name, "TXT") for name in _key_names([*signers, *sealers])),
    ]
    return tuple(dict.fromkeys(questions))


def follow_for(message: Message, sender: SenderInputs) -> Callable[[Answer], tuple[Question, ...]]:
    """What an answer makes foreseeable for this message.

    That is the names of an SPF record up to the term that surely matches, the addresses behind mail servers and PTR
    names, and the author's name where DMARC wants to know it.
    """
    values = macro_values(sender)
    author = message.author[0].domain if message.author else ""

    def follow(answer: Answer) -> tuple[Question, ...]:
        if answer.question.rtype == "TXT":
            found = [*_after_policy(answer, author), *(_after_spf(answer, values) if values else ())]
        elif answer.question.rtype in {"MX", "PTR"} and values:
            found = list(_hosts(answer, values))
        else:
            found = []
        return tuple(dict.fromkeys(found))

    return follow


def _key_names(signatures: list[DkimSignature]) -> list[str]:
    names = (to_ascii(f"{s.selector}._domainkey.{s.domain}") for s in signatures if s.selector and s.domain)
    return [name for name in names if name is not None]


def _after_policy(answer: Answer, author: str) -> Iterator[Question]:
    """RFC 9989 4.7: np= applies where the author's name does not exist, which the check asks for A."""
    prefix, dot, domain = answer.question.name.partition(".")
    if prefix != "_dmarc" or not dot or domain == author or not is_subdomain(author, domain):
        return
    records = [parse_dmarc(domain, text.decode("latin-1")) for text in answer.texts]
    if any(record is not None and record.nonexistent_policy for record in records):
        yield Question(author, "A")


def _after_spf(answer: Answer, values: MacroValues) -> Iterator[Question]:
    """The questions of a record that will be evaluated; several records, or a fault in one, end a check at once."""
    records = [text for text in answer.texts if is_spf(text)]
    if len(records) != 1 or not records[0].isascii():
        return
    terms = parse_spf(records[0].decode("ascii"))
    if any(term.fault for term in terms):
        return
    for term in _reachable(terms, values.ip):
        yield from _question(term, values, answer.question.name)


def _reachable(terms: tuple[ParsedTerm, ...], ip: str) -> Iterator[ParsedTerm]:
    """Mechanisms up to the first that matches whatever DNS says, else redirect= at the end (RFC 7208 4.6.2, 6.1)."""
    address = ipaddress.ip_address(ip)
    for term in terms:
        if term.is_mechanism:
            if term.kind == "all" or (term.kind in {"ip4", "ip6"} and _matches(term, address)):
                return
            yield term
    if not any(term.kind == "all" for term in terms):
        yield from (term for term in terms if term.kind == "redirect")


def _matches(term: ParsedTerm, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    prefix = term.cidr4 if term.kind == "ip4" else term.cidr6
    written = term.spec if prefix is None else f"{term.spec}/{prefix}"
    network = ipaddress.ip_network(written, strict=False)
    return network.version == address.version and address in network


def _question(term: ParsedTerm, values: MacroValues, domain: str) -> Iterator[Question]:
    """What one term asks: by type of its mechanism, at its domain or the current one."""
    if term.kind == "ptr":
        yield Question(ipaddress.ip_address(values.ip).reverse_pointer, "PTR")
        return
    address = "AAAA" if ":" in values.ip else "A"
    rtypes = {"include": "TXT", "redirect": "TXT", "a": address, "mx": "MX", "exists": "A"}
    rtype = rtypes.get(term.kind)
    if rtype is None or not letters(term.spec) <= _PLAIN_LETTERS:
        return
    name = to_ascii(expand(term.spec or "%{d}", values, domain) or "")
    if name is not None:
        yield Question(name, rtype)


def _hosts(answer: Answer, values: MacroValues) -> Iterator[Question]:
    """The addresses of mail servers, or of the names of the client; more than ten servers end a check (4.6.4)."""
    texts = [text.decode("ascii", "replace").split() for text in answer.texts]
    if answer.question.rtype == "MX" and len(texts) > SPF_MAX_LOOKUPS:
        return
    for words in texts[:SPF_MAX_LOOKUPS]:
        name = to_ascii(words[-1]) if words else None
        if name is not None:
            yield Question(name, "AAAA" if ":" in values.ip else "A")
