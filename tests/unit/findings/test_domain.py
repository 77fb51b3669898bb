"""Each finding on a domain is raised by its mistake, and by nothing in a domain that is in good order."""

from __future__ import annotations

import pytest

from headerlens.dns.recorded import replay
from headerlens.findings.catalogue import entries
from headerlens.findings.domain import domain_exit_status
from headerlens.model.findings import RecordEdit
from headerlens.pipeline import inspect_domain
from tests.support.domains import DMARC, HOME, KEY, MISTAKES, NOW, SPF, Mistake, dmarc, ids, lookup, spf, zone_with

CALM = {"dmarc.policy"}
"""What a domain in good order is told."""


def edit_of(mistake: Mistake, identifier: str) -> RecordEdit:
    return next(finding.edits[0] for finding in mistake.case().findings if finding.id == identifier)


def test_a_domain_in_good_order_is_told_so_and_nothing_else() -> None:
    case = Mistake().case()
    assert ids(case) == CALM
    assert domain_exit_status(case) == 0


@pytest.mark.parametrize("identifier", MISTAKES)
def test_each_mistake_raises_its_finding(identifier: str) -> None:
    assert identifier in ids(MISTAKES[identifier].case())


@pytest.mark.parametrize("identifier", MISTAKES)
def test_a_mistake_raises_little_beside_its_own_finding(identifier: str) -> None:
    """At most two other remarks of weight: a consequence, never a flood."""
    severe = {one for one in ids(MISTAKES[identifier].case()) if entries()[one].severity in {"problem", "warning"}}
    assert len(severe - {identifier}) <= 3


def test_every_finding_on_domains_has_a_mistake_that_raises_it() -> None:
    assert {one for one in entries() if one.startswith("domain.")} <= set(MISTAKES)


@pytest.mark.parametrize("identifier", MISTAKES)
def test_the_recorded_answers_give_the_same_case(identifier: str) -> None:
    mistake = MISTAKES[identifier]
    case = mistake.case()
    again = inspect_domain(
        mistake.domain, replay(case.evidence), NOW, selectors=mistake.selectors, provider=mistake.provider
    )
    assert again == case


@pytest.mark.parametrize("identifier", MISTAKES)
def test_whoever_publishes_the_proposed_records_has_mended_it(identifier: str) -> None:
    mistake = MISTAKES[identifier]
    edits = [edit for finding in mistake.case().findings if finding.id == identifier for edit in finding.edits]
    if not edits:
        pytest.skip("nothing to publish is proposed")
    zone = zone_with(mistake.changes)
    for edit in edits:
        published = zone.setdefault(edit.name, {})
        kept = [one for one in published.get(edit.rtype, []) if "".join(one) not in edit.before]
        added = [[one] if edit.rtype == "TXT" else one for one in edit.after]
        published[edit.rtype] = [*kept, *added]
        if edit.rtype == "CNAME":
            published.pop("TXT", None)
    again = inspect_domain(mistake.domain, lookup(zone), NOW, selectors=mistake.selectors, provider=mistake.provider)
    assert identifier not in ids(again)


@pytest.mark.parametrize(
    ("identifier", "status"),
    [("domain.no-name", 1), ("domain.no-answer", 2), ("domain.offline", 2), ("domain.parked", 0),
     ("dmarc.monitoring", 0), ("domain.key-weak", 1), ("domain.spf-syntax", 1), ("domain.service-complete", 0)],
)  # fmt: skip
def test_the_exit_status_says_whether_something_is_to_be_mended(identifier: str, status: int) -> None:
    assert domain_exit_status(MISTAKES[identifier].case()) == status


def test_a_slip_in_an_included_record_is_told_at_its_owner() -> None:
    broken = {"spf.mailer.example": {"TXT": [["v=spf1 ip4:198.51.100.0/24 inlcude:x.example -all"]]}}
    finding = next(one for one in Mistake(broken).case().findings if one.id == "domain.spf-syntax")
    assert finding.params["domain"] == "spf.mailer.example"
    assert finding.params["term"] == "inlcude:x.example"
    assert finding.params["n"] == len("v=spf1 ip4:198.51.100.0/24 ") + 1


