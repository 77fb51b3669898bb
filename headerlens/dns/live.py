"""Asks DNS over the network (RFC 1034, 1035, 2308, 7766): absolute names only, and every way to fail kept apart."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import dns.exception
import dns.name
import dns.rcode
import dns.rdatatype

from headerlens.dns.doh import DohResolver, parse_doh
from headerlens.dns.servers import Server, ServerList, numeric, parse_server, system_servers
from headerlens.dns.transport import Patience, exchange
from headerlens.dns.wire import Query, Reply, ResourceRecord, absolute_name, build_query, name_text
from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.limits import DNS_DEADLINE_SECONDS, DNS_TIMEOUT_SECONDS, MAX_ALIASES

_TELLING = (
    Failure.UNREACHABLE,
    Failure.TIMEOUT,
    Failure.REFUSED,
    Failure.BAD_ANSWER,
    Failure.SERVFAIL,
    Failure.CANCELLED,
)
"""Of several servers' failures the one named last here tells most about the domain and is reported."""

_UNWILLING = frozenset({dns.rcode.REFUSED, dns.rcode.NOTIMP, dns.rcode.NOTAUTH})


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """How to ask. Without `servers` those of the system; `timeout` and `deadline` in seconds.

    `timeout` bounds one question with all its servers and aliases, `deadline` all questions of a lookup from the first
    one on: a lookup serves one message. With `doh`, the URL of a resolver as `parse_doh` reads it, `servers` count for
    nothing and nothing is sent in the clear but the system's question for the resolver's address; `ca_file` holds the
    certificates (PEM) to verify it by instead of the system's.
    """

    servers: tuple[str, ...] = ()
    timeout: float = DNS_TIMEOUT_SECONDS
    deadline: float = DNS_DEADLINE_SECONDS
    doh: str | None = None
    ca_file: str | None = None


def live_lookup(options: LiveOptions, cancelled: Callable[[], bool] = lambda: False) -> Lookup:
    """A lookup over the network, for one message; may be called from many threads and never raises.

    `cancelled` is asked about every 50 ms; once true, questions end as CANCELLED. Nothing is sent before the first
    question. With no server to ask every answer is FAILED/UNREACHABLE.
    """
    return _Live(options, cancelled)


