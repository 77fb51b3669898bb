"""Literal zones of a sending domain: one in good order, and each mistake as a change of it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from headerlens.dns.live import offline_lookup
from headerlens.dns.recorded import load_evidence
from headerlens.gui.domains import LiveDomains
from headerlens.gui.engine import Asking
from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.domain import DomainCase
from headerlens.model.progress import Cancelled
from headerlens.pipeline import inspect_domain
from tests.support.signing import key_record

HOME = "inn.example"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SPF = "v=spf1 ip4:192.0.2.0/28 include:spf.mailer.example -all"
DMARC = f"v=DMARC1; p=reject; rua=mailto:dmarc@{HOME}"
KEY = f"s1._domainkey.{HOME}"

Zone = dict[str, dict[str, Any]]


def text(*values: str) -> list[list[str]]:
    """TXT records of one string each."""
    return [[value] for value in values]


def good_zone() -> Zone:
    """Everything as it should be."""
    return {
        HOME: {"TXT": text(SPF, "unrelated=1"), "MX": [f"10 mx.{HOME}"], "A": ["192.0.2.80"]},
        f"mx.{HOME}": {"A": ["192.0.2.25"], "AAAA": ["2001:db8::25"]},
        "spf.mailer.example": {"TXT": text("v=spf1 ip4:198.51.100.0/24 -all")},
        f"_dmarc.{HOME}": {"TXT": text(DMARC)},
        KEY: {"TXT": text(key_record("rsa2048"))},
    }


def zone_with(changes: Mapping[str, Mapping[str, Any] | None]) -> Zone:
    """The good zone with names added, replaced type by type, or taken away (None)."""
    zone = good_zone()
    for name, types in changes.items():
        if types is None:
            del zone[name]
        else:
            merged = {**zone.get(name, {}), **types}
            zone[name] = {rtype: records for rtype, records in merged.items() if records is not None}
    return zone


def lookup(zone: Zone) -> Lookup:
    """A lookup over the zone."""
    return load_evidence(json.dumps(zone))


def spf(record: str) -> dict[str, dict[str, Any]]:
    """The good zone's domain with another SPF record."""
    return {HOME: {"TXT": text(record)}}


def dmarc(record: str) -> dict[str, dict[str, Any]]:
    """The good zone's domain with another DMARC record."""
    return {f"_dmarc.{HOME}": {"TXT": text(record)}}


def key(record: str) -> dict[str, dict[str, Any]]:
    """The good zone's domain with another key."""
    return {KEY: {"TXT": text(record)}}


@dataclass(frozen=True)
class Mistake:
    """A change of the good zone, and what is given beside the domain."""

    changes: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict)
    selectors: tuple[str, ...] = ("s1",)
    provider: str = ""
    domain: str = HOME

    def case(self) -> DomainCase:
        """The domain, looked at."""
        zone = zone_with(self.changes)
        return inspect_domain(self.domain, lookup(zone), NOW, selectors=self.selectors, provider=self.provider)


_LONG = " ".join(f"include:s{n}.example" for n in range(11))
_INCLUDES: dict[str, dict[str, Any]] = {
    f"s{n}.example": {"TXT": text(f"v=spf1 ip4:198.51.100.{n} -all")} for n in range(11)
}
_NINE = " ".join(f"include:s{n}.example" for n in range(9))
_PARKED: dict[str, dict[str, Any] | None] = {
    HOME: {"TXT": text("v=spf1 -all"), "MX": ["0 ."], "A": []},
    f"_dmarc.{HOME}": {"TXT": text("v=DMARC1; p=reject")},
    KEY: None,
}
_SENDGRID: dict[str, dict[str, Any] | None] = {
    f"s1._domainkey.{HOME}": {"TXT": None, "CNAME": ["s1.domainkey.u1.wl.sendgrid.net"]},
    "s1.domainkey.u1.wl.sendgrid.net": {"TXT": text(key_record("rsa2048"))},
}

