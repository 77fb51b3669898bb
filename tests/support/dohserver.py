"""A real DNS over HTTPS resolver on loopback for tests: TLS with a certificate made on the spot, a literal zone.

    with DohServer({"example.com": {"TXT": ["v=spf1 -all"]}}) as server:
        answer = server.lookup()(Question("example.com", "TXT"))
        assert server.dns.asked("example.com", "TXT") == 1

The zone, its errors and the log are those of `NameServer`; what HTTP can do wrong on top is a `Manners`.
"""

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Any, Self

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from headerlens.dns.live import LiveOptions, live_lookup
from headerlens.model.dns import Lookup
from tests.support.nameserver import NameServer, Zone

MEDIA_TYPE = "application/dns-message"


@dataclass(slots=True)
class Manners:
    """How the HTTP side behaves; the default is well.

    `body` replaces the DNS message, `announced` the Content-Length. `drip` sends one octet each so many seconds.
    `chunked` leaves the length out. `hang_up` closes the connection after each response without saying so, `polite`
    says so. `raw` is sent instead of any response, `mute` sends none.
    """

    status: int = 200
    media_type: str | None = MEDIA_TYPE
    fields: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    announced: int | None = None
    drip: float = 0.0
    chunked: bool = False
    hang_up: bool = False
    polite: bool = False
    raw: bytes | None = None
    mute: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived."""

    method: str
    target: str
    fields: tuple[tuple[str, str], ...]
    body: bytes
    connection: int


@dataclass(slots=True)
class _State:
    dns: NameServer
    manners: Manners
    stop: threading.Event = field(default_factory=threading.Event)
    requests: list[Request] = field(default_factory=list)
    connections: list[socket.socket] = field(default_factory=list)


class DohServer:
    """Serves `zone` over HTTPS (or plain HTTP with `tls=False`) until `close`. `names` stand in its certificate."""

    def __init__(
        self,
        zone: Zone,
        manners: Manners | None = None,
        *,
        tls: bool = True,
        names: tuple[str, ...] = ("127.0.0.1", "localhost"),
        **dns: Any,
    ) -> None:
        self.dns = NameServer(zone, **dns)
        self._state = _State(self.dns, manners or Manners())
        self._server = _Server(self._state, _context(names) if tls else None)
        self.port: int = self._server.server_address[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/dns-query"
        self.ca_file = str(_certificate(names))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="doh")
        self._thread.start()

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far."""
        return tuple(self._state.requests)

    @property
    def connections(self) -> int:
        """How many connections were opened."""
        return len(self._state.connections)

    def lookup(
        self,
        *,
        url: str | None = None,
        timeout: float = 5.0,
        deadline: float = 20.0,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Lookup:
        """The program's own lookup over HTTPS, pointed at this server and trusting its certificate."""
        options = LiveOptions(timeout=timeout, deadline=deadline, doh=url or self.url, ca_file=self.ca_file)
        return live_lookup(options, cancelled)

    def hang_up(self) -> None:
        """Closes every connection, as a resolver does with idle ones."""
        for connection in self._state.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._state.stop.set()
        self._server.shutdown()
        self._thread.join()
        self.hang_up()
        self._server.server_close()
        self.dns.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, state: _State, context: ssl.SSLContext | None) -> None:
        self.state = state
        self.context = context
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up or does not trust us is what the tests want."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # header and message leave together
    wbufsize = -1
    server: _Server

    def setup(self) -> None:
        self.state = self.server.state
        self.state.connections.append(self.request)
        if self.server.context is not None:
            self.request.settimeout(5)
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
            self.state.connections.append(self.request)
            self.state.connections.remove(self.state.connections[-2])
        super().setup()

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()
        self.request.close()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        self._note(b"")
        self.send_error(405)

    def do_POST(self) -> None:
        wire = self.rfile.read(int(self.headers["Content-Length"]))
        self._note(wire)
        manners = self.state.manners
        if manners.mute:
            self.state.stop.wait(30)
            self.close_connection = True
            return
        if manners.raw is not None:
            self.wfile.write(manners.raw)
            self.close_connection = True
            return
        reply = next(iter(self.state.dns._replies(wire, "https")), None)
        if reply is None:
            self.state.stop.wait(30)
            self.close_connection = True
            return
        self._respond(manners, reply if manners.body is None else manners.body)

    def _note(self, wire: bytes) -> None:
        fields = tuple(self.headers.items())
        self.state.requests.append(Request(self.command, self.path, fields, wire, id(self.connection)))

    def _respond(self, manners: Manners, body: bytes) -> None:
        # not send_response: it adds Server and Date, whose octets the tests would have to count
        self.wfile.write(f"HTTP/1.1 {manners.status} x\r\n".encode())
        if manners.media_type is not None:
            self.send_header("Content-Type", manners.media_type)
        for name, value in manners.fields:
            self.send_header(name, value)
        if manners.chunked:
            self.send_header("Transfer-Encoding", "chunked")
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        else:
            self.send_header("Content-Length", str(len(body) if manners.announced is None else manners.announced))
        if manners.polite:
            self.send_header("Connection", "close")
        self.end_headers()
        self._write(body, manners.drip)
        self.close_connection = manners.hang_up or manners.polite or manners.announced is not None

    def _write(self, body: bytes, drip: float) -> None:
        if not drip:
            self.wfile.write(body)
            return
        for octet in body:
            self.wfile.write(bytes([octet]))
            self.wfile.flush()
            if self.state.stop.wait(drip):
                return


@cache
def _certificate(names: tuple[str, ...]) -> Path:
    """Key and self-signed certificate in one PEM file; one per set of names and test run."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "HeaderLens test resolver")])
    # the real clock: OpenSSL judges by it
    now = datetime.fromtimestamp(time.time(), UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([_alternative(each) for each in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = Path(mkdtemp(prefix="headerlens-doh-")) / "resolver.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _context(names: tuple[str, ...]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(names))
    return context


@pytest.fixture
def dohserver() -> Iterator[Callable[..., DohServer]]:
    """`dohserver(zone, manners, **options)` starts a resolver that ends with the test."""
    with contextlib.ExitStack() as stack:

        def start(zone: Zone, manners: Manners | None = None, **options: Any) -> DohServer:
            return stack.enter_context(DohServer(zone, manners, **options))

        yield start
