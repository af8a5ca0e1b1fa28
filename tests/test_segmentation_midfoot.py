"""A midfoot that some looks saw, on drawn looks and on a rendered print."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn_looks import HIGH, WIDE, foot, view
from numpy.typing import NDArray

from archscan import scan
from archscan.segmentation.midfoot import is_interrupted, looks_that_saw_it
from archscan.synthetic import draw_recipe, render


@pytest.fixture(scope="module")
def places() -> NDArray[np.float64]:
    return view(foot(100)).print.points


def test_a_heel_and_a_ball_are_an_interrupted_sole_and_a_drop_is_not() -> None:
    whole, gone = foot(100)[0], foot(100, gap=0.1)[0]
    assert is_interrupted(gone)
    assert not is_interrupted(whole)
    assert not is_interrupted(np.zeros_like(whole))
    whole[10:20, 10:20] = 0.99
    assert not is_interrupted(whole)


@pytest.mark.parametrize(("saw", "overlooked", "believed"), [(1, 3, 1), (2, 2, 2), (1, 4, 0)])
def test_a_quarter_of_the_looks_is_believed_to_have_seen_a_midfoot(
    saw: int, overlooked: int, believed: int, places: NDArray[np.float64]
) -> None:
    seen = view(*[foot(100)] * saw, *[foot(100, gap=0.05)] * overlooked)
    chosen = looks_that_saw_it([seen], places)
    assert len(chosen) == believed
    assert all(one.looks.shape[0] == 1 for one in chosen)
    assert all((one.log_odds[0, 130:170, 90:110] > 0).all() for one in chosen)


def test_looks_of_several_views_count_together_and_the_least_doubtful_comes_first(
    places: NDArray[np.float64],
) -> None:
    hazy = view(np.where(foot(100) > 0, np.float32(0.7), np.float32(0)))
    clear = view(foot(100))
    none = [view(foot(100, gap=0.05), foot(100, gap=0.05))]
    chosen = looks_that_saw_it([hazy, *none, clear], places)
    assert [one.print is clear.print for one in chosen] == [True, False]
    assert looks_that_saw_it([hazy, *none * 4], places) == []


def test_looks_at_the_other_foot_do_not_count(places: NDArray[np.float64]) -> None:
    assert looks_that_saw_it([view(foot(200))], places) == []
    overlooked = view(foot(100, gap=0.05), foot(100, gap=0.05))
    assert looks_that_saw_it([overlooked, view(foot(200))], places) == []


def test_a_midfoot_beyond_another_print_joins_nothing(places: NDArray[np.float64]) -> None:
    seen = view(foot(100))
    other = replace(
        seen.print, sole=np.zeros((HIGH, WIDE), bool), toes=np.zeros((HIGH, WIDE), bool)
    )
    other.sole[140:160] = True
    assert looks_that_saw_it([replace(seen, others=(other,))], places) == []


def test_a_midfoot_that_the_surest_outline_lost_is_measured_all_the_same() -> None:
    photo = render(draw_recipe(2_100_432, content="print", difficulty="hard"), long_side=1600)
    (one,) = scan(photo.photo).prints
    (truth,) = photo.truth.prints
    value = one.measures["chippaux_smirak"]
    true = truth.chippaux_smirak
    assert value.low <= true <= value.high
    assert value.value == pytest.approx(true, abs=0.06)
