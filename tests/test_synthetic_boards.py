"""Cardboard and paper that end in the photo."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from archscan.polygons import signed_area
from archscan.synthetic import draw_recipe, render
from archscan.synthetic.boards import MARGIN_MM, laid_on, outline
from archscan.synthetic.floors import Floor
from archscan.synthetic.recipe import BENEATH, LAID, LAID_CHANCE

FLOOR = Floor(300, 240, 1.0)
GREY = np.full((300, 240, 3), 0.5, np.float32)
CORNERS = np.array([[60.0, 50.0], [180.0, 55.0], [175.0, 250.0], [65.0, 245.0]])
PRINTS = np.array([[-40.0, -120.0], [40.0, -120.0], [40.0, 120.0], [-40.0, 120.0]])


@pytest.mark.parametrize("seed", range(20))
def test_prints_lie_on_it_with_room_all_round(seed: int) -> None:
    corners = outline(PRINTS, np.random.default_rng(seed))
    assert signed_area(corners) > 0, "clockwise on a floor whose y points down"
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(*sides.T)
    inwards = np.stack([-sides[:, 1], sides[:, 0]], axis=1) / lengths[:, None]
    room = ((PRINTS[None] - corners[:, None]) * inwards[:, None]).sum(axis=2).min(axis=1)
    assert (room > MARGIN_MM[0] - 6).all()
    assert (room < MARGIN_MM[1] + 6).all()
    corner = sides[0] @ sides[1] / (lengths[0] * lengths[1])
    assert abs(np.degrees(np.arcsin(corner))) < 6, "nearly square"


@pytest.mark.parametrize("beneath", sorted(set(BENEATH)))
def test_what_lies_inside_stays_and_what_lies_outside_is_floor(beneath: str) -> None:
    seen = laid_on(GREY, FLOOR, beneath, CORNERS, np.random.default_rng(2))
    inside, outside = seen[100:200, 90:150], seen[:30]
    np.testing.assert_allclose(inside, 0.5, atol=1e-5)
    assert np.abs(outside - 0.5).mean() > 0.01


def test_it_changes_the_photo_and_neither_print_nor_mask() -> None:
    recipe = draw_recipe(9, content="print", surface="cardboard", medium="water", beneath=None)
    whole, ends = (render(replace(recipe, beneath=name), long_side=240) for name in (None, "wood"))
    assert (whole.photo != ends.photo).mean() > 0.05
    np.testing.assert_array_equal(whole.mask, ends.mask)
    assert whole.truth.board_corners is None
    assert ends.truth.board_corners is not None
    assert replace(ends.truth, board_corners=None) == whole.truth


def test_how_often_a_piece_ends_in_the_photo() -> None:
    drawn = [draw_recipe(seed, content="print", medium="water") for seed in range(600)]
    pieces = [one for one in drawn if one.surface in LAID]
    assert np.mean([one.beneath is not None for one in pieces]) == pytest.approx(
        LAID_CHANCE, abs=0.12
    )
    assert {one.surface for one in drawn if one.beneath is not None} <= set(LAID)
    assert all(one.neighbour is None for one in drawn if one.beneath is not None)
    assert draw_recipe(5, medium="plate").beneath is None
    assert draw_recipe(9, surface="tile").beneath is None
