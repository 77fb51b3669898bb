"""Whether the body at hand can be the one that was signed (inputs.md 0.1, 0.2)."""

from __future__ import annotations

from hashlib import sha256

from headerlens.intake.pieces import only_of
from headerlens.model.message import BodyState, Message, SourceKind
from headerlens.model.verdicts import DkimCheck, Match
from headerlens.verify.receiver import organization_of_host, provider_of

EMPTY_BODY_HASHES = (sha256(b"").digest(), sha256(b"\r\n").digest())
"""What bh= says of an empty body, relaxed and simple (RFC 6376 3.4.3, 3.4.4)."""

REWRITING_MARKS = ("x-ms-exchange-organization-", "x-pm-")
"""Fields of mailboxes whose exports are re-rendered: Microsoft 365 and Outlook.com, Proton."""

_MARKS_OF = {"Microsoft 365": REWRITING_MARKS[:1], "Proton": REWRITING_MARKS[1:]}
"""The mark of each provider that has one."""

_COPIED = frozenset({SourceKind.PASTE, SourceKind.GMAIL_PAGE, SourceKind.OUTLOOK_HEADERS})


def is_copied(message: Message) -> bool:
    """Whether the source came over a clipboard, which may have changed the body."""
    return message.raw.kind in _COPIED or message.raw.copied


def is_rewritten_by_mailbox(message: Message) -> bool:
    """Whether fields tell of a mailbox that re-renders what it exports. A hint; a hash has to confirm it.

    Anybody can write such a field. Where the newest named server is of a provider we know, the mark must be its own.
    """
    provider = provider_of(next((hop.by for hop in message.hops if organization_of_host(hop.by)), None))
    marks = REWRITING_MARKS if provider is None else _MARKS_OF.get(provider.name, ())
    return bool(marks) and any(field.key.startswith(marks) for field in message.fields)


def body_is_missing(message: Message) -> bool:
    """True for headers without a body: none was handed over, although a signature speaks of one, or only a part."""
    if not message.raw.body_kept:
        return True
    if message.body_start is None:
        return True
    if not only_of(b"\r\n", message.raw.octets, message.body_start):
        return False
    signed = [s.body_hash for s in message.signatures if s.body_hash is not None]
    return any(h not in EMPTY_BODY_HASHES for h in signed) or (is_copied(message) and not signed)


def settle_body_state(message: Message, dkim: tuple[DkimCheck, ...]) -> BodyState:
    """The state of the body once the hashes are known.

    A matching hash proves the body. A mismatch is blamed on the mailbox only where its own marks are present.
    """
    if body_is_missing(message):
        return BodyState.MISSING
    hashes = {check.body_hash for check in dkim}
    if Match.MATCH in hashes:
        return BodyState.COMPLETE
    if Match.MISMATCH in hashes and is_rewritten_by_mailbox(message):
        return BodyState.ALTERED
    return BodyState.UNKNOWN if is_copied(message) else BodyState.COMPLETE
