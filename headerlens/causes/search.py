"""Searches the causes of failing signatures: first the body, which needs no key, then the header with what that showed.

Only what the message, its signatures and the keys already fetched hold is used; nothing is asked (engine.md 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from headerlens.causes.body import BodyProof, body_causes
from headerlens.causes.header import HeaderProof, acceptance, header_causes
from headerlens.causes.header_options import Edit
from headerlens.model.causes import Cause
from headerlens.model.limits import CAUSE_SIGNATURES
from headerlens.model.message import Message
from headerlens.model.verdicts import DkimCheck, Match

Cancelled = Callable[[], bool]
_PROVING = frozenset({"rsa-sha256", "ed25519-sha256"})
"""SHA-1 proves nothing: it can be made to collide."""


def prove(
    message: Message,
    checks: tuple[DkimCheck, ...],
    *,
    cancelled: Cancelled | None = None,
    budget: int | None = None,
) -> tuple[Cause, ...]:
    """The proved causes of failing signatures, one per signature at most; () where nothing is proved. Never raises.

    Deterministic; bounded by the counts of limits.CAUSE_*, `budget` bounds the header's candidates further. Once
    `cancelled()` is true what was proved until then comes back.
    """
    stopped = cancelled or (lambda: False)
    search = _Search(message, stopped, budget)
    causes = (search.cause(check) for check in _searchable(checks)[:CAUSE_SIGNATURES])
    return tuple(cause for cause in causes if cause is not None)


def _searchable(checks: Iterable[DkimCheck]) -> list[DkimCheck]:
    """Signatures of which a half fails and may be explained."""
    failing = (check for check in checks if Match.MISMATCH in {check.header_hash, check.body_hash})
    return [check for check in failing if check.signature.algorithm in _PROVING]


@dataclass(slots=True)
class _Search:
    """One message; what is proved for one signature is tried on the next at once."""

    message: Message
    cancelled: Cancelled
    budget: int | None
    bodies: dict[tuple[object, ...], BodyProof | None] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    in_vain: int = 0

    def cause(self, check: DkimCheck) -> Cause | None:
        """What explains a half of this signature, or both."""
        if self.cancelled():
            return None
        body = self._body(check)
        header, tried = self._header(check, body)
        if body is None and header is None:
            return None
        return Cause(
            index=check.index,
            changes=(*(header.changes if header else ()), *(body.changes if body else ())),
            header=header is not None,
            body=body is not None,
            whole=_is_whole(check, header, body),
            tried=tried + (body.tried if body else 0),
        )

    def _body(self, check: DkimCheck) -> BodyProof | None:
        """Signatures with the same bh= over the same canonical form share one search."""
        if check.body_hash is not Match.MISMATCH or self.message.body_start is None:
            return None
        signature = check.signature
        key = (signature.body_hash, signature.body_canonicalization, signature.length)
        if key not in self.bodies:
            octets, start = self.message.raw.octets, self.message.body_start
            self.bodies[key] = body_causes(octets, start, signature, cancelled=self.cancelled)
        return self.bodies[key]

    def _header(self, check: DkimCheck, body: BodyProof | None) -> tuple[HeaderProof | None, int]:
        """The proof of the header and how many candidates it took."""
        if acceptance(check) is None:
            return None, 0
        found = header_causes(
            self.message,
            check,
            needs=body.needs if body is not None else (),
            hints=self.edits,
            budget=self.budget,
            share=1 << self.in_vain,
            cancelled=self.cancelled,
        )
        if found.proof is None:
            # each further one gets half: what the first search did not find, the next seldom finds
            self.in_vain += 1
        else:
            self.edits += found.proof.edits
        return found.proof, found.tried


def _is_whole(check: DkimCheck, header: HeaderProof | None, body: BodyProof | None) -> bool:
    """Whether both halves fit once all is undone, and no rule but the hashes speaks against the signature."""
    fits = (header is not None or check.header_hash is Match.MATCH) and (
        body is not None or check.body_hash is Match.MATCH
    )
    only_hashes = (check.code or "").startswith(("hash.", "body."))
    # what l= leaves out may be anybody's: then nobody can say that exactly this was changed
    nothing_behind = body.whole_body if body is not None else not check.unsigned_octets
    return fits and only_hashes and nothing_behind
