"""Every code and note that the checks can give is told in words, or is silent for a reason that stands here."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from headerlens.findings import arc, dmarc_record
from headerlens.findings import dkim as dkim_rules
from headerlens.findings import dmarc as dmarc_rules
from headerlens.findings.catalogue import entries
from headerlens.findings.facts import Facts
from headerlens.findings.find import find
from headerlens.findings.handling import find_handling
from headerlens.findings.neighbours import find_neighbours
from headerlens.model.dns import Answer, Evidence, Outcome, Question
from headerlens.model.findings import Finding
from headerlens.model.message import BodyState
from headerlens.model.records import ArcSet, Fault
from headerlens.model.verdicts import (
    ArcCheck,
    DkimCheck,
    Note,
    Opinion,
    Organization,
    PslView,
    Result,
    SpfNode,
    SpfTerm,
    TermState,
)
from headerlens.present.words import LANGUAGES, Words
from headerlens.verify import deviations, handling, neighbours, second_opinion, telltale
from headerlens.verify import spf as spf_room
from tests.support.facts import AUTHOR, HOME, RESULTS, dkim, dmarc, facts, message, signature, spf

HOUSE = Path(__file__).resolve().parents[2] / "headerlens"
CODE = re.compile(r"(spf|sig|key|hash|body|arc|none|fail|na|temperror|note|telltale)\.[a-z0-9_-]+")

SILENT = {
    "arc.none": "there is no chain, so there is nothing to say about one",
    "note.body_missing": "dkim.body-missing says it of the same signature, and the verdict S15",
    "spf.dns": "spf.temperror and dns.no-answer say that an answer is missing; the DNS pane has the kind of failure",
}
"""Codes that no finding tells of its own, each with its reason."""


def _codes() -> Iterator[str]:
    """The literals of a code's form in the rooms that give codes."""
    for room in ("verify", "parse"):
        for path in sorted((HOUSE / room).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                    yield node.value


CODES = tuple(sorted(set(_codes())))

# ---- facts in which a code occurs, beside the same facts without it

_SPF_NOTES = {"spf.local_part_unknown", "spf.helo_unknown", "spf.no_name", "spf.pass_all", "spf.ptr", "spf.dns"}
_DKIM_NOTES = {
    "sig.expired_now", "sig.domain_unacceptable", "key.several", "key.testing", "key.weak", "key.too_long",
    "body.unsigned",
}  # fmt: skip
_MACROS = SpfNode(AUTHOR, "", None, (SpfTerm("exists:%{l}.%{h}.example.net", 0, "exists", "+", TermState.NO_MATCH),))


def _with_spf(code: str) -> tuple[Facts, Facts]:
    if code in _SPF_NOTES:
        plain = spf(AUTHOR, Result.NONE) if code == "spf.no_name" else spf(AUTHOR)
        plain = replace(plain, tree=_MACROS)
        return facts((), replace(plain, notes=(Note(code),))), facts((), plain)
    result = Result.PERMERROR if code not in {f"spf.{word.value}" for word in Result} else Result(code[4:])
    if code in {"spf.no_ip", "spf.no_domain"}:
        result = Result.NONE
    return facts((), spf(AUTHOR, result, code)), facts((), spf(AUTHOR))


def _with_dkim(code: str) -> tuple[Facts, Facts]:
    if code == "sig.not_checked":
        made = message(RESULTS, "DKIM-Signature: v=1; d=x.example")
        return facts((dkim(code=code, result=Result.NEUTRAL),), made=made), facts((dkim(),), made=made)
    if code in _DKIM_NOTES:
        return _noted(code)
    body = BodyState.MISSING if code == "body.missing" else BodyState.COMPLETE
    return facts((dkim(code=code),), body=body), facts((dkim(),))


def _noted(code: str) -> tuple[Facts, Facts]:
    check = dkim(code="key.syntax") if code == "key.too_long" else dkim()
    noted: DkimCheck = replace(check, notes=(Note(code),))
    if code == "key.weak":
        noted = dkim(notes=(code,), bits=1024)
    if code == "body.unsigned":
        noted = replace(noted, unsigned_octets=7)
    return facts((noted,)), facts((check,))


def _with_arc(code: str) -> tuple[Facts, Facts]:
    field_faults = (Fault(code),) if code in {"arc.instance", "arc.seal_h", "arc.seal_signed"} else ()
    chain = ArcSet(1, None, None, signature("fwd.example.org"), "none", faults=field_faults)
    made = replace(message(RESULTS), arc=(chain,))
    named = "arc.broken_structure" if field_faults else code
    return facts(made=made, arc=ArcCheck(Result.FAIL, named)), facts(made=made, arc=ArcCheck(Result.NONE, "arc.none"))


def _with_dmarc(code: str) -> tuple[Facts, Facts]:
    author = "" if code in {"na.no_from", "na.no_domain"} else AUTHOR
    return facts(policy=dmarc(author=author, code=code)), facts((dkim(),))


_DETAILS = {"note.bad_value": "adkim=strict", "note.unknown_tag": "x=y", "note.historic_tag": "pct=50"}


def _with_note(code: str) -> tuple[Facts, Facts]:
    note = Note(code, _DETAILS.get(code, "x.example"))
    plain = dmarc((dkim(),), testing=False)
    psl = PslView("co.jp", None, Result.NONE, None, differs=True)
    noted = replace(plain, notes=(note,), psl=psl, organization=Organization(AUTHOR, HOME, "fewest-labels"))
    return facts((dkim(),), policy=replace(noted, test_mode=code == "note.t")), facts((dkim(),), policy=plain)


def _with_telltale(code: str) -> tuple[Facts, Facts]:
    checked = spf(AUTHOR, mail_from="b-20261121-77@" + AUTHOR)
    names = {
        "telltale.macro": {AUTHOR: "v=spf1 exists:%{i}.x.example -all", "192.0.2.25.x.example": ""},
        "telltale.local-part": {"b-20261121-77.x.example": ""},
        "telltale.selector": {"s" * 40 + "._domainkey.x.example": ""},
    }[code]
    evidence = tuple(
        Evidence(Answer(Question(name, "TXT"), Outcome.FOUND, ((text.encode(),),)), ("spf",))
        for name, text in names.items()
    )
    return facts((), checked, evidence=evidence), facts((), checked)


_MAKERS: dict[str, Callable[[str], tuple[Facts, Facts]]] = {
    "spf": _with_spf,
    "sig": _with_dkim,
    "key": _with_dkim,
    "hash": _with_dkim,
    "body": _with_dkim,
    "arc": _with_arc,
    "none": _with_dmarc,
    "fail": _with_dmarc,
    "na": _with_dmarc,
    "temperror": _with_dmarc,
    "note": _with_note,
    "telltale": _with_telltale,
}

_LAST_RESORTS = frozenset({"dkim-reason.other", "arc-reason.other", "missing.other", "older.other", "spf.permerror"})


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.id, *sorted(finding.params.items())


def test_the_codes_are_found() -> None:
    assert set(spf_room.CODES) | set(telltale.IDS) <= set(CODES)
    assert {"key.too_long", "arc.seal_h", "note.p_not_second", "temperror.org", "hash.header"} <= set(CODES)
    assert set(SILENT) <= set(CODES)


@pytest.mark.parametrize("code", [code for code in CODES if code not in SILENT])
def test_a_code_changes_what_is_told(code: str) -> None:
    given, without = _MAKERS[code.partition(".")[0]](code)
    more = [finding for finding in find(given) if _key(finding) not in set(map(_key, find(without)))]
    assert more
    assert not _LAST_RESORTS & {str(word) for one in more for word in (one.id, *one.params.values())}


@pytest.mark.parametrize("code", CODES)
def test_what_a_code_tells_has_words(code: str) -> None:
    for finding in find(_MAKERS[code.partition(".")[0]](code)[0]):
        _has_words(finding)


def _has_words(finding: Finding) -> None:
    phrases = [finding.params[name] for name, kind in entries()[finding.id].params.items() if kind == "phrase"]
    for language in LANGUAGES:
        assert all(Words(language).has_phrase(str(one)) for one in phrases), phrases
        texts = Words(language).finding(finding)
        assert not re.search(r"[{}]|unknown error|不明なエラー", f"{texts.title} {texts.happened} {texts.means}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_the_rules_the_second_verifier_and_the_receiver_has_words(language: str) -> None:
    words = Words(language)
    ids = {f"second.{opinion.value}" for opinion in Opinion}
    ids |= {f"deviation.{name}" for name in (*deviations.PASSES_ALTHOUGH.values(), *deviations._REFUSES_ALTHOUGH)}
    ids |= {f"second-reason.{name}" for name in _reasons_not_asked()}
    ids |= {f"arc-reason.{name}" for name in (*arc.REASONS, "copy", "other")}
    ids |= {f"dkim-reason.{name}" for name in (*dkim_rules.REASONS, "other")}
    ids |= {f"dmarc-oddity.{name}" for name in dmarc_record.ODDITIES}
    ids |= {f"older.{name}" for name in dmarc_rules.OLDER_REASONS}
    ids |= {f"compauth.{name}" for name in handling.COMPAUTH_MEANINGS}
    ids |= {f"action-taken.{name}" for name in handling.ACTIONS}
    ids |= {f"filter.{name}" for name in handling.FILTER_MEANINGS}
    ids |= {f"one-click.{name}" for name in neighbours.ONE_CLICK_STATES}
    ids |= {f"feedback.{name}" for name in neighbours.FEEDBACK_STATES}
    assert [one for one in sorted(ids) if not words.has_phrase(one)] == []


def _reasons_not_asked() -> set[str]:
    """The words that the docstring of `second_opinion` promises."""
    documented = (second_opinion.second_opinion.__doc__ or "").partition("NOT_ASKED is one of")[2].partition(";")[0]
    return set(re.findall(r'"([a-z-]+)"', documented))


def test_the_reasons_not_asked_are_read_from_the_contract() -> None:
    assert {"size", "no-key", "not-checked"} <= _reasons_not_asked()


def test_neighbours_and_what_receivers_did_are_notes_and_nothing_better() -> None:
    kinds = [one for one in entries() if one.startswith("neighbour.")]
    kinds += ["recorded.compauth", "recorded.action", "recorded.filter", "recorded.foreign-filter"]
    assert {entries()[one].severity.value for one in kinds} == {"note"}
    assert not [*find_neighbours(facts()), *find_handling(facts())]
