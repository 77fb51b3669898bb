"""The report as Markdown: whole, and nothing in it that the mail wrote takes effect."""

from __future__ import annotations

import re

import pytest

from headerlens.present.result import present_result
from headerlens.present.words import LANGUAGES, Words
from headerlens.report.markdown import escaped, markdown_report
from tests.unit.findings.test_edits import _case


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("[x](http://evil.example)", r"\[x\](http\://evil.example)"),
        ("![x](y)", r"\!\[x\](y)"),
        ("www.evil.example", r"www\.evil.example"),
        ("a@b.example", r"a\@b.example"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("| cell | `code` | *b* | _i_ | # h", r"\| cell \| \`code\` \| \*b\* \| \_i\_ \| \# h"),
        ("https&colon;//x", r"https\&colon;//x"),
    ],
)
def test_signs_lose_their_meaning(written: str, shown: str) -> None:
    assert escaped(written) == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_the_answer_the_ladder_and_the_findings(language: str) -> None:
    view = present_result(_case("publish-doubled-key"), Words(language))
    text = markdown_report(view)
    assert text.startswith("# ✗ ")
    assert text.endswith("\n")
    assert "|---|---|---|---|---|" in text
    assert "HL-345" in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)


def test_a_record_shows_what_goes_and_what_comes() -> None:
    text = markdown_report(present_result(_case("dmarc-bad-value"), Words("en")))
    assert "~~v=DMARC1; p=reject; rua=mailto:dmarc\\@example.com; adkim=strict~~" in text
    assert "**v=DMARC1; p=reject; rua=mailto:dmarc\\@example.com" in text
