"""What became of SPF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headerlens.findings.catalogue import entries
from headerlens.findings.facts import Facts
from headerlens.findings.spf import find_spf, macro_letters
from headerlens.model.verdicts import Identity, Note, Result, SpfCheck, SpfNode, SpfTerm, TermState
from tests.support.facts import AUTHOR, FORWARDED, NO_SPF, RESULTS, dkim, dmarc, facts, message, spf

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
        (spf(AUTHOR, Result.PERMERROR, "spf.unprocessable"), "spf.unprocessable"),
        (spf(AUTHOR, Result.PERMERROR, "spf.not_ascii"), "spf.not-ascii"),
        (spf(AUTHOR, Result.PERMERROR, "spf.too_many_mx"), "spf.too-many-mx"),
        (spf(AUTHOR, Result.PERMERROR, "spf.include_loop"), "spf.include-loop"),
        (spf(AUTHOR, Result.PERMERROR, "spf.yet_to_come"), "spf.permerror"),
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


@pytest.mark.parametrize(
    ("mail_from", "extra"),
    [("srs0=ab=cd=example.com=news@example.org", ()), (None, ("List-Id: Talk <talk.example.org>",))],
)
def test_a_forwarder_or_list_is_no_service(mail_from: str | None, extra: tuple[str, ...]) -> None:
    given = facts((dkim(AUTHOR),), spf("example.org", mail_from=mail_from), made=message(RESULTS, *extra))
    assert _ids(given) == ["spf.passed-on"]


def test_a_server_that_only_strict_mode_refuses_is_listed() -> None:
    checked = spf(f"mail.{AUTHOR}")
    assert _ids(facts((), checked, policy=dmarc((), checked, strict=True))) == ["spf.listed"]


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


def _noted(check: SpfCheck, *codes: str, tree: SpfNode | None = None) -> list[str]:
    return _ids(facts((), replace(check, notes=tuple(map(Note, codes)), tree=tree)))


def _tree(spec: str, state: TermState = TermState.NO_MATCH) -> SpfNode:
    inner = SpfNode("inner.example", "", None, (SpfTerm(f"exists:{spec}", 0, "exists", "+", state),))
    return SpfNode(
        AUTHOR, "", None, (SpfTerm("include:inner.example", 0, "include", "+", TermState.NO_MATCH, child=inner),)
    )


def test_a_name_that_does_not_exist_is_more_than_a_missing_record() -> None:
    assert _noted(spf(AUTHOR, Result.NONE), "spf.no_name") == ["spf.no-name"]
    assert _noted(spf(AUTHOR), "spf.no_name") == ["spf.listed"]


def test_an_assumed_value_is_told_only_where_the_record_asks_for_it() -> None:
    assumed = ("spf.local_part_unknown", "spf.helo_unknown")
    assert _noted(spf(AUTHOR), *assumed, tree=_tree("%{i}.x.example")) == ["spf.listed"]
    assert _noted(spf(AUTHOR), *assumed, tree=_tree("%{l}.x.example")) == ["spf.listed", "spf.assumed"]
    assert _noted(spf(AUTHOR), tree=_tree("%{l}.x.example")) == ["spf.listed"]
    not_reached = _tree("%{l}.x.example", TermState.NOT_REACHED)
    assert _noted(spf(AUTHOR), *assumed, tree=not_reached) == ["spf.listed"]
    checked = replace(spf(AUTHOR), notes=tuple(map(Note, assumed)), tree=_tree("%{s}.%{h}.x.example"))
    assert [one.params.get("reason") for one in find_spf(facts((), checked))] == [None, "assumed.both"]


def test_macro_letters_are_gathered_through_the_tree() -> None:
    assert macro_letters(_tree("%{L1r-}.%{d2}.x.example")) == {"l", "d"}


def test_ptr_is_remarked_whatever_came_of_it() -> None:
    assert _noted(spf(AUTHOR), "spf.ptr") == ["spf.listed", "spf.ptr"]
    assert _noted(spf(AUTHOR, Result.FAIL), "spf.ptr") == ["spf.fail", "spf.ptr"]
