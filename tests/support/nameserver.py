"""A real name server on loopback for tests: UDP and TCP, a literal zone, misbehaviour on demand, a log of questions.

    with NameServer({"example.com": {"TXT": ["v=spf1 -all"], "MX": ["10 mx.example.com"]}}) as server:
        answer = server.lookup()(Question("example.com", "TXT"))
        assert server.asked("example.com", "TXT") == 1

The zone has the format of recorded evidence: an absent name is NXDOMAIN (unless a name below it exists: then it is an
empty non-terminal, NODATA), `[]` and an absent type are NODATA, a TXT record is a string or a list of strings, and
`{"error": ...}` in place of the list misbehaves as one of `ERRORS`. `[[]]` is one TXT record of no string at all;
`{"raw": "0561"}` in place of a record gives its RDATA in hexadecimal. Characters of TXT strings are octets (Latin-1).
"""

import contextlib
import selectors
import socket
import struct
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest

from headerlens.dns.live import LiveOptions, live_lookup
from headerlens.model.dns import Lookup

Zone = Mapping[str, Mapping[str, Any]]

ERRORS = {
    "timeout": "no answer at all",
    "servfail": "RCODE 2",
    "refused": "RCODE 5",
    "formerr": "RCODE 1",
    "noedns": "RCODE 1 to a question with EDNS, NODATA to one without",
    "badanswer": "the right header, then rubbish",
    "wrongid": "an answer with another id, nothing else",
    "wrongquestion": "an answer to another question, nothing else",
    "spoofed": "forged answers first (other id, other question), then NODATA",
    "garbage": "three octets that are no DNS message",
}
"""What `{"error": ...}` may name."""

_RCODES = {"servfail": dns.rcode.SERVFAIL, "refused": dns.rcode.REFUSED, "formerr": dns.rcode.FORMERR}
_SOA = "ns.invalid. hostmaster.invalid. 1 3600 600 86400 60"


@dataclass(frozen=True, slots=True)
class Logged:
    """One question as it arrived."""

    name: str
    rtype: str
    transport: str
    """ "udp", "tcp", or "https" (tests/support/dohserver.py) """
    at: float
    """time.monotonic()"""
    edns: bool


