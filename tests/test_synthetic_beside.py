"""Sheets, cards and wet marks that the renderer lays beside a print."""

from __future__ import annotations

import numpy as np
import pytest

from archscan.synthetic import draw_recipe, render
from archscan.synthetic.recipe import SHEETS

SIZE = 480


def recipe(seed: int, **fixed: object):
    plain = {"content": "print", "difficulty": "easy", "prints": 1, "medium": "water",
             "surface": "paper", "tilt_deg": 0.0, "clutter": 0, "shadow": 0.0,
             "sheet": None, "beside": None, "strength": 1.0, "dryness": 0.0}  # fmt: skip
    return draw_recipe(seed, **(plain | fixed))


@pytest.mark.parametrize("kind", SHEETS)
def test_corners_of_a_reference_are_where_the_truth_says(kind: str) -> None:
    truth = render(recipe(8_100_001, sheet=kind), long_side=SIZE).truth
    assert truth.sheet == kind
    assert truth.sheet_corners is not None
    corners = np.array(truth.sheet_corners) * truth.mm_per_px
    sides = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
    assert sorted(sides.tolist())[::3] == pytest.approx(sorted(SHEETS[kind]), rel=0.02)


@pytest.mark.parametrize("kind", ["spill", "step"])
def test_a_mark_beside_a_print_is_drawn_but_is_no_print(kind: str) -> None:
    drawn = 0
    for seed in range(8_100_010, 8_100_016):
        with_mark = render(recipe(seed, beside=kind), long_side=SIZE)
        without = render(recipe(seed), long_side=SIZE)
        assert np.array_equal(with_mark.mask, without.mask)
        changed = np.abs(with_mark.photo.astype(int) - without.photo).max(axis=2) > 25
        # Some find no place; none touches the print.
        drawn += changed.mean() > 0.005
        assert not (changed & (without.mask > 0)).mean() > 0.001
    assert drawn >= 3


def test_a_tilt_that_was_asked_for_is_kept() -> None:
    truth = render(recipe(8_100_020, tilt_deg=40.0, sheet="a4"), long_side=SIZE).truth
    assert truth.tilt_deg == 40.0
    corners = np.array(truth.sheet_corners)
    sides = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
    # Far and near side differ in length: perspective is there.
    assert max(abs(sides[0] / sides[2] - 1), abs(sides[1] / sides[3] - 1)) > 0.1
