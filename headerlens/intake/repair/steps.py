"""What one undoing gives back, and when a guess is kept: only when a mail's header comes out (inputs.md 1.4)."""

from __future__ import annotations

from collections.abc import Callable

from headerlens.intake.blocks import begins_mail
from headerlens.model.message import Repair

CRLF = b"\r\n"

Repaired = tuple[bytes, Repair]
"""The octets after one undoing, and its name."""

Undo = Callable[[bytes], Repaired | None]
"""Undoes one damage; None where that damage does not show. Touches nothing in a mail that is as it was sent."""


def first_line(octets: bytes) -> int:
    """The offset of the first line that is not blank."""
    return octets.rfind(b"\n", 0, len(octets) - len(octets.lstrip(b" \t\r\n"))) + 1


def if_mail(octets: bytes, repair: Repair) -> Repaired | None:
    """The repaired octets when a mail begins with them, past empty lines."""
    start = first_line(octets)
    return (octets[start:], repair) if begins_mail(octets, start) else None
