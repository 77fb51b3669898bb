"""What became of SPF."""

from __future__ import annotations

import pytest

from headerlens.findings.catalogue import entries
from headerlens.findings.facts import Facts
from headerlens.findings.spf import find_spf
from headerlens.model.verdicts import Identity, Result, SpfCheck
from tests.support.facts import AUTHOR, FORWARDED, NO_SPF, RESULTS, dkim, facts, message, spf

OTHER = "bounce.mailer-7.example.net"


def _ids(given: Facts) -> list[str]:
    return [finding.id for finding in find_spf(given)]


@pytest.mark.parametrize(
    ("check", "identifier"),
    [
        (spf(AUTHOR), "spf.listed"),
        (spf(AUTHOR, Result.FAIL), "spf.fail"),
        (spf(AUTHOR, Result.SOFTFAIL), "spf.softfail"),
        (spf(AUTHOR, Result.NEUTRAL), "spf.neutral"),
        (spf(AUTHOR, Result.NONE), "spf.none"),
        (spf(AUTHOR, Result.TEMPERROR), "spf.temperror"),
        (spf(AUTHOR, Result.PERMERROR, "spf.unprocessable"), "spf.permerror"),
        (spf(AUTHOR, Result.PERMERROR, "spf.too_many_lookups"), "spf.too-many-lookups"),
        (spf(AUTHOR, Result.PERMERROR, "spf.too_many_voids"), "spf.too-many-voids"),
        (spf(AUTHOR, Result.PERMERROR, "spf.several_records"), "spf.several-records"),
        (spf(AUTHOR, Result.PERMERROR, "spf.syntax"), "spf.syntax"),
        (spf(AUTHOR, Result.PERMERROR, "spf.redirect_none"), "spf.include-none"),
        (spf(AUTHOR, Result.NONE, "spf.no_ip", ip=None), "spf.no-ip"),
        (NO_SPF, "spf.no-domain"),
        (spf(OTHER), "spf.elsewhere"),
    ],
)
def test_each_outcome_has_its_finding(check: SpfCheck, identifier: str) -> None:
    assert _ids(facts((), check)) == [identifier]


def test_a_pass_for_somebody_else_is_never_a_good_finding() -> None:
    for given in (facts((), spf(OTHER)), facts((dkim(AUTHOR),), spf(OTHER))):
        assert all(entries()[identifier].severity != "good" for identifier in _ids(given))


def test_a_service_is_told_where_the_signature_decides() -> None:
    assert _ids(facts((dkim(AUTHOR),), spf(OTHER))) == ["spf.service"]


def test_forwarding_is_named_only_with_a_passing_signature_and_a_trace() -> None:
    made = message(RESULTS, received=FORWARDED)
    assert _ids(facts((dkim(AUTHOR),), spf(AUTHOR, Result.FAIL), made=made)) == ["spf.forwarded"]
    assert _ids(facts((), spf(AUTHOR, Result.FAIL), made=made)) == ["spf.fail"]
    assert _ids(facts((dkim(AUTHOR),), spf(AUTHOR, Result.FAIL))) == ["spf.fail"]


def test_the_number_of_lookups_is_above_the_limit_it_breaks() -> None:
    found = next(find_spf(facts((), spf(AUTHOR, Result.PERMERROR, "spf.too_many_lookups"))))
    assert found.params["n"] == 11


def test_a_null_return_path_and_a_record_for_everybody_are_remarked() -> None:
    assert _ids(facts((), spf(AUTHOR, identity=Identity.HELO))) == ["spf.listed", "spf.helo"]
    assert _ids(facts((), spf(AUTHOR, matched="+all"))) == ["spf.listed", "spf.allows-everyone"]
