"""Every DKIM signature of a message (RFC 6376 as updated by 8301, 8463 and 8616)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from headerlens.model.dns import Lookup
from headerlens.model.limits import MAX_SIGNATURES_CHECKED
from headerlens.model.message import BodyState, Message
from headerlens.model.records import DkimSignature
from headerlens.model.verdicts import DkimCheck, Note, Result
from headerlens.parse.names import is_subdomain
from headerlens.verify.body_hash import BodyHashes
from headerlens.verify.keys import find_keys
from headerlens.verify.signature_check import Signed, Times, check_signature
from headerlens.verify.signature_rules import is_public_suffix, judge_times

_CUT = frozenset({"header-too-large", "too-many-fields"})


def check_dkim(
    message: Message,
    ask: Lookup,
    *,
    at: datetime | None,
    now: datetime,
    body: BodyState,
    ended: Callable[[DkimCheck], object] | None = None,
) -> tuple[DkimCheck, ...]:
    """One check per signature, in the order of `message.signatures`; () without one. Never raises.

    `at` is the time of receipt, None when it is not known (standards.md 2.4). With `body` MISSING the hash of the body
    is left UNCHECKED and a good header is NEUTRAL with body.missing. Codes are those of standards.md 2.2, and
    sig.not_checked for those beyond `MAX_SIGNATURES_CHECKED`, the sender's own being taken first, and for all of them
    where the header was too long to be read. The first rule broken
    in the verifier's order gives the code, and both hashes are judged wherever they can be computed, broken rule or
    not. Notes are sig.expired_now, sig.domain_unacceptable, key.several, key.testing, key.weak, key.too_long,
    body.unsigned, and hash.header where hash.body is the code although the header differs as well. `ended` hears of
    each check as soon as it is over.
    """
    signed = Signed(message.fields, body, BodyHashes(message.body))
    # of a header that was cut nobody can tell what h= stands for
    chosen = frozenset() if any(fault.code in _CUT for fault in message.faults) else chosen_signatures(message)
    checks: list[DkimCheck] = []
    for index, signature in enumerate(message.signatures):
        if index in chosen:
            checks.append(_check(index, signature, signed, ask, Times(*judge_times(signature, at, now))))
        else:
            checks.append(DkimCheck(index, signature, Result.NEUTRAL, "sig.not_checked"))
        if ended is not None:
            ended(checks[-1])
    return tuple(checks)


def chosen_signatures(message: Message) -> frozenset[int]:
    """The indexes worth a check: those of the sender's domain, its parents and children first, then from the top.

    Otherwise ten worthless signatures on top would hide the one that decides.
    """
    authors = [address.domain for address in message.author if address.domain]

    def is_foreign(index: int) -> bool:
        signer = message.signatures[index].domain
        return not any(is_subdomain(signer, author) or is_subdomain(author, signer) for author in authors)

    ranked = sorted(range(len(message.signatures)), key=is_foreign)
    return frozenset(ranked[:MAX_SIGNATURES_CHECKED])


def _check(index: int, signature: DkimSignature, signed: Signed, ask: Lookup, times: Times) -> DkimCheck:
    """One signature, with a remark on a d= that nobody owns (6.1.1)."""
    check = check_signature(index, signature, signed, find_keys(signature, ask), times)
    if signature.domain and is_public_suffix(signature.domain):
        return replace(check, notes=(*check.notes, Note("sig.domain_unacceptable", signature.domain)))
    return check
