"""Geometry of the ladder without a font (interface.md 6.2-6.5)."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.gui.widgets.ladder_columns import TextRole, shortened
from headerlens.gui.widgets.ladder_layout import LadderLayout, ladder_layout
from headerlens.present.views import ChipView, Glyph, LadderView, Line, Rich, RowKind, TileState, TileView, Tone, plain
from tests.support import views

WIDTHS = (440, 500, 560, 636, 690, 720, 750, 760, 761, 860, 920, 1100, 1600)
SCALES = (1.0, 1.15, 1.3, 1.5)


class Ruler:
    """Eight px for a letter, sixteen for a full-width one, at 100 %."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale

    def width(self, text: str, role: TextRole) -> float:
        size = {"tile": 8.0, "tile_small": 7.4, "title": 8.0, "caption": 6.5, "chip": 7.4}[role]
        own = sum(size * (2 if ord(letter) > 0x2FFF else 1) for letter in text)
        return (own + (37 if role == "chip" else 0)) * self.scale

    def height(self, spans: Rich, width: float) -> float:
        lines = max(1, math.ceil(self.width(plain(spans), "tile_small") / max(width, 1)))
        return 20 * lines * self.scale


def lay(view: LadderView, width: float, scale: float = 1.0) -> LadderLayout:
    return ladder_layout(view, width, Ruler(scale), scale, padding=14 * scale)


@pytest.fixture(params=views.LADDERS)
def view(request: pytest.FixtureRequest) -> LadderView:
    return views.LADDERS[request.param]()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_label_of_an_organisation_is_shortened(view: LadderView, width: int) -> None:
    if width < 500 and "abcdefghijklmnopqrstuvwxyz1234" in plain(view.title):
        pytest.skip("a label of 30 letters beside three others needs 500 px; the ladder never gets less than 540")
    layout = lay(view, width)
    assert not layout.elided
    for row in layout.rows:
        for tile in row.tiles:
            assert tile.folded or tile.text == tile.full


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scale", SCALES)
def test_tiles_never_overlap_and_stay_left_of_the_chips(view: LadderView, width: int, scale: float) -> None:
    layout = lay(view, width, scale)
    for row in layout.rows:
        rects = [tile.rect for tile in row.tiles]
        assert all(one.right() < other.left() for one, other in pairwise(rects))
        if rects and not layout.stacked:
            assert rects[-1].right() < row.recorded.x() - 30 * scale
        if rects and not layout.elided:
            assert rects[-1].right() <= layout.width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scale", SCALES)
def test_under_690_the_rows_are_stacked(view: LadderView, width: int, scale: float) -> None:
    layout = lay(view, width, scale)
    if width < 690 * scale:
        assert layout.stacked


@pytest.mark.parametrize("name", ["all_pass", "spoofed", "third_party", "strict", "helo"])
def test_from_690_ordinary_names_stand_in_columns(name: str) -> None:
    assert not lay(views.LADDERS[name](), 690).stacked


@pytest.mark.parametrize("width", WIDTHS)
def test_the_zone_covers_the_deciding_labels_and_no_other(view: LadderView, width: int) -> None:
    layout = lay(view, width)
    zones = [layout.zone] if layout.zone else [row.zone for row in layout.rows if row.zone]
    assert zones
    for row in layout.rows:
        for tile in row.tiles:
            if tile.state is TileState.DECIDING:
                assert all(zone.left() < tile.rect.left() and tile.rect.right() < zone.right() for zone in zones)
            if tile.state is TileState.OTHER:
                assert all(tile.rect.right() < zone.left() for zone in zones)


@pytest.mark.parametrize("width", WIDTHS)
def test_equal_columns_stand_under_each_other(view: LadderView, width: int) -> None:
    lefts: dict[int, set[float]] = {}
    for row in lay(view, width).rows:
        for tile in row.tiles:
            lefts.setdefault(tile.column, set()).add(tile.rect.left())
    assert all(len(found) == 1 for found in lefts.values())


