"""Which questions a domain will cost, asked in parallel so that the wall time is the longest chain of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from headerlens.domains.answers import is_absent, texts_of
from headerlens.domains.dmarc import permission_name, report_domains
from headerlens.domains.keys import NOT_A_SELECTOR, key_name, selectors_of
from headerlens.domains.mail_servers import servers_in
from headerlens.domains.others import OTHER_NAMES, wildcard_name
from headerlens.model.dns import Answer, Question
from headerlens.model.domain import Inquiry, KeyOrigin
from headerlens.model.limits import MAX_FOLLOWED
from headerlens.parse.dmarc import parse_dmarc
from headerlens.parse.names import to_ascii
from headerlens.parse.spf import is_spf, parse_spf
from headerlens.verify.organization import walk_names


def foreseeable(inquiry: Inquiry) -> tuple[Question, ...]:
    """What is asked whatever the answers, each question once; those from which chains begin come first."""
    return tuple(dict.fromkeys(_first(inquiry)))


def follow_for(inquiry: Inquiry) -> Callable[[Answer], tuple[Question, ...]]:
    """What an answer gives rise to: includes, mail servers, permissions for reports, doubled names."""
    named = {key_name(one, inquiry.domain) for one, origin in selectors_of(inquiry) if origin is not KeyOrigin.COMMON}

    def follow(answer: Answer) -> tuple[Question, ...]:
        return tuple(dict.fromkeys(islice(_next(answer, inquiry.domain, named), MAX_FOLLOWED)))

    return follow


def _first(inquiry: Inquiry) -> Iterator[Question]:
    domain = inquiry.domain
    yield from (Question(domain, rtype) for rtype in ("TXT", "MX"))
    yield from (Question(f"_dmarc.{name}", "TXT") for name in walk_names(domain))
    yield from (Question(domain, rtype) for rtype in ("A", "AAAA"))
    for wanted in inquiry.wanted:
        rtype = "MX" if wanted.rtype == "MX" else "TXT"
        yield from (Question(name, rtype) for name in (wanted.name, *wanted.alternatives) if name)
    yield from (Question(key_name(selector, domain), "TXT") for selector, _origin in selectors_of(inquiry))
    yield Question(key_name(NOT_A_SELECTOR, domain), "TXT")
    yield Question(wildcard_name(domain), "TXT")
    yield from (Question(f"{label}.{domain}", "TXT") for label in OTHER_NAMES.values())


def _next(answer: Answer, domain: str, named: set[str]) -> Iterator[Question]:
    name, rtype = answer.question.name, answer.question.rtype
    if rtype == "MX":
        for _preference, host in servers_in(answer):
            if host:
                yield from _addresses(host)
    elif rtype == "TXT" and name.startswith("_dmarc."):
        yield from _after_policy(answer, domain)
    elif rtype == "TXT" and name in named and is_absent(answer):
        yield Question(f"{name}.{domain}", "TXT")
    elif rtype == "TXT":
        for text in texts_of(answer):
            if is_spf(text[:7].encode("utf-8", "replace")):
                yield from _after_spf(text, name)


def _after_policy(answer: Answer, domain: str) -> Iterator[Question]:
    owner = answer.question.name.removeprefix("_dmarc.")
    for text in texts_of(answer):
        record = parse_dmarc(owner, text)
        for target in report_domains(record) if record is not None else ():
            yield Question(permission_name(owner, target), "TXT")
            yield from (Question(f"_dmarc.{name}", "TXT") for name in walk_names(target))
    if owner == domain and is_absent(answer):
        yield Question(f"_dmarc.{domain}.{domain}", "TXT")


def _after_spf(text: str, owner: str) -> Iterator[Question]:
    for term in parse_spf(text):
        name = to_ascii(term.spec or owner) if term.fault is None and "%" not in term.spec else None
        if name is None:
            continue
        if term.kind in {"include", "redirect"}:
            yield Question(name, "TXT")
        elif term.kind == "mx":
            yield Question(name, "MX")
        elif term.kind == "a":
            yield from _addresses(name)
        elif term.kind == "exists":
            yield Question(name, "A")


def _addresses(name: str) -> Iterator[Question]:
    yield from (Question(name, rtype) for rtype in ("A", "AAAA"))
