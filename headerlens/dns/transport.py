"""One query to one server: UDP with one repetition, TCP where the answer does not fit (RFC 1035 4.2, RFC 7766).

Every wait is cut into slices, so that a cancelled check ends at once and no time limit is overrun.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

import dns.rcode

from headerlens.dns.servers import Server, SocketAddress
from headerlens.dns.wire import Query, Reply, ReplyError, build_query, read_reply
from headerlens.model.dns import Failure

SLICE_SECONDS = 0.05
"""How long a cancelled question may still wait."""

MAX_STRAY_DATAGRAMS = 200
"""Datagrams with a wrong id or question that one query ignores; more is a flood of forgeries, not a network."""

_UNKNOWN_EDNS = frozenset({dns.rcode.FORMERR, dns.rcode.NOTIMP, dns.rcode.BADVERS})


@dataclass(frozen=True, slots=True)
class Patience:
    """Until when (time.monotonic) and whether anyone still waits for the answer."""

    until: float
    cancelled: Callable[[], bool]

    def ended(self) -> Failure | None:
        """CANCELLED, TIMEOUT, or None while there is time."""
        if self.cancelled():
            return Failure.CANCELLED
        return Failure.TIMEOUT if time.monotonic() >= self.until else None

    def share(self, parts: int) -> Patience:
        """The first of `parts` equal parts of the time left."""
        now = time.monotonic()
        return Patience(now + max(0.0, self.until - now) / parts, self.cancelled)

    def wait(self, sock: socket.socket, event: int) -> Failure | None:
        """None as soon as `sock` is ready for `event`; otherwise why it was not waited for any longer."""
        with selectors.DefaultSelector() as selector:
            selector.register(sock, event)
            while (ended := self.ended()) is None:
                left = max(0.0, self.until - time.monotonic())
                if selector.select(min(SLICE_SECONDS, left)):
                    return None
            return ended


def exchange(server: Server, query: Query, patience: Patience) -> Reply | Failure:
    """What `server` says to `query`, over TCP if it must be, and without EDNS if the server does not know it."""
    reply = _over_udp(server, query, patience)
    if isinstance(reply, Reply) and reply.rcode in _UNKNOWN_EDNS and query.edns:
        query = build_query(query.name, query.rtype, edns=False)
        reply = _over_udp(server, query, patience)
    if isinstance(reply, Reply) and reply.truncated:
        return _over_tcp(server, query, patience)
    return reply


def _over_udp(server: Server, query: Query, patience: Patience) -> Reply | Failure:
    """Sends at once and, as datagrams get lost, again when half of the time is gone."""
    try:
        family, address = server.address
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.settimeout(0)
            # a connected socket takes datagrams only from the server's address and port
            sock.connect(address)
            sock.send(query.wire)
            first = _listen(sock, query, patience.share(2))
            if first is not Failure.TIMEOUT:
                return first
            sock.send(query.wire)
            return _listen(sock, query, patience)
    except OSError:
        return Failure.UNREACHABLE


def _listen(sock: socket.socket, query: Query, patience: Patience) -> Reply | Failure:
    for _ in range(MAX_STRAY_DATAGRAMS):
        ended = patience.wait(sock, selectors.EVENT_READ)
        if ended is not None:
            return ended
        with contextlib.suppress(BlockingIOError):
            try:
                reply = read_reply(sock.recv(65535), query)
            except ReplyError:
                return Failure.BAD_ANSWER
            if reply is not None:
                return reply
    return Failure.BAD_ANSWER


def _over_tcp(server: Server, query: Query, patience: Patience) -> Reply | Failure:
    try:
        family, address = server.address
        with socket.socket(family, socket.SOCK_STREAM) as sock:
            sock.settimeout(0)
            octets = _connect(sock, address, patience) or _converse(sock, query.wire, patience)
        reply = octets if isinstance(octets, Failure) else read_reply(octets, query)
    except OSError:
        return Failure.UNREACHABLE
    except ReplyError:
        return Failure.BAD_ANSWER
    # nothing is lost or forged on a connection: an answer to another question, or one cut again, is the server's fault
    return Failure.BAD_ANSWER if reply is None or (isinstance(reply, Reply) and reply.truncated) else reply


def _connect(sock: socket.socket, address: SocketAddress, patience: Patience) -> Failure | None:
    """None once connected. OSError where the server refuses."""
    with contextlib.suppress(BlockingIOError):
        sock.connect(address)
    ended = patience.wait(sock, selectors.EVENT_WRITE)
    if ended is not None:
        return ended
    trouble = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if trouble:
        raise OSError(trouble, "connect")
    return None


def _converse(sock: socket.socket, wire: bytes, patience: Patience) -> bytes | Failure:
    """Sends `wire` after its length and takes one message (RFC 1035 4.2.2)."""
    # at most 300 octets: they always fit into the empty buffer of a new connection
    sock.sendall(struct.pack("!H", len(wire)) + wire)
    length = _take(sock, 2, patience)
    return length if isinstance(length, Failure) else _take(sock, struct.unpack("!H", length)[0], patience)


def _take(sock: socket.socket, count: int, patience: Patience) -> bytes | Failure:
    """Exactly `count` octets; BAD_ANSWER where the server hangs up before."""
    octets = bytearray()
    while len(octets) < count:
        ended = patience.wait(sock, selectors.EVENT_READ)
        if ended is not None:
            return ended
        with contextlib.suppress(BlockingIOError):
            part = sock.recv(count - len(octets))
            if not part:
                return Failure.BAD_ANSWER
            octets += part
    return bytes(octets)
