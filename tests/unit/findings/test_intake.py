"""The copy, the path and DNS."""

from __future__ import annotations

from dataclasses import replace

from headerlens.findings.facts import Facts
from headerlens.findings.intake import REPAIRS, find_intake, rewriting_program
from headerlens.model.case import Choices
from headerlens.model.dns import Failure
from headerlens.model.message import BodyState, Repair, SourceKind
from tests.support.facts import RESULTS, dkim, facts, failed, message


def _ids(given: Facts) -> list[str]:
    return [finding.id for finding in find_intake(given)]


def test_every_repair_is_noted_and_an_unknown_one_passed_over() -> None:
    made = message(RESULTS)
    repairs = tuple(Repair(identifier, 3) for identifier in (*REPAIRS, "repair.new"))
    made = replace(made, raw=replace(made.raw, repairs=repairs))
    assert _ids(facts((), made=made)) == list(REPAIRS)


def test_a_repair_that_a_signature_confirms_is_not_called_likely() -> None:
    made = replace(message(RESULTS), raw=replace(message(RESULTS).raw, repairs=(Repair("repair.quoted", 3),)))
    (found,) = find_intake(facts((dkim(),), made=made))
    assert (found.id, found.params) == ("repair.undone", {"n": 3, "how": "undone.quoted"})
    unsigned = replace(dkim(), unsigned_octets=4)
    assert _ids(facts((unsigned,), made=made)) == ["repair.quoted"]


def test_names_without_an_answer_are_told_and_counted() -> None:
    evidence = tuple(failed(f"n{n}.example") for n in range(9))
    found = next(find_intake(facts(evidence=evidence)))
    assert (found.id, found.params["n"]) == ("dns.no-answer", 9)
    assert str(found.params["names"]).endswith("…")


def test_offline_is_one_matter_not_many() -> None:
    evidence = (failed("a.example", Failure.OFFLINE), failed("b.example", Failure.OFFLINE))
    assert _ids(facts(evidence=evidence)) == ["dns.offline"]
    assert _ids(facts(evidence=evidence, choices=Choices(offline=True))) == ["dns.offline"]


def test_what_kind_of_copy_it_is() -> None:
    assert _ids(facts(body=BodyState.MISSING)) == ["input.headers-only"]
    for kind, identifier in ((SourceKind.MSG, "input.converted"), (SourceKind.EMLX, "input.partial")):
        made = message(RESULTS, kind=kind)
        made = replace(made, raw=replace(made.raw, body_kept=False))
        assert _ids(facts(made=made, body=BodyState.MISSING)) == [identifier]
    assert _ids(facts(made=message(RESULTS, kind=SourceKind.EMLX), body=BodyState.MISSING)) == ["input.headers-only"]
    assert _ids(facts(body=BodyState.ALTERED)) == ["input.rewritten"]
    pasted = message(RESULTS, kind=SourceKind.PASTE)
    assert _ids(facts(made=pasted, body=BodyState.UNKNOWN)) == ["input.pasted"]


def test_the_rewriting_program_is_named_by_its_traces() -> None:
    assert rewriting_program(facts(made=message("X-Pm-Origin: internal"))) == "program.proton"
    assert rewriting_program(facts(made=message("X-MS-Exchange-Organization-SCL: 1"))) == "program.microsoft"
    assert rewriting_program(facts()) == "program.other"


def test_a_message_without_a_path_says_so() -> None:
    assert "path.none" in _ids(facts(made=message(received=())))
    given = facts()
    assert "path.no-border" in _ids(replace(given, sender=replace(given.sender, border=None)))
