"""Every octet of a mail is found in the view, and every place of the view in the mail."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.gui import source_lines
from headerlens.gui.source_lines import (
    AROUND,
    LONGEST_LINE,
    MOST_HEADER_LINES,
    OWN,
    PORTION,
    Insert,
    Kind,
    Line,
    Remarks,
    SourceLines,
    Suffix,
    annotated,
    body_lines,
    body_ranges,
    header_lines,
    units,
)
from headerlens.gui.source_looks import taken
from headerlens.gui.source_text import decoded, visible
from headerlens.parse.header import split_fields

REMARKS = Remarks(lambda n: f"… {n} more", lambda n: f"… {n} lines")

PIECES = st.sampled_from(
    [
        b"From: a@example.com", b"Subject: =?utf-8?B?44GC?=", b" folded", b"\tfolded", b"no colon", b"\r\n", b"\r\n",
        b"\n", b"\r", "差出人: 😀 é".encode(), "\u202e\u2028\u0000".encode(), b"\xe9\xff\x80", b"\x1b$B", b"\r\n\r\n",
        b"--\r\n", b"x" * 30, "語".encode() * 9, b"\xf0\x9f",
    ]
)  # fmt: skip


def shown(octets: bytes, *, portions: int = 1, anchors: tuple[tuple[int, int], ...] = ()) -> SourceLines:
    """The whole of `octets` as a pane would show it, body included."""
    fields, body, _faults = split_fields(octets)
    model = SourceLines(octets)
    model.add(header_lines(octets, len(octets) if body is None else body, fields, REMARKS))
    if body is not None and body < len(octets):
        model.add(body_lines(octets, body_ranges(octets, body, portions, anchors), len(octets), REMARKS))
    return model


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_every_octet_stands_in_exactly_one_line(octets: bytes) -> None:
    model = shown(octets)
    assert b"".join(octets[line.start : line.end] for line in model.lines) == octets
    for offset in range(len(octets)):
        number = model.line_at(offset)
        assert number is not None
        assert model.lines[number].start <= offset < model.lines[number].end


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_an_offset_comes_back_from_its_column(octets: bytes) -> None:
    model = shown(octets)
    before = (0, 0)
    for offset in range(len(octets)):
        number = model.line_at(offset)
        assert number is not None
        line = model.lines[number]
        column = model.column_of(number, offset)
        assert (number, column) >= before
        before = number, column
        if column < units(line.text[: line.own]):
            begin = model.offset_of(number, column)
            # the column is that of the character, so the octet found is its first
            assert begin <= offset
            assert model.column_of(number, begin) == column
            assert octets[begin : offset + 1].decode("utf-8", "replace").count("\ufffd") <= 1
        else:
            assert octets[offset : line.end] in {b"\r\n", b"\n"}


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_every_column_belongs_to_an_octet_of_its_line(octets: bytes) -> None:
    model = shown(octets)
    for number, line in enumerate(model.lines):
        places = [model.offset_of(number, column) for column in range(units(line.text) + 1)]
        assert places == sorted(places)
        assert all(line.start <= place <= line.end for place in places)
        assert places[-1] == line.end


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_no_line_of_the_view_can_break_or_turn(octets: bytes) -> None:
    for line in shown(octets).lines:
        assert not set(line.text) & set("\r\n\u2028\u2029\u202e\x00\x1b\x85\x0b\x0c")


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map(b"".join), st.data())
def test_lines_of_ours_change_no_octets_place(octets: bytes, data: st.DataObject) -> None:
    plain = shown(octets)
    place = st.integers(0, len(octets))
    inserts = [Insert(at, Kind.SIGNED, "signed original: x") for at in data.draw(st.lists(place, max_size=5))]
    suffixes = [Suffix(at, "added") for at in data.draw(st.lists(place, max_size=5))]
    model = SourceLines(octets)
    model.add(annotated(plain.lines, inserts, suffixes))
    source = [line for line in model.lines if line.kind not in OWN]
    assert [line[2:] for line in source] == [line[2:] for line in plain.lines]
    assert [line.text[: line.own] for line in source] == [line.text for line in plain.lines]
    assert len(model) - len(source) == len(inserts)
    for offset in range(len(octets)):
        number = model.line_at(offset)
        assert number is not None
        assert model.lines[number].kind not in OWN


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map(b"".join), st.data())
def test_a_copy_is_the_octets_between_two_places(octets: bytes, data: st.DataObject) -> None:
    model = shown(octets)
    place = st.integers(0, max(0, len(octets) - 1))
    first, last = sorted((data.draw(place), data.draw(place))) if octets else (0, 0)
    ends = [(model.line_at(offset) or 0, offset) for offset in (first, last)]
    (one, begin), (other, end) = [(line, model.column_of(line, at)) if octets else (0, 0) for line, at in ends]
    copied = taken(model, (one, begin), (other, end)) if octets else None
    start, stop = (model.offset_of(one, begin), model.offset_of(other, end)) if octets else (0, 0)
    whole = decoded(octets[start:stop]).replace("\r\n", "\n")
    assert (copied or "") in {whole, whole.removesuffix("\n")}


def test_an_insert_stands_between_the_lines_it_was_meant_for() -> None:
    octets = b"From: a\r\nTo: b\r\n\r\n"
    lines = annotated(shown(octets).lines, [Insert(9, Kind.BORDER, "border")], [Suffix(3, "remark")])
    assert [line.text for line in lines] == ["From: a   remark", "border", "To: b", ""]


def test_a_field_owns_its_folds_and_a_stray_line_belongs_to_nobody() -> None:
    lines = shown(b"From: a\r\n b\r\nstray\r\nTo: c\r\n\r\n").lines
    assert [(line.field, line.first) for line in lines] == [
        (0, True),
        (0, False),
        (None, False),
        (1, True),
        (None, False),
    ]
    assert [line.kind for line in lines][2] is Kind.LOOSE


def test_a_long_line_is_cut_and_says_by_how_much() -> None:
    model = shown(b"X: " + b"v" * 1_000_000 + b"\r\n\r\n")
    assert len(model.lines[0].text) < LONGEST_LINE + 40
    assert model.lines[0].text.endswith(f"… {1_000_003 - LONGEST_LINE} more")
    assert model.line_at(900_000) == 0
    assert model.column_of(0, 900_000) == LONGEST_LINE


def test_a_long_line_is_counted_in_characters_not_octets() -> None:
    model = shown(b"X: y\r\n\r\n" + "語".encode() * 5_000 + b"\r\n")
    assert model.lines[-1].text.endswith(f"… {5_000 - LONGEST_LINE} more")
    assert model.lines[-1].text[0] == "語"


def test_a_header_without_end_is_bounded() -> None:
    octets = b"a:\r\n" * (MOST_HEADER_LINES + 7)
    fields, _body, _faults = split_fields(octets)
    lines = list(header_lines(octets, len(octets), fields, REMARKS))
    assert len(lines) == MOST_HEADER_LINES + 1
    assert lines[-1].text == "… 7 lines"
    assert lines[-1].end == len(octets)


def test_a_body_comes_in_portions() -> None:
    octets = b"X: y\r\n\r\n" + b"line\r\n" * (PORTION * 2 + 5)
    assert shown(octets).lines[-1].text == f"… {PORTION + 5} lines"
    assert shown(octets, portions=2).lines[-1].text == "… 5 lines"
    assert shown(octets, portions=3).lines[-1].text == "line"


def test_a_place_far_down_is_shown_with_its_neighbours() -> None:
    octets = b"X: y\r\n\r\n" + b"line\r\n" * 50_000 + b"--\r\nfooter\r\n" + b"line\r\n" * 900
    start = octets.index(b"--\r\n")
    model = shown(octets, anchors=((start, start + 12),))
    number = model.line_at(start)
    assert number is not None
    assert [line.text for line in model.lines[number : number + 2]] == ["--", "footer"]
    assert model.lines[number - AROUND - 1].kind is Kind.GAP
    assert model.lines[-1].kind is Kind.GAP
    assert len(model) < PORTION + 3 * AROUND + 10
    # an octet that is left out is found in the line that says so
    hidden = model.line_at(start - 100_000)
    assert hidden is not None
    assert model.lines[hidden].kind is Kind.GAP


def test_places_of_every_kind_stay_within_their_bounds() -> None:
    octets = b"X: y\r\n\r\n" + b"z" * 100
    assert body_ranges(octets, 8, 1, ()) == [(8, 108)]
    assert body_ranges(octets, 8, 1, ((108, 108), (0, 500))) == [(8, 108)]
    assert source_lines.body_ranges(b"", 0, 1, ()) == []


def test_what_is_gone_is_pointed_at_where_it_was() -> None:
    model = shown(b"From: a\r\n\r\nbody\r\n")
    assert model.span(17, 17) == (2, 2)
    assert model.span(11, 11) == (2, 2)
    assert model.span(0, 9) == (0, 0)
    assert SourceLines(b"").span(0, 0) is None


def test_a_cut_model_forgets_what_was_cut() -> None:
    model = shown(b"From: a\r\nTo: b\r\n\r\n")
    model.cut(1)
    assert len(model) == 1
    assert model.line_at(12) is None
    assert isinstance(model.lines[0], Line)


def test_shapeless_characters_are_written_as_their_numbers() -> None:
    assert visible("\u202e\u200b\x00\x85\u2028") == "⟨U+202E⟩⟨U+200B⟩⟨U+0000⟩⟨U+0085⟩⟨U+2028⟩"
    assert visible("語\u3000 \t\u00a0é😀") == "語\u3000 \t\u00a0é😀"
