"""How DMARC records are written: slips in one sentence for each kind, told once."""

from __future__ import annotations

from headerlens.findings.dmarc_record import find_record_notes
from headerlens.model.findings import Finding
from headerlens.model.verdicts import Note
from tests.support.facts import AUTHOR, HOME, dkim, dmarc, facts


def _found(*notes: Note, code: str | None = None) -> list[Finding]:
    return list(find_record_notes(facts((dkim(),), policy=dmarc((dkim(),), notes=notes, code=code))))


def test_tags_of_one_kind_stand_in_one_sentence() -> None:
    (found,) = _found(*(Note("note.unknown_tag", f"x{n}=1") for n in range(6)))
    assert (found.id, dict(found.params)) == (
        "dmarc.unknown-tag",
        {"domain": HOME, "tag": "x0=1, x1=1, x2=1, x3=1, …"},
    )


def test_a_tag_without_end_is_cut() -> None:
    (found,) = _found(Note("note.bad_value", "adkim=" + "x" * 10_000))
    assert len(str(found.params["tag"])) == 61


def test_a_wrong_policy_is_left_to_its_own_finding() -> None:
    assert not _found(Note("note.bad_value", "p=rejct"), Note("note.bad_value", "SP=x"))


def test_each_oddity_is_told_once() -> None:
    found = _found(Note("note.tag_case", "P=reject"), Note("note.tag_case", "RUA=x"), Note("note.syntax", "junk"))
    assert [one.params["reason"] for one in found] == ["dmarc-oddity.tag_case", "dmarc-oddity.syntax"]


def test_a_record_that_is_passed_over_names_its_place_unless_it_is_why_there_is_none() -> None:
    note = Note("note.several_records", AUTHOR)
    assert [(one.id, one.params["domain"]) for one in _found(note)] == [("dmarc.several-above", AUTHOR)]
    assert not _found(note, code="none.several_records")


def test_a_public_suffix_is_named_beside_the_sender() -> None:
    (found,) = _found(Note("note.public_suffix", "co.jp"))
    assert (found.id, dict(found.params)) == ("dmarc.public-suffix", {"author": AUTHOR, "suffix": "co.jp"})
