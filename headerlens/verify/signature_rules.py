"""The rules a signature must keep beside its hashes, and the RFC 8601 result of each way to break one.

RFC 6376 3.5 and 6.1.1 with RFC 8301; results by the wording of RFC 8601 2.7.1 (standards.md 2.2).
"""

from __future__ import annotations

from datetime import datetime

from headerlens.model.limits import CLOCK_SLACK_SECONDS
from headerlens.model.records import DkimSignature
from headerlens.model.verdicts import AtReceipt, Note, Result
from headerlens.verify.suffixes import public_suffix

_RESULTS = {
    "sig.from_not_signed": Result.PERMERROR,
    "sig.alg_weak": Result.POLICY,
    "sig.expired": Result.POLICY,
    "key.unavailable": Result.TEMPERROR,
    "key.short": Result.POLICY,
    "body.l_too_long": Result.FAIL,
    "hash.body": Result.FAIL,
    "hash.header": Result.FAIL,
}


def result_of(code: str | None) -> Result:
    """The word of RFC 8601 for a code of standards.md 2.2: syntax is neutral, a key that cannot serve permerror."""
    if code is None:
        return Result.PASS
    if code in _RESULTS:
        return _RESULTS[code]
    return Result.PERMERROR if code.startswith("key.") else Result.NEUTRAL


def judge_times(
    signature: DkimSignature, at: datetime | None, now: datetime
) -> tuple[AtReceipt, str | None, tuple[Note, ...]]:
    """t= and x= against the time of receipt `at`: the state, a code for a failure, and notes (standards.md 2.4).

    Without a known time of receipt an x= in the past is no failure: the signature may well have been valid when the
    mail came. A t= ahead of `now` can never be right. Clocks may differ by `CLOCK_SLACK_SECONDS`.
    """
    clock = (at or now).timestamp()
    if signature.timestamp is not None and signature.timestamp > clock + CLOCK_SLACK_SECONDS:
        return AtReceipt.FUTURE, "sig.future", ()
    expiry = signature.expiry
    expired_now = expiry is not None and now.timestamp() > expiry + CLOCK_SLACK_SECONDS
    notes = (Note("sig.expired_now", str(expiry)),) if expired_now else ()
    if at is None:
        return AtReceipt.UNKNOWN, None, notes
    if expiry is not None and clock > expiry + CLOCK_SLACK_SECONDS:
        return AtReceipt.EXPIRED, "sig.expired", ()
    return AtReceipt.VALID, None, notes


def is_public_suffix(domain: str) -> bool:
    """Whether everyone may register below `domain` (RFC 6376 6.1.1, 8.14): one label, or an ICANN suffix."""
    if "." not in domain:
        return True
    return public_suffix(domain, icann_only=True, unknown=False) == domain
