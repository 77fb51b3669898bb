"""Which name servers are asked, and in which order."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import dns.exception
import dns.resolver

DNS_PORT = 53
MAX_SERVERS = 6
"""Each costs a share of the time one question has; systems configure two or three."""


SocketAddress: TypeAlias = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
"""What connect takes: IPv4, IPv6, or what Python makes of IPv6 where it is built without it."""


@dataclass(frozen=True, slots=True)
class Server:
    """`host` is an IP address (IPv6 perhaps with its zone) or a host name."""

    host: str
    port: int = DNS_PORT

    def __str__(self) -> str:
        """As parse_server reads it; the port only where it is not 53."""
        if self.port == DNS_PORT:
            return self.host
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def address(self) -> tuple[socket.AddressFamily, SocketAddress]:
        """Family and socket address of a numeric host; asks nobody. OSError for a host that is a name."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_DGRAM, flags=socket.AI_NUMERICHOST)
        return found[0][0], found[0][4]


def parse_server(text: str) -> Server | None:
    """Reads "host", "host:port", an IPv6 address, or "[v6]:port"; None where it is none of these."""
    text = text.strip()
    if _is_address(text):
        return Server(text)
    host, port = _split_port(text)
    if host is None or not port.isascii() or not port.isdigit() or not 1 <= int(port[:6]) <= 65535:
        return None
    return Server(host, int(port))


def _split_port(text: str) -> tuple[str | None, str]:
    if text.startswith("["):
        host, bracket, rest = text[1:].partition("]")
        port = rest.removeprefix(":") if rest else str(DNS_PORT)
        valid = bracket and _is_address(host) and (not rest or rest.startswith(":"))
        return (host if valid else None), port
    host, colon, port = text.partition(":")
    valid = host and not any(character.isspace() or character in "[]/@" for character in host)
    return (host if valid else None), port if colon else str(DNS_PORT)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def numeric(server: Server) -> Server | None:
    """`server` by its address, None where its name is unknown. A name is looked up by the system, and may take a while.

    A final dot keeps the system's search list out; "localhost" is known without DNS (RFC 6761 6.3).
    """
    if _is_address(server.host):
        return server
    host = server.host.lower().rstrip(".")
    if host == "localhost":
        return Server("127.0.0.1", server.port)
    with contextlib.suppress(OSError, UnicodeError):
        for *_, address in socket.getaddrinfo(host + ".", server.port, type=socket.SOCK_DGRAM):
            return Server(str(address[0]), server.port)
    return None


def system_servers() -> tuple[Server, ...]:
    """The servers this machine is set up with; empty where it has none. Its search list is not read."""
    try:
        resolver = dns.resolver.Resolver(configure=True)
    except (dns.exception.DNSException, OSError, ValueError):
        return ()
    hosts = [str(entry) for entry in resolver.nameservers if isinstance(entry, str) and _is_address(entry)]
    return tuple(Server(host, resolver.nameserver_ports.get(host, resolver.port)) for host in hosts)


class ServerList:
    """The servers in the order to try: as given, but behind the others while they leave questions unanswered.

    Without this memory a dead first server would cost every question its share of the time. Thread-safe.
    """

    def __init__(self, servers: Iterable[Server]) -> None:
        self._servers = tuple(dict.fromkeys(servers))[:MAX_SERVERS]
        self._strikes = dict.fromkeys(self._servers, 0)
        self._lock = threading.Lock()

    def in_order(self) -> tuple[Server, ...]:
        """Those that answered last first; among equals the given order."""
        with self._lock:
            return tuple(sorted(self._servers, key=self._strikes.__getitem__))

    def answered(self, server: Server) -> None:
        """Any reply, also a SERVFAIL, shows that the server is alive."""
        with self._lock:
            self._strikes[server] = 0

    def silent(self, server: Server) -> None:
        """It gave no reply, or cannot be reached."""
        with self._lock:
            self._strikes[server] += 1
