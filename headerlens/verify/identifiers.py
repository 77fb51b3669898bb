"""The identifiers that DMARC compares with From: SPF's domain and d= of every signature (RFC 9989 4.4, 5.3.3)."""

from __future__ import annotations

from dataclasses import dataclass

from headerlens.model.limits import MAX_SIGNATURES_CHECKED
from headerlens.model.verdicts import AlignedIdentifier, DkimCheck, Identity, Organization, Result, SpfCheck
from headerlens.verify.alignment import is_aligned, is_exact
from headerlens.verify.organization import TreeWalks


@dataclass(frozen=True, slots=True)
class Candidate:
    """One identifier before it is compared; `result` is that of its own check, `index` None for SPF."""

    method: str
    index: int | None
    domain: str
    result: Result

    @property
    def authenticated(self) -> bool:
        """Whether its check passed."""
        return self.result is Result.PASS


def candidates(spf: SpfCheck, dkim: tuple[DkimCheck, ...]) -> tuple[Candidate, ...]:
    """SPF's identifier, when there is a domain, then one for each signature in their order.

    A HELO pass is none (4.4.2), except with a null reverse path: then HELO is the MAIL FROM identity (RFC 7208 2.4).
    """
    found = []
    if spf.domain:
        counts = spf.identity is Identity.MAILFROM or spf.inputs.mail_from == ""
        found.append(Candidate("spf", None, _plain(spf.domain), spf.result if counts else Result.NONE))
    found.extend(Candidate("dkim", one.index, _plain(one.signature.domain), one.result) for one in dkim)
    return tuple(found)


def compare_identifiers(
    found: tuple[Candidate, ...], author: Organization, modes: dict[str, str], walks: TreeWalks
) -> tuple[AlignedIdentifier, ...]:
    """Each candidate against the Author Domain; `modes` gives "r" or "s" for "spf" and "dkim".

    Identifiers that did not pass are compared for the picture as well; those of a flood of signatures beyond what is
    checked are not walked for it, and their `aligned` is None.
    """
    walked: dict[str, Organization] = {}
    return tuple(_compared(one, author, modes[one.method], walks, walked) for one in found)


def _compared(
    one: Candidate, author: Organization, mode: str, walks: TreeWalks, walked: dict[str, Organization]
) -> AlignedIdentifier:
    exact = is_exact(author.domain, one.domain)
    organization = author if exact else None
    skipped = False
    if not exact and mode == "r" and one.domain:
        organization = walked.get(one.domain)
        matters = one.authenticated or one.result is Result.TEMPERROR
        if organization is None and (matters or len(walked) <= MAX_SIGNATURES_CHECKED):
            organization = walked[one.domain] = walks.organization(one.domain)
        skipped = organization is None
    aligned = None if skipped else is_aligned(author, organization, one.domain, mode)
    name = organization.name if organization else None
    return AlignedIdentifier(one.method, one.index, one.domain, one.authenticated, aligned, exact, mode, name)


def _plain(domain: str) -> str:
    return domain.lower().removesuffix(".")
