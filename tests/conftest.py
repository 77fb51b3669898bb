"""Offscreen, no network but loopback, one clock for every test."""

import os
import socket
from datetime import UTC, datetime
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
"""The moment at which every test checks its mail."""


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the real network fails: nothing but loopback may be connected to."""
    real_connect, real_sendto = socket.socket.connect, socket.socket.sendto

    def is_local(address: Any) -> bool:
        return (
            not isinstance(address, tuple) or str(address[0]).startswith("127.") or address[0] in {"::1", "localhost"}
        )

    def connect(self: socket.socket, address: Any) -> None:
        assert is_local(address), f"a test tried to reach {address}"
        real_connect(self, address)

    def sendto(self: socket.socket, data: Any, *rest: Any) -> int:
        assert is_local(rest[-1]), f"a test tried to reach {rest[-1]}"
        return real_sendto(self, data, *rest)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "sendto", sendto)
