"""A line of the table says what the page of the opened message says."""

from __future__ import annotations

import pytest

from headerlens.present.batch import summarise
from headerlens.present.harmless import harmless
from headerlens.present.result import present_result
from headerlens.present.views import RowKind, plain
from headerlens.present.words import LANGUAGES, Words
from headerlens.samples import samples
from tests.support.reports import hostile_case, sample_case

CASES = [sample_case(one.name) for one in samples()] + [hostile_case()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.raw.name)
def test_the_line_says_what_the_page_says(case: object) -> None:
    row = summarise(case)  # type: ignore[arg-type]  # ids of pytest are untyped
    for said, language in zip(row.said, LANGUAGES, strict=True):
        page = present_result(case, Words(language))  # type: ignore[arg-type]
        causes = [one for one in page.findings if one.severity in {"problem", "warning"}]
        assert said.headline == plain(page.verdict.headline)
        assert said.cause == (causes[0].title if causes else "")
        assert row.finding == (causes[0].code if causes else "")
        assert said.chips.now == next(one for one in page.ladder.rows if one.kind is RowKind.FROM).now
        assert (row.level, row.glyph, row.tone) == (page.verdict.level, page.verdict.glyph, page.verdict.tone)


@pytest.mark.parametrize(
    "value", ["plain", " a  b ", "a\tb", "", " x ", "é", "a" * 300, "a\x1bb", "a b c", "~", "\x7f"]
)
def test_the_quick_way_for_plain_values_gives_what_the_long_one_gives(value: str) -> None:
    # a right-to-left letter behind takes the long way
    whole = harmless(value + "\u05d0", 200)
    assert harmless(value, 199).rstrip("…") in {whole.strip("\u2068\u2069").removesuffix("\u05d0").strip(), value[:198]}
