"""DMARC of a domain without a message: the record that applies, and who agreed to take its reports.

RFC 9989 4.10 (walk) and 4.7 (policy); RFC 9990 and RFC 7489 7.1 for permission to send reports elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from headerlens.domains.answers import is_absent, is_unanswered, texts_of
from headerlens.model.dns import Lookup, Question
from headerlens.model.domain import DmarcSetup, Permission, ReportTarget
from headerlens.model.limits import MAX_REPORT_TARGETS
from headerlens.model.records import DmarcRecord
from headerlens.parse.names import to_ascii
from headerlens.verify.organization import TreeWalks
from headerlens.verify.policy import choose, discover

_MAILBOX = re.compile(r"\s*mailto:[^@\s,]*@([^\s,!?]+)", re.IGNORECASE)
_PERMISSION = re.compile(r"\s*v\s*=\s*DMARC1\s*(?:;|\Z)")


def inspect_dmarc(domain: str, ask: Lookup) -> DmarcSetup:
    """What applies to mail of `domain`. Never raises."""
    walks = TreeWalks(ask)
    organization = walks.organization(domain)
    here = ask(Question(f"_dmarc.{domain}", "TXT"))
    own = texts_of(here)
    found = discover(organization)
    record = None if found.code else found.record
    if record is None:
        wrong = ask(Question(f"_dmarc.{domain}.{domain}", "TXT")) if is_absent(here) else None
        texts, aliases = (texts_of(wrong), wrong.aliases) if wrong is not None and wrong.records else ((), ())
        steps = organization.steps
        return DmarcSetup(
            found.code or "", organization, steps, found.record, None, None, own,
            doubled_texts=texts, doubled_aliases=aliases,
        )  # fmt: skip
    wish = choose(record, domain, ask)
    targets = tuple(_targets(record, walks, ask))
    return DmarcSetup("", organization, organization.steps, record, wish.policy, wish.tag, own, targets)


def report_domains(record: DmarcRecord) -> tuple[str, ...]:
    """The domains of the mail addresses in rua, each once, in A-labels; those of no mail address are left out."""
    value = record.tags.get("rua") or ""
    most = 4 * MAX_REPORT_TARGETS  # what stands behind a flood of others is not looked at
    found = (_MAILBOX.match(uri) for uri in value.split(",", most)[:most])
    names = (to_ascii(one[1]) for one in found if one is not None)
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_REPORT_TARGETS]


def permission_name(owner: str, target: str) -> str:
    """Where the receiver of reports agrees to take those about `owner`."""
    return f"{owner}._report._dmarc.{target}"


def _targets(record: DmarcRecord, walks: TreeWalks, ask: Lookup) -> Iterator[ReportTarget]:
    home = walks.organization(record.domain).name
    for target in report_domains(record):
        if target == record.domain or (home is not None and walks.organization(target).name == home):
            yield ReportTarget(target, "", Permission.OWN)
            continue
        name = permission_name(record.domain, target)
        yield ReportTarget(target, name, _permission(name, ask))


def _permission(name: str, ask: Lookup) -> Permission:
    """One record that begins with v=DMARC1 is a permission; a wildcard of the receiver answers the same question."""
    answer = ask(Question(name, "TXT"))
    if is_unanswered(answer):
        return Permission.UNANSWERED
    agreed = any(_PERMISSION.match(text) for text in texts_of(answer))
    return Permission.GIVEN if agreed else Permission.MISSING