def offline_lookup() -> Lookup:
    """A lookup that asks nobody: every answer is FAILED/OFFLINE."""
    return lambda question: Answer(question, Outcome.FAILED, failure=Failure.OFFLINE)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One reply that counts, and who gave it."""

    reply: Reply
    server: str


_Asker: TypeAlias = Callable[[dns.name.Name, dns.rdatatype.RdataType, Patience], _Heard | Failure]
_Exchange: TypeAlias = Callable[[Server, Query, Patience], Reply | Failure]


@dataclass(frozen=True, slots=True)
class _Chain:
    """How far CNAMEs have led from `names[0]`: to `names[-1]`. `ttl` is the smallest, `secure` holds for every link."""

    names: tuple[dns.name.Name, ...]
    ttl: int | None = None
    secure: bool = True
    looped: bool = False

    @property
    def end(self) -> dns.name.Name:
        return self.names[-1]

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(name_text(name) for name in self.names[1:])

    def step(self, link: ResourceRecord, target: dns.name.Name) -> _Chain:
        """One link further; `looped` where it leads back, or beyond MAX_ALIASES."""
        if target in self.names or len(self.names) > MAX_ALIASES:
            return dataclasses.replace(self, looped=True)
        return dataclasses.replace(self, names=(*self.names, target), ttl=_smaller(self.ttl, link.ttl))


class _Live:
    """The lookup itself: whom to ask, and the deadline, are settled with the first question."""

    def __init__(self, options: LiveOptions, cancelled: Callable[[], bool]) -> None:
        self._options = options
        self._cancelled = cancelled
        self._lock = threading.Lock()
        self._ask: _Asker | None = None
        self._until = 0.0

    def __call__(self, question: Question) -> Answer:
        started = time.monotonic()
        name, rtype = absolute_name(question.name), _rtype(question.rtype)
        if name is None or rtype is None:
            return Answer(question, Outcome.FAILED, failure=Failure.BAD_NAME)
        ask, until = self._begin()
        patience = Patience(min(until, started + self._options.timeout), self._cancelled)
        answer = _follow(question, _Chain((name,)), rtype, lambda asked: ask(asked, rtype, patience))
        return dataclasses.replace(answer, milliseconds=(time.monotonic() - started) * 1000)

    def _begin(self) -> tuple[_Asker, float]:
        with self._lock:
            if self._ask is None:
                self._ask = _asker(self._options)
                self._until = time.monotonic() + self._options.deadline
            return self._ask, self._until


def _asker(options: LiveOptions) -> _Asker:
    """Asks one name and type, over HTTPS or in the clear; a URL that is none asks nobody."""
    if options.doh is not None:
        url = parse_doh(options.doh)
        return _over_https(DohResolver(url, options.ca_file)) if url else lambda *_: Failure.UNREACHABLE
    servers = ServerList(_servers(options))
    return lambda name, rtype, patience: _ask(servers, build_query(name, rtype), exchange, patience)


def _over_https(resolver: DohResolver) -> _Asker:
    def ask(name: dns.name.Name, rtype: dns.rdatatype.RdataType, patience: Patience) -> _Heard | Failure:
        servers = resolver.servers(patience)
        if isinstance(servers, Failure):
            return servers
        # RFC 8484 4.1: the same question is the same request, so the id is 0
        query = build_query(name, rtype, ident=0, padded=True)
        heard = _ask(servers, query, resolver.exchange, patience)
        return heard if isinstance(heard, Failure) else dataclasses.replace(heard, server=str(resolver.url))

    return ask


def _servers(options: LiveOptions) -> tuple[Server, ...]:
    if not options.servers:
        return system_servers()
    given = (parse_server(text) for text in options.servers)
    addresses = (numeric(server) for server in given if server is not None)
    return tuple(server for server in addresses if server is not None)


def _rtype(text: str) -> dns.rdatatype.RdataType | None:
    """The number of a type that can be asked for; None for unknown ones and for ANY, transfers and the like."""
    try:
        rtype = dns.rdatatype.from_text(text)
    except (dns.exception.DNSException, ValueError):
        return None
    return None if dns.rdatatype.is_metatype(rtype) else rtype


def _ask(servers: ServerList, query: Query, send: _Exchange, patience: Patience) -> _Heard | Failure:
    """The first usable reply of the servers in their order, each with its share of the time; else why there is none."""
    order, worst = servers.in_order(), Failure.UNREACHABLE
    for tried, server in enumerate(order):
        ended = patience.ended()
        if ended is not None:
            return max(worst, ended, key=_TELLING.index)
        result = send(server, query, patience.share(len(order) - tried))
        failure = result if isinstance(result, Failure) else _failure(result.rcode)
        if failure in {Failure.TIMEOUT, Failure.UNREACHABLE}:
            servers.silent(server)
        elif failure is not Failure.CANCELLED:
            servers.answered(server)
        if isinstance(result, Reply) and failure is None:
            return _Heard(result, str(server))
        worst = max(worst, failure or worst, key=_TELLING.index)
    return worst


def _failure(rcode: int) -> Failure | None:
    """What a response code other than NOERROR and NXDOMAIN means."""
    if rcode in {dns.rcode.NOERROR, dns.rcode.NXDOMAIN}:
        return None
    if rcode in _UNWILLING:
        return Failure.REFUSED
    return Failure.BAD_ANSWER if rcode == dns.rcode.FORMERR else Failure.SERVFAIL


def _follow(
    question: Question,
    chain: _Chain,
    rtype: dns.rdatatype.RdataType,
    ask: Callable[[dns.name.Name], _Heard | Failure],
) -> Answer:
    """Asks, walks the CNAMEs of the reply, and asks again where the server left off in the middle of a chain."""
    while True:
        heard = ask(chain.end)
        if isinstance(heard, Failure):
            return Answer(question, Outcome.FAILED, aliases=chain.aliases, failure=heard)
        reply, asked = heard.reply, chain.end
        chain = dataclasses.replace(chain, secure=chain.secure and reply.secure)
        chain = _walk(chain, rtype, reply.records)
        if chain.looped:
            return _answer(question, chain, heard, Outcome.FAILED, failure=Failure.ALIAS_LOOP)
        found = _held(reply.records, chain.end, rtype)
        if found:
            return _found(question, chain, heard, found)
        # RFC 2308 2.2: with an SOA, or as NXDOMAIN, the reply speaks of the last name; else that name is still to ask
        if chain.end == asked or reply.negative_ttl is not None or reply.rcode != dns.rcode.NOERROR:
            return _absent(question, chain, heard)


def _walk(chain: _Chain, rtype: dns.rdatatype.RdataType, records: tuple[ResourceRecord, ...]) -> _Chain:
    """`chain` as far as the CNAMEs among `records` lead it; at most MAX_ALIASES passes over them."""
    while not chain.looped and not _held(records, chain.end, rtype):
        links = [record for record in records if record.target is not None and record.owner == chain.end]
        if not links or links[0].target is None:
            break
        chain = chain.step(links[0], links[0].target)
    return chain


def _held(
    records: tuple[ResourceRecord, ...], name: dns.name.Name, rtype: dns.rdatatype.RdataType
) -> tuple[ResourceRecord, ...]:
    return tuple(record for record in records if record.rtype == rtype and record.owner == name)


def _found(question: Question, chain: _Chain, heard: _Heard, found: tuple[ResourceRecord, ...]) -> Answer:
    """The records in the server's order, each once (RFC 2181 5)."""
    records = tuple(dict.fromkeys(record.record for record in found))
    ttl = _smaller(chain.ttl, min(record.ttl for record in found))
    return dataclasses.replace(_answer(question, chain, heard, Outcome.FOUND, ttl=ttl), records=records)


def _absent(question: Question, chain: _Chain, heard: _Heard) -> Answer:
    outcome = Outcome.NO_NAME if heard.reply.rcode == dns.rcode.NXDOMAIN else Outcome.NO_DATA
    return _answer(question, chain, heard, outcome, ttl=_smaller(chain.ttl, heard.reply.negative_ttl))


def _answer(
    question: Question,
    chain: _Chain,
    heard: _Heard,
    outcome: Outcome,
    *,
    failure: Failure | None = None,
    ttl: int | None = None,
) -> Answer:
    return Answer(
        question, outcome, aliases=chain.aliases, failure=failure, ttl=ttl, server=heard.server, secure=chain.secure
    )


def _smaller(left: int | None, right: int | None) -> int | None:
    return min((value for value in (left, right) if value is not None), default=None)
