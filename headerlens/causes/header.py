"""Proved causes of a failing header hash: fields are read as they may have been signed, and hashed (RFC 6376 3.7).

RSA gives away the digest that was signed, so a candidate costs one hash (engine.md 3); Ed25519 does not, so each
costs a verification. A match proves which header was signed; it does not prove who has changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from headerlens.causes.header_changes import changes_of
from headerlens.causes.header_options import Edit, Option, Options
from headerlens.causes.header_search import Accepts, Budget, Combinations, OutOfBudget
from headerlens.model.causes import Change
from headerlens.model.limits import CAUSE_HEADER_HASHES, CAUSE_HEADER_VERIFICATIONS
from headerlens.model.message import Message
from headerlens.model.verdicts import DkimCheck, Match, Signer
from headerlens.parse.dkim_key import load_public_key
from headerlens.verify.crypto import check_value

Cancelled = Callable[[], bool]
Needs = tuple[tuple[str, bytes | None], ...]

_HOPELESS = 40
"""No combination of this weight is likely enough to be worth a hash."""


@dataclass(frozen=True, slots=True)
class HeaderProof:
    """What has to be undone so that the header is the signed one. `edits` are exact, `changes` are for people."""

    changes: tuple[Change, ...]
    edits: tuple[Edit, ...] = field(repr=False)
    tried: int


@dataclass(frozen=True, slots=True)
class HeaderSearch:
    """The proof, None where there is none, and how many candidates were hashed."""

    proof: HeaderProof | None
    tried: int


def header_causes(
    message: Message,
    check: DkimCheck,
    *,
    needs: Needs = (),
    hints: Iterable[Edit] = (),
    budget: int | None = None,
    share: int = 1,
    cancelled: Cancelled | None = None,
) -> HeaderSearch:
    """What was changed in the signed header fields of a failing signature. Never raises; deterministic.

    `needs` are fields that the body's proof restores; `hints` the edits of another signature's proof.
    `budget` is the number of candidates, by default that of limits.CAUSE_HEADER_* divided by `share`.
    Nothing is searched where the key is not known to have signed (another key, rsa-sha1, a key that may not be used).
    """
    accepts = acceptance(check)
    if accepts is None:
        return HeaderSearch(None, 0)
    usual = CAUSE_HEADER_HASHES if check.recovered_digest is not None else CAUSE_HEADER_VERIFICATIONS
    spending = Budget(usual // share if budget is None else budget, cancelled or (lambda: False))
    options = Options(message, check.signature, needs, hints)
    try:
        found = _search(options, accepts, spending)
    except OutOfBudget:
        found = None
    if found is None:
        return HeaderSearch(None, spending.tried)
    edits = tuple(edit for option in found for edit in option.edits)
    return HeaderSearch(HeaderProof(changes_of(message, edits), edits, spending.tried), spending.tried)


def acceptance(check: DkimCheck) -> Accepts | None:
    """Whether a digest is the one that was signed; None where that cannot be told or would prove nothing.

    A key that must not be used proves nothing: others may have it. SHA-1 proves nothing: it can be made to collide.
    """
    signature, key = check.signature, check.key
    if check.header_hash is not Match.MISMATCH or key is None or (check.code or "").startswith("key."):
        return None
    if signature.algorithm == "rsa-sha256" and check.signer is Signer.THIS_KEY:
        wanted = check.recovered_digest
        return None if wanted is None else wanted.__eq__
    if signature.algorithm != "ed25519-sha256" or signature.signature is None:
        return None
    public, value = load_public_key("ed25519", key.material or b""), signature.signature
    if not isinstance(public, Ed25519PublicKey):
        return None
    return lambda digest: check_value(public, digest, value, "sha256").match is Match.MATCH


def _search(options: Options, accepts: Accepts, budget: Budget) -> tuple[Option, ...] | None:
    """All combinations by weight; those of a change to all fields alike weigh as much more as it does."""
    opened: list[tuple[int, Combinations]] = []
    for weight in range(_HOPELESS):
        opened += [(weight, Combinations(groups, accepts, budget)) for groups in options.worlds(weight)]
        for own, combinations in opened:
            found = combinations.find(weight - own)
            if found is not None:
                return found
        if weight > 3 and weight >= max(own + each.heaviest for own, each in opened):
            return None
    return None
