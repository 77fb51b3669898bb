"""Words are found wherever they stand, and round the end."""

from __future__ import annotations

from headerlens.gui.source_lines import Kind, Line
from headerlens.gui.source_search import MOST_MATCHES, Match, Matches


def lines(*texts: str) -> list[Line]:
    return [Line(Kind.BODY, text, 0, len(text), len(text)) for text in texts]


def test_capitals_matter_only_when_asked() -> None:
    text = lines("DKIM dkim Dkim")
    assert len(Matches("dkim", text)) == 3
    assert len(Matches("dkim", text, exact=True)) == 1


def test_what_is_sought_is_no_pattern() -> None:
    assert len(Matches("a.c(", lines("abc(", "a.c("))) == 1


def test_columns_count_as_the_text_field_counts() -> None:
    assert Matches("語", lines("😀語")).places == [Match(0, 2, 1)]
    assert Matches("😀", lines("x😀")).places == [Match(0, 1, 2)]


def test_next_and_previous_go_round() -> None:
    found = Matches("x", lines("x..x", "...", "x"))
    assert [found.after(0, 0), found.after(0, 1), found.after(1, 0), found.after(2, 1)] == [0, 1, 2, 0]
    assert [found.before(2, 0), found.before(0, 3), found.before(0, 0)] == [1, 0, 2]


def test_nothing_sought_finds_nothing() -> None:
    assert Matches("", lines("x")).after(0, 0) is None
    assert Matches("y", lines("x")).before(0, 0) is None


def test_only_those_in_sight_are_given() -> None:
    found = Matches("x", lines("x", "x", "x x", "x"))
    assert [match.line for match in found.within(1, 2)] == [1, 2, 2]


def test_a_letter_that_is_everywhere_is_counted_to_a_bound() -> None:
    found = Matches("x", lines("x" * 900, "x" * 900, "x" * 900))
    assert len(found) == MOST_MATCHES
    assert found.more
