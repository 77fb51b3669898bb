"""What a receiver still on RFC 7489 makes of a message: organisations by the public suffix list, no tree walk."""

from __future__ import annotations

from headerlens.model.records import DmarcRecord
from headerlens.model.verdicts import PslView, Result, WalkStep
from headerlens.parse.names import is_ip_literal
from headerlens.verify.identifiers import Candidate
from headerlens.verify.organization import TreeWalks
from headerlens.verify.suffixes import registrable_domain


def organizational_domain(domain: str) -> str:
    """The public suffix and one label more (RFC 7489 3.2), private section of the list included.

    A name that is itself a public suffix, or an IP address, is its own organisation.
    """
    if not domain or is_ip_literal(domain):
        return domain
    return registrable_domain(domain) or domain


def is_public_suffix(domain: str) -> bool:
    """Whether strangers can register names below `domain`, by the list."""
    return bool(domain) and not is_ip_literal(domain) and registrable_domain(domain) is None


def old_view(author: str, found: tuple[Candidate, ...], walks: TreeWalks) -> PslView:
    """RFC 7489 6.6 for the same identifiers, pct ignored; `differs` is left for the caller to set.

    Costs one question more than the tree walk only where that ended below the organisation of the list.
    """
    organization = organizational_domain(author)
    step = _policy_step(author, organization, walks)
    if step.found == "error":
        return PslView(organization, None, Result.TEMPERROR, None, differs=False)
    record = step.record if step.found == "record" else None
    if record is None:
        return PslView(organization, None, Result.NONE, None, differs=False)
    policy = _policy(record, is_below=step.domain != author)
    if policy is None:
        return PslView(organization, record.domain, Result.NONE, None, differs=False)
    return _judged(author, organization, record, policy, found)


def _policy_step(author: str, organization: str, walks: TreeWalks) -> WalkStep:
    """6.6.3: the author's name, then the organisation's; several records end the search (step 5)."""
    step = walks.step(author)
    goes_on = step.found in {"none", "unusable"} and organization != author
    return walks.step(organization) if goes_on else step


def _policy(record: DmarcRecord, *, is_below: bool) -> str | None:
    """The wish, None when the record may not be processed (6.6.3 step 6); np is an unknown tag here."""
    if "p" in record.bad_policy or "sp" in record.bad_policy:
        return "none" if record.has_report_address else None
    return (record.subdomain_policy if is_below else None) or record.policy


def _judged(author: str, organization: str, record: DmarcRecord, policy: str, found: tuple[Candidate, ...]) -> PslView:
    modes = {"spf": record.aspf, "dkim": record.adkim}
    aligned = [one for one in found if _is_aligned(author, organization, one.domain, modes[one.method])]
    passing = {one.method for one in aligned if one.authenticated}
    if passing:
        result, disposition = Result.PASS, "none"
    elif any(one.result is Result.TEMPERROR for one in found):  # 6.6.2 asks not whether it could have aligned
        result, disposition = Result.TEMPERROR, None
    else:
        result, disposition = Result.FAIL, policy
    return PslView(
        organizational_domain=organization,
        policy_domain=record.domain,
        result=result,
        disposition=disposition,
        differs=False,
        aligned_spf="spf" in passing,
        aligned_dkim="dkim" in passing,
    )


def _is_aligned(author: str, organization: str, domain: str, mode: str) -> bool:
    return bool(domain) and (domain == author or (mode == "r" and organizational_domain(domain) == organization))
