"""The set-up of a sending domain: what DNS answers for it, and what a sending service asks to publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from headerlens.model.dns import Answer, Evidence
from headerlens.model.findings import Finding
from headerlens.model.records import DkimKey, DmarcRecord
from headerlens.model.verdicts import Organization, SpfNode, WalkStep

DOMAIN_FORMAT = 1
"""Rises whenever a stored case can no longer be read as before."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One record that a service asks its customer for. `name` is "" where only the service's console shows it.

    `purpose` is "dkim", "spf", "mx", "dmarc", "ownership" or "return-path". `value` is "" where it has to be copied
    from the console; "{region}" and its like in it stand for what only the console knows. `includes` are SPF lists of
    the service, of which one has to stand in the record.
    """

    purpose: str
    rtype: str
    name: str = ""
    value: str = ""
    includes: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    """Other names of which one is enough: the regions of a service."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What somebody wants to know: `domain` in A-labels, `selectors` given by hand, `provider` an id or "".

    `service_selectors` and `common_selectors` are tried beside them; `wanted` is what the provider asks for.
    """

    domain: str
    selectors: tuple[str, ...] = ()
    provider: str = ""
    service_selectors: tuple[str, ...] = ()
    common_selectors: tuple[str, ...] = ()
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class SpfCost:
    """What one term of the domain's own record costs of the ten look-ups, with all behind it (RFC 7208 4.6.4)."""

    text: str
    lookups: int


@dataclass(frozen=True, slots=True)
class SpfSetup:
    """SPF without a sender: all terms walked, whichever would match.

    `code` is "" for a record that can be used, "none", "several", "unanswered", or that of the first mistake: "syntax",
    "include-none", "include-loop", "too-many-lookups", "too-many-voids", "too-many-mx". `records` are those that begin
    with v=spf1, `quoted` those that would without their quotation marks. `voids` are names that lead nowhere.
    `faults` holds (owner of the record, term, character offset, fault of the parser). `tree` is None without a record.
    """

    code: str
    records: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    tree: SpfNode | None = None
    lookups: int = 0
    voids: tuple[str, ...] = ()
    costs: tuple[SpfCost, ...] = ()
    faults: tuple[tuple[str, str, int, str], ...] = ()
    missing: tuple[str, ...] = ()
    loops: tuple[str, ...] = ()
    crowded: tuple[str, ...] = ()


class KeyOrigin(StrEnum):
    """Why a selector was asked for."""

    GIVEN = "given"
    SERVICE = "service"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class KeySetup:
    """One selector. `aliases` are the CNAME targets on the way, `doubled` the doubled name where a record stands."""

    selector: str
    origin: KeyOrigin
    key: DkimKey
    aliases: tuple[str, ...] = ()
    doubled: str = ""
    doubled_texts: tuple[str, ...] = ()
    doubled_aliases: tuple[str, ...] = ()


class Permission(StrEnum):
    """Whether a foreign mailbox agreed to take reports (RFC 9990; RFC 7489 7.1)."""

    OWN = "own"
    GIVEN = "given"
    MISSING = "missing"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class ReportTarget:
    """The domain of one rua address; `question` is the name asked for the permission, "" where none is needed."""

    domain: str
    question: str
    permission: Permission


@dataclass(frozen=True, slots=True)
class DmarcSetup:
    """The record that applies to mail of the domain. `code` is that of `verify.policy` where there is none, else "".

    `policy` is the wish for this domain before t=, None without a record. `texts` is what stands at `_dmarc.<domain>`.
    """

    code: str
    organization: Organization
    steps: tuple[WalkStep, ...]
    record: DmarcRecord | None = None
    policy: str | None = None
    policy_tag: str | None = None
    texts: tuple[str, ...] = ()
    targets: tuple[ReportTarget, ...] = ()
    doubled_texts: tuple[str, ...] = ()
    doubled_aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailServer:
    """One MX: `alias` is where its name leads by CNAME, "" for none; `addresses` None where DNS gave no answer."""

    preference: int
    host: str
    alias: str = ""
    addresses: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class MxSetup:
    """Where mail to the domain goes. `null` is a single "." (RFC 7505), `mixed` one beside others."""

    answered: bool
    servers: tuple[MailServer, ...] = ()
    null: bool = False
    mixed: bool = False


class RowState(StrEnum):
    """A record that a service asks for, against what DNS answers."""

    PRESENT = "present"
    MISSING = "missing"
    DIFFERENT = "different"
    DOUBLED = "doubled"
    QUOTED = "quoted"
    SPLIT = "split"
    """Present, but as another type than asked for."""
    COMPARE = "compare"
    """Something stands there; only the console knows whether it is right."""
    UNNAMED = "unnamed"
    """Only the console knows the name."""
    OPTIONAL = "optional"
    """Nothing stands there, and nothing has to: a return path of one's own under a name one chooses."""
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One wanted record and what was found; `wrong_name` is where a doubled one stands."""

    wanted: Wanted
    state: RowState
    found: tuple[str, ...] = ()
    wrong_name: str = ""


@dataclass(frozen=True, slots=True)
class DomainCase:
    """The frozen result: `inspect_domain(domain, replay(evidence), checked_at, ...) == case` holds for every one.

    `exists` is None where it could not be told. `address` says whether the name has A or AAAA. `wildcard` and
    `key_wildcard` say that any name below, and any selector, has TXT. `others` names further mail records that stand
    there ("mta-sts", "tls-rpt", "bimi") with their text. `foreseen` are answers nobody needed. `unanswered` are
    questions without an answer ("TXT name").
    """

    inquiry: Inquiry
    checked_at: datetime
    exists: bool | None
    address: bool | None
    spf: SpfSetup
    keys: tuple[KeySetup, ...]
    dmarc: DmarcSetup
    mx: MxSetup
    wildcard: bool = False
    key_wildcard: bool = False
    others: Mapping[str, str] | None = None
    service: tuple[ServiceRow, ...] = ()
    unanswered: tuple[str, ...] = ()
    parked: bool = False
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    foreseen: tuple[Answer, ...] = field(default=(), compare=False)
    format: int = DOMAIN_FORMAT

    @property
    def domain(self) -> str:
        """The name that was looked at."""
        return self.inquiry.domain
