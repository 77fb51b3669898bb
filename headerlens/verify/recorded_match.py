"""Which recorded result belongs to which signature (RFC 8601 2.2, RFC 6008 4, standards.md 4.5, 4.6)."""

from __future__ import annotations

from collections.abc import Callable

from headerlens.model.limits import MAX_SIGNATURES_SHOWN
from headerlens.model.records import DkimSignature, RecordedResult
from headerlens.model.verdicts import DkimCheck
from headerlens.parse.names import clean_domain, is_subdomain

MAX_MATCHED = 4 * MAX_SIGNATURES_SHOWN
"""Results of dkim looked at: a receiver that repeats itself in four fields is still understood."""


def match_signatures(
    recorded: tuple[RecordedResult, ...], checks: tuple[DkimCheck, ...]
) -> tuple[dict[int, RecordedResult], tuple[RecordedResult, ...]]:
    """The recorded result of each signature, by its index, and the results whose signature is not in this copy.

    The surest mark goes first: header.b, then domain with selector, then domain alone, and a bare "dkim=pass" only
    where there is one signature. One result serves one signature; a repetition in a second field is dropped.
    """
    results = [one for one in recorded if one.result != "none"][:MAX_MATCHED]
    found: dict[int, RecordedResult] = {}
    left = list(results)
    for fits in (_by_value, _by_selector, _by_domain):
        for check in checks:
            if check.index in found:
                continue
            result = next((one for one in left if fits(one, check.signature)), None)
            if result is not None:
                found[check.index] = result
                left.remove(result)
    bare = [one for one in left if not _names_signer(one)]
    if len(checks) == 1 and not found and len(bare) == 1:
        found[checks[0].index] = bare[0]
    return found, tuple(one for one in left if _names_signer(one) and not _fits_any(one, checks))


def signer_of(result: RecordedResult) -> str:
    """The domain a recorded result speaks of: header.d, else that of header.i; "" when it names none."""
    written = result.get("header.d") or result.get("header.i") or result.get("d") or ""
    return clean_domain(written) or ""


def _names_signer(result: RecordedResult) -> bool:
    return bool(signer_of(result) or result.get("header.b"))


def _by_value(result: RecordedResult, signature: DkimSignature) -> bool:
    """header.b is the beginning of b=, whose blanks do not count."""
    start = result.get("header.b")
    return bool(start) and _signature_value(signature).startswith("".join((start or "").split()))


def _by_selector(result: RecordedResult, signature: DkimSignature) -> bool:
    selector = result.get("header.s")
    return bool(selector) and (selector or "").lower() == signature.selector and _by_domain(result, signature)


def _by_domain(result: RecordedResult, signature: DkimSignature) -> bool:
    """header.d is the domain itself; Gmail's header.i may be a name below it, or the whole identity.

    What is marked with another b= or selector is another signature of the same domain.
    """
    if result.get("header.b") and not _by_value(result, signature):
        return False
    selector = result.get("header.s")
    if selector and selector.lower() != signature.selector:
        return False
    if not signature.domain:
        return False
    if result.get("header.d") is None and result.get("header.i") is not None:
        return is_subdomain(signer_of(result), signature.domain)
    return signer_of(result) == signature.domain


def _fits_any(result: RecordedResult, checks: tuple[DkimCheck, ...]) -> bool:
    ways: tuple[Callable[[RecordedResult, DkimSignature], bool], ...] = (_by_value, _by_domain)
    return any(way(result, check.signature) for check in checks for way in ways)


def _signature_value(signature: DkimSignature) -> str:
    return "".join((signature.tags.get("b") or "").split())
