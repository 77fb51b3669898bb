"""Which DMARC record applies to an Author Domain, and what it wishes (RFC 9989 4.10.1, 4.7)."""

from __future__ import annotations

from dataclasses import dataclass

from headerlens.model.dns import Lookup, Outcome, Question
from headerlens.model.records import DmarcRecord
from headerlens.model.verdicts import Organization, WalkStep
from headerlens.parse.dmarc import POLICIES


@dataclass(frozen=True, slots=True)
class Discovery:
    """The record to apply, or the code why there is none."""

    record: DmarcRecord | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """The policy chosen for a domain before t=, and its tag; both None when the choice could not be made.

    `author_exists` is None when nothing hung on it or the question failed.
    """

    policy: str | None
    tag: str | None
    author_exists: bool | None = None


def discover(author: Organization) -> Discovery:
    """Author Domain's record before Organizational Domain's before PSD's; records at names between are not used."""
    own = author.steps[0]
    if own.found == "record":
        return _usable(own.record)
    if author.name is None:
        return Discovery(code="temperror.policy")
    last = author.steps[-1].record
    suffix = last if last is not None and author.how == "psd=y-below" else None
    return _usable(_record_at(author, author.name) or suffix, author.steps)


def choose(record: DmarcRecord, author: str, ask: Lookup) -> Wish:
    """What `record` wishes for `author`: p for its own name, else np or sp, with the fallbacks of 4.7.

    Whether the author's name exists is asked only where np could apply (3.2.13: NXDOMAIN, whatever the type).
    """
    if record.bad_policy:
        return Wish("none", "p=none")  # 4.10.1; without a report address there is no such record here
    if record.domain == author:
        return Wish(record.policy, "p")
    below = ("sp", record.subdomain_policy) if record.subdomain_policy else ("p", record.policy)
    if record.nonexistent_policy is None:
        return Wish(below[1], below[0])
    exists = _exists(author, ask)
    if exists is False:
        return Wish(record.nonexistent_policy, "np", author_exists=False)
    if exists or below[1] == record.nonexistent_policy:
        return Wish(below[1], below[0], exists)
    return Wish(None, None)


def lowered(policy: str, *, testing: bool) -> str:
    """The wish one level milder where the record says t=y (4.7); "none" stays."""
    return POLICIES[max(0, POLICIES.index(policy) - testing)]


def _usable(record: DmarcRecord | None, steps: tuple[WalkStep, ...] = ()) -> Discovery:
    """4.10.1: a bad policy without a report address means no DMARC processing at all."""
    if record is None:
        return Discovery(code=_missing(steps))
    unusable = record.bad_policy and not record.has_report_address
    return Discovery(record, "none.unusable_policy" if unusable else None)


def _missing(steps: tuple[WalkStep, ...]) -> str:
    """Why there is no record: the nearest attempt at one is told, because that is what its owner must mend."""
    for step in steps:
        if step.found == "several":
            return "none.several_records"
        if step.found == "unusable":
            return "none.unusable_policy" if step.record else "none.version"
    return "none.no_record"


def _record_at(author: Organization, name: str) -> DmarcRecord | None:
    return next((step.record for step in author.steps if step.domain == name and step.found == "record"), None)


def _exists(author: str, ask: Lookup) -> bool | None:
    outcome = ask(Question(author, "A")).outcome
    return None if outcome is Outcome.FAILED else outcome is not Outcome.NO_NAME
