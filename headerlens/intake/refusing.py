"""Refusals whose texts may name the input and what is known of it."""

from __future__ import annotations

from headerlens.intake.unpacking import Trouble
from headerlens.model.limits import MAX_UNPACKED_OCTETS
from headerlens.model.message import Refusal


def refusal(identifier: str, name: str, **params: str) -> Refusal:
    """Why something that was read is no message."""
    return Refusal(identifier, (("name", name), *params.items()))


def unreadable(identifier: str, name: str, **params: str) -> Refusal:
    """Why something cannot be read at all."""
    return Refusal(identifier, (("name", name), *params.items()), unreadable=True)


def reason_of(trouble: OSError | ValueError) -> str:
    """The system's word for what went wrong, without the path."""
    return (trouble.strerror or "") if isinstance(trouble, OSError) else str(trouble)


def unpacking_refusal(trouble: Trouble, name: str) -> Refusal:
    """Why an archive, or a member of it, gives nothing."""
    limit = {"limit": str(MAX_UNPACKED_OCTETS)} if trouble is Trouble.TOO_LARGE else {}
    return unreadable(f"refusal.{trouble}", name, **limit)