MISTAKES: dict[str, Mistake] = {
    "domain.no-name": Mistake(domain="gone.example"),
    "domain.no-answer": Mistake({HOME: {"TXT": {"error": "timeout"}}}),
    "domain.offline": Mistake({HOME: {"TXT": {"error": "offline"}, "MX": {"error": "offline"}}}),
    "domain.parked": Mistake(_PARKED, ()),
    "domain.parked-open": Mistake({**_PARKED, **dmarc("v=DMARC1; p=none")}, ()),
    "domain.wildcard": Mistake({f"headerlens-asks-whether-any-name-answers.{HOME}": {"TXT": text("anything")}}),
    "domain.key-wildcard": Mistake(
        {f"headerlens-asks-whether-any-name-answers._domainkey.{HOME}": {"TXT": text(key_record("rsa2048"))}}, ()
    ),
    # SPF
    "domain.spf-none": Mistake({HOME: {"TXT": text("unrelated=1")}}),
    "publish.quoted-spf": Mistake(spf(f'"{SPF}"')),
    "spf.several-records": Mistake({HOME: {"TXT": text(SPF, "v=spf1 mx -all")}}),
    "domain.spf-syntax": Mistake(spf("v=spf1 ip4:192.0.2.0/28 ipv4:192.0.2.64 -all")),
    "domain.spf-include-none": Mistake(spf("v=spf1 include:nothing.example -all")),
    "spf.include-loop": Mistake(spf(f"v=spf1 include:{HOME} -all")),
    "domain.spf-lookups": Mistake({**spf(f"v=spf1 {_LONG} -all"), **_INCLUDES}),
    "domain.spf-nearly": Mistake({**spf(f"v=spf1 {_NINE} -all"), **_INCLUDES}),
    "domain.spf-voids": Mistake(spf("v=spf1 a:a.example a:b.example mx:c.example -all")),
    "domain.spf-void": Mistake(spf("v=spf1 a:a.example ip4:192.0.2.1 -all")),
    "spf.too-many-mx": Mistake(
        {**spf("v=spf1 mx:many.example -all"), "many.example": {"MX": [f"10 m{n}.example" for n in range(11)]}}
    ),
    "spf.allows-everyone": Mistake(spf("v=spf1 ip4:192.0.2.1 +all")),
    "domain.spf-neutral": Mistake(spf("v=spf1 ip4:192.0.2.1 ?all")),
    "domain.spf-no-all": Mistake(spf("v=spf1 ip4:192.0.2.1")),
    "spf.ptr": Mistake(spf("v=spf1 ip4:192.0.2.1 ptr -all")),
    "domain.spf-repeated": Mistake(spf("v=spf1 ip4:192.0.2.1 IP4:192.0.2.1 -all")),
    "domain.spf-private": Mistake(spf("v=spf1 ip4:192.0.2.1 ip4:10.1.2.0/24 -all")),
    "domain.spf-behind-all": Mistake(spf("v=spf1 ip4:192.0.2.1 -all include:spf.mailer.example")),
    # DKIM
    "domain.key-none": Mistake(selectors=("s9",)),
    "domain.no-key-found": Mistake({KEY: None}, ()),
    "domain.key-empty": Mistake(key("v=DKIM1; p=")),
    "domain.key-spare": Mistake({f"s2._domainkey.{HOME}": {"TXT": text("v=DKIM1; p=")}}, ("s1", "s2")),
    "domain.key-short": Mistake(key(key_record("rsa512"))),
    "domain.key-weak": Mistake(key(key_record("rsa1024"))),
    "domain.key-testing": Mistake(key(key_record("rsa2048", extra="t=y; "))),
    "domain.key-unusable": Mistake(key("v=DKIM1; k=dsa; p=AAAA")),
    "domain.alias-broken": Mistake({KEY: {"TXT": None, "CNAME": ["gone.mailer.example"]}}),
    "domain.key-several": Mistake({KEY: {"TXT": text(key_record("rsa2048"), key_record("rsa2048b"))}}),
    "publish.key-marks": Mistake(key(f'"{key_record("rsa2048")}"')),
    "publish.key-cut": Mistake(key(key_record("rsa2048")[:255])),
    "publish.doubled-key": Mistake({KEY: None, f"{KEY}.{HOME}": {"TXT": text(key_record("rsa2048"))}}),
    # DMARC
    "dmarc.no-record": Mistake({f"_dmarc.{HOME}": None}),
    "dmarc.several-records": Mistake({f"_dmarc.{HOME}": {"TXT": text(DMARC, "v=DMARC1; p=none")}}),
    "dmarc.version": Mistake(dmarc("v=DMARC2; p=reject")),
    "dmarc.unusable-policy": Mistake(dmarc("v=DMARC1; p=strict")),
    "dmarc.policy-replaced": Mistake(dmarc(f"v=DMARC1; p=strict; rua=mailto:a@{HOME}")),
    "dmarc.duplicate-tag": Mistake(dmarc("v=DMARC1; p=reject; p=none")),
    "dmarc.historic-tag": Mistake(dmarc(f"{DMARC}; pct=100; ri=86400")),
    "dmarc.bad-value": Mistake(dmarc(f"{DMARC}; adkim=relaxed")),
    "dmarc.unknown-tag": Mistake(dmarc(f"{DMARC}; rau=x")),
    "dmarc.fragile": Mistake(dmarc(f"v=DMARC1; rua=mailto:dmarc@{HOME}; p=reject")),
    "dmarc.monitoring": Mistake(dmarc(f"v=DMARC1; p=none; rua=mailto:dmarc@{HOME}")),
    "dmarc.testing": Mistake(dmarc(f"{DMARC}; t=y")),
    "dmarc.testing-quarantine": Mistake(dmarc(f"v=DMARC1; p=quarantine; t=y; rua=mailto:dmarc@{HOME}")),
    "dmarc.version-above": Mistake({"_dmarc.example": {"TXT": text("v=DMARC2; p=none")}}),
    "dmarc.several-above": Mistake({"_dmarc.example": {"TXT": text("v=DMARC1; p=none", "v=DMARC1; p=reject")}}),
    "publish.quoted-dmarc": Mistake(dmarc(f'"{DMARC}"')),
    "publish.doubled-dmarc": Mistake({f"_dmarc.{HOME}": None, f"_dmarc.{HOME}.{HOME}": {"TXT": text(DMARC)}}),
    "domain.rua-refused": Mistake(dmarc("v=DMARC1; p=reject; rua=mailto:a@reports.test")),
    "domain.no-reports": Mistake(dmarc("v=DMARC1; p=reject")),
    # MX
    "domain.no-mx": Mistake({HOME: {"MX": [], "A": []}}),
    "domain.mx-implicit": Mistake({HOME: {"MX": []}}),
    "domain.mx-alias": Mistake(
        {f"mx.{HOME}": {"A": None, "AAAA": None, "CNAME": ["host.example"]}, "host.example": {"A": ["192.0.2.26"]}}
    ),
    "domain.mx-no-address": Mistake({f"mx.{HOME}": None}),
    "domain.mx-number": Mistake({HOME: {"MX": ["10 192.0.2.25"]}}),
    "domain.null-mx-mixed": Mistake({HOME: {"MX": ["0 .", f"10 mx.{HOME}"]}}),
    "domain.null-mx-sends": Mistake({HOME: {"MX": ["0 ."]}}),
    # service
    "domain.service-missing": Mistake(_SENDGRID, (), "sendgrid"),
    "domain.service-different": Mistake(
        {
            f"k2._domainkey.{HOME}": {"CNAME": ["dkim9.mcsv.net"]},
            "dkim9.mcsv.net": {"TXT": text(key_record("rsa2048"))},
        },
        (),
        "mailchimp",
    ),
    "domain.service-doubled": Mistake(
        {f"s2._domainkey.{HOME}.{HOME}": {"CNAME": ["s2.domainkey.u1.wl.sendgrid.net"]}, **_SENDGRID}, (), "sendgrid"
    ),
    "domain.service-quoted": Mistake(
        {f"mail.{HOME}": {"TXT": text('"v=spf1 include:amazonses.com ~all"')}}, (), "amazon-ses"
    ),
    "domain.service-spf": Mistake(
        {f"google._domainkey.{HOME}": {"TXT": text(key_record("rsa2048"))}}, (), "google-workspace"
    ),
    "domain.service-console": Mistake({}, (), "amazon-ses"),
    "domain.service-mx": Mistake({}, (), "mailgun"),
    "domain.service-complete": Mistake(
        {
            "k2._domainkey.inn.example": {"CNAME": ["dkim2.mcsv.net"]},
            "k3._domainkey.inn.example": {"CNAME": ["dkim3.mcsv.net"]},
            "dkim2.mcsv.net": {"TXT": text(key_record("rsa2048"))},
            "dkim3.mcsv.net": {"TXT": text(key_record("rsa2048b"))},
        },
        (),
        "mailchimp",
    ),
    "domain.service-type": Mistake(
        {**_SENDGRID, f"s2._domainkey.{HOME}": {"TXT": text(key_record("rsa2048"))}}, (), "sendgrid"
    ),
}
"""A zone in which each finding is raised."""


class RecordedDomains(LiveDomains):
    """Answers from a literal zone; `hold` keeps them back until the look-ups are stopped."""

    def __init__(self) -> None:
        self.zone = good_zone()
        self.hold = False

    def answers(self, asking: Asking, stop_asking: Cancelled) -> Lookup:
        """Offline there are none."""
        known = lookup(self.zone)

        def ask(question: Question) -> Answer:
            while self.hold and not stop_asking():
                time.sleep(0.01)
            if stop_asking():
                return Answer(question, Outcome.FAILED, failure=Failure.CANCELLED)
            return known(question)

        return offline_lookup() if asking.offline else ask


def ids(case: DomainCase) -> set[str]:
    """The ids of the findings."""
    return {finding.id for finding in case.findings}
