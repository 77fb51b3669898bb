"""A DMARC record tag by tag, in both languages (RFC 9989 4.7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headerlens.parse.dmarc import PLAIN_VALUES, POLICIES, POLICY_TAGS, parse_dmarc
from headerlens.present.tag_table import tag_table
from headerlens.present.words import LANGUAGES, Words
from tests.support.facts import AUTHOR, case_of, dkim, dmarc, facts


def _table(text: str, language: str = "en") -> dict[str, tuple[str, str]]:

    checks = (dkim(AUTHOR),)
    check = replace(dmarc(checks, home=AUTHOR), record=parse_dmarc(AUTHOR, text))
    table = tag_table(case_of(replace(facts(checks), dmarc=check)), Words(language))
    assert table is not None
    return {row.tag: (row.value, row.meaning) for row in table.rows}


def test_every_tag_is_told_and_so_are_the_defaults_that_matter() -> None:
    rows = _table("v=DMARC1; p=reject; sp=quarantine; adkim=s; rua=mailto:a@example.com; pct=50")
    assert rows["p"][1].startswith("Failing mail of")
    assert "suspicious" in rows["sp"][1]
    assert rows["adkim"][1] == "DKIM: only exactly the shown sender's domain fits."
    assert "without effect" in rows["pct"][1]
    assert rows["np"] == ("(not set)", "Subdomains that don't exist: the same as sp.")
    assert rows["t"][0] == rows["aspf"][0] == "(not set)"


def test_a_value_that_does_not_count_says_what_counts_instead() -> None:
    rows = _table("v=DMARC1; p=reject; adkim=strict; repot=x; rua=foo")
    assert rows["adkim"][1] == "This tag has no such value; it counts as r."
    assert rows["repot"][1] == "Nobody defined this tag; receivers ignore it."
    assert "mailto" in rows["rua"][1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_words(language: str) -> None:
    words = Words(language)
    for tag in POLICY_TAGS:
        assert all(words.has_phrase(f"tag.{tag}.{value}") for value in (*POLICIES, "bad")), tag
    for tag, values in PLAIN_VALUES.items():
        assert all(words.has_phrase(f"tag.{tag}.{value}") for value in (*values, "bad")), tag


def test_values_are_made_harmless() -> None:
    assert "\u202e" not in "".join(_table("v=DMARC1; p=none; x=\u202eabc")["x"])