class NameServer:
    """Serves `zone` from the moment of construction until `close`.

    `delay` holds back every answer by so many seconds, `delays` those of a name. `truncate` (True, or names) answers
    with TC over UDP and in full over TCP. `errors` makes whole names misbehave. `chase=False` gives only the first
    CNAME of a chain, as an authoritative server of another zone does. `silent` ignores everything. `tcp=False` refuses
    TCP. `secure` sets AD. `ttl` is that of every record.
    """

    def __init__(
        self,
        zone: Zone,
        *,
        host: str = "127.0.0.1",
        delay: float = 0.0,
        delays: Mapping[str, float] | None = None,
        truncate: bool | Collection[str] = False,
        errors: Mapping[str, str] | None = None,
        chase: bool = True,
        silent: bool = False,
        tcp: bool = True,
        secure: bool = False,
        ttl: int = 300,
    ) -> None:
        self.zone = {_clean(name): types for name, types in zone.items()}
        self.host = host
        self.delay = delay
        self.delays = {_clean(name): seconds for name, seconds in (delays or {}).items()}
        self.truncate = truncate
        self.errors = {_clean(name): error for name, error in (errors or {}).items()}
        self.chase = chase
        self.silent = silent
        self.secure = secure
        self.ttl = ttl
        self._log: list[Logged] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._work: list[Future[None]] = []
        self._udp, self._tcp = _bind(host, tcp=tcp)
        self.port: int = self._udp.getsockname()[1]
        self._pool = ThreadPoolExecutor(max_workers=64, thread_name_prefix="nameserver")
        self._thread = threading.Thread(target=self._serve, name="nameserver")
        self._thread.start()

    @property
    def address(self) -> str:
        """As `LiveOptions.servers` takes it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def log(self) -> tuple[Logged, ...]:
        """Every question so far, in order of arrival."""
        with self._lock:
            return tuple(self._log)

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """(name, type) of every question so far, in order of arrival."""
        return tuple((entry.name, entry.rtype) for entry in self.log)

    def asked(self, name: str, rtype: str | None = None, transport: str | None = None) -> int:
        """How often this was asked."""
        return sum(
            entry.name == name and rtype in {None, entry.rtype} and transport in {None, entry.transport}
            for entry in self.log
        )

    def wait_for(self, questions: int, seconds: float = 10.0) -> None:
        """Until so many questions have arrived; fails the test where they do not."""
        until = time.monotonic() + seconds
        while len(self.log) < questions:
            assert time.monotonic() < until, f"{len(self.log)} of {questions} questions after {seconds} s"
            time.sleep(0.005)

    def lookup(
        self, *, timeout: float = 5.0, deadline: float = 20.0, cancelled: Callable[[], bool] = lambda: False
    ) -> Lookup:
        """The program's own live lookup, pointed at this server."""
        return live_lookup(LiveOptions(servers=(self.address,), timeout=timeout, deadline=deadline), cancelled)

    def close(self) -> None:
        """Ends all threads; a fault in the server itself comes out here, not as a time-out that puzzles a test."""
        self._stop.set()
        self._thread.join()
        self._pool.shutdown(wait=True)
        self._udp.close()
        if self._tcp is not None:
            self._tcp.close()
        for work in self._work:
            work.result()
        self._work.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._udp, selectors.EVENT_READ)
            if self._tcp is not None:
                selector.register(self._tcp, selectors.EVENT_READ)
            while not self._stop.is_set():
                for key, _ in selector.select(0.05):
                    self._take(key.fileobj)

    def _take(self, ready: Any) -> None:
        if ready is self._udp:
            with contextlib.suppress(OSError):
                wire, peer = self._udp.recvfrom(65535)
                self._work.append(self._pool.submit(self._answer_udp, wire, peer))
        elif self._tcp is not None:
            connection, _ = self._tcp.accept()
            self._work.append(self._pool.submit(self._answer_tcp, connection))

    def _answer_udp(self, wire: bytes, peer: Any) -> None:
        for reply in self._replies(wire, "udp"):
            with contextlib.suppress(OSError):
                self._udp.sendto(reply, peer)

    def _answer_tcp(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(2)
            while not self._stop.is_set():
                head = _read(connection, 2)
                wire = _read(connection, struct.unpack("!H", head)[0]) if head else b""
                if not wire:
                    return
                for reply in self._replies(wire, "tcp"):
                    connection.sendall(struct.pack("!H", len(reply)) + reply)

    def _replies(self, wire: bytes, transport: str) -> Iterator[bytes]:
        """What is sent back, in order: usually one message, none for a time-out, several for forgeries."""
        query = dns.message.from_wire(wire)
        asked = query.question[0]
        name, rtype = _clean(asked.name.to_text()), dns.rdatatype.to_text(asked.rdtype)
        with self._lock:
            self._log.append(Logged(name, rtype, transport, time.monotonic(), query.edns >= 0))
        if self._stop.wait(self.delay + self.delays.get(name, 0.0)) or self.silent:
            return
        error = self._error(name, rtype)
        if error is not None and not (error == "noedns" and query.edns < 0):
            yield from _misbehave(error, query)
            return
        reply = self._compose(query, name, rtype)
        if transport == "udp" and (self.truncate is True or (self.truncate and name in self.truncate)):
            yield _cut(reply)
            return
        yield _fit(reply, query, transport)

    def _error(self, name: str, rtype: str) -> str | None:
        found = self.zone.get(name, {}).get(rtype)
        return str(found["error"]) if isinstance(found, Mapping) else self.errors.get(name)

    def _compose(self, query: dns.message.Message, name: str, rtype: str) -> dns.message.Message:
        reply = dns.message.make_response(query, recursion_available=True)
        if self.secure:
            reply.flags |= dns.flags.AD
        owner = self._aliases(reply, name, rtype)
        if owner is None:
            return reply
        records = self._records(owner, rtype)
        if records:
            reply.answer.append(self._rrset(owner, rtype, records))
            return reply
        if self._error(owner, rtype) not in {None, "noedns"}:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif not self._exists(owner):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        reply.authority.append(dns.rrset.from_text(".", 300, "IN", "SOA", _SOA))
        return reply

    def _aliases(self, reply: dns.message.Message, name: str, rtype: str) -> str | None:
        """Appends the CNAMEs from `name` on; the name at the end, or None where the answer ends with an alias."""
        seen = {name}
        while rtype != "CNAME" and self._records(name, "CNAME") and not self._records(name, rtype):
            reply.answer.append(self._rrset(name, "CNAME", self._records(name, "CNAME")))
            name = _clean(str(self._records(name, "CNAME")[0]))
            if name in seen or not self.chase:
                return None
            seen.add(name)
        return name

    def _records(self, name: str, rtype: str) -> list[Any]:
        found = self.zone.get(name, {}).get(rtype, [])
        return [found] if isinstance(found, str) else [] if isinstance(found, Mapping) else list(found)

    def _exists(self, name: str) -> bool:
        return any(known == name or known.endswith("." + name) for known in self.zone)

    def _rrset(self, owner: str, rtype: str, records: list[Any]) -> dns.rrset.RRset:
        kind = dns.rdatatype.from_text(rtype)
        rrset = dns.rrset.RRset(_name(owner), dns.rdataclass.IN, kind)
        for record in records:
            rrset.add(_rdata(kind, record), self.ttl)
        return rrset


def _clean(name: str) -> str:
    return name.lower().rstrip(".")


def _name(text: str) -> dns.name.Name:
    return dns.name.from_text(text.rstrip(".") + ".")


def _rdata(kind: dns.rdatatype.RdataType, record: Any) -> dns.rdata.Rdata:
    if isinstance(record, Mapping):
        return dns.rdata.GenericRdata(dns.rdataclass.IN, kind, bytes.fromhex(str(record["raw"])))
    if kind != dns.rdatatype.TXT:
        absolute = str(record) if kind in {dns.rdatatype.A, dns.rdatatype.AAAA} else str(record).rstrip(".") + "."
        return dns.rdata.from_text(dns.rdataclass.IN, kind, absolute)
    strings = [record] if isinstance(record, str) else record
    octets = b"".join(bytes([len(part)]) + part for string in strings for part in _parts(string.encode("latin-1")))
    return dns.rdata.GenericRdata(dns.rdataclass.IN, kind, octets)


def _parts(octets: bytes) -> list[bytes]:
    """Character-strings of at most 255 octets (RFC 1035 3.3)."""
    return [octets[start : start + 255] for start in range(0, len(octets), 255)] or [b""]


def _fit(reply: dns.message.Message, query: dns.message.Message, transport: str) -> bytes:
    limit = 65535 if transport != "udp" else max(512, query.payload if query.edns >= 0 else 512)
    wire = reply.to_wire(max_size=65535, want_shuffle=False)  # records in the order of the zone
    return wire if len(wire) <= limit else _cut(reply)


def _cut(reply: dns.message.Message) -> bytes:
    reply.answer, reply.authority = [], []
    reply.flags |= dns.flags.TC
    return reply.to_wire(max_size=512)


def _misbehave(error: str, query: dns.message.Message) -> Iterator[bytes]:
    reply = dns.message.make_response(query, recursion_available=True)
    if error in _RCODES or error == "noedns":
        reply.set_rcode(_RCODES.get(error, dns.rcode.FORMERR))
        yield reply.to_wire()
    elif error == "badanswer":
        wire = bytearray(reply.to_wire())
        wire[6:8] = b"\x00\x09"  # nine answers are announced
        yield bytes(wire[:12]) + wire[12:] + b"\xff\xff"
    elif error == "garbage":
        yield b"\x01\x02\x03"
    elif error in {"wrongid", "wrongquestion", "spoofed"}:
        yield from _forge(error, query)
    else:
        assert error == "timeout", f"unknown error {error!r}"


def _forge(error: str, query: dns.message.Message) -> Iterator[bytes]:
    name = query.question[0].name
    if error in {"wrongid", "spoofed"}:
        other = dns.message.make_response(query)
        other.id = query.id ^ 0x5555
        other.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", '"forged"'))
        yield other.to_wire()
    if error in {"wrongquestion", "spoofed"}:
        question = dns.message.make_query("elsewhere.invalid.", "TXT", id=query.id)
        other = dns.message.make_response(question)
        other.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", '"forged"'))
        yield other.to_wire()
    if error == "spoofed":
        yield dns.message.make_response(query).to_wire()


def _bind(host: str, *, tcp: bool) -> tuple[socket.socket, socket.socket | None]:
    """Both sockets on one free port; UDP ports are tried until TCP has the same one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for _ in range(50):
        udp = socket.socket(family, socket.SOCK_DGRAM)
        udp.bind((host, 0))
        if not tcp:
            return udp, None
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.bind(udp.getsockname()[:2])
        except OSError:
            udp.close()
            listener.close()
            continue
        listener.listen(64)
        return udp, listener
    raise RuntimeError("no port is free for both UDP and TCP")


def _read(connection: socket.socket, count: int) -> bytes:
    octets = b""
    while len(octets) < count:
        part = connection.recv(count - len(octets))
        if not part:
            return b""
        octets += part
    return octets


@pytest.fixture
def nameserver() -> Iterator[Callable[..., NameServer]]:
    """`nameserver(zone, **options)` starts a server that ends with the test."""
    with contextlib.ExitStack() as stack:

        def start(zone: Zone, **options: Any) -> NameServer:
            return stack.enter_context(NameServer(zone, **options))

        yield start
