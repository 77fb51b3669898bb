"""The static walk through an SPF record: counts, dead ends, loops, places of mistakes."""

from __future__ import annotations

from headerlens.domains.spf import inspect_spf
from headerlens.model.domain import SpfCost
from headerlens.model.limits import SPF_MAX_COUNTED_LOOKUPS
from tests.support.domains import HOME, Zone, lookup, text


def walk(record: str, more: Zone | None = None):  # type: ignore[no-untyped-def]  # noqa: ANN201
    zone: Zone = {HOME: {"TXT": text(record)}, **(more or {})}
    return inspect_spf(HOME, lookup(zone))


def test_all_terms_are_counted_whichever_would_match() -> None:
    found = walk(
        "v=spf1 a mx include:one.example exists:%{i}.two.example ip4:192.0.2.1 ptr -all",
        {HOME: {"TXT": text("v=spf1 a mx include:one.example exists:%{i}.two.example ip4:192.0.2.1 ptr -all"),
                "A": ["192.0.2.1"], "MX": ["10 mx.inn.example"]},
         "one.example": {"TXT": text("v=spf1 a:host.example -all")}, "host.example": {"A": ["192.0.2.7"]}},
    )  # fmt: skip
    assert found.code == ""
    assert found.lookups == 6
    assert found.costs[0] == SpfCost("include:one.example", 2)
    assert found.voids == ()


def test_nothing_behind_all_is_counted() -> None:
    assert walk("v=spf1 -all include:one.example").lookups == 0


def test_a_redirect_is_followed_where_there_is_no_all() -> None:
    more = {"one.example": {"TXT": text("v=spf1 ip4:192.0.2.1 -all")}}
    assert walk("v=spf1 redirect=one.example", more).lookups == 1
    assert walk("v=spf1 redirect=one.example", more).code == ""


def test_an_include_of_two_records_leads_nowhere() -> None:
    more = {"one.example": {"TXT": text("v=spf1 -all", "v=spf1 mx -all")}}
    found = walk("v=spf1 include:one.example -all", more)
    assert (found.code, found.missing) == ("include-none", ("one.example",))


def test_a_circle_of_includes_ends() -> None:
    more = {"one.example": {"TXT": text(f"v=spf1 include:{HOME} -all")}}
    found = walk("v=spf1 include:one.example -all", more)
    assert (found.code, found.loops) == ("include-loop", (HOME,))


def test_a_wide_tree_is_cut() -> None:
    wide = " ".join(f"include:s{n}.example" for n in range(200))
    more: Zone = {f"s{n}.example": {"TXT": text(f"v=spf1 {wide} -all")} for n in range(200)}
    assert walk(f"v=spf1 {wide} -all", more).lookups == SPF_MAX_COUNTED_LOOKUPS


def test_an_answer_that_is_missing_is_no_mistake_of_the_record() -> None:
    found = walk("v=spf1 include:one.example -all", {"one.example": {"TXT": {"error": "servfail"}}})
    assert (found.code, found.missing, found.voids) == ("unanswered", (), ())


def test_an_exists_that_finds_nothing_is_not_void() -> None:
    assert walk("v=spf1 exists:a.example exists:b.example exists:c.example -all").voids == ()


def test_one_family_of_addresses_is_enough() -> None:
    assert walk("v=spf1 a:one.example -all", {"one.example": {"AAAA": ["2001:db8::1"]}}).voids == ()
