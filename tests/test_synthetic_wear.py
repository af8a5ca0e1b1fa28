"""Floors in use: worn, ending somewhere, with a lamp mirrored in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from archscan.synthetic import draw_recipe, render
from archscan.synthetic.floors import Floor
from archscan.synthetic.recipe import MOST_WEAR, PAPER_WEAR
from archscan.synthetic.wear import bordered, glare, worn

FLOOR = Floor(300, 240, 1.0)
GREY = np.full((300, 240, 3), 0.5, np.float32)
PLAIN = {"wear": 0.0, "neighbour": None, "glare": 0.0}


def test_wear_is_as_strong_as_said() -> None:
    spreads = [
        worn(GREY, FLOOR, strength, np.random.default_rng(seed)).std() / 0.5
        for strength in (0.05, 0.1)
        for seed in range(12)
    ]
    assert np.median(spreads[:12]) == pytest.approx(0.05, rel=0.35)
    assert np.median(spreads[12:]) == pytest.approx(0.1, rel=0.35)


def test_a_floor_ends_at_a_straight_edge() -> None:
    random = np.random.default_rng(3)
    changed = np.abs(bordered(GREY, FLOOR, "cardboard", random) - GREY).max(axis=2) > 0.02
    assert 0.05 < changed.mean() < 0.6
    assert not changed[140:160, 110:130].any(), "the middle keeps its floor"


def test_glare_only_adds_light() -> None:
    seen = glare(GREY, 0.3, np.random.default_rng(5))
    assert (seen >= GREY - 1e-6).all()
    assert 0.05 < (seen - GREY).max() < 0.9


@pytest.mark.parametrize(
    "used", [{"wear": 0.1}, {"neighbour": "wood"}, {"glare": 0.3}], ids=["wear", "end", "glare"]
)
def test_it_changes_the_photo_and_not_the_truth(used: dict[str, object]) -> None:
    recipe = replace(draw_recipe(9, content="print", surface="concrete", medium="water"), **PLAIN)
    plain, other = (render(one, long_side=240) for one in (recipe, replace(recipe, **used)))
    assert (plain.photo != other.photo).mean() > 0.05
    np.testing.assert_array_equal(plain.mask, other.mask)
    assert plain.truth == other.truth


def test_recipes_keep_within_bounds() -> None:
    drawn = [draw_recipe(seed) for seed in range(300)]
    assert {one.wear > 0 for one in drawn} == {True, False}
    for one in drawn:
        most = MOST_WEAR[one.difficulty] * (PAPER_WEAR if "paper" in one.surface else 1)
        assert one.wear <= max(most, 0.02)
        if one.medium == "plate":
            assert (one.wear, one.neighbour, one.glare) == (0.0, None, 0.0)
