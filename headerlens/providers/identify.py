"""Which service a mail was sent through, from border facts only (inputs.md 0.7 and 6).

Message-ID and X- fields are never read: spam forges them. HELO, a reverse name and the return path are the client's own
word as well, so that a service is named only where one of these facts proves it:

| kind          | proof                                                                                              |
|---------------|----------------------------------------------------------------------------------------------------|
| dkim-domain   | a passing signature whose d= is the service's own                                                  |
| return-path   | SPF passes for a return path below the service's own domains                                       |
| spf-include   | SPF passes because of the service's own list of servers, which somebody's record includes          |
| client-host   | the client's name is a sending server of the service, and the service's zone gives it this address |

What only agrees (a claimed name, the shape of a return path, the selector of the customer's passing signature) is added
to the evidence of a proof and gives values for the advice; alone it proves nothing. One question of DNS is asked, and
only where nothing else proves it, the client's name has the right shape and DNS answered the checks. Where several
services show, the one that sent comes before the one that handled the mail.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from headerlens.model.dns import Lookup, Question
from headerlens.model.limits import SPF_MAX_LOOKUPS
from headerlens.model.message import Message
from headerlens.model.providers import Provider, ProviderEvidence
from headerlens.model.verdicts import DkimCheck, Identity, Result, SenderInputs, SpfCheck, SpfNode, TermState
from headerlens.parse.names import clean_domain, is_subdomain
from headerlens.providers.knowledge import KINDS, Service, known_for, known_for_all, service
from headerlens.providers.patterns import first_match

MAX_NAMES = 20
"""Names looked up in the index: two of the client, a return path, ten signatures and the includes of one SPF record."""


@dataclass(frozen=True, slots=True)
class _Border:
    """What the border shows, each name in A-labels; "" and () where it shows nothing."""

    client_ip: str
    names: tuple[tuple[str, str], ...]
    mail_from: str
    spf_domain: str
    spf_passes: bool
    included: tuple[str, ...]
    signers: tuple[tuple[str, str], ...]
    list_domain: str


@dataclass(slots=True)
class _Match:
    """What speaks for one service; `proofs` counts the facts that are more than a claim."""

    service: Service
    proofs: int = 0
    has_shape: bool = False
    evidence: list[ProviderEvidence] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, value: str, values: Mapping[str, str] | None = None, *, proves: bool = False) -> None:
        """One more fact; the first value of a name stays."""
        self.evidence.append(ProviderEvidence(kind, value))
        self.proofs += proves
        for name, of in (values or {}).items():
            self.values.setdefault(name, of)


def identify(
    message: Message, sender: SenderInputs, spf: SpfCheck, dkim: tuple[DkimCheck, ...], ask: Lookup | None = None
) -> Provider | None:
    """The service that the border facts prove, None where they prove none. Never raises.

    `ask` confirms a client's name (one question for each address family); without it such a name is only a claim.
    """
    border = _border(message, sender, spf, dkim)
    matches = [_matched(service(identifier), border) for identifier in _candidates(border)]
    if ask is not None and not any(one.proofs for one in matches) and not _is_silent(spf, dkim):
        for one in matches:
            _confirm(one, border, ask)
    proved = [one for one in matches if one.proofs and (one.has_shape or not one.service.shape_decides)]
    proved.sort(key=_rank)  # stable: the order of the border facts decides among equals
    return _provider(proved[0]) if proved else None


def _is_silent(spf: SpfCheck, dkim: tuple[DkimCheck, ...]) -> bool:
    """Whether DNS left questions of the checks unanswered: one more would only make the reader wait."""
    return any(result is Result.TEMPERROR for result in (spf.result, *(check.result for check in dkim)))


def _rank(found: _Match) -> tuple[int, int]:
    return KINDS.index(found.service.kind), -len(found.evidence)


def _provider(found: _Match) -> Provider:
    values = tuple(sorted(found.values.items()))
    return Provider(found.service.id, found.service.names["en"], tuple(dict.fromkeys(found.evidence)), values)


# ---- the facts


def _border(message: Message, sender: SenderInputs, spf: SpfCheck, dkim: tuple[DkimCheck, ...]) -> _Border:
    passes = spf.result is Result.PASS
    return _Border(
        client_ip=sender.client_ip or "",
        names=tuple(_client_names(message, sender)),
        mail_from=(sender.mail_from or "").lower(),
        spf_domain=spf.domain if spf.identity is Identity.MAILFROM else "",
        spf_passes=passes,
        included=tuple(_matched_chain(spf.tree)) if passes and spf.tree is not None else (),
        signers=tuple((c.signature.domain, c.signature.selector) for c in dkim if c.result is Result.PASS),
        list_domain=_list_domain(message),
    )


def _client_names(message: Message, sender: SenderInputs) -> Iterator[tuple[str, str]]:
    """The client's names at the border: the reverse name the receiver wrote, and its own word where that differs."""
    if sender.border is None or not 0 <= sender.border < len(message.hops):
        return
    hop = message.hops[sender.border]
    reverse, claimed = (clean_domain(one) if one else None for one in (hop.rdns, hop.helo))
    if reverse:
        yield "client-host", reverse
    if claimed and claimed != reverse:
        yield "helo", claimed


