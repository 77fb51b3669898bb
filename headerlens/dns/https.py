"""An HTTP connection that keeps our promises: every wait is cut into slices, and no response grows without bounds.

http.client reads and writes through `_Stream`, whose socket never blocks; so a resolver that sends one octet a second
cannot hold a question longer than its time, which a socket's own time-out would allow.
"""

from __future__ import annotations

import contextlib
import io
import selectors
import socket
import ssl
from functools import lru_cache
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

from headerlens.dns.servers import SocketAddress
from headerlens.dns.transport import Patience
from headerlens.model.dns import Failure
from headerlens.model.limits import MAX_DOH_OCTETS

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUNDLES = ("/etc/ssl/cert.pem", "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
"""Where macOS, Debian and Fedora keep their authorities, for an OpenSSL that was built to look elsewhere."""


class Ended(Exception):  # noqa: N818 - no error: the time is over, or nobody waits any longer
    """TIMEOUT or CANCELLED; passes through http.client to doh.py, where it is caught."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


@lru_cache(maxsize=4)
def trusting(ca_file: str | None) -> ssl.SSLContext:
    """Verifies certificate and host name, TLS 1.2 at least, by `ca_file` or else by the system's authorities.

    Kept, because reading them takes a twentieth of a second. OSError where `ca_file` cannot be read.
    """
    context = ssl.create_default_context(cafile=ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    if ca_file is None:
        _help_out(context)
    return context


def _help_out(context: ssl.SSLContext) -> None:
    """A packaged program brings an OpenSSL that may look for authorities where this system has none."""
    paths = ssl.get_default_verify_paths()
    if context.get_ca_certs() or paths.cafile or paths.capath:
        return
    for bundle in _BUNDLES:
        if Path(bundle).is_file():
            with contextlib.suppress(OSError):
                context.load_verify_locations(cafile=bundle)
            return


class PatientConnection(HTTPConnection):
    """A connection to one address of a host, opened by the first request after `begin`."""

    def __init__(
        self,
        address: tuple[socket.AddressFamily, SocketAddress],
        host: str,
        port: int,
        context: ssl.SSLContext | None,
    ) -> None:
        super().__init__(host, port)
        # without this "Host" would name the port of https as if it were strange
        self.default_port = 443 if context else 80
        self._address = address
        self._context = context
        self._patience: Patience | None = None
        self._stream: _Stream | None = None

    def begin(self, patience: Patience) -> None:
        """Says how long the next request may take, connecting included."""
        self._patience = patience
        if self._stream is not None:
            self._stream.begin(patience)

    def connect(self) -> None:
        """Connects, and shakes hands where TLS is wanted. OSError where either fails, Ended where it takes too long."""
        assert self._patience is not None, "begin() comes first"
        family, address = self._address
        sock = socket.socket(family, socket.SOCK_STREAM)
        stream = _Stream(sock, self._patience)
        try:
            stream.open(address)
            if self._context is not None:
                stream.shake_hands(self._context, self.host)
        except BaseException:
            stream.close()
            raise
        self._stream = self.sock = stream

    def close(self) -> None:
        """Ends the connection; a later request would open a new one."""
        self._stream = None
        super().close()


class _Stream:
    """As much of a socket as http.client uses."""

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self._sock = sock
        self._patience = patience
        self._allowed = MAX_DOH_OCTETS
        self._users = 1
        sock.settimeout(0)

    def begin(self, patience: Patience) -> None:
        """A new request: its own time, its own allowance of octets."""
        self._patience, self._allowed = patience, MAX_DOH_OCTETS

    def open(self, address: SocketAddress) -> None:
        # header and message are two small segments: together they must not wait for an acknowledgement (Nagle)
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(BlockingIOError):
            self._sock.connect(address)
        self._wait(selectors.EVENT_WRITE)
        trouble = self._sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if trouble:
            raise OSError(trouble, "connect")

    def shake_hands(self, context: ssl.SSLContext, host: str) -> None:
        tls = context.wrap_socket(self._sock, server_hostname=host, do_handshake_on_connect=False)
        self._sock = tls
        while True:
            try:
                tls.do_handshake()
            except ssl.SSLWantReadError:
                self._wait(selectors.EVENT_READ)
            except ssl.SSLWantWriteError:
                self._wait(selectors.EVENT_WRITE)
            else:
                return

    def sendall(self, octets: bytes) -> None:
        left = memoryview(octets)
        while left:
            try:
                left = left[self._sock.send(left) :]
            except ssl.SSLWantReadError:
                self._wait(selectors.EVENT_READ)
            except (BlockingIOError, ssl.SSLWantWriteError):
                self._wait(selectors.EVENT_WRITE)

    def receive(self, buffer: WriteableBuffer) -> int:
        """As recv_into, waiting where there is nothing yet. OSError beyond the octets one response may have."""
        if self._allowed <= 0:
            raise OSError("the response is too long")
        while True:
            try:
                count = self._sock.recv_into(buffer)
            except (BlockingIOError, ssl.SSLWantReadError):
                self._wait(selectors.EVENT_READ)
            except ssl.SSLWantWriteError:
                self._wait(selectors.EVENT_WRITE)
            else:
                self._allowed -= count
                return count

    def makefile(self, mode: str) -> io.BufferedReader:
        assert mode == "rb", "http.client only reads through a file"
        self._users += 1
        return io.BufferedReader(_Reader(self))

    def close(self) -> None:
        """The socket ends with its last user: http.client closes a connection and still reads the last response."""
        self._users -= 1
        if self._users == 0:
            self._sock.close()

    def _wait(self, event: int) -> None:
        ended = self._patience.wait(self._sock, event)
        if ended is not None:
            raise Ended(ended)


class _Reader(io.RawIOBase):
    """The reading side of a stream."""

    def __init__(self, stream: _Stream) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        return self._stream.receive(buffer)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