@pytest.mark.parametrize("width", WIDTHS)
def test_rows_follow_each_other_without_gap_or_overlap(view: LadderView, width: int) -> None:
    layout = lay(view, width)
    for one, other in pairwise(layout.rows):
        assert one.rect.bottom() == pytest.approx(other.rect.top())
    for row in layout.rows:
        assert row.sentence.bottom() <= row.rect.bottom() + 0.01
    assert layout.height == pytest.approx(layout.rows[-1].rect.bottom())


def test_marks_face_from() -> None:
    for row in lay(views.LADDERS["third_party"](), 900).rows:
        for mark in row.marks:
            tile = next(tile for tile in row.tiles if tile.rect.center().x() == mark.centre.x())
            above = row.title == "SPF" or row.row.kind is RowKind.SPF
            assert (mark.centre.y() > tile.rect.center().y()) is above


def test_a_label_outside_the_zone_gets_no_unequal_mark() -> None:
    spf = lay(views.LADDERS["spoofed"](), 900).rows[0]
    assert [mark.equal for mark in spf.marks] == [False, False, False]
    assert len(spf.tiles) == 4


def test_one_label_too_many_in_strict_mode_has_its_mark_although_it_stands_outside_the_zone() -> None:
    view = views.LADDERS["strict"]()
    extra = TileView("mail", view.zone, TileState.DIFFERENT)
    row = replace(view.rows[0], tiles=(extra, *view.rows[0].tiles))
    layout = lay(replace(view, rows=(row, *view.rows[1:])), 920)
    tile = layout.rows[0].tiles[0]
    assert not layout.rows[0].marks[0].equal
    assert layout.rows[0].marks[0].centre.x() == tile.rect.center().x()


@pytest.mark.parametrize("width", [690, 760, 860, 1000])
def test_a_long_line_of_policy_stays_on_the_card(width: int) -> None:
    view = views.LADDERS["strict"]()
    rows = tuple(
        replace(row, policy="DMARC · p=quarantine · SPF relaxed, DKIM strict") if row.kind is RowKind.FROM else row
        for row in view.rows
    )
    layout = lay(replace(view, rows=rows), width)
    placed = next(row for row in layout.rows if row.row.kind is RowKind.FROM)
    assert placed.policy is not None
    assert placed.policy.x() + Ruler().width(placed.row.policy, "caption") / 2 <= layout.width
    assert placed.sentence.right() < placed.policy.x() - Ruler().width(placed.row.policy, "caption") / 2


def test_a_missing_label_of_strict_mode_is_an_empty_tile_with_a_mark() -> None:
    dkim = lay(views.LADDERS["strict"](), 900).rows[2]
    assert (dkim.tiles[0].text, dkim.tiles[0].state) == ("", TileState.MISSING)
    assert [mark.equal for mark in dkim.marks] == [False, True, True, True]


def test_a_line_that_counts_ends_on_the_edge_of_from_and_a_dashed_one_before_it() -> None:
    layout = lay(views.LADDERS["third_party"](), 900)
    card = layout.from_card
    assert card is not None
    for link in layout.links:
        if link.line is Line.SOLID:
            assert link.end.x() == card.left()
            assert card.top() < link.end.y() < card.bottom()
        else:
            assert link.end.x() < card.left()
            assert not card.top() <= link.end.y() <= card.bottom()


def test_the_second_identity_of_a_side_has_its_own_lane() -> None:
    lanes = [link.lane_x for link in lay(views.LADDERS["third_party"](), 900).links]
    assert lanes == [22, 22, 9]


def test_chips_with_long_words_do_not_touch() -> None:
    ruler = Ruler()
    base = views.LADDERS["all_pass"]()
    slow = ChipView("not recorded", Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)
    wide = replace(base, rows=tuple(replace(row, recorded=slow, now=slow) for row in base.rows))
    for width in WIDTHS:
        row = ladder_layout(wide, width, ruler, padding=14).rows[0]
        assert row.now.x() - row.recorded.x() > ruler.width("not recorded", "chip") + 12


