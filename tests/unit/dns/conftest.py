"""The loopback name server and the loopback HTTPS resolver for every test of this room."""

from tests.support.dohserver import dohserver
from tests.support.nameserver import nameserver

__all__ = ["dohserver", "nameserver"]
