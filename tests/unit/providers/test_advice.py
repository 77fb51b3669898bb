"""The records that a service asks for, filled with what the mail shows and with nothing else."""

from __future__ import annotations

import pytest

from headerlens.providers.advice import filled, first_spf, key_names, key_type, lists_service, with_include
from headerlens.providers.knowledge import service

DIRECTMAIL = "spf1.dm.aliyun.com"


def test_a_template_is_filled_only_where_all_its_values_are_known() -> None:
    assert filled("{token}._domainkey.{domain}", {"token": "a", "domain": "example.com"}) == "a._domainkey.example.com"
    assert filled("{token}._domainkey.{domain}", {"domain": "example.com"}) == ""


def test_a_value_cannot_bring_in_a_placeholder() -> None:
    assert filled("{token}.{domain}", {"token": "{domain}", "domain": "example.com"}) == "{domain}.example.com"


def test_names_that_hold_for_every_customer_are_told() -> None:
    assert key_names(service("mailchimp"), "example.com") == (
        "CNAME k2._domainkey.example.com",
        "CNAME k3._domainkey.example.com",
    )
    assert key_names(service("amazon-ses"), "example.com") == ()
    assert key_names(service("zoho-campaigns"), "example.com") == ()


@pytest.mark.parametrize(
    ("identifier", "selector", "rtype"),
    [
        ("google-workspace", "google", "TXT"),
        ("google-workspace", "k2026", "TXT"),
        ("microsoft-365", "selector1", "CNAME"),
        ("brevo", "mail", "TXT"),
        ("brevo", "brevo1", "CNAME"),
        ("brevo", "other", ""),
        ("postmark", "20260401pm", "TXT"),
        ("sparkpost", "scph0126", "TXT"),
        ("activecampaign", "dk", ""),
    ],
)
def test_the_type_of_a_key_record_is_told_where_it_is_established(identifier: str, selector: str, rtype: str) -> None:
    assert key_type(service(identifier), selector) == rtype


@pytest.mark.parametrize(
    ("record", "after"),
    [
        ("v=spf1 -all", f"v=spf1 include:{DIRECTMAIL} -all"),
        ("v=spf1 ip4:192.0.2.1 ~all", f"v=spf1 ip4:192.0.2.1 include:{DIRECTMAIL} ~all"),
        ("v=spf1 mx", f"v=spf1 mx include:{DIRECTMAIL}"),
        ("v=spf1", f"v=spf1 include:{DIRECTMAIL}"),
    ],
)
def test_an_include_goes_before_what_ends_the_record(record: str, after: str) -> None:
    assert with_include(record, DIRECTMAIL) == after


@pytest.mark.parametrize("record", ["v=spf1 redirect=_spf.example.com", "v=spf1 ipv4:192.0.2.1 -all", "v=DMARC1", ""])
def test_no_include_is_put_into_what_it_cannot_be_put_into(record: str) -> None:
    assert with_include(record, DIRECTMAIL) is None


def test_a_record_lists_a_service_by_the_name_of_its_list() -> None:
    known = service("alibaba-directmail")
    assert lists_service(known, f"v=spf1 mx Include:{DIRECTMAIL.upper()} -all")
    assert lists_service(known, f"v=spf1 ?include:{DIRECTMAIL}. -all")
    assert not lists_service(known, f"v=spf1 include:x{DIRECTMAIL} -all")
    assert not lists_service(known, f"v=spf1 a:{DIRECTMAIL} -all")


def test_a_whole_record_is_offered_only_as_the_service_gives_it() -> None:
    assert first_spf(service("alibaba-directmail")) == "v=spf1 include:spf1.dm.aliyun.com -all"
    assert first_spf(service("customers-mail-cloud")) == ""
    assert first_spf(service("yoyakuban-489ban")) == ""