def test_the_dearest_includes_are_named_and_proposed_to_go() -> None:
    finding = next(one for one in MISTAKES["domain.spf-lookups"].case().findings if one.id == "domain.spf-lookups")
    assert finding.params["n"] == 11
    assert "include:s0.example (1)" in str(finding.params["names"])
    assert finding.edits[0].condition == "edit.if-unused"


def test_void_names_are_taken_out_of_the_record() -> None:
    assert edit_of(MISTAKES["domain.spf-void"], "domain.spf-void").after == ("v=spf1 ip4:192.0.2.1 -all",)


def test_a_domain_without_mail_is_not_asked_for_servers_or_keys() -> None:
    assert ids(MISTAKES["domain.parked"].case()) == {"domain.parked"}


def test_the_service_decides_what_a_missing_spf_record_should_say() -> None:
    mistake = Mistake({HOME: {"TXT": []}}, (), "google-workspace")
    assert edit_of(mistake, "domain.spf-none").after == ("v=spf1 include:_spf.google.com ~all",)


def test_the_include_of_a_service_is_added_before_the_end() -> None:
    edit = edit_of(MISTAKES["domain.service-spf"], "domain.service-spf")
    assert edit == RecordEdit(HOME, "TXT", (SPF,), (SPF.replace(" -all", " include:_spf.google.com -all"),))


def test_a_service_listed_behind_an_include_counts() -> None:
    nested = {"spf.mailer.example": {"TXT": [["v=spf1 include:_spf.google.com -all"]]}}
    google = {"_spf.google.com": {"TXT": [["v=spf1 ip4:203.0.113.0/24 -all"]]}}
    assert "domain.service-spf" not in ids(Mistake({**nested, **google}, (), "google-workspace").case())


def test_the_token_of_a_selector_fills_in_what_the_console_would_show() -> None:
    token = "a" * 32
    case = Mistake({}, (token,), "amazon-ses").case()
    finding = next(one for one in case.findings if one.id == "domain.service-missing")
    assert finding.edits == (RecordEdit(f"{token}._domainkey.{HOME}", "CNAME", (), (f"{token}.dkim.amazonses.com",)),)
    assert "domain.key-none" not in ids(case)


def test_one_region_of_a_service_is_enough() -> None:
    region = {f"aliyun-eu-central-1._domainkey.{HOME}": {"TXT": [["v=DKIM1; k=rsa; p=" + "A" * 40]]}}
    assert "domain.service-missing" not in ids(Mistake(region, (), "alibaba-directmail").case())
    assert "domain.service-missing" in ids(Mistake({}, (), "alibaba-directmail").case())


def test_a_policy_of_the_organisation_serves_its_subdomains() -> None:
    mistake = Mistake({f"news.{HOME}": {"TXT": [[SPF]], "MX": [f"10 mx.{HOME}"]}}, (), domain=f"news.{HOME}")
    assert "dmarc.no-record" not in ids(mistake.case())
    assert mistake.case().dmarc.policy == "reject"


def test_reports_to_a_name_of_the_same_organisation_need_no_permission() -> None:
    record = DMARC.replace(f"dmarc@{HOME}", f"dmarc@reports.{HOME}")
    assert "domain.rua-refused" not in ids(Mistake(dmarc(record)).case())


def test_a_permission_for_everybody_is_a_permission() -> None:
    granted = {f"{HOME}._report._dmarc.reports.test": {"TXT": [["v=DMARC1"]]}}
    mistake = MISTAKES["domain.rua-refused"]
    assert "domain.rua-refused" not in ids(Mistake({**mistake.changes, **granted}).case())


def test_a_wildcard_key_is_nobodys_key() -> None:
    case = MISTAKES["domain.key-wildcard"].case()
    assert not [one for one in ids(case) if one.startswith("domain.key-") and one != "domain.key-wildcard"]


def test_a_record_behind_an_alias_is_named_by_its_key() -> None:
    case = Mistake(
        {KEY: {"TXT": None, "CNAME": ["k.mailer.example"]}, "k.mailer.example": {"TXT": [["v=DKIM1; p=x"]]}}
    ).case()
    assert "domain.key-unusable" in ids(case)
    assert "domain.alias-broken" not in ids(case)


def test_documentation_addresses_are_not_private() -> None:
    assert "domain.spf-private" not in ids(Mistake(spf("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all")).case())
