"""The loopback name server for every test of this room."""

from tests.support.nameserver import nameserver

__all__ = ["nameserver"]
