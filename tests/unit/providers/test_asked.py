"""What services ask to publish, made ready for a domain."""

from __future__ import annotations

import pytest

from headerlens.domains.foresee import foreseeable
from headerlens.model.dns import Question
from headerlens.model.limits import MAX_FORESEEN
from headerlens.providers.asked import checkable, common_selectors, inquiry_for
from headerlens.providers.knowledge import BadService, services


def test_the_well_known_selectors_come_from_the_services() -> None:
    known = common_selectors()
    assert {"google", "selector1", "s1", "k1", "default"} <= set(known)
    assert not [one for one in known if set(one) & set("{}*N")]


def test_without_a_service_nothing_is_asked_for() -> None:
    inquiry = inquiry_for("inn.example", ("s1",))
    assert (inquiry.wanted, inquiry.service_selectors) == ((), ())


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(BadService):
        inquiry_for("inn.example", (), "no-such-service")


@pytest.mark.parametrize("provider", services())
def test_every_service_gives_names_of_this_domain_only(provider: str) -> None:
    for one in inquiry_for("inn.example", (), provider).wanted:
        for name in (one.name, *one.alternatives):
            assert name == "" or name == "inn.example" or name.endswith(".inn.example")
            assert not set("{}*") & set(name)


@pytest.mark.parametrize("provider", checkable())
def test_all_that_a_service_costs_can_be_asked_in_advance(provider: str) -> None:
    questions = foreseeable(inquiry_for("inn.example", ("s1", "s2"), provider))
    assert len(questions) < MAX_FORESEEN // 2
    assert Question("inn.example", "TXT") in questions


def test_a_region_that_is_not_given_may_be_any() -> None:
    wanted = [one for one in inquiry_for("inn.example", (), "alibaba-directmail").wanted if one.purpose == "dkim"]
    assert len(wanted) == 1
    assert len(wanted[0].alternatives) == 2


def test_a_given_selector_names_the_record_of_the_account() -> None:
    token = "b" * 32
    first = inquiry_for("inn.example", (token, "other"), "amazon-ses").wanted
    named = [one for one in first if one.purpose == "dkim"]
    assert [(one.name, one.value) for one in named] == [
        (f"{token}._domainkey.inn.example", f"{token}.dkim.amazonses.com")
    ]


@pytest.mark.parametrize("provider", [one.id for one in services().values() if one.aligns == "never"])
def test_no_spf_entry_is_asked_for_where_it_can_never_count(provider: str) -> None:
    assert "spf" not in {one.purpose for one in inquiry_for("example.com", (), provider).wanted}
