"""Lines put in beside signed ones."""

from __future__ import annotations

from dataclasses import replace

from headerlens.findings.added import find_added, shows_unsigned
from headerlens.findings.facts import Facts
from headerlens.findings.find import find
from headerlens.model.verdicts import DkimCheck, SignedField
from tests.support.facts import AUTHOR, RESULTS, dkim, facts, message, spf


def _given(check: DkimCheck, *signed: int) -> Facts:
    """Two Subject lines, of which those at `signed` (0 the upper) are covered."""
    made = message(RESULTS, "Subject: You have won")
    indexes = [field.index for field in made.fields if field.key == "subject"]
    covered = tuple(SignedField("subject", indexes[place]) for place in signed)
    return facts((replace(check, signed_fields=covered, unsigned_names=("subject",)),), spf(AUTHOR), made=made)


def test_a_line_beside_a_signed_one_is_a_warning_that_shows_both() -> None:
    (found,) = find_added(_given(dkim(AUTHOR), 1))
    assert (found.id, found.params, len(found.where)) == ("headers.added", {"names": "Subject"}, 2)


def test_a_second_line_about_the_body_is_told_in_words_of_its_own() -> None:
    made = message(RESULTS, "Content-Type: text/html", "Content-Type: text/plain")
    indexes = [field.index for field in made.fields if field.key == "content-type"]
    check = replace(dkim(AUTHOR), signed_fields=(SignedField("content-type", indexes[1]),))
    (found,) = find_added(facts((check,), made=made))
    assert (found.id, found.params, len(found.where)) == ("headers.added-body", {"names": "Content-Type"}, 2)
    assert shows_unsigned(facts((check,), made=made))


def test_text_behind_the_length_is_covered_by_any_whole_signature() -> None:
    part = replace(dkim(AUTHOR), unsigned_octets=20)
    assert shows_unsigned(facts((part,)))
    assert not shows_unsigned(facts((part, dkim(AUTHOR, index=1))))
    assert not shows_unsigned(facts((dkim(AUTHOR),)))
    assert not shows_unsigned(facts())


def test_it_is_not_said_twice() -> None:
    assert "dkim.unsigned-headers" not in [one.id for one in find(_given(dkim(AUTHOR), 1))]


def test_lines_that_are_all_signed_or_all_unsigned_are_another_matter() -> None:
    assert not list(find_added(_given(dkim(AUTHOR), 0, 1)))
    assert not list(find_added(_given(dkim(AUTHOR))))


def test_a_signature_that_does_not_pass_or_is_foreign_covers_nothing() -> None:
    assert not list(find_added(_given(dkim(AUTHOR, "hash.body"), 1)))
    assert not list(find_added(_given(dkim("example.net"), 1)))
