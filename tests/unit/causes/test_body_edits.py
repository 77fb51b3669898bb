"""Edits of a body: applying, composing and mapping places."""

from __future__ import annotations

import random

import pytest

from headerlens.causes.body_edits import Edit, Places, apply, composed, narrowed


def some_edits(chance: random.Random, size: int) -> tuple[Edit, ...]:
    places = sorted(chance.sample(range(size + 1), 2 * chance.randrange(1, 4)))
    return tuple(
        Edit(start, end, bytes(chance.choices(b"xyz", k=chance.randrange(4))))
        for start, end in zip(places[::2], places[1::2], strict=True)
    )


@pytest.mark.parametrize("seed", range(300))
def test_composed_edits_do_what_both_do(seed: int) -> None:
    chance = random.Random(seed)
    text = bytes(chance.choices(b"abcdefgh", k=30))
    first = some_edits(chance, len(text))
    between = apply(text, first)
    second = some_edits(chance, len(between)) if len(between) > 8 else ()
    assert apply(text, composed(first, second, between)) == apply(between, second)


def test_what_is_equal_at_both_ends_of_an_edit_is_left_out() -> None:
    assert narrowed(b"one two three", Edit(0, 13, b"one 2 three")) == Edit(4, 7, b"2")
    assert narrowed(b"abab", Edit(0, 4, b"ab")) == Edit(2, 4)


def test_places_behind_an_edit_move_back() -> None:
    places = Places((Edit(2, 6),))
    assert places.before(1, at_end=False) == 1
    assert places.before(3, at_end=False) == 7


def test_a_place_inside_an_edit_becomes_its_border() -> None:
    places = Places((Edit(2, 6, b"longer"),))
    assert places.before(5, at_end=False) == 2
    assert places.before(5, at_end=True) == 6