def _matched_chain(node: SpfNode | None) -> Iterator[str]:
    """The domains of the records that led to the match, the customer's own first."""
    for _ in range(SPF_MAX_LOOKUPS + 1):
        if node is None:
            return
        yield node.domain
        node = next((term.child for term in node.terms if term.state is TermState.MATCHED), None)


def _list_domain(message: Message) -> str:
    written = next((one.value for one in message.fields if one.key == "list-id"), "")
    return clean_domain(written.rpartition("<")[2].partition(">")[0]) or ""


def _candidates(border: _Border) -> tuple[str, ...]:
    """Services whose names occur among the facts, in the order of the facts."""
    signers = (domain for domain, _ in border.signers)
    names = [*(name for _, name in border.names), border.spf_domain, *border.included, *signers]
    found = [one for name in list(dict.fromkeys(names))[:MAX_NAMES] if name for one in known_for(name)]
    return tuple(dict.fromkeys([*found, *known_for_all()]))


# ---- one service


def _matched(known: Service, border: _Border) -> _Match:
    found = _Match(known)
    _signatures(found, border)
    _return_path(found, border)
    for name in border.included[1:]:
        if _is_below(name, known.own) or first_match(known.includes, name) is not None:
            found.add("spf-include", name, proves=True)
            break
    for kind, name in border.names:
        values = first_match(known.hosts, name)
        if values is not None or _is_below(name, known.own):
            found.add(kind, name, values)
    return found


def _signatures(found: _Match, border: _Border) -> None:
    known = found.service
    for domain, selector in border.signers:
        if _is_below(domain, known.own) or first_match(known.signing, domain) is not None:
            found.add("dkim-domain", domain, proves=True)
        elif (values := first_match(known.selectors, selector)) is not None:
            found.values.setdefault("selector", selector)
            found.values.update({name: of for name, of in values.items() if name not in found.values})


def _return_path(found: _Match, border: _Border) -> None:
    known = found.service
    values = first_match(known.return_paths, border.mail_from)
    found.has_shape = values is not None and (bool(known.hosts) or _is_of_list(border))
    if known.shape_decides:
        if found.has_shape:  # the shape alone is the client's word; software without hosts needs the domain's own word
            found.add("return-path", border.mail_from, values, proves=not known.hosts and border.spf_passes)
        return
    is_own = _is_below(border.spf_domain, known.own)
    if is_own or (values is not None and bool(border.spf_domain)):
        found.add("return-path", border.spf_domain, values, proves=border.spf_passes)


def _is_of_list(border: _Border) -> bool:
    """Whether the return path belongs to the list that List-Id names: one claim more, no proof."""
    home, named = border.spf_domain, border.list_domain
    return bool(home and named) and (is_subdomain(named, home) or is_subdomain(home, named))


def _is_below(name: str, domains: Iterable[str]) -> bool:
    return bool(name) and any(is_subdomain(name, domain) for domain in domains)


# ---- forward-confirmed names


def _confirm(found: _Match, border: _Border, ask: Lookup) -> None:
    """Whether the zone of the claimed name gives it the client's address: only its owner can write that."""
    names = dict.fromkeys(one.value for one in found.evidence if one.kind in {"client-host", "helo"})
    for name in list(names)[:1]:
        if border.client_ip and _has_address(name, border.client_ip, ask):
            found.proofs += 1


def _has_address(name: str, client_ip: str, ask: Lookup) -> bool:
    try:
        wanted = ipaddress.ip_address(client_ip)
    except ValueError:
        return False
    answer = ask(Question(name, "A" if wanted.version == 4 else "AAAA"))
    return any(_address(record[0]) == wanted for record in answer.records if record)


def _address(octets: bytes) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(octets.decode("ascii", "replace"))
    except ValueError:
        return None
