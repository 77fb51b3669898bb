"""Asks DNS over HTTPS (RFC 8484): where the resolver is, by POST, nothing in a request that tells who asks.

No proxy of the environment is used, no redirect followed, no cookie kept. The certificate is verified (RFC 8484 5.1
leaves it to HTTPS, RFC 9110 4.3.4), and the same wire reader judges the answer as over UDP.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
import weakref
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urlsplit

import dns.rcode

from headerlens.dns.https import Ended, PatientConnection, trusting
from headerlens.dns.servers import MAX_SERVERS, Server, ServerList
from headerlens.dns.transport import SLICE_SECONDS, Patience
from headerlens.dns.wire import Query, Reply, ReplyError, build_query, read_reply
from headerlens.model.dns import Failure
from headerlens.model.limits import MAX_DOH_CONNECTIONS

MEDIA_TYPE = "application/dns-message"
"""RFC 8484 6."""

MAX_URL = 2000
"""Characters; the longest resolver address in use has about 80."""

_MAX_MESSAGE = 65535
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\.?\Z")
_TARGET = re.compile(r"/[!-~]*\Z")
_UNKNOWN_EDNS = frozenset({dns.rcode.FORMERR, dns.rcode.NOTIMP, dns.rcode.BADVERS})


@dataclass(frozen=True, slots=True)
class DohUrl:
    """Where a resolver is. `host` is a name without a final dot or an address without brackets."""

    secure: bool
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        """The URL, the port only where it is not the scheme's own."""
        scheme, usual = ("https", 443) if self.secure else ("http", 80)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (
            f"{scheme}://{host}{self.target}" if self.port == usual else f"{scheme}://{host}:{self.port}{self.target}"
        )


def parse_doh(text: str) -> DohUrl | None:
    """Reads the URL of a resolver; None where it is none.

    Only https; http for loopback addresses alone, where nobody can listen. A URI template may end in "{?dns}" (RFC 8484
    4.1), which POST leaves out. User names, fragments, blanks and characters outside ASCII are refused.
    """
    text = text.strip().removesuffix("{?dns}")
    if len(text) > MAX_URL or not text.isascii() or not text.isprintable() or " " in text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    return _url(parts, port)


def _url(parts: SplitResult, port: int | None) -> DohUrl | None:
    host, secure = parts.hostname or "", parts.scheme == "https"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # urlsplit is lenient: what stands between "//" and "/" must be the host and the port and nothing else
    written = parts.netloc.lower().removesuffix(":" if port is None else f":{port}")
    if written not in {host, f"[{host}]"} or "%" in host:
        return None
    if parts.fragment or port == 0 or not _TARGET.match(target) or not _is_host(host):
        return None
    if not secure and not (parts.scheme == "http" and _is_loopback(host)):
        return None
    return DohUrl(secure, host.removesuffix("."), port or (443 if secure else 80), target)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_host(host: str) -> bool:
    return _address(host) is not None or (len(host) <= 254 and _HOST.match(host) is not None)


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return address.is_loopback if address is not None else host == "localhost"


