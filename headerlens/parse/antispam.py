"""X-Forefront-Antispam-Report of Microsoft 365: a list of KEY:value pairs (standards.md 4.5)."""

from __future__ import annotations

from headerlens.model.limits import MAX_STRUCTURED_OCTETS

Pairs = tuple[tuple[str, str], ...]


def parse_antispam_report(text: str) -> Pairs:
    """The pairs in their order, keys in capitals; what has no colon is left out. Never raises.

    Values may hold colons themselves (an IPv6 address after CIP), so only the first one divides.
    """
    pieces = (piece.partition(":") for piece in text[:MAX_STRUCTURED_OCTETS].split(";"))
    return tuple((key.strip().upper(), value.strip()) for key, colon, value in pieces if colon and key.strip())


def first_value(pairs: Pairs, key: str) -> str:
    """The first value of `key`, "" when it is absent or empty."""
    return next((value for name, value in pairs if name == key), "")
