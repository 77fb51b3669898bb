"""The records that findings ask for, over the golden cases (interface.md 7.1)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from headerlens.dns.recorded import load_evidence
from headerlens.intake.files import read_octets
from headerlens.model.case import Case, Choices
from headerlens.model.findings import RecordEdit
from headerlens.model.message import Refusal
from headerlens.parse.dmarc import parse_dmarc
from headerlens.parse.spf import is_spf, parse_spf
from headerlens.pipeline import analyse
from headerlens.present.record_changes import record_changes
from headerlens.present.words import Words

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def _case(name: str) -> Case:
    folder = CORPUS / name
    given = json.loads((folder / "expected.json").read_text("utf-8"))["input"]
    raw = read_octets((folder / "message.eml").read_bytes(), name, pasted=given["pasted"])
    assert not isinstance(raw, Refusal)
    ask = load_evidence((folder / "dns.json").read_text("utf-8"))
    choices = Choices(trusted=tuple(given["choices"].get("trusted", ())))
    return analyse(raw, ask, datetime.fromisoformat(given["checked_at"]), choices=choices)


def _edit(name: str, finding: str) -> RecordEdit:
    (edit,) = next(one.edits for one in _case(name).findings if one.id == finding)
    return edit


@pytest.mark.parametrize(
    ("case", "finding", "after"),
    [
        ("publish-quoted-spf", "publish.quoted-spf", "v=spf1 ip4:192.0.2.25 -all"),
        ("dmarc-bad-value", "dmarc.bad-value", "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"),
        ("dmarc-odd-writing", "dmarc.fragile", "v=DMARC1; p=reject; rua=mailto:d@example.com"),
        ("dmarc-no-record", "dmarc.no-record", "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.com"),
        ("publish-quoted-dmarc", "publish.quoted-dmarc", "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"),
    ],
)
def test_the_record_is_given_as_it_should_be(case: str, finding: str, after: str) -> None:
    assert _edit(case, finding).after == (after,)


def test_a_doubled_name_gives_the_key_and_the_name_it_belongs_to() -> None:
    edit = _edit("publish-doubled-key", "publish.doubled-key")
    assert (edit.name, edit.before) == ("s1._domainkey.example.com", ())
    assert edit.after[0].startswith("v=DKIM1; k=rsa; p=")


def test_an_edit_is_shown_once() -> None:
    findings = (*_case("dmarc-odd-writing").findings, *_case("dmarc-duplicate-tag").findings)
    assert len({edit for finding in findings for edit in finding.edits}) == 2
    assert sum(bool(finding.edits) for finding in findings) == 2


@pytest.mark.parametrize("folder", sorted(path.name for path in CORPUS.iterdir()))
def test_what_is_to_be_published_keeps_its_grammar_and_is_put_into_words(folder: str) -> None:
    for finding in _case(folder).findings:
        for edit in finding.edits:
            assert edit.before != edit.after
            for text in edit.after:
                _keeps_its_grammar(edit, text)
        for language in ("en", "ja"):
            for change in record_changes(finding, Words(language)):
                assert change.heading
                assert "edit." not in change.heading
                assert "{" not in change.heading


def _keeps_its_grammar(edit: RecordEdit, text: str) -> None:
    if edit.name.startswith("_dmarc."):
        record = parse_dmarc(edit.name, text)
        assert record is not None
        assert record.notes == ()
    elif edit.rtype == "TXT" and is_spf(text.encode()):
        assert all(term.fault is None for term in parse_spf(text))