class DohResolver:
    """One resolver for one message: its addresses, asked of the system once, and the connections to them.

    Thread-safe. Connections end with the object. `ca_file` replaces the system's certificate authorities.
    """

    def __init__(self, url: DohUrl, ca_file: str | None = None) -> None:
        self.url = url
        self._ca_file = ca_file
        self._lock = threading.Lock()
        self._idle: list[tuple[Server, PatientConnection]] = []
        self._room = threading.BoundedSemaphore(MAX_DOH_CONNECTIONS)
        self._names: _Addresses | None = None
        weakref.finalize(self, _close_all, self._idle)

    def servers(self, patience: Patience) -> ServerList | Failure:
        """The resolver's addresses in the order to try; UNREACHABLE where its name has none."""
        with self._lock:
            if self._names is None:
                self._names = _Addresses(self.url)
        return self._names.wait(patience)

    def exchange(self, server: Server, query: Query, patience: Patience) -> Reply | Failure:
        """What the resolver at the address `server` says to `query`, which should have the id 0 (RFC 8484 4.1)."""
        reply = self._exchange(server, query, patience)
        if isinstance(reply, Reply) and reply.rcode in _UNKNOWN_EDNS and query.edns:
            return self._exchange(server, build_query(query.name, query.rtype, edns=False, ident=query.ident), patience)
        return reply

    def _exchange(self, server: Server, query: Query, patience: Patience) -> Reply | Failure:
        try:
            octets = self._post(server, query.wire, patience)
            reply = octets if isinstance(octets, Failure) else read_reply(octets, query)
        except Ended as ended:
            return ended.failure
        except OSError:
            return Failure.UNREACHABLE
        except (HTTPException, ReplyError, ValueError):
            return Failure.BAD_ANSWER
        # HTTP carries a message of any size: one that is cut, or answers something else, is the resolver's fault
        return Failure.BAD_ANSWER if reply is None or (isinstance(reply, Reply) and reply.truncated) else reply

    def _post(self, server: Server, wire: bytes, patience: Patience) -> bytes | Failure:
        """One request, repeated on a new connection where the kept one turns out to be closed (RFC 9110 9.2.2)."""
        self._take_room(patience)
        try:
            kept = self._kept(server)
            if kept is not None:
                try:
                    return self._converse(server, kept, wire, patience)
                except OSError:
                    pass
            return self._converse(server, self._new(server), wire, patience)
        finally:
            self._room.release()

    def _take_room(self, patience: Patience) -> None:
        while not self._room.acquire(timeout=SLICE_SECONDS):
            patience_left(patience)
        # also a question that found room at once must not begin when nobody waits for it any longer
        try:
            patience_left(patience)
        except Ended:
            self._room.release()
            raise

    def _kept(self, server: Server) -> PatientConnection | None:
        with self._lock:
            found = next((at for at, (where, _) in enumerate(self._idle) if where == server), None)
            return None if found is None else self._idle.pop(found)[1]

    def _new(self, server: Server) -> PatientConnection:
        context = trusting(self._ca_file) if self.url.secure else None
        return PatientConnection(server.address, self.url.host, self.url.port, context)

    def _converse(
        self, server: Server, connection: PatientConnection, wire: bytes, patience: Patience
    ) -> bytes | Failure:
        """Posts `wire`; keeps the connection only where the response was read to its end."""
        keep = False
        try:
            connection.begin(patience)
            _send(connection, self.url, wire)
            with connection.getresponse() as response:
                octets = _read(response)
                keep = response.isclosed() and connection.sock is not None
        finally:
            if not keep:
                connection.close()
        if keep:
            with self._lock:
                self._idle.append((server, connection))
        return octets


def patience_left(patience: Patience) -> None:
    """Raises Ended where there is none."""
    failure = patience.ended()
    if failure is not None:
        raise Ended(failure)


def _close_all(idle: list[tuple[Server, PatientConnection]]) -> None:
    for _, connection in idle:
        connection.close()


def _send(connection: HTTPConnection, url: DohUrl, wire: bytes) -> None:
    """RFC 8484 4.1 with as few fields as HTTP/1.1 allows: no User-Agent, no language, no encoding."""
    connection.putrequest("POST", url.target, skip_accept_encoding=True)
    connection.putheader("Accept", MEDIA_TYPE)
    connection.putheader("Content-Type", MEDIA_TYPE)
    connection.putheader("Content-Length", str(len(wire)))
    connection.endheaders(wire)


def _read(response: HTTPResponse) -> bytes | Failure:
    """The DNS message of a response, read to its end, or what its status and fields say instead."""
    if not 200 <= response.status < 300:
        return _failure(response.status)
    media = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if media != MEDIA_TYPE or coding != "identity" or (response.length or 0) > _MAX_MESSAGE:
        return Failure.BAD_ANSWER
    octets = response.read(_MAX_MESSAGE + 1)
    return Failure.BAD_ANSWER if len(octets) > _MAX_MESSAGE or response.length else octets


def _failure(status: int) -> Failure:
    """A status other than success says nothing about the domain (RFC 8484 4.2.1), only about the resolver."""
    if status in {401, 403, 429}:
        return Failure.REFUSED
    return Failure.UNREACHABLE if status >= 500 else Failure.BAD_ANSWER


class _Addresses:
    """The addresses of a resolver's name, looked up by the system on a thread of its own: it cannot be hurried."""

    def __init__(self, url: DohUrl) -> None:
        self._url = url
        self._done = threading.Event()
        self._servers = ServerList(())
        self._empty = True
        address = _address(url.host)
        if address is not None or url.host == "localhost":
            self._settle([str(address or "127.0.0.1")])
        else:
            # a daemon, because the system may take half a minute and the program must be able to end meanwhile
            threading.Thread(target=self._look_up, name="resolver-name", daemon=True).start()

    def wait(self, patience: Patience) -> ServerList | Failure:
        while not self._done.wait(SLICE_SECONDS):
            ended = patience.ended()
            if ended is not None:
                return ended
        return Failure.UNREACHABLE if self._empty else self._servers

    def _look_up(self) -> None:
        """A final dot keeps the system's search list out."""
        hosts: list[str] = []
        try:
            found = socket.getaddrinfo(self._url.host + ".", self._url.port, type=socket.SOCK_STREAM)
            hosts = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        except (OSError, UnicodeError):
            pass
        finally:
            self._settle(hosts)

    def _settle(self, hosts: list[str]) -> None:
        self._servers = ServerList(Server(host, self._url.port) for host in hosts[:MAX_SERVERS])
        self._empty = not hosts
        self._done.set()