def test_a_label_longer_than_the_window_is_cut_in_the_middle_and_printed_in_full_below() -> None:
    sheet = views.Sheet(f"{'a' * 63}.{'b' * 63}.example", 3)
    long = sheet.view(sheet.from_row("One line connects.", "", (views.PASS, views.PASS)))
    layout = lay(long, 440)
    row = layout.rows[0]
    assert layout.stacked
    assert layout.elided
    assert row.full_name is not None
    assert row.tiles[0].text.startswith("aa")
    assert row.tiles[0].text.endswith("aa")
    assert "…" in row.tiles[0].text
    assert row.full_name.y() < row.sentence.top() + 8


def test_a_folded_subdomain_keeps_its_right_end() -> None:
    layout = lay(views.long_names(), 720)
    folded = [tile for row in layout.rows for tile in row.tiles if tile.folded]
    assert folded
    assert all(tile.text == tile.full or tile.text.startswith("…") for tile in folded)


def test_a_foreign_boundary_stands_in_its_own_row_only() -> None:
    base = views.LADDERS["all_pass"]()
    apart = replace(base, rows=(replace(base.rows[0], foreign_fence=4), *base.rows[1:]))
    rows = lay(apart, 900).rows
    assert [row.foreign_fence is not None for row in rows] == [True, False, False]
    assert rows[0].fence is not None
    assert rows[0].foreign_fence is not None
    assert rows[0].foreign_fence.left() < rows[0].fence.left()


def test_a_view_without_rows_has_a_layout() -> None:
    empty = replace(views.LADDERS["all_pass"](), rows=())
    assert lay(empty, 700).rows == ()


@settings(max_examples=60, deadline=None)
@given(
    names=st.lists(
        st.lists(st.text("abxyz-", min_size=1, max_size=63), min_size=1, max_size=9), min_size=2, max_size=5
    ),
    width=st.integers(300, 1700),
    zone=st.integers(0, 10),
)
def test_any_names_at_any_width_give_finite_separate_tiles(names: list[list[str]], width: int, zone: int) -> None:
    sheet = views.Sheet(".".join(names[0]), zone)
    rows = [sheet.row(RowKind.DKIM, "DKIM", "", ".".join(n), "", (views.PASS, views.PASS)) for n in names[1:]]
    layout = lay(sheet.view(sheet.from_row("", "", (views.PASS, views.PASS)), *rows), width)
    assert math.isfinite(layout.height)
    for row in layout.rows:
        rects = [tile.rect for tile in row.tiles]
        assert all(one.right() < other.left() for one, other in pairwise(rects))


@given(st.text(max_size=200), st.floats(0, 900), st.booleans())
def test_a_shortened_text_fits_or_is_the_ellipsis(text: str, room: float, keep_end: bool) -> None:
    ruler = Ruler()
    cut = shortened(text, room, lambda t: ruler.width(t, "tile"), keep_end=keep_end)
    assert cut == "…" or ruler.width(cut, "tile") <= room


@pytest.mark.parametrize("width", [one for one in WIDTHS if one >= 690])
@pytest.mark.parametrize("scale", SCALES)
def test_the_sentence_of_from_runs_until_the_policy_begins(view: LadderView, width: int, scale: float) -> None:
    ruler = Ruler(scale)
    placed = next(one for one in lay(view, width * scale, scale).rows if one.row.kind is RowKind.FROM)
    if placed.policy is None:
        return
    begins = placed.policy.x() - ruler.width(placed.row.policy, "caption") / 2
    assert begins - 14 * scale <= placed.sentence.right() <= begins - 10 * scale


def test_without_a_policy_the_sentence_of_from_has_the_whole_row() -> None:
    view = views.spoofed().ladder
    bare = replace(view, rows=tuple(replace(row, policy="") for row in view.rows))
    layout = lay(bare, 860)
    ends = {placed.sentence.right() for placed in layout.rows}
    assert len(ends) == 1
