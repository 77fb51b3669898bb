"""The golden corpus: whole mails with their DNS answers, and what must come out of them, written from the standards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from headerlens.dns.recorded import load_evidence, replay
from headerlens.findings.catalogue import entries
from headerlens.findings.verdict import exit_status
from headerlens.model.case import Case, Choices
from headerlens.model.message import Refusal
from headerlens.model.verdicts import Drift
from headerlens.pipeline import analyse
from headerlens.present.result import present_result
from headerlens.present.words import Words
from headerlens.reading import open_octets
from headerlens.report.json import report, report_text
from headerlens.verify import comparison, drift
from tests.support import make_corpus

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
NAMES = tuple(sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir()))

DKIM_CODES = (
    "sig.syntax", "sig.duplicate_tag", "sig.version", "sig.missing_tag", "sig.domain_mismatch",
    "sig.from_not_signed", "sig.alg_unknown", "sig.alg_weak", "sig.canon_unknown", "sig.query_unknown",
    "sig.expired", "sig.x_before_t", "sig.future", "sig.domain_unacceptable",
    "key.unavailable", "key.none", "key.several", "key.syntax", "key.version", "key.hash", "key.revoked",
    "key.type", "key.service", "key.short", "key.i_not_d", "key.testing", "hash.body", "hash.header",
    "body.l_too_long", "body.unsigned", "body.missing",
)  # fmt: skip
"""standards.md 2.2, but sig.none (a mail without a signature) and sig.unacceptable (we have no such local rule)."""

SITUATIONS = [*(f"S{number}" for number in range(1, 21)), "S23", "S25"]

UNREACHED_FINDINGS = {
    "cause.proved": "raised by pipeline.prove, after the answer; tests/unit/findings/test_causes.py",
    "cause.header": "as cause.proved",
    "cause.body": "as cause.proved",
    "cause.aside": "as cause.proved",
    "dkim.domain-unacceptable": "d= is a public suffix: kept as a note, because governments send from suffixes",
    "dkim.second-opinion": "raised by findings.second, once the second verifier was heard",
    "spf.permerror": "every code of a permerror has words of its own; this is for one to come",
    "spf.unprocessable": "no input is known that pyspf stumbles over",
    "input.converted": "said of Outlook's binary files; tests/unit/findings/test_intake.py",
    "input.partial": "said of Apple Mail's files, by their name; tests/unit/findings/test_intake.py",
    "input.inside": "said of a mail that was taken out of another one; the cases are whole files",
    "repair.flattened": "the headers of a source on one line; tests/unit/findings/test_losses.py",
    "repair.saved-page": "said of a browser's .mht files; tests/unit/test_damage.py",
    "input.lost-characters": "a copy that failed for it; tests/unit/findings/test_losses.py",
    "input.lost-escapes": "as input.lost-characters",
    "input.hard-wrapped": "as input.lost-characters",
    "repair.msg-headers": "said of Outlook's binary files; the cases are texts",
}
"""Ids of the catalogue that no message can raise, each with its reason."""

UNREACHED_ROWS = {
    "dkim 0": "dkim=none names no signature, so it is matched with none",
    "spf 0": "equal words agree before the table is read",
}
"""Rows of the drift tables, by their place, that stand for safety only: what comes before them decides."""


@dataclass(frozen=True)
class Given:
    """A case of the corpus as read from its folder."""

    name: str
    octets: bytes
    zone: str
    input: dict[str, Any]
    expected: dict[str, Any]


@cache
def given(name: str) -> Given:
    folder = CORPUS / name
    facts = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    zone = (folder / "dns.json").read_text(encoding="utf-8")
    return Given(name, (folder / "message.eml").read_bytes(), zone, facts["input"], facts["expected"])


@cache
def case_of(name: str) -> Case:
    one = given(name)
    raw = open_octets(one.octets, f"{name}.eml", pasted=one.input["pasted"])
    assert not isinstance(raw, Refusal), raw.id
    now = datetime.fromisoformat(one.input["checked_at"])
    return analyse(raw, load_evidence(one.zone), now, choices=choices_of(one.input["choices"]))


def choices_of(written: dict[str, Any]) -> Choices:
    made = dict(written)
    made["trusted"] = tuple(made.get("trusted", ()))
    if "as_of" in made:
        made["as_of"] = datetime.fromisoformat(made["as_of"])
    return Choices(**made)


def outcome(case: Case) -> dict[str, Any]:
    """What the program says of a case, in the form of `expected`."""
    kinds = {field.index: field.name for field in case.message.fields}
    return {
        "exit_status": exit_status(case),
        "level": case.judgement.level.value,
        "situation": case.judgement.situation,
        "variant": case.judgement.params.get("variant", ""),
        "dkim": [
            [c.result.value, c.code, c.header_hash.value, c.body_hash.value, c.at_receipt.value] for c in case.dkim
        ],
        "notes": [[note.code for note in check.notes] for check in case.dkim],
        "spf": [case.spf.result.value, case.spf.code],
        "dmarc": [case.dmarc.result.value, case.dmarc.code, case.dmarc.disposition],
        "arc": [case.arc.result.value, case.arc.code],
        "body": case.body_state.value,
        "comparison": [[c.method, c.recorded, c.now.value, c.agrees, c.reason.value] for c in case.comparison],
        "findings": [finding.id for finding in case.findings],
        "border": case.sender.border,
        "trusted": [[kinds[one.field_index], one.name, one.trust.value] for one in case.trust],
    }


def differences(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    for key in sorted(expected.keys() | found.keys()):
        wanted, got = expected.get(key, "(nothing)"), found.get(key, "(nothing)")
        if wanted != got:
            yield f"{key}:\n    expected {json.dumps(wanted)}\n    found    {json.dumps(got)}"


@pytest.mark.parametrize("name", NAMES)
def test_a_case_comes_to_what_was_expected(name: str) -> None:
    why = (CORPUS / name / "why.md").read_text(encoding="utf-8")
    found = "\n".join(differences(given(name).expected, outcome(case_of(name))))
    assert not found, f"{name}: {why}{found}"


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_found_again_from_its_own_evidence(name: str) -> None:
    case = case_of(name)
    assert analyse(case.raw, replay(case.evidence), case.checked_at, choices=case.choices) == case


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_told_in_words_without_gaps(name: str, language: str) -> None:
    case = case_of(name)
    words = Words(language)
    told = report(case, present_result(case, words))
    texts = list(_texts([told["findings"], told["verdict"]]))
    assert [text for text in texts if _GAP.search(text)] == []
    json.loads(report_text([told]))


_GAP = re.compile(r"\{|unknown error|不明なエラー|\S  \S| [.:;,](?:\s|$)|\bd=(?:[.。]|$)|「」|の の")
"""A placeholder, an admission, or the hole that an empty value leaves; no case has a brace in its own values."""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


# ---- the corpus as a whole


def test_running_the_maker_gives_the_committed_files() -> None:
    made = {(one.name, name): content for one in make_corpus.cases() for name, content in one.files().items()}
    kept = {(path.parent.name, path.name): path.read_bytes() for path in CORPUS.glob("*/*")}
    assert sorted(made) == sorted(kept)
    assert [key for key in made if made[key] != kept[key]] == []


def expectations(key: str) -> list[Any]:
    return [given(name).expected[key] for name in NAMES]


@pytest.mark.parametrize("code", DKIM_CODES)
def test_every_dkim_code_is_raised_by_one_case_and_not_by_another(code: str) -> None:
    checks = [
        {check[1] for check in dkim} | {code for each in notes for code in each}
        for dkim, notes in zip(expectations("dkim"), expectations("notes"), strict=True)
    ]
    assert any(code in codes for codes in checks)
    assert any(dkim and code not in codes for dkim, codes in zip(expectations("dkim"), checks, strict=True))


def test_some_case_has_no_signature() -> None:
    assert [] in expectations("dkim")


def test_every_drift_occurs() -> None:
    assert {row[4] for rows in expectations("comparison") for row in rows} == {one.value for one in Drift}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_occurs(situation: str) -> None:
    assert situation in expectations("situation")


def test_every_finding_occurs_unless_it_cannot() -> None:
    raised = {identifier for found in expectations("findings") for identifier in found}
    of_mails = {identifier for identifier in entries() if not identifier.startswith("domain.")}
    # those of the domain check have cases of their own: tests/unit/domains
    assert of_mails - raised == set(UNREACHED_FINDINGS)


def test_every_row_of_the_drift_tables_decides_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """One table after the other, the rows in their order, as `table number`."""
    tables = {
        "dkim": drift.DKIM_TABLE,
        "spf": drift.SPF_TABLE,
        "dmarc": drift.DMARC_TABLE,
        "arc": drift.ARC_TABLE,
    }
    every = {f"{name} {at}" for name, table in tables.items() for at in range(len(table))}
    used: set[str] = set()
    look_up = drift.look_up

    def noted(table: tuple[drift.Row, ...], recorded: str, now: str) -> Drift:
        name = next(name for name, one in tables.items() if one is table)
        fits = (not row.recorded or recorded in row.recorded for row in table)
        for at, (row, fit) in enumerate(zip(table, fits, strict=True)):
            if fit and (not row.now or now in row.now):
                used.add(f"{name} {at}")
                break
        return look_up(table, recorded, now)

    monkeypatch.setattr(comparison, "look_up", noted)
    for name in NAMES:
        one = case_of(name)
        comparison.compare(one.message, one.trust, one.dkim, one.spf, one.arc, one.dmarc, one.body_state)
    assert every - used == set(UNREACHED_ROWS)
