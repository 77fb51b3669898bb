"""Recorded results: differences and writers that are not believed; ARC as testimony."""

from __future__ import annotations

from dataclasses import replace

from headerlens.findings.arc import find_arc
from headerlens.findings.recorded import find_recorded
from headerlens.model.message import SourceKind
from headerlens.model.records import ArcSet, Fault, RecordedField, RecordedResult
from headerlens.model.verdicts import ArcCheck, ArcSetCheck, Drift, Result, Trust, TrustedField
from tests.support.facts import RESULTS, believed, compared, dkim, facts, message, signature


def test_a_normal_difference_is_a_note_and_an_unclear_one_a_warning() -> None:
    made = message(RESULTS)
    for reason, identifier in ((Drift.KEY_GONE, "recorded.explained"), (Drift.UNCLEAR, "recorded.differs")):
        rows = (compared("dkim", "pass", Result.PERMERROR, reason, 0),)
        found = list(find_recorded(facts((dkim(),), made=made, trust=believed(made), comparison=rows)))
        assert [f.id for f in found] == [identifier]
        assert found[0].params["reason"] == f"drift.{reason}"
        assert found[0].params["check"] == "DKIM 1"


def test_a_failure_that_passes_today_is_told_as_corrected() -> None:
    made = message(RESULTS)
    rows = (compared("spf", "fail", Result.PASS, Drift.CORRECTED),)
    assert [f.id for f in find_recorded(facts(made=made, trust=believed(made), comparison=rows))] == [
        "recorded.corrected"
    ]


def test_agreement_and_results_of_nobody_we_believe_are_not_compared() -> None:
    made = message(RESULTS)
    rows = (compared("spf", "pass", Result.PASS), compared("dkim", "pass", Result.FAIL, Drift.UNCLEAR, 0))
    assert not list(find_recorded(facts(made=made, trust=believed(made), comparison=rows[:1])))
    assert not list(find_recorded(facts(made=made, comparison=rows)))


def test_writers_that_are_not_believed_are_one_matter() -> None:
    forged = tuple(TrustedField(n, Trust.UNTRUSTED, "trust.below-border", f"mx{n}.example") for n in range(30))
    second = TrustedField(40, Trust.UNTRUSTED, "trust.second-of-id", "mx.google.com")
    found = list(find_recorded(facts(trust=(*forged, second))))
    assert [f.id for f in found] == ["recorded.second", "recorded.untrusted"]
    assert found[1].params["other"] == "mx0.example, mx1.example, mx2.example, mx3.example, mx4.example, …"
    assert len(found[1].where) == 30


def _sealed(result: Result, code: str | None, said: str = "pass") -> list[tuple[str, object]]:
    results = RecordedField(
        0, "ARC-Authentication-Results", "fwd.example.org", (RecordedResult("dmarc", said),), instance=1
    )
    arc_set = ArcSet(1, results, None, signature("fwd.example.org"), "none")
    made = replace(message(RESULTS), arc=(arc_set,))
    found = find_arc(facts(made=made, arc=ArcCheck(result, code)))
    return [(f.id, f.params.get("testimony")) for f in found]


def test_a_chain_is_testimony_whatever_it_says() -> None:
    assert _sealed(Result.PASS, None) == [("arc.testimony", "testimony.pass")]
    assert _sealed(Result.PASS, None, "fail") == [("arc.testimony", "testimony.fail")]
    assert _sealed(Result.PASS, None, "odd") == [("arc.testimony", "testimony.unclear")]


def test_a_missing_key_is_not_a_broken_chain() -> None:
    assert _sealed(Result.FAIL, "arc.key_none") == [("arc.uncheckable", None)]
    assert _sealed(Result.FAIL, "arc.seal_invalid") == [("arc.fail", None)]
    assert not list(find_arc(facts()))


def test_a_broken_chain_says_what_is_broken_and_a_field_s_own_fault_comes_first() -> None:
    plain = ArcSet(1, None, None, signature("fwd.example.org"), "none")
    for faults, code, reason in (
        ((), "arc.cv_fail", "cv_fail"),
        ((), "arc.new_code", "other"),
        ((Fault("arc.seal_h"),), "arc.seal_invalid", "seal_h"),
        ((Fault("arc.seal_h"),), "arc.key_none", "key_none"),
    ):
        made = replace(message(RESULTS), arc=(replace(plain, faults=faults),))
        (found,) = find_arc(facts(made=made, arc=ArcCheck(Result.FAIL, code)))
        assert found.params["reason"] == f"arc-reason.{reason}"


def test_a_body_that_copying_may_have_changed_breaks_no_chain() -> None:
    one = ArcSet(1, None, signature("fwd.example.org"), signature("fwd.example.org"), "none")
    check = ArcCheck(Result.FAIL, "arc.ams_invalid", (ArcSetCheck(one, dkim(), dkim(code="hash.body")),))
    for kind, identifier in ((SourceKind.PASTE, "arc.uncheckable"), (SourceKind.EML, "arc.fail")):
        made = replace(message(RESULTS, kind=kind), arc=(one,))
        assert [f.id for f in find_arc(facts(made=made, arc=check))] == [identifier]


def test_dmarc_that_differs_as_dkim_does_follows_from_it() -> None:
    made = message(RESULTS)
    rows = (
        compared("dkim", "pass", Result.FAIL, Drift.COPY_ALTERED, 0),
        compared("dmarc", "pass", Result.FAIL, Drift.COPY_ALTERED),
    )
    found = list(find_recorded(facts((dkim(),), made=made, trust=believed(made), comparison=rows)))
    assert [one.because for one in found] == [(), ("recorded.differs",)]
    alone = list(find_recorded(facts((dkim(),), made=made, trust=believed(made), comparison=rows[1:])))
    assert [one.because for one in alone] == [()]


def test_a_difference_points_at_the_field_that_tells_of_the_method() -> None:
    made = message("Received-SPF: pass (mx.google.com: x) client-ip=192.0.2.1;", RESULTS)
    places = {field.name.lower(): field.index for field in made.fields}
    own = believed(made)[0]
    trust = tuple(replace(own, field_index=places[name]) for name in ("received-spf", "authentication-results"))
    rows = (
        compared("spf", "pass", Result.FAIL, Drift.UNCLEAR),
        compared("dkim", "pass", Result.FAIL, Drift.UNCLEAR, 0),
    )
    found = list(find_recorded(facts((dkim(),), made=made, trust=trust, comparison=rows)))
    assert [one.where[0].field_index for one in found] == [field.field_index for field in trust]
